// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/instant.h"

#include <cstdint>

namespace portulan {

/// Amounts of the three things a site runs out of. Bytes are bytes.
struct Amounts {
    std::int64_t vcpus = 0;
    std::int64_t ramBytes = 0;
    std::int64_t storageBytes = 0;
    bool operator==(const Amounts &) const = default;
    Amounts operator+(const Amounts &other) const { return {vcpus + other.vcpus, ramBytes + other.ramBytes, storageBytes + other.storageBytes}; }
    Amounts operator-(const Amounts &other) const { return {vcpus - other.vcpus, ramBytes - other.ramBytes, storageBytes - other.storageBytes}; }
};

/// Virtual processors that share one hardware thread before a site counts as full: the default of OpenStack Nova's cpu_allocation_ratio.
inline constexpr std::int64_t vcpusPerThread = 16;

/// What there is (declared by the operator, measured by the gateway) and what is used.
struct Capacity {
    Amounts declared;
    Amounts measured; ///< what the machine really has (vcpus: hardware threads); zero where it cannot be measured
    Amounts used; ///< by instances (vCPU, RAM) and bytes on disk
    bool operator==(const Capacity &) const = default;

    /// The smaller of declared and measured where both are known; of vCPU, measured times vcpusPerThread.
    Amounts total() const;
    Amounts available() const;
    /// Fullest of the three resources, 0–1; 0 if nothing is known.
    double load() const;
};

/// One point of a site's history, for the charts.
struct CapacitySample {
    Instant at;
    Amounts used;
    Amounts total;
    bool operator==(const CapacitySample &) const = default;
};

}
