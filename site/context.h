// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/config.h"
#include "site/log.h"
#include "site/machinetime.h"
#include "site/operations.h"
#include "site/policy.h"
#include "site/workers.h"

namespace portulan::site {

struct AuditRecord;

/// What the parts of one gateway share. Made once, in site/runtime, and outlives them all.
struct Context {
    const Config &config;
    Driver &driver;
    Journal &journal;
    Broadcast &broadcast;
    Operations &operations;
    Policy &policy;
    Workers &workers;
    std::function<Instant()> clock;
    Log log {};
    std::function<Result<AuditRecord>(AuditRecord)> trail {}; ///< Audit::append, for what the gateway does by itself
    std::function<MachineTime()> machineTime = site::machineTime;
};

}
