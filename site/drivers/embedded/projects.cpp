// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/embedded/projects.h"

#include "site/drivers/record/projects.h"

#include <algorithm>

namespace portulan::site::embedded {

Result<> Projects::prepare(Draft &draft, CreateProject &order, std::string_view)
{
    return prepareProject(draft, order);
}

Result<> Projects::prepare(Draft &draft, UpdateProject &order, std::string_view etag)
{
    return prepareProject(draft, order, etag);
}

Result<> Projects::prepare(Draft &draft, DeleteProject &order, std::string_view etag)
{
    return prepareProject(draft, m_plant.store, order, etag);
}

Result<> Projects::prepare(Draft &draft, CreateNetwork &order, std::string_view)
{
    if (auto good = checkCommon(order.name, {}); !good) {
        return good;
    }
    if (order.kind != "isolated" && order.kind != "user") {
        return refuse(Reason::Unsupported, {{"what", "networks of kind " + order.kind.substr(0, 32)}}, "isolated or user");
    }
    const auto id = draft.newId(ObjectKind::Network, order.id);
    if (!id) {
        return tl::unexpected(id.error());
    }
    order.id = id->id;
    Network network;
    network.id = *id;
    network.name = order.name;
    network.project = order.project;
    network.kind = order.kind;
    network.cidr = order.cidr;
    return draft.put(network);
}

Result<> Projects::prepare(Draft &draft, DeleteNetwork &order, std::string_view etag)
{
    const auto network = draft.get<Network>(order.network);
    if (!network) {
        return tl::unexpected(network.error());
    }
    if (auto good = demandEtag(*network, etag); !good) {
        return good;
    }
    for (const auto &instance : m_plant.store.each<Instance>()) {
        if (std::ranges::find(instance.networkIds, order.network.id) != instance.networkIds.end()) {
            return notReady("in_use");
        }
    }
    draft.remove(order.network);
    return {};
}

}
