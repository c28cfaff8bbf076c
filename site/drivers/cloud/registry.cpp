// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/cloud/registry.h"

#include <algorithm>
#include <utility>

namespace portulan::site::cloud {

namespace {

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

}

std::string Registry::noteFor(std::string_view prefix, const ObjectId &id)
{
    return std::string(prefix) + std::string(toString(id.kind)) + ':' + id.id;
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
    const auto each = [&](std::string_view prefix, const auto &use) -> Result<> {
        for (const auto &[key, value] : m_store.notes(std::string(prefix))) {
            const auto colon = key.find(':', prefix.size());
            const auto kind = objectKindFrom(key.substr(prefix.size(), colon - prefix.size()));
            if (!kind || colon == std::string::npos) {
                return refuse(Reason::Integrity, {{"where", path}, {"expected", "notes of things"}, {"found", key}});
            }
            use(m_store.id(*kind, key.substr(colon + 1)), value);
        }
        return {};
    };
    const ObjectId project = m_store.id(ObjectKind::Project, m_project);
    return each(refNote, [this](const ObjectId &id, const std::string &word) {
        m_ids.insert_or_assign({id.kind, word}, id.id);
        m_refs.insert_or_assign(id, Ref {id.kind, word});
    }).and_then([&] {
          return each(calledNote, [this](const ObjectId &id, const std::string &name) { m_called.insert_or_assign(id, name); });
      }).and_then([&] {
        return m_store.find(project) ? Result<>() : m_store.change([&](Draft &draft) {
            Project made;
            made.id = project;
            made.name = made.project = m_project;
            return draft.observe(made);
        });
    });
}

std::string Registry::known(const Ref &ref, const Names &named) const
{
    if (const auto at = named.ids.find(ref); at != named.ids.end()) {
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
    if (proposed.empty() && (!id || named.given.contains(*id))) {
        id = draft.newId(ref.kind, {});
    }
    return id.and_then([&](const ObjectId &chosen) {
        named.ids.insert_or_assign(ref, chosen.id);
        named.given.insert(chosen);
        return draft.note(noteFor(refNote, chosen), ref.word).map([&] { return chosen; });
    });
}

Result<> Registry::bind(const ObjectId &id, const Ref &ref)
{
    const std::lock_guard lock(m_mutex);
    const auto at = m_ids.find(ref);
    const bool isAnothers = at != m_ids.end() && at->second != id.id; // seen already, and taken for somebody else's
    return m_store
        .change([&](Draft &draft) {
            return (isAnothers ? forget(draft, ref) : Result<>()).and_then([&] { return draft.note(noteFor(refNote, id), ref.word); });
        })
        .map([&] {
            if (isAnothers) {
                keep({}, {ref});
            }
            m_ids.insert_or_assign(ref, id.id);
            m_refs.insert_or_assign(id, ref);
            m_fresh.insert(ref);
        });
}

Result<> Registry::unbind(const ObjectId &id)
{
    const std::lock_guard lock(m_mutex);
    const auto at = m_refs.find(id);
    if (at == m_refs.end()) {
        return {};
    }
    return m_store.change([&](Draft &draft) { return draft.note(noteFor(refNote, id), {}); }).map([&] {
        m_fresh.insert(at->second);
        m_ids.erase(at->second);
        m_refs.erase(at);
    });
}

Result<> Registry::forgetUnmade(const ObjectId &id)
{
    const std::lock_guard lock(m_mutex);
    return m_store.change([&](Draft &draft) {
        return draft.get<Instance>(id).and_then([&](Instance instance) {
            const auto volumes = std::exchange(instance.volumeIds, {});
            draft.remove(id);
            return attach(draft, instance, volumes);
        });
    });
}

bool Registry::isBound(const ObjectId &id) const
{
    const std::lock_guard lock(m_mutex);
    return m_refs.contains(id);
}

Result<> Registry::amend(const UpdateInstance &order)
{
    const std::lock_guard lock(m_mutex);
    return m_store.change([&](Draft &draft) {
        return draft.get<Instance>(order.instance).and_then([&](Instance instance) {
            Result<> named;
            if (order.name && *order.name != instance.name && m_called.emplace(instance.id, instance.name).second) {
                named = draft.note(noteFor(calledNote, instance.id), instance.name);
            }
            instance.name = order.name.value_or(instance.name);
            instance.classification = order.classification.value_or(instance.classification);
            instance.labels = order.labels.value_or(instance.labels);
            return named.and_then([&] { return draft.put(instance); });
        });
    });
}

Result<> Registry::forget(Draft &draft, const Ref &ref)
{
    const auto at = m_ids.find(ref);
    if (at == m_ids.end()) {
        return {};
    }
    const ObjectId id = m_store.id(ref.kind, at->second);
    Result<> done;
    if (auto instance = draft.get<Instance>(id)) {
        const auto volumes = std::exchange(instance->volumeIds, {});
        done = attach(draft, *instance, volumes);
    }
    draft.remove(id);
    return done.and_then([&] { return draft.note(noteFor(refNote, id), {}); }).and_then([&] { return draft.note(noteFor(calledNote, id), {}); });
}

void Registry::keep(const Names &named, const std::vector<Ref> &gone)
{
    for (const auto &[ref, id] : named.ids) {
        m_ids.insert_or_assign(ref, id);
        m_refs.insert_or_assign(m_store.id(ref.kind, id), ref);
    }
    for (const auto &ref : gone) {
        if (const auto at = m_ids.find(ref); at != m_ids.end()) {
            const ObjectId id = m_store.id(ref.kind, at->second);
            m_refs.erase(id);
            m_called.erase(id);
            m_ids.erase(at);
        }
    }
}

void Registry::beginLook()
{
    const std::lock_guard lock(m_mutex);
    m_fresh.clear();
    m_hasMade = m_making > 0;
}

Registry::Making::Making(Registry &registry)
    : m_registry(registry)
{
    const std::lock_guard lock(m_registry.m_mutex);
    ++m_registry.m_making;
    m_registry.m_hasMade = true;
}

Registry::Making::~Making()
{
    const std::lock_guard lock(m_registry.m_mutex);
    --m_registry.m_making;
}

/// Whether what a look has seen of this is to be put on record: not what an order knows better, or may be about to.
bool Registry::isNews(const Ref &ref, const Names &named) const
{
    return !m_fresh.contains(ref) && !(m_hasMade && known(ref, named).empty());
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
        named = {};
        for (const auto &thing : sightings.seen) { // every word is known before anything refers to it
            if (auto settled = isNews(refIn(thing), named) ? settle(draft, refIn(thing), {}, named) : Result<ObjectId>(); !settled) {
                return tl::unexpected(settled.error());
            }
        }
        for (const auto &ref : gone) {
            if (auto forgotten = forget(draft, ref); !forgotten) {
                return forgotten;
            }
        }
        for (const bool machines : {false, true}) { // their volumes come first
            for (const auto &thing : sightings.seen) {
                if (std::holds_alternative<Instance>(thing) == machines && isNews(refIn(thing), named)) {
                    if (auto merged = merge(draft, thing, {}, named); !merged) {
                        return merged;
                    }
                }
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
            named = {};
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

Result<std::vector<std::string>> Registry::wordsOf(ObjectKind kind, const std::vector<std::string> &ids) const
{
    std::vector<std::string> words;
    for (const auto &each : ids) {
        const auto ref = refOf(m_store.id(kind, each));
        if (!ref) {
            return tl::unexpected(ref.error());
        }
        words.push_back(ref->word);
    }
    return words;
}

}
