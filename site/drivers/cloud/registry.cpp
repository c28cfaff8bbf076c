// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/cloud/registry.h"

#include <algorithm>

namespace portulan::site::cloud {

namespace {

constexpr std::string_view prefix = "ref:";

std::string noteFor(const ObjectId &id)
{
    return std::string(prefix) + std::string(toString(id.kind)) + ':' + id.id;
}

/// An id that says something to people, made of the cloud's word: its last part, without the ending of a disk's file, in the letters an id
/// may have. May be empty.
std::string idFrom(std::string word)
{
    std::string id;
    for (const std::string_view ending : {".qcow2", ".img", ".raw"}) {
        if (word.ends_with(ending)) {
            word.resize(word.size() - ending.size());
        }
    }
    for (const char c : word.substr(word.rfind('/') == std::string::npos ? 0 : word.rfind('/') + 1)) {
        const char small = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        const bool fits = (small >= 'a' && small <= 'z') || (small >= '0' && small <= '9');
        if (fits || (!id.empty() && id.back() != '-')) {
            id += fits ? small : '-';
        }
    }
    id.resize(std::min<std::size_t>(id.size(), 63));
    while (!id.empty() && id.back() == '-') {
        id.pop_back();
    }
    return id;
}

Ref refIn(const Sighting &seen)
{
    const ObjectId id = portulan::idOf(seen);
    return {id.kind, id.id};
}

template <typename T>
void apply(const Claim &claim, T &thing)
{
    thing.name = claim.name.empty() ? thing.name : claim.name;
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

Registry::Registry(std::string site, std::string project, std::function<Instant()> clock)
    : m_project(std::move(project))
    , m_store(std::move(site), std::move(clock))
{
}

Result<> Registry::open(const std::string &path)
{
    if (auto opened = m_store.open(path); !opened) {
        return opened;
    }
    for (const auto &[key, word] : m_store.notes(std::string(prefix))) {
        const auto colon = key.find(':', prefix.size());
        const auto kind = objectKindFrom(key.substr(prefix.size(), colon - prefix.size()));
        if (!kind || colon == std::string::npos) {
            return refuse(Reason::Integrity, {{"where", path}, {"expected", "notes of things"}, {"found", key}});
        }
        const ObjectId id = m_store.id(*kind, key.substr(colon + 1));
        m_ids.insert_or_assign({*kind, word}, id.id);
        m_refs.insert_or_assign(id, Ref {*kind, word});
    }
    return m_store.find(m_store.id(ObjectKind::Project, m_project)) ? Result<>()
                                                                    : m_store.change([&](Draft &draft) { return demandProject(draft, m_project); });
}

Result<> Registry::demandProject(Draft &draft, const std::string &name)
{
    const ObjectId id = m_store.id(ObjectKind::Project, name);
    if (draft.has(id)) {
        return {};
    }
    Project project;
    project.id = id;
    project.name = name;
    project.project = name;
    return draft.observe(project);
}

std::string Registry::known(const Ref &ref, const Names &named) const
{
    if (const auto at = named.find(ref); at != named.end()) {
        return at->second;
    }
    const auto at = m_ids.find(ref);
    return at == m_ids.end() ? std::string() : at->second;
}

/// The id a thing has or gets. An id that is taken or was is never given anew: then it gets another.
Result<ObjectId> Registry::settle(Draft &draft, const Ref &ref, const std::string &proposed, Names &named)
{
    if (const auto id = known(ref, named); !id.empty()) {
        return m_store.id(ref.kind, id);
    }
    const std::string wanted = proposed.empty() ? idFrom(ref.word) : proposed;
    auto id = draft.newId(ref.kind, wanted);
    if (!id && proposed.empty()) {
        id = draft.newId(ref.kind, {});
    }
    return id.and_then([&](const ObjectId &chosen) {
        named.insert_or_assign(ref, chosen.id);
        return draft.note(noteFor(chosen), ref.word).map([&] { return chosen; });
    });
}

Result<> Registry::merge(Draft &draft, Sighting seen, const Claim &claim, Names &named)
{
    const Ref ref = refIn(seen);
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
            if constexpr (
                std::is_same_v<T,
                    Instance> || std::is_same_v<T, Volume> || std::is_same_v<T, Image> || std::is_same_v<T, Snapshot> || std::is_same_v<T, DataSet> || std::is_same_v<T, Network> || std::is_same_v<T, Project>) {
                if constexpr (std::is_same_v<T, Instance>) {
                    translate(ObjectKind::Image, thing.imageId);
                    translateAll(ObjectKind::Volume, thing.volumeIds);
                    translateAll(ObjectKind::Network, thing.networkIds);
                } else if constexpr (std::is_same_v<T, Volume>) {
                    translate(ObjectKind::Instance, thing.instanceId);
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
                return before && *before == thing ? Result<>() : draft.observe(thing);
            } else {
                return refuse(Reason::Internal, {}, "a sighting of a kind that is not kept: " + id->text());
            }
        },
        seen);
}

Result<> Registry::forget(Draft &draft, const Ref &ref)
{
    const auto at = m_ids.find(ref);
    if (at == m_ids.end()) {
        return {};
    }
    const ObjectId id = m_store.id(ref.kind, at->second);
    draft.remove(id);
    return draft.note(noteFor(id), {});
}

void Registry::keep(const Names &named, const std::vector<Ref> &gone)
{
    for (const auto &[ref, id] : named) {
        m_ids.insert_or_assign(ref, id);
        m_refs.insert_or_assign(m_store.id(ref.kind, id), ref);
    }
    for (const auto &ref : gone) {
        if (const auto at = m_ids.find(ref); at != m_ids.end()) {
            m_refs.erase(m_store.id(ref.kind, at->second));
            m_ids.erase(at);
        }
    }
}

void Registry::beginLook()
{
    const std::lock_guard lock(m_mutex);
    m_fresh.clear();
}

Result<> Registry::forget(const Ref &ref)
{
    const std::lock_guard lock(m_mutex);
    return m_store.change([&](Draft &draft) { return forget(draft, ref); }).map([&] {
        keep({}, {ref});
        m_fresh.insert(ref);
    });
}

Result<> Registry::observe(const Sightings &sightings)
{
    const std::lock_guard lock(m_mutex);
    Names named;
    std::vector<Ref> gone = sightings.gone;
    if (sightings.isWhole) {
        std::set<Ref> seen;
        for (const auto &thing : sightings.seen) {
            seen.insert(refIn(thing));
        }
        for (const auto &[ref, id] : m_ids) {
            if (!seen.contains(ref) && !m_fresh.contains(ref)) {
                gone.push_back(ref);
            }
        }
    }
    auto done = m_store.change([&](Draft &draft) -> Result<> {
        named.clear();
        for (const auto &thing : sightings.seen) { // every word is known before anything refers to it
            if (auto settled = m_fresh.contains(refIn(thing)) ? Result<ObjectId>() : settle(draft, refIn(thing), {}, named); !settled) {
                return tl::unexpected(settled.error());
            }
        }
        for (const auto &ref : gone) {
            if (auto forgotten = forget(draft, ref); !forgotten) {
                return forgotten;
            }
        }
        for (const auto &thing : sightings.seen) {
            if (auto merged = m_fresh.contains(refIn(thing)) ? Result<>() : merge(draft, thing, {}, named); !merged) {
                return merged;
            }
        }
        return {};
    });
    if (done) {
        keep(named, gone);
    }
    return done;
}

Result<ObjectId> Registry::observe(const Sighting &seen, const Claim &claim)
{
    const std::lock_guard lock(m_mutex);
    Names named;
    const Ref ref = refIn(seen);
    return m_store
        .change([&](Draft &draft) {
            named.clear();
            return merge(draft, seen, claim, named);
        })
        .map([&] {
            keep(named, {});
            m_fresh.insert(ref);
            return m_store.id(ref.kind, m_ids.at(ref));
        });
}

Result<Ref> Registry::refOf(const ObjectId &id) const
{
    const std::lock_guard lock(m_mutex);
    const auto at = m_refs.find(id);
    return at == m_refs.end() ? Result<Ref>(refuse(Reason::NotFound, {{"id", id.text()}})) : at->second;
}

std::string Registry::idOf(const Ref &ref) const
{
    const std::lock_guard lock(m_mutex);
    return known(ref, {});
}

}
