// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/http/http.h"

#include <cstdint>
#include <pugixml.hpp>
#include <variant>

namespace portulan::site::opennebula {

/// An OpenNebula front-end's XML-RPC interface, 5.x to 7.x. Thread safe.
class Rpc {
public:
    struct Settings {
        std::string url; ///< "https://one.example.eu/RPC2"
        std::string caFile;
        std::string credentials; ///< file of mode 0600 with one line, user:password or user:token
    };
    using Value = std::variant<std::string, std::int64_t, bool>;
    explicit Rpc(Settings settings);
    void close() { m_http.close(); }

    /// What a method answers when it succeeds: a number or a text. Its refusals by their code: Unauthenticated, NotAuthorised, NotFound, NotReady,
    /// InvalidArgument, Internal; its words are the fact "cloud".
    Result<std::string> call(const std::string &method, const std::vector<Value> &arguments);
    /// The same, of an answer that is itself XML.
    using Document = std::shared_ptr<const pugi::xml_document>;
    Result<Document> read(const std::string &method, const std::vector<Value> &arguments);

private:
    const Settings m_settings;
    Http m_http;
};

}
