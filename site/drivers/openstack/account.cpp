// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/openstack/account.h"

#include "site/drivers/disk/fd.h"

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>

namespace portulan::site::openstack {

namespace {
constexpr std::size_t fileLimit = 16 << 10;
constexpr auto expected = "application_credential_id and application_credential_secret, or user, password and project";
}

Result<Account> readAccount(const std::string &path)
{
    const auto file = openFile(path, O_RDONLY);
    if (!file) {
        return tl::unexpected(file.error());
    }
    struct stat about { };
    if (::fstat(file->get(), &about) != 0 || (about.st_mode & 077) != 0) {
        return refuse(Reason::Untrusted, {{"what", path}}, "others may read the credentials: chmod 600");
    }
    const auto text = readText(path, fileLimit);
    if (!text) {
        return tl::unexpected(text.error());
    }
    const auto json = nlohmann::json::parse(*text, nullptr, false);
    const auto read = [&](const char *key, std::string &into) {
        if (json.is_object() && json.contains(key) && json[key].is_string()) {
            into = json[key];
        }
    };
    Account account;
    read("application_credential_id", account.credentialId);
    read("application_credential_secret", account.credentialSecret);
    read("user", account.user);
    read("user_domain", account.userDomain);
    read("password", account.password);
    read("project", account.project);
    read("project_domain", account.projectDomain);
    const bool isCredential = !account.credentialId.empty() && !account.credentialSecret.empty();
    const bool isUser = !account.user.empty() && !account.password.empty() && !account.project.empty();
    if (!isCredential && !isUser) { // what is in it is not told
        return refuse(Reason::Malformed, {{"file", path}, {"expected", expected}});
    }
    return account;
}

}
