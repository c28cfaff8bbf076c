// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/http/http.h"

#include <pugixml.hpp>

namespace portulan::site::vsphere {

/// vCenter's reference to one of its objects.
struct Moref {
    std::string type, id;
};

/// The XML Schema type of an element, without prefixes.
std::string kindOf(pugi::xml_node element);
/// Words into a request, escaped.
std::string element(const std::string &name, std::string_view text);
std::string element(const std::string &name, const Moref &object);

/// A gateway's way into one vCenter (or ESXi host): the vSphere Web Services API (vim25, SOAP) from version 6.5. Logs in, and again when its
/// session has ended. Thread safe.
class Soap {
public:
    struct Settings {
        std::string url; ///< of the SDK: "https://vcenter.example.eu/sdk"
        std::string caFile;
        std::string credentials; ///< JSON file of mode 0600: {"user", "password"}
    };
    explicit Soap(Settings settings);
    void close() { m_http.close(); }

    /// The answer to a method of an object; its parameters as XML.
    using Answer = std::shared_ptr<const pugi::xml_document>;
    Result<Answer> call(const std::string &method, const Moref &self, const std::string &parameters);
    /// What a task comes to, waited for. Its end as a Problem if that is an error; TimedOut.
    Result<std::string> perform(const std::string &method, const Moref &self, const std::string &parameters, std::chrono::seconds patience);

    using Properties = std::map<std::string, pugi::xml_node>;
    using Take = std::function<void(const Moref &, const Properties &)>;
    /// All objects of these types, with these properties of each; those it has not are left out.
    Result<> each(const std::map<std::string, std::vector<std::string>> &wanted, const Take &take);
    /// Of one object; NotFound{id}.
    Result<> one(const Moref &object, const std::vector<std::string> &paths, const Take &take);
    Result<HttpAnswer> download(const std::string &url, const Http::Sink &take);
    Result<std::string> version(); ///< "VMware vCenter Server 8.0.2 build-…"

private:
    struct Login {
        std::string cookie;
        std::string about;
        Moref collector, views, folder;
    };
    using LoginPtr = std::shared_ptr<const Login>;
    Result<LoginPtr> login(const LoginPtr &refused = {});
    Result<LoginPtr> logIn();
    Result<HttpAnswer> post(const std::string &body, const std::string &cookie);
    Result<Answer> ask(const std::string &body, const std::string &cookie, std::string *newCookie = nullptr);
    std::string urlOf(const std::string &url) const;

    const Settings m_settings;
    Http m_http;
    std::mutex m_mutex; ///< all below; one login at a time
    LoginPtr m_login;
};

}
