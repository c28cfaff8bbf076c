// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/credentials.h"

#include <QString>
#include <nlohmann/json.hpp>

namespace portulan::ctl {

/// Lays a federation out in a folder, from a template:
///
///     {"federation": "Name", "demonstration": true,
///      "grants": [{"who": "user/demo", "role": "administrator", "project": "*"}, …],        given at every site
///      "users": [{"name": "demo"}, …],                                                      each gets a certificate; the first is federation.json's
///      "sites": [{"id": "lyon", "name": "Lyon Confluence",
///                 "identity": {…},                       becomes the site's identity.json as it is
///                 "grants": [...],                        of this site only
///                 "limits": {"link_bytes_per_second": …}, "driver": {"qemu": "none"}, "rules": "PATH", "listen": "HOST:PORT"}, …]}
///
/// Writes DIR/authority.pem and .key, DIR/users/NAME.pem and .key, DIR/federation.json and for each site DIR/sites/ID/: site.toml,
/// identity.json, site.pem, site.key, state/. Keys have mode 0600. Site number n listens on 127.0.0.1, port base + n, unless it says otherwise.
class FederationLayout {
public:
    FederationLayout(QString directory, int basePort, Instant now);

    /// Malformed{file, line or field, expected}; AlreadyExists{id} if the folder holds a federation; DiskFull or NotAuthorised{what} from the disk.
    Result<> layOut(const QString &templateFile);
    int sites() const { return m_sites; }

private:
    using Json = nlohmann::ordered_json;
    Result<> writeAuthority(const Json &plan);
    Result<> writeUsers(const Json &plan);
    Result<> writeSites(const Json &plan);
    Result<> writeSite(const Json &site, const Json &plan);
    Result<> writeFederation(const Json &plan);
    Result<> writePair(const QString &stem, const Bearer &who);
    Result<> write(const QString &name, const std::string &text, bool isSecret = false);
    std::string endpoint(const Json &site, int number) const;
    std::string siteToml(const Json &site, const Json &plan) const;

    QString m_directory;
    int m_basePort;
    Instant m_now;
    KeyAndCertificate m_authority;
    int m_sites = 0;
};

}
