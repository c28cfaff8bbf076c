// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/rowsource.h"

#include <optional>

namespace portulan {

template <typename T>
struct Kept {
    T value;
    std::uint32_t mark = 0; ///< of the snapshot that last spoke of it
};
template <typename T>
using KeptById = std::map<std::string, Kept<T>, std::less<>>;

/// What one site has said, apart from its rows.
struct SiteRecord {
    Ref ref = 0;
    std::optional<Site> self;
    std::vector<CapacitySample> history;
    KeptById<Project> projects;
    KeptById<Operation> operations;
    KeptById<Alert> alerts;
    std::uint32_t mark = 0; ///< every snapshot has a higher one than all before it
    bool inSnapshot = false;
};

/// The inside of an Inventory, shared by the files that implement it.
struct Inventory::Data {
    Texts texts;
    std::array<Table, 8> tables {Table {ObjectKind::Instance, texts}, Table {ObjectKind::Volume, texts}, Table {ObjectKind::Image, texts},
        Table {ObjectKind::Snapshot, texts}, Table {ObjectKind::DataSet, texts}, Table {ObjectKind::Network, texts},
        Table {ObjectKind::SecurityGroup, texts}, Table {ObjectKind::KubernetesCluster, texts}};
    std::map<std::string, SiteRecord, std::less<>> sites;
    std::uint32_t lastMark = 0;
    std::size_t operationsOver = 0;
    std::vector<ObjectId> dropped;

    Table *table(ObjectKind kind);
    const Table *table(ObjectKind kind) const { return const_cast<Data *>(this)->table(kind); }
    const SiteRecord *record(std::string_view site) const;
    SiteRecord &recordFor(std::string_view site);

    Differed put(SiteRecord &site, ObjectKind kind, const RowSource &source);
    Differed putVolume(SiteRecord &site, const RowSource &source);
    Differed put(SiteRecord &site, const Operation &operation);
    Differed put(SiteRecord &site, const CapacitySample &sample);
    Differed vanish(const ObjectId &id);
    void removeRow(Table &rows, Slot slot);
    void addToInstance(const Row &volume, int sign);
    void dropOldOperations();
};

}
