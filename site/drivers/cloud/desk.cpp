// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/cloud/desk.h"

#include <algorithm>
#include <thread>

namespace portulan::site::cloud {

using namespace std::chrono_literals;

bool isDown(PowerState state)
{
    return state == PowerState::Stopped || state == PowerState::Failed;
}

bool Desk::can(std::string_view capability)
{
    return std::ranges::count(m_cloud.facts().capabilities, capability) > 0;
}

Result<> Desk::demandDown(const Volume &volume)
{
    if (volume.instanceId.empty()) {
        return {};
    }
    const auto instance = store().get<Instance>(id(ObjectKind::Instance, volume.instanceId));
    return instance && !isDown(instance->state) ? notReady(toString(instance->state)) : Result<>();
}

Result<> Desk::lookAgain(const Ref &ref)
{
    return m_cloud.look(ref).and_then([&](const Sighting &seen) { return m_registry.observe(seen).map([](const ObjectId &) {}); });
}

Result<> Desk::awaitState(const ObjectId &id, PowerState state, Progress &progress, std::chrono::seconds patience)
{
    const auto ref = m_registry.refOf(id);
    if (!ref) {
        return tl::unexpected(ref.error());
    }
    const auto deadline = std::chrono::steady_clock::now() + patience;
    for (auto pause = 50ms;; pause = std::min<std::chrono::milliseconds>(pause * 2, 2s)) {
        if (auto seen = lookAgain(*ref); !seen) {
            return seen;
        }
        const auto now = store().get<Instance>(id);
        if (!now || now->state == state) {
            return now ? Result<>() : tl::unexpected(now.error());
        }
        if (now->state == PowerState::Failed && state != PowerState::Stopped) {
            return refuse(Reason::NotReady, {{"state", "failed"}}, now->stateNote);
        }
        if (progress.isCancelled()) {
            return refuse(Reason::Cancelled);
        }
        if (std::chrono::steady_clock::now() > deadline) {
            return refuse(Reason::TimedOut, {{"state", std::string(toString(now->state))}});
        }
        std::this_thread::sleep_for(pause);
    }
}

Result<> endSnapshots(Cloud &cloud, Registry &registry, const ObjectId &volume)
{
    for (const auto &snapshot : registry.store().each<Snapshot>()) {
        const auto ref = registry.refOf(snapshot.id);
        if (snapshot.volumeId != volume.id || !ref) {
            continue;
        }
        auto gone = cloud.deleteSnapshot(*ref);
        if (gone || gone.error().reason == Reason::NotFound) {
            gone = registry.forget(*ref);
        }
        if (!gone) {
            return gone;
        }
    }
    return {};
}

Result<> Desk::endVolume(const ObjectId &volume)
{
    return endSnapshots(m_cloud, m_registry, volume).and_then([&] { return m_registry.refOf(volume); }).and_then([&](const Ref &ref) {
        const auto gone = m_cloud.deleteVolume(ref);
        return gone || gone.error().reason == Reason::NotFound ? m_registry.forget(ref) : Result<>(tl::unexpected(gone.error()));
    });
}

}
