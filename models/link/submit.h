// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "models/link/call.h"

namespace portulan {

/// Sends an order by the RPC that is its own.
QFuture<Result<Operation>> submit(const Way &way, const Request &request, std::chrono::milliseconds deadline);

}
