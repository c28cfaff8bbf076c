// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/order.h"

#include <google/protobuf/message.h>

/// Reads the request message of the order with this index in the variant, as a gateway's services do by their types.
namespace portulan::requests {

Result<Request> read(const google::protobuf::Message &message, std::size_t order, std::string_view site);

}
