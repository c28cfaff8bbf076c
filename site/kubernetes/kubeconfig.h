// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/result.h"

namespace portulan::site::kubernetes {

/// How a cluster's API server is reached, and as whom.
struct Access {
    std::string server; ///< https://…
    std::string authorities; ///< PEM; empty: the system's trust anchors
    std::string certificate, key; ///< PEM; empty: none
    std::string token; ///< bearer; empty: none
};

/// Of a kubeconfig file (Kubernetes' docs, "Organizing Cluster Access Using kubeconfig Files"), the context of that name, or its current one if
/// empty. Untrusted{what} unless its mode keeps it from others; Malformed{file, expected}; NotFound{id} for a context, cluster or user that is not
/// in it; Unsupported{what} for what runs programs (exec, auth-provider), speaks plainly or trusts anybody.
Result<Access> accessFrom(const std::string &path, const std::string &context);

}
