// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/moverretention.h"

namespace portulan::site {

namespace {
template <typename T>
void eraseAll(Context &context, ObjectKind kind, std::optional<Instant> &next)
{
    const auto now = context.clock();
    for (const auto &thing : context.broadcast.all(kind)) {
        const auto *object = std::get_if<T>(&thing);
        if (!object || object->custody != Custody::Retained) {
            continue;
        }
        if (object->retainedUntil > now) {
            next = next ? std::min(*next, object->retainedUntil) : object->retainedUntil;
            continue;
        }
        if constexpr (std::is_same_v<T, Volume>) {
            if (!object->instanceId.empty() && context.broadcast.find({object->id.site, ObjectKind::Instance, object->instanceId})) {
                continue; // goes with its instance
            }
        }
        // Asked again, not from what was announced: between the two it may have changed hands.
        const auto found = context.driver.find(object->id);
        const auto *present = found ? std::get_if<T>(&*found) : nullptr;
        if (present && present->custody == Custody::Retained && present->retainedUntil <= now) {
            (void)context.driver.erase(object->id);
        }
    }
}
}

std::optional<Instant> eraseExpired(Context &context)
{
    std::optional<Instant> next;
    eraseAll<Instance>(context, ObjectKind::Instance, next);
    eraseAll<Volume>(context, ObjectKind::Volume, next);
    eraseAll<DataSet>(context, ObjectKind::DataSet, next);
    return next;
}

}
