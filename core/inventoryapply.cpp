// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// The writing half of core/inventory.h: facts in, differences out.
#include "core/inventorydata.h"

#include <algorithm>

namespace portulan {

namespace {

constexpr std::size_t longestHistory = 1024;
constexpr std::size_t operationsKept = 2000; ///< of those that are over
constexpr std::size_t mostWhole = 20000; ///< projects, alerts or running operations of one site

template <typename T>
Differed keep(KeptById<T> &kept, const std::string &id, const T &value, std::uint32_t mark)
{
    if (const auto at = kept.find(id); at != kept.end()) {
        at->second.mark = mark;
        if (at->second.value == value) {
            return Differed::Nothing;
        }
        at->second.value = value;
        return Differed::Became;
    }
    if (kept.size() >= mostWhole) {
        return Differed::Nothing;
    }
    kept.emplace(id, Kept<T> {value, mark});
    return Differed::Appeared;
}

template <typename T>
void collectUnmarked(std::vector<ObjectId> &ids, const KeptById<T> &kept, std::string_view site, ObjectKind kind, std::uint32_t mark)
{
    for (const auto &[id, thing] : kept) {
        if (thing.mark < mark) {
            ids.push_back({std::string(site), kind, id});
        }
    }
}

}

SiteRecord &Inventory::Data::recordFor(std::string_view site)
{
    auto at = sites.find(site);
    if (at == sites.end()) {
        at = sites.emplace(std::string(site), SiteRecord {}).first;
        at->second.ref = texts.acquire(site);
        at->second.mark = ++lastMark;
    }
    return at->second;
}

/// `volume` counts, or no longer counts, among the bytes of the instance it belongs to.
void Inventory::Data::addToInstance(const Row &volume, int sign)
{
    Table &instances = *table(ObjectKind::Instance);
    const Slot slot = volume.owner == 0 ? noSlot : instances.find(volume.site, texts.at(volume.owner));
    if (slot != noSlot) {
        Row &instance = instances.at(slot);
        instance.bytes += sign * volume.bytes;
        instance.allocatedBytes += sign * volume.allocatedBytes;
        ++instance.version;
    }
}

Differed Inventory::Data::put(SiteRecord &site, ObjectKind kind, const RowSource &source)
{
    const auto [slot, differed] = table(kind)->put(site.ref, source, site.mark);
    if (differed == Differed::Appeared && kind == ObjectKind::Instance) {
        const Table &volumes = *table(ObjectKind::Volume);
        Row &instance = table(kind)->at(slot);
        const Ref owner = texts.find(source.id);
        for (Slot at = owner == Texts::none ? noSlot : volumes.firstOwned(site.ref, kind, owner); at != noSlot; at = volumes.nextOwned(at)) {
            instance.bytes += volumes.rows()[at].bytes;
            instance.allocatedBytes += volumes.rows()[at].allocatedBytes;
        }
    }
    return differed;
}

Differed Inventory::Data::putVolume(SiteRecord &site, const RowSource &source)
{
    Table &volumes = *table(ObjectKind::Volume);
    const Slot known = volumes.find(site.ref, source.id);
    if (known != noSlot) {
        const Row &row = volumes.at(known);
        if (row.bytes == source.plain.bytes && row.allocatedBytes == source.plain.allocatedBytes && texts.at(row.owner) == source.owner) {
            return put(site, ObjectKind::Volume, source);
        }
        addToInstance(row, -1);
    }
    const auto [slot, differed] = volumes.put(site.ref, source, site.mark);
    if (slot != noSlot) {
        addToInstance(volumes.at(slot), +1);
    }
    return differed;
}

Differed Inventory::Data::put(SiteRecord &site, const Operation &operation)
{
    const auto at = site.operations.find(operation.id.id);
    const bool wasOver = at != site.operations.end() && isOver(at->second.value.state);
    const Differed differed = keep(site.operations, operation.id.id, operation, site.mark);
    if (differed != Differed::Nothing && isOver(operation.state) != wasOver) {
        operationsOver = wasOver ? operationsOver - 1 : operationsOver + 1;
        if (operationsOver > operationsKept + operationsKept / 8) {
            dropOldOperations();
        }
    }
    return differed;
}

void Inventory::Data::dropOldOperations()
{
    std::vector<std::pair<Instant, ObjectId>> over;
    for (const auto &[name, site] : sites) {
        for (const auto &[id, operation] : site.operations) {
            if (isOver(operation.value.state)) {
                over.emplace_back(operation.value.startedAt, ObjectId {name, ObjectKind::Operation, id});
            }
        }
    }
    const auto middle = over.end() - std::ptrdiff_t(operationsKept);
    std::nth_element(over.begin(), middle, over.end());
    for (auto at = over.begin(); at != middle; ++at) {
        sites.find(at->second.site)->second.operations.erase(at->second.id);
        dropped.push_back(std::move(at->second));
    }
    if (dropped.size() > mostWhole) { // nobody asks
        dropped.erase(dropped.begin(), dropped.end() - std::ptrdiff_t(mostWhole));
    }
    operationsOver = operationsKept;
}

Differed Inventory::Data::put(SiteRecord &site, const CapacitySample &sample)
{
    auto &history = site.history;
    const auto at = std::ranges::lower_bound(history, sample.at, {}, &CapacitySample::at);
    if (at != history.end() && *at == sample) {
        return Differed::Nothing;
    }
    if (at != history.end() && at->at == sample.at) {
        *at = sample;
        return Differed::Became;
    }
    if (history.size() >= longestHistory && at == history.begin()) {
        return Differed::Nothing; // older than all that is kept
    }
    history.insert(at, sample);
    if (history.size() > longestHistory) {
        history.erase(history.begin());
    }
    return Differed::Became;
}

void Inventory::Data::removeRow(Table &rows, Slot slot)
{
    if (rows.at(slot).kind == ObjectKind::Volume) {
        addToInstance(rows.at(slot), -1);
    }
    rows.remove(slot);
}

Differed Inventory::Data::vanish(const ObjectId &id)
{
    const auto at = sites.find(id.site);
    if (at == sites.end()) {
        return Differed::Nothing;
    }
    SiteRecord &site = at->second;
    bool gone = false;
    if (Table *const rows = table(id.kind)) {
        const Slot slot = rows->find(site.ref, id.id);
        gone = slot != noSlot;
        if (gone) {
            removeRow(*rows, slot);
        }
    } else if (id.kind == ObjectKind::Project) {
        gone = site.projects.erase(id.id) > 0;
    } else if (id.kind == ObjectKind::Alert) {
        gone = site.alerts.erase(id.id) > 0;
    } else if (const auto operation = site.operations.find(id.id); id.kind == ObjectKind::Operation && operation != site.operations.end()) {
        operationsOver -= isOver(operation->second.value.state);
        site.operations.erase(operation);
        gone = true;
    }
    return gone ? Differed::Vanished : Differed::Nothing;
}

namespace {

struct Apply {
    Inventory::Data &data;

    Differed operator()(const Site &site) const
    {
        SiteRecord &record = data.recordFor(site.id);
        const bool known = record.self.has_value();
        if (known && *record.self == site) {
            return Differed::Nothing;
        }
        record.self = site;
        return known ? Differed::Became : Differed::Appeared;
    }
    Differed operator()(const Project &project) const { return whole(&SiteRecord::projects, project); }
    Differed operator()(const Alert &alert) const { return whole(&SiteRecord::alerts, alert); }
    Differed operator()(const Operation &operation) const { return data.put(data.recordFor(operation.id.site), operation); }
    Differed operator()(const Volume &volume) const { return data.putVolume(data.recordFor(volume.id.site), rowSource(volume)); }
    Differed operator()(const Sampled &sampled) const { return data.put(data.recordFor(sampled.site), sampled.sample); }
    Differed operator()(const Vanished &gone) const { return data.vanish(gone.id); }
    Differed operator()(const Instance &instance) const { return row(ObjectKind::Instance, instance); }
    Differed operator()(const Image &image) const { return row(ObjectKind::Image, image); }
    Differed operator()(const Snapshot &snapshot) const { return row(ObjectKind::Snapshot, snapshot); }
    Differed operator()(const DataSet &dataSet) const { return row(ObjectKind::DataSet, dataSet); }
    Differed operator()(const Network &network) const { return row(ObjectKind::Network, network); }
    Differed operator()(const SecurityGroup &group) const { return row(ObjectKind::SecurityGroup, group); }
    Differed operator()(const KubernetesCluster &cluster) const { return row(ObjectKind::KubernetesCluster, cluster); }

private:
    template <typename T>
    Differed row(ObjectKind kind, const T &thing) const
    {
        return data.put(data.recordFor(thing.id.site), kind, rowSource(thing));
    }
    template <typename T>
    Differed whole(KeptById<T> SiteRecord::*kept, const T &thing) const
    {
        SiteRecord &record = data.recordFor(thing.id.site);
        return keep(record.*kept, thing.id.id, thing, record.mark);
    }
};

}

Differed Inventory::apply(const Thing &thing)
{
    const ObjectId id = portulan::idOf(thing);
    const bool named = isId(id.site) && (id.kind == ObjectKind::Site || isId(id.id));
    if (named && id.kind == ObjectKind::Site && std::holds_alternative<Vanished>(thing)) {
        const bool known = m_data->record(id.site) != nullptr;
        forgetSite(id.site);
        return known ? Differed::Vanished : Differed::Nothing;
    }
    return named ? std::visit(Apply {*m_data}, thing) : Differed::Nothing;
}

void Inventory::beginSnapshot(std::string_view site)
{
    if (isId(site)) {
        SiteRecord &record = m_data->recordFor(site);
        record.mark = ++m_data->lastMark;
        record.inSnapshot = true;
    }
}

std::vector<ObjectId> Inventory::endSnapshot(std::string_view site)
{
    std::vector<ObjectId> vanished;
    const auto at = m_data->sites.find(site);
    if (at == m_data->sites.end() || !at->second.inSnapshot) {
        return vanished;
    }
    SiteRecord &record = at->second;
    record.inSnapshot = false;
    for (Table &rows : m_data->tables) {
        for (const Slot slot : rows.unmarked(record.ref, record.mark)) {
            vanished.push_back({std::string(site), rows.at(slot).kind, std::string(rows.id(slot))});
            m_data->removeRow(rows, slot);
        }
    }
    const auto rows = std::ptrdiff_t(vanished.size());
    collectUnmarked(vanished, record.projects, site, ObjectKind::Project, record.mark);
    collectUnmarked(vanished, record.operations, site, ObjectKind::Operation, record.mark);
    collectUnmarked(vanished, record.alerts, site, ObjectKind::Alert, record.mark);
    std::for_each(vanished.begin() + rows, vanished.end(), [this](const ObjectId &id) { m_data->vanish(id); });
    return vanished;
}

void Inventory::forgetSite(std::string_view site)
{
    const auto at = m_data->sites.find(site);
    if (at == m_data->sites.end()) {
        return;
    }
    SiteRecord &record = at->second;
    for (Table &rows : m_data->tables) {
        for (const Slot slot : rows.unmarked(record.ref, record.mark + 1)) {
            rows.remove(slot);
        }
    }
    m_data->operationsOver
        -= std::size_t(std::ranges::count_if(record.operations, [](const auto &entry) { return isOver(entry.second.value.state); }));
    m_data->texts.release(record.ref);
    m_data->sites.erase(at);
}

std::vector<ObjectId> Inventory::takeDroppedOperations()
{
    return std::exchange(m_data->dropped, {});
}

}
