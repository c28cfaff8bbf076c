// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/operation.h"
#include "core/site.h"
#include "core/workload.h"

#include <variant>

namespace portulan {

/// The object is gone.
struct Vanished {
    ObjectId id;
    bool operator==(const Vanished &) const = default;
};
/// A capacity sample of a site.
struct Sampled {
    std::string site;
    CapacitySample sample;
    bool operator==(const Sampled &) const = default;
};

using Thing = std::variant<Site, Project, Instance, Volume, Image, Snapshot, DataSet, Network, SecurityGroup, KubernetesCluster, Operation, Alert,
    Vanished, Sampled>;

/// One fact from a site: something appeared or became (its whole new state), vanished, or was measured.
/// Revisions of a site rise by one; the same revision never means two things within one epoch of its gateway.
struct Change {
    std::uint64_t revision = 0;
    Thing thing;
    bool operator==(const Change &) const = default;
};

/// Of what a thing is about. For a Sampled: the site.
ObjectId idOf(const Thing &thing);

}
