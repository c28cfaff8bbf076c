// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/record/custody.h"

#include "site/drivers/record/demands.h"

#include <algorithm>

namespace portulan::site {

Result<std::vector<ObjectId>> withVolumes(const Store &store, const ObjectId &object)
{
    std::vector ids {object};
    if (object.kind == ObjectKind::Instance) {
        const auto instance = store.get<Instance>(object);
        if (!instance) {
            return tl::unexpected(instance.error());
        }
        std::ranges::transform(instance->volumeIds, std::back_inserter(ids), [&](const auto &v) { return store.id(ObjectKind::Volume, v); });
    } else if (!store.find(object)) {
        return refuse(Reason::NotFound, {{"id", object.text()}});
    }
    return ids;
}

Result<> giveCustody(Store &store, const std::vector<ObjectId> &ids, Custody custody, Instant retainedUntil, std::string_view movedTo)
{
    const auto give = [&](auto &thing) -> Result<> {
        if (thing.custody == Custody::Incoming) {
            return notReady(toString(thing.custody));
        }
        thing.custody = custody;
        thing.retainedUntil = custody == Custody::Retained ? retainedUntil : Instant {};
        thing.movedTo = custody == Custody::Retained ? std::string(movedTo) : std::string();
        return {};
    };
    return store.change([&](Draft &draft) -> Result<> {
        for (const auto &id : ids) {
            Result<> done;
            if (id.kind == ObjectKind::Instance) {
                done = alter<Instance>(draft, id, [&](Instance &instance) -> Result<> {
                    return custody == Custody::Retained && isUp(instance.state) ? Result<>(notReady(toString(instance.state))) : give(instance);
                });
            } else if (id.kind == ObjectKind::Volume) {
                done = alter<Volume>(draft, id, give);
            } else if (id.kind == ObjectKind::Image) {
                done = alter<Image>(draft, id, give);
            } else if (id.kind == ObjectKind::DataSet) {
                done = alter<DataSet>(draft, id, give);
            } else {
                done = refuse(Reason::Unsupported, {{"what", "migrate"}}, id.text());
            }
            if (!done) {
                return done;
            }
        }
        return {};
    });
}

std::optional<Custody> custodyOf(const Store &store, const ObjectId &id)
{
    const auto thing = store.find(id);
    return !thing ? std::nullopt
                  : std::visit(
                      [](const auto &it) -> std::optional<Custody> {
                          if constexpr (requires { it.custody; }) {
                              return it.custody;
                          } else {
                              return std::nullopt;
                          }
                      },
                      *thing);
}

}
