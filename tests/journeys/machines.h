// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "tests/journeys/gatewayprocess.h"

namespace portulan::test {

/// What an administrator does with machines, at any site of any stack. All in the project "default".
class Machines {
public:
    explicit Machines(GatewayProcess &site)
        : m_site(site)
    {
    }
    void addProject();
    /// Made of an image and started, unless there is none: then it has a blank disk and stays down. The operation, over.
    v1::Operation create(const std::string &id, const std::string &image = "nano", std::int64_t ram = 8 << 20);
    /// A file brought in as an image.
    v1::Operation import(const std::string &id, const std::string &format, const std::string &file);
    v1::Operation start(const std::string &id);
    /// And started there. The operation here, over.
    v1::Operation move(const std::string &id, GatewayProcess &to, const std::string &mode = "cold");
    bool isUp(const std::string &id); ///< the nano guest says so on its console
    std::vector<std::string> names(); ///< display names, sorted
    /// The id of the one of this display name that is the site's own and not just kept; "" if there is none.
    std::string owned(const std::string &called);
    std::string state(const std::string &id);

private:
    v1::ListResponse list();
    template <typename Request, typename Method>
    v1::Operation done(Method method, Request request);
    std::string name(const std::string &id) const { return "sites/" + m_site.id() + "/instances/" + id; }
    GatewayProcess &m_site;
};

}
