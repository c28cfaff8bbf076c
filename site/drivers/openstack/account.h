// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/result.h"

#include <string>

namespace portulan::site::openstack {

/// Who the gateway is to a cloud: an application credential, or a user in a project. It stays in the gateway's memory.
struct Account {
    std::string credentialId, credentialSecret;
    std::string user, userDomain = "Default", password, project, projectDomain = "Default";
};
/// From a JSON file that only its owner may read (mode 0600 or less): {"application_credential_id", "application_credential_secret"} or
/// {"user", "password", "project"[, "user_domain", "project_domain"]}. Untrusted{what} if others may read it, Malformed{file, expected}.
Result<Account> readAccount(const std::string &path);

}
