// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/manifest.h"
#include "site/drivers/record/records.h"
#include "site/drivers/record/store.h"

#include <algorithm>
#include <random>

namespace portulan::site {

namespace {

/// What a thing counts for in its project. Retained copies only take room; they are no longer the project's machines.
struct Share {
    Amounts amounts;
    std::int64_t instances = 0;
    std::int64_t volumes = 0;
};
struct ShareOf {
    Share operator()(const Instance &i) const { return i.custody == Custody::Retained ? Share {} : Share {{i.vcpus, i.ramBytes, 0}, 1, 0}; }
    Share operator()(const Volume &v) const { return {{0, 0, v.sizeBytes}, 0, v.custody == Custody::Retained ? 0 : 1}; }
    Share operator()(const Image &i) const { return {{0, 0, i.fileBytes}, 0, 0}; }
    Share operator()(const DataSet &d) const { return {{0, 0, d.bytes}, 0, 0}; }
    template <typename T>
    Share operator()(const T &) const
    {
        return {};
    }
};

Result<> within(std::string_view resource, std::int64_t limit, std::int64_t used, std::int64_t wanted)
{
    if (limit < 0 || wanted <= 0 || used + wanted <= limit) {
        return {};
    }
    return refuse(Reason::Quota,
        {{"resource", std::string(resource)}, {"limit", std::to_string(limit)}, {"used", std::to_string(used)}, {"wanted", std::to_string(wanted)}});
}

Result<> withinQuota(const Project &project, const Share &more)
{
    const auto &[quota, used] = std::pair(project.quota, project.used);
    return within("vcpus", quota.limit.vcpus, used.vcpus, more.amounts.vcpus)
        .and_then([&] { return within("ram", quota.limit.ramBytes, used.ramBytes, more.amounts.ramBytes); })
        .and_then([&] { return within("storage", quota.limit.storageBytes, used.storageBytes, more.amounts.storageBytes); })
        .and_then([&] { return within("instances", quota.instances, project.usedInstances, more.instances); })
        .and_then([&] { return within("volumes", quota.volumes, project.usedVolumes, more.volumes); });
}

std::string_view prefixOf(ObjectKind kind)
{
    switch (kind) {
    case ObjectKind::Instance:
        return "i-";
    case ObjectKind::Volume:
        return "v-";
    case ObjectKind::Image:
        return "m-";
    case ObjectKind::Snapshot:
        return "s-";
    case ObjectKind::DataSet:
        return "d-";
    case ObjectKind::Network:
        return "n-";
    default:
        return "p-";
    }
}

std::string anyId(ObjectKind kind)
{
    static thread_local std::mt19937 random {std::random_device {}()};
    char hex[9];
    std::snprintf(hex, sizeof hex, "%08x", static_cast<unsigned>(random()));
    return std::string(prefixOf(kind)) + hex;
}

const std::string &projectOf(const Thing &thing)
{
    static const std::string none;
    return std::visit(
        [](const auto &object) -> const std::string & {
            if constexpr (std::is_base_of_v<Common, std::remove_cvref_t<decltype(object)>>) {
                return object.project;
            } else {
                return none;
            }
        },
        thing);
}

}

const Thing *Draft::look(const ObjectId &id) const
{
    if (const auto changed = m_changed.find(id); changed != m_changed.end()) {
        return changed->second ? &*changed->second : nullptr;
    }
    // Only change() writes m_things, and a draft lives inside change(): reading needs no lock here.
    const auto at = m_store.m_things.find(id);
    return at == m_store.m_things.end() ? nullptr : &at->second;
}

Result<ObjectId> Draft::newId(ObjectKind kind, const std::string &proposed)
{
    if (!proposed.empty() && !isId(proposed)) {
        return refuse(Reason::InvalidArgument, {{"field", "id"}, {"value", proposed.substr(0, 64)}, {"expected", "1 to 63 of a-z, 0-9 and -"}});
    }
    for (int attempt = 0; attempt < 100; ++attempt) {
        const ObjectId id {m_store.m_site, kind, proposed.empty() ? anyId(kind) : proposed};
        auto taken = m_store.m_database->prepare("SELECT 1 FROM used_ids WHERE kind = ? AND id = ?");
        taken << toString(kind) << id.id;
        const auto known = taken.step();
        if (!known) {
            return tl::unexpected(known.error());
        }
        if (!*known && !has(id)) {
            return id;
        }
        if (!proposed.empty()) {
            return refuse(Reason::AlreadyExists, {{"id", id.text()}});
        }
    }
    return refuse(Reason::Internal, {}, "no free id");
}

bool Draft::removes() const
{
    return std::ranges::any_of(m_changed, [](const auto &change) { return !change.second; });
}

void Draft::stamp(Common &thing)
{
    const Instant now = m_store.m_clock();
    thing.changedAt = now;
    thing.createdAt = thing.createdAt == Instant {} ? now : thing.createdAt;
    thing.etag = "e" + std::to_string(++m_store.m_sequence);
}

Result<> Draft::account(const Thing &thing, int sign)
{
    const Share share = std::visit(ShareOf {}, thing);
    auto project = get<Project>({m_store.m_site, ObjectKind::Project, projectOf(thing)});
    if (!project) {
        return tl::unexpected(project.error());
    }
    const auto add = [sign](std::int64_t &sum, std::int64_t part) { sum += sign * part; };
    add(project->used.vcpus, share.amounts.vcpus);
    add(project->used.ramBytes, share.amounts.ramBytes);
    add(project->used.storageBytes, share.amounts.storageBytes);
    add(project->usedInstances, share.instances);
    add(project->usedVolumes, share.volumes);
    m_changed.insert_or_assign(project->id, std::move(*project));
    return {};
}

Result<> Draft::keep(Thing thing, bool demandsQuota)
{
    const ObjectId id = idOf(thing);
    if (id.kind != ObjectKind::Project) {
        const auto project = get<Project>({m_store.m_site, ObjectKind::Project, projectOf(thing)});
        if (!project) {
            return tl::unexpected(project.error());
        }
        Share more = std::visit(ShareOf {}, thing);
        if (const Thing *before = look(id)) {
            const Share had = std::visit(ShareOf {}, *before);
            more = {more.amounts - had.amounts, more.instances - had.instances, more.volumes - had.volumes};
            const Thing old = *before;
            if (auto done = account(old, -1); !done) {
                return done;
            }
        }
        if (auto done = (demandsQuota ? withinQuota(*project, more) : Result<>()).and_then([&] { return account(thing, +1); }); !done) {
            return done;
        }
    }
    m_changed.insert_or_assign(id, std::move(thing));
    return {};
}

void Draft::remove(const ObjectId &id)
{
    if (const Thing *thing = look(id)) {
        if (id.kind != ObjectKind::Project) {
            const Thing old = *thing;
            (void)account(old, -1); // a project is only removed when empty, so it is there
        }
        m_changed.insert_or_assign(id, std::nullopt);
    }
}

Result<> Draft::putObject(const std::string &dataSet, const DataObject &object, const std::string &file)
{
    auto row = m_store.m_database->prepare("INSERT OR REPLACE INTO objects(dataset, key, size, sha256, changed, file) VALUES(?, ?, ?, ?, ?, ?)");
    row << dataSet << object.key << object.size << object.sha256 << std::int64_t(object.changedAt.time_since_epoch().count()) << file;
    return row.run();
}

Result<> Draft::removeObject(const std::string &dataSet, std::string_view key)
{
    auto row = m_store.m_database->prepare("DELETE FROM objects WHERE dataset = ? AND key = ?");
    row << dataSet << key;
    return row.run();
}

Result<> Draft::removeObjects(const std::string &dataSet)
{
    auto rows = m_store.m_database->prepare("DELETE FROM objects WHERE dataset = ?");
    rows << dataSet;
    return rows.run();
}

Result<std::string> Draft::objectFile(const std::string &dataSet, std::string_view key)
{
    return m_store.readObject(dataSet, key).map([](const auto &found) { return found.first; });
}

Result<> Draft::tally(DataSet &set)
{
    auto rows = m_store.m_database->prepare("SELECT key, size, sha256 FROM objects WHERE dataset = ? ORDER BY key");
    rows << set.id.id;
    Hasher hasher;
    set.objects = set.bytes = 0;
    for (;;) {
        const auto more = rows.step();
        if (!more) {
            return tl::unexpected(more.error());
        }
        if (!*more) {
            break;
        }
        ++set.objects;
        set.bytes += rows.integer(1);
        hasher.add(rows.text(0) + '\0' + rows.text(2) + '\n');
    }
    set.digest = toHex(hasher.end());
    return {};
}

Result<> Draft::note(const std::string &key, const std::string &value)
{
    auto row
        = m_store.m_database->prepare(value.empty() ? "DELETE FROM notes WHERE key = ?" : "INSERT OR REPLACE INTO notes(key, value) VALUES(?, ?)");
    row << key;
    if (!value.empty()) {
        row << value;
    }
    return row.run();
}

std::map<std::string, std::string> Draft::notes(const std::string &prefix) const
{
    return m_store.readNotes(prefix);
}

std::string Draft::note(const std::string &key) const
{
    const auto found = notes(key);
    const auto at = found.find(key);
    return at == found.end() ? std::string() : at->second;
}

Result<> Draft::save()
{
    for (const auto &[id, thing] : m_changed) {
        auto row = m_store.m_database->prepare(
            thing ? "INSERT OR REPLACE INTO things(kind, id, record) VALUES(?, ?, ?)" : "DELETE FROM things WHERE kind = ? AND id = ?");
        row << toString(id.kind) << id.id;
        if (thing) {
            row << recordOf(*thing);
        }
        auto used = m_store.m_database->prepare("INSERT OR IGNORE INTO used_ids(kind, id) VALUES(?, ?)");
        used << toString(id.kind) << id.id;
        if (auto done = row.run().and_then([&] { return used.run(); }); !done) {
            return done;
        }
    }
    return m_changed.empty() ? Result<>() : note("sequence", std::to_string(m_store.m_sequence));
}

}
