// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/inventorydata.h"

#include <algorithm>

namespace portulan {

Table *Inventory::Data::table(ObjectKind kind)
{
    const auto index = std::size_t(kind) - std::size_t(ObjectKind::Instance);
    return index < tables.size() ? &tables[index] : nullptr;
}
static_assert(int(ObjectKind::KubernetesCluster) - int(ObjectKind::Instance) == 7, "tables stand in the order of the kinds");

const SiteRecord *Inventory::Data::record(std::string_view site) const
{
    const auto at = sites.find(site);
    return at == sites.end() ? nullptr : &at->second;
}

Inventory::Inventory()
    : m_data(std::make_unique<Data>())
{
}
Inventory::~Inventory() = default;
Inventory::Inventory(Inventory &&) noexcept = default;
Inventory &Inventory::operator=(Inventory &&) noexcept = default;

std::vector<std::string> Inventory::siteIds() const
{
    std::vector<std::string> ids;
    for (const auto &[id, record] : m_data->sites) {
        if (record.self) {
            ids.push_back(id);
        }
    }
    return ids;
}

const Site *Inventory::site(std::string_view id) const
{
    const SiteRecord *const record = m_data->record(id);
    return record && record->self ? &*record->self : nullptr;
}

const Project *Inventory::project(std::string_view site, std::string_view project) const
{
    const SiteRecord *const record = m_data->record(site);
    const auto at = record ? record->projects.find(project) : decltype(record->projects.end()) {};
    return record && at != record->projects.end() ? &at->second.value : nullptr;
}

std::vector<const Project *> Inventory::projects(std::string_view site) const
{
    std::vector<const Project *> projects;
    if (const SiteRecord *const record = m_data->record(site)) {
        for (const auto &[id, project] : record->projects) {
            projects.push_back(&project.value);
        }
    }
    return projects;
}

const Operation *Inventory::operation(const ObjectId &id) const
{
    const SiteRecord *const record = m_data->record(id.site);
    const auto at = record ? record->operations.find(id.id) : decltype(record->operations.end()) {};
    return record && at != record->operations.end() ? &at->second.value : nullptr;
}

std::vector<const Operation *> Inventory::operations() const
{
    std::vector<const Operation *> operations;
    for (const auto &[name, record] : m_data->sites) {
        for (const auto &[id, operation] : record.operations) {
            operations.push_back(&operation.value);
        }
    }
    std::ranges::stable_sort(operations, std::greater {}, &Operation::startedAt);
    return operations;
}

std::vector<const Alert *> Inventory::alerts() const
{
    std::vector<const Alert *> alerts;
    for (const auto &[name, record] : m_data->sites) {
        for (const auto &[id, alert] : record.alerts) {
            alerts.push_back(&alert.value);
        }
    }
    std::ranges::stable_sort(alerts, std::greater {}, [](const Alert *alert) { return std::pair(alert->severity, alert->since); });
    return alerts;
}

std::span<const CapacitySample> Inventory::history(std::string_view site) const
{
    const SiteRecord *const record = m_data->record(site);
    return record ? std::span<const CapacitySample>(record->history) : std::span<const CapacitySample>();
}

std::span<const Row> Inventory::rows(ObjectKind kind) const
{
    const Table *const table = m_data->table(kind);
    return table ? table->rows() : std::span<const Row>();
}

std::size_t Inventory::count(ObjectKind kind) const
{
    if (const Table *const table = m_data->table(kind)) {
        return table->count();
    }
    std::size_t count = 0;
    for (const auto &[id, record] : m_data->sites) {
        count += kind == ObjectKind::Site   ? std::size_t(record.self.has_value())
            : kind == ObjectKind::Project   ? record.projects.size()
            : kind == ObjectKind::Operation ? record.operations.size()
                                            : record.alerts.size();
    }
    return count;
}

Slot Inventory::find(const ObjectId &id) const
{
    const Table *const table = m_data->table(id.kind);
    const SiteRecord *const record = m_data->record(id.site);
    return table && record ? table->find(record->ref, id.id) : noSlot;
}

ObjectId Inventory::idOf(const Row &row) const
{
    return {std::string(text(row.site)), row.kind, std::string(text(row.id))};
}

std::string_view Inventory::text(Ref ref) const
{
    if (!isLabelRef(ref)) {
        return m_data->texts.has(ref) ? m_data->texts.at(ref) : std::string_view();
    }
    const LabelOf label = labelOf(ref);
    const Table *const table = m_data->table(label.kind);
    if (!table || label.slot >= table->rows().size()) {
        return {};
    }
    return label.isName ? table->name(label.slot) : table->id(label.slot);
}

std::string_view Inventory::foldedName(const Row &row) const
{
    const LabelOf label = labelOf(row.name);
    return row.alive ? m_data->table(row.kind)->labels().folded(label.slot) : std::string_view();
}

void Inventory::markContaining(std::vector<std::uint64_t> &bits, ObjectKind kind, std::string_view folded, bool names, bool ids) const
{
    const Table *const table = m_data->table(kind);
    if (!table || folded.empty()) {
        return;
    }
    bits.resize(std::max(bits.size(), (table->rows().size() + 63) / 64));
    table->labels().mark(bits, folded, names && ids ? Labels::Where::Either : names ? Labels::Where::Name : Labels::Where::Id);
}

Ref Inventory::ref(std::string_view text) const
{
    return m_data->texts.find(text);
}

std::vector<Slot> Inventory::ownedBy(ObjectKind kind, const ObjectId &owner) const
{
    std::vector<Slot> slots;
    const Table *const table = m_data->table(kind);
    const SiteRecord *const record = m_data->record(owner.site);
    const Ref ref = m_data->texts.find(owner.id);
    if (table && record && ref != Texts::none && ref != 0) {
        for (Slot slot = table->firstOwned(record->ref, owner.kind, ref); slot != noSlot; slot = table->nextOwned(slot)) {
            slots.push_back(slot);
        }
        std::ranges::sort(slots);
    }
    return slots;
}

void Inventory::setVerdict(ObjectKind kind, Slot slot, Status status)
{
    Table *const table = m_data->table(kind);
    if (table && slot < table->rows().size() && table->at(slot).alive && table->at(slot).verdict != status) {
        table->at(slot).verdict = status;
        ++table->at(slot).version;
    }
}

std::size_t Inventory::memoryBytes() const
{
    std::size_t bytes = sizeof(Data) + m_data->texts.memoryBytes();
    for (const Table &table : m_data->tables) {
        bytes += table.memoryBytes();
    }
    for (const auto &[id, record] : m_data->sites) {
        bytes += sizeof record + record.history.capacity() * sizeof(CapacitySample) + record.projects.size() * sizeof(Kept<Project>)
            + record.operations.size() * sizeof(Kept<Operation>) + record.alerts.size() * sizeof(Kept<Alert>);
    }
    return bytes;
}

}
