// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/cloud/networkorders.h"

#include <algorithm>

namespace portulan::site::cloud {

Result<> NetworkOrders::admit(const CreateNetwork &order, std::string_view)
{
    return checkCommon(order.name, {}).and_then([&] { return m_desk.admitNew<Network>(ObjectKind::Network, order.id, order.project); });
}

Result<ObjectId> NetworkOrders::carryOut(const CreateNetwork &order, Progress &progress)
{
    progress.phase("creating");
    const Registry::Making making(m_desk.registry());
    return m_desk.cloud().createNetwork(order).and_then([&](const Ref &ref) {
        auto made = m_desk.cloud().look(ref).and_then([&](const Sighting &seen) {
            return m_desk.registry().observe(seen, {order.id, order.name, order.project, {}, {}});
        });
        if (!made) {
            (void)m_desk.cloud().deleteNetwork(ref);
        }
        return made;
    });
}

Result<> NetworkOrders::admit(const DeleteNetwork &order, std::string_view etag)
{
    return m_desk.owned<Network>(order.network, etag).and_then([&](const Network &) -> Result<> {
        const auto machines = m_desk.store().each<Instance>();
        const bool isUsed
            = std::ranges::any_of(machines, [&](const Instance &each) { return std::ranges::count(each.networkIds, order.network.id) > 0; });
        return isUsed ? notReady("in_use") : Result<>();
    });
}

Result<ObjectId> NetworkOrders::carryOut(const DeleteNetwork &order, Progress &progress)
{
    progress.phase("deleting");
    return m_desk.registry().refOf(order.network).and_then([&](const Ref &ref) {
        return m_desk.cloud().deleteNetwork(ref).and_then([&] { return m_desk.registry().forget(ref); }).map([&] { return order.network; });
    });
}

}
