// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <google/protobuf/message.h>

#include <functional>
#include <string>

/// Walks a message by reflection, so that a field added to the contract is tested without anybody thinking of it.
namespace portulan::reflect {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

/// Paths of the fields that hold nothing, nested ones included; of a oneof one field is enough.
std::vector<std::string> emptyFields(const Message &message);

/// Calls `visit` for every singular or repeated scalar field in the tree, with its owner.
void forEachScalar(Message &message, const std::function<void(Message &owner, const FieldDescriptor *field)> &visit);

}
