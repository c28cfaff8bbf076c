// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// How what a cloud shows becomes what is on record.
#include "site/drivers/cloud/registry.h"

#include <algorithm>
#include <utility>

namespace portulan::site::cloud {

namespace {

template <typename T, typename... Kept>
constexpr bool isOneOf = (std::is_same_v<T, Kept> || ...);
template <typename T>
constexpr bool isKept = isOneOf<T, Project, Instance, Volume, Image, Snapshot, DataSet, Network>;

template <typename T>
void apply(const Claim &claim, T &thing)
{
    thing.project = claim.project.empty() ? thing.project : claim.project;
    thing.labels = claim.labels.empty() ? thing.labels : claim.labels;
    if constexpr (requires { thing.classification; }) {
        thing.classification = claim.classification == Classification::Unclassified ? thing.classification : claim.classification;
    }
}

/// What the record knows better than the cloud.
template <typename T>
void remember(T &now, const T &before)
{
    now.id = before.id;
    now.etag = before.etag;
    now.createdAt = before.createdAt;
    now.changedAt = before.changedAt;
    if (now.labels.empty()) {
        now.labels = before.labels;
    }
    if (now.project.empty()) {
        now.project = before.project;
    }
    if constexpr (std::is_same_v<T, Volume>) { // that follows from the machines
        now.instanceId = before.instanceId;
        now.bootable = before.bootable;
    }
    if constexpr (std::is_same_v<T, Instance>) { // what its cloud does not tell
        now.firmware = now.firmware.empty() ? before.firmware : now.firmware;
        now.diskBus = now.diskBus.empty() ? before.diskBus : now.diskBus;
        now.nicModel = now.nicModel.empty() ? before.nicModel : now.nicModel;
    }
    if constexpr (requires { now.custody; }) {
        now.custody = before.custody;
        now.retainedUntil = before.retainedUntil;
        now.movedTo = before.movedTo;
    }
    if constexpr (requires { now.classification; }) {
        if (now.classification == Classification::Unclassified) {
            now.classification = before.classification;
        }
    }
}

}

Result<> Registry::merge(Draft &draft, Sighting seen, const Claim &claim, Names &named)
{
    const Ref ref {portulan::idOf(seen).kind, portulan::idOf(seen).id};
    const auto id = settle(draft, ref, claim.id, named);
    if (!id) {
        return tl::unexpected(id.error());
    }
    const auto translate = [&](ObjectKind kind, std::string &word) { word = word.empty() ? word : known({kind, word}, named); };
    const auto translateAll = [&](ObjectKind kind, std::vector<std::string> &words) {
        std::ranges::for_each(words, [&](std::string &word) { translate(kind, word); });
        std::erase(words, std::string());
    };
    return std::visit(
        [&](auto &thing) -> Result<> {
            using T = std::remove_cvref_t<decltype(thing)>;
            if constexpr (isKept<T>) {
                if constexpr (std::is_same_v<T, Instance>) {
                    translate(ObjectKind::Image, thing.imageId);
                    translateAll(ObjectKind::Volume, thing.volumeIds);
                    translateAll(ObjectKind::Network, thing.networkIds);
                } else if constexpr (std::is_same_v<T, Snapshot>) {
                    translate(ObjectKind::Volume, thing.volumeId);
                    translate(ObjectKind::Instance, thing.instanceId);
                }
                translate(ObjectKind::Project, thing.project);
                apply(claim, thing);
                thing.id = *id;
                const auto before = draft.get<T>(*id);
                if (before) {
                    remember(thing, *before);
                } else if (thing.project.empty()) {
                    thing.project = std::is_same_v<T, Project> ? id->id : m_project;
                }
                auto done = keepName(draft, thing, claim);
                if constexpr (std::is_same_v<T, Instance>) {
                    done = done.and_then([&] { return attach(draft, thing, before ? before->volumeIds : std::vector<std::string> {}); });
                }
                return !done || (before && *before == thing) ? done : draft.observe(thing);
            } else {
                return refuse(Reason::Internal, {}, "a sighting of a kind that is not kept: " + id->text());
            }
        },
        seen);
}

/// What an order has named keeps that name until the cloud's own for it is another than it was then.
template <typename T>
Result<> Registry::keepName(Draft &draft, T &thing, const Claim &claim)
{
    if (!claim.name.empty() && claim.name != thing.name) {
        auto noted = draft.note(noteFor(calledNote, thing.id), thing.name);
        m_called.insert_or_assign(thing.id, std::exchange(thing.name, claim.name));
        return noted;
    }
    const auto at = m_called.find(thing.id);
    if (at == m_called.end()) {
        return {};
    }
    if (const auto before = draft.get<T>(thing.id); before && at->second == thing.name) {
        thing.name = before->name;
        return {};
    }
    m_called.erase(at);
    return draft.note(noteFor(calledNote, thing.id), {});
}

/// Which machine a volume is of follows from the machines.
Result<> Registry::attach(Draft &draft, const Instance &instance, const std::vector<std::string> &before)
{
    const auto put = [&](const std::string &id, const std::string &owner, bool boots) -> Result<> {
        auto volume = draft.get<Volume>(m_store.id(ObjectKind::Volume, id));
        if (!volume || (owner.empty() && volume->instanceId != instance.id.id)) { // gone, or another's by now
            return {};
        }
        if (volume->instanceId == owner && (volume->bootable || !boots)) {
            return {};
        }
        volume->instanceId = owner;
        volume->bootable = volume->bootable || boots;
        return draft.observe(*volume);
    };
    Result<> done;
    for (const auto &id : before) {
        done = done.and_then([&] { return std::ranges::count(instance.volumeIds, id) > 0 ? Result<>() : put(id, {}, false); });
    }
    for (const auto &id : instance.volumeIds) {
        done = done.and_then([&] { return put(id, instance.id.id, id == instance.volumeIds.front()); });
    }
    return done;
}

}
