// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/change.h"

namespace portulan {

namespace {
struct IdOf {
    ObjectId operator()(const Site &site) const { return {site.id, ObjectKind::Site, {}}; }
    ObjectId operator()(const Common &object) const { return object.id; }
    ObjectId operator()(const Operation &operation) const { return operation.id; }
    ObjectId operator()(const Vanished &gone) const { return gone.id; }
    ObjectId operator()(const Sampled &sampled) const { return {sampled.site, ObjectKind::Site, {}}; }
};
}

ObjectId idOf(const Thing &thing)
{
    return std::visit(IdOf {}, thing);
}

}
