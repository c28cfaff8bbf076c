// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/change.h"
#include "core/verdict.h"

#include <memory>
#include <span>

namespace portulan {

/// A string of the inventory, to be read with Inventory::text(). 0 is "". Sites, projects, owners and details are kept once, so that equal
/// refs are equal words; a name's or an id's ref belongs to its row: compare their texts.
using Ref = std::uint32_t;
/// Place of a row; stable while the object lives, reused afterwards.
using Slot = std::uint32_t;
inline constexpr Slot noSlot = ~Slot {0};

/// An instance, volume, image, snapshot, data set, network, security group or Kubernetes cluster, packed.
struct Row {
    Ref id = 0;
    Ref name = 0;
    Ref site = 0;
    Ref project = 0;
    Ref owner = 0; ///< id of what it belongs to: volume → instance, snapshot → volume or instance, instance → image
    Ref detail = 0; ///< flavor, format, cidr, version
    Ref movedTo = 0;
    std::int32_t count = 0; ///< vCPUs, objects, nodes
    std::int64_t ramBytes = 0;
    std::int64_t bytes = 0; ///< size; of an instance: of its volumes, kept by the inventory
    std::int64_t allocatedBytes = 0; ///< of an instance: of its volumes
    std::int64_t changedAt = 0; ///< ms since 1970
    std::uint32_t version = 0; ///< rises with every change to the row
    ObjectKind kind : 8 = ObjectKind::Instance;
    PowerState state : 8 = PowerState::Stopped;
    Classification classification : 8 = Classification::Unclassified;
    Custody custody : 8 = Custody::Owner;
    Status verdict : 8 = Status::NotEvaluated;
    bool alive = false;
};
static_assert(sizeof(Row) == 80, "a million of them");

/// What an apply() made different. A change that changes nothing is `Nothing`.
enum class Differed { Nothing, Appeared, Became, Vanished };

/// The federation as a value: what every site last said. Holds a million rows in place; few things (sites, projects, operations,
/// alerts) whole. One thread at a time. What is not an id (isId()) cannot be addressed and is left out.
class Inventory {
public:
    Inventory();
    ~Inventory();
    Inventory(Inventory &&) noexcept;
    Inventory &operator=(Inventory &&) noexcept;

    /// A volume's change may also change the row of its instance (bytes, allocatedBytes, version).
    Differed apply(const Thing &thing);
    /// A fresh snapshot of a site begins / has ended: what was not repeated in between has vanished. Returns the vanished ids.
    void beginSnapshot(std::string_view site);
    std::vector<ObjectId> endSnapshot(std::string_view site);
    void forgetSite(std::string_view site);

    std::vector<std::string> siteIds() const; ///< sorted
    const Site *site(std::string_view id) const;
    const Project *project(std::string_view site, std::string_view project) const;
    std::vector<const Project *> projects(std::string_view site) const;
    const Operation *operation(const ObjectId &id) const;
    std::vector<const Operation *> operations() const; ///< newest first; all that run, and some 2000 that are over
    std::vector<ObjectId> takeDroppedOperations(); ///< those that apply() let go to keep it so, since the last call
    std::vector<const Alert *> alerts() const; ///< worst first
    std::span<const CapacitySample> history(std::string_view site) const; ///< oldest first, at most 1024

    /// Rows by slot; skip those not alive or not of the kind wanted.
    std::span<const Row> rows(ObjectKind kind) const;
    std::size_t count(ObjectKind kind) const;
    Slot find(const ObjectId &id) const; ///< in rows(id.kind)
    ObjectId idOf(const Row &row) const;
    std::string_view text(Ref ref) const; ///< valid until the next apply()
    Ref ref(std::string_view text) const; ///< of a site, project, owner or detail; ~0 if no row has it
    /// Slots of rows whose owner is `id` (the volumes of an instance).
    std::vector<Slot> ownedBy(ObjectKind kind, const ObjectId &owner) const;
    /// A row's name as it is searched and sorted (core/folding.h); valid until the next apply().
    std::string_view foldedName(const Row &row) const;
    /// Sets the bits (64 a word) of the slots whose name or id contains a folded text; the vector grows as needed.
    void markContaining(std::vector<std::uint64_t> &bits, ObjectKind kind, std::string_view folded, bool names = true, bool ids = true) const;
    void setVerdict(ObjectKind kind, Slot slot, Status status);
    std::size_t memoryBytes() const;

    struct Data;

private:
    std::unique_ptr<Data> m_data;
};

}
