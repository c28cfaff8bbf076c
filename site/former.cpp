// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/former.h"

#include "site/arrivalsrequest.h"
#include "site/moverdeparture.h"

#include <algorithm>

namespace portulan::site {

namespace {
bool isKeptFor(Driver &driver, const ObjectId &object, const std::string &site)
{
    const auto found = driver.find(object);
    return found
        && std::visit(
            [&](const auto &thing) {
                if constexpr (requires { thing.movedTo; }) {
                    return thing.custody == Custody::Retained && thing.movedTo == site;
                } else {
                    return false;
                }
            },
            *found);
}
}

std::optional<Former> formerOf(Context &context, const Wanted &wanted)
{
    const auto record = context.journal.departureTo(objectOf(wanted.arrival).text());
    const auto departure = record && *record ? departureFrom(**record) : Result<Departure>(tl::unexpected(Problem {}));
    if (!departure || departure->order.toSite != wanted.sourceSite || !isKeptFor(context.driver, departure->order.object, wanted.sourceSite)) {
        return std::nullopt;
    }
    Former former {departure->order.object, {}};
    // Disk by disk: there some may have been detached and others attached since.
    const auto &disks = departure->draft.disks;
    const auto &arrived = departure->arrivedVolumes;
    for (const auto &volume : wanted.arrival.volumes) {
        const auto at = std::ranges::find(arrived, volume.id.id);
        const auto disk = std::size_t(at - arrived.begin());
        const bool known = at != arrived.end() && disk < disks.size();
        former.volumes.push_back({former.object.site, ObjectKind::Volume, known ? disks[disk].name : std::string()});
    }
    return former;
}

}
