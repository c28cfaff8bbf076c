// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

namespace portulan::site::openstack {

using Json = nlohmann::json;

// Members of what a cloud has sent, whatever that is: a member that is missing or of another kind reads as none.
const Json &in(const Json &object, const char *key); ///< null if there is none
const Json &listIn(const Json &object, const char *key); ///< empty if there is none
std::string wordIn(const Json &object, const char *key);
std::int64_t numberIn(const Json &object, const char *key); ///< whole, not below 0; also from a string

}
