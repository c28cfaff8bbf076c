// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/embedded/volumes.h"

namespace portulan::site::embedded {

/// Orders about instances: their records, their power and their disks. Machines tell what becomes of them through the watcher's thread.
class Instances {
public:
    Instances(Plant &plant, Volumes &volumes)
        : m_plant(plant)
        , m_volumes(volumes)
    {
    }
    /// Finds again the machines that were running when the last gateway ended and says what became of the others.
    Result<> recover();

    Result<> prepare(Draft &draft, CreateInstance &order, std::string_view etag);
    Result<> prepare(Draft &draft, UpdateInstance &order, std::string_view etag);
    Result<> prepare(Draft &draft, StartInstance &order, std::string_view etag);
    Result<> prepare(Draft &draft, StopInstance &order, std::string_view etag);
    Result<> prepare(Draft &draft, RebootInstance &order, std::string_view etag);
    Result<> prepare(Draft &draft, ResizeInstance &order, std::string_view etag);
    Result<> prepare(Draft &draft, DeleteInstance &order, std::string_view etag);
    Result<> prepare(Draft &draft, AttachVolume &order, std::string_view etag);
    Result<> prepare(Draft &draft, DetachVolume &order, std::string_view etag);
    Result<ObjectId> perform(CreateInstance order, std::string_view etag, Progress &progress);
    Result<ObjectId> perform(StartInstance order, std::string_view etag, Progress &progress);
    Result<ObjectId> perform(StopInstance order, std::string_view etag, Progress &progress);
    Result<ObjectId> perform(RebootInstance order, std::string_view etag, Progress &progress);
    Result<ObjectId> perform(DeleteInstance order, std::string_view etag, Progress &progress);
    Result<ObjectId> perform(AttachVolume order, std::string_view etag, Progress &progress);
    Result<ObjectId> perform(DetachVolume order, std::string_view etag, Progress &progress);

    /// Stops a running machine, whose guest is asked first unless forced, and calls `atRest` when it writes no more but QEMU is still there.
    /// TimedOut, Cancelled: it runs on. Any other error: it may be down.
    Result<> halt(const ObjectId &id, bool force, Progress &progress, const std::function<Result<>()> &atRest);

    /// Takes over a machine that waits, paused, in an instance's directory, and lets its guest run.
    Result<> takeOver(const ObjectId &id);
    /// How QEMU is to be started for it.
    MachinePlan plan(const Instance &instance);

    /// Keeps the consoles of running machines from filling the disk; now and then, from the watcher's thread.
    void trimConsoles();

    /// Takes an instance out of the draft, with or without its volumes.
    void remove(Draft &draft, const Instance &instance, bool withVolumes);
    /// What is left of the machine of an instance no longer on record.
    void sweep(const std::string &instance);

private:
    Result<> prepare(Draft &draft, CreateInstance &order, std::string &diskId);
    Result<> power(const ObjectId &id, Progress &progress);
    Result<> stopGently(const ObjectId &id, Progress &progress);
    Result<> stopNow(const ObjectId &id);
    Result<> awaitRest(const ObjectId &id, Machine &machine, Progress &progress);
    Result<> demandBootable(const Instance &instance);
    std::shared_ptr<Machine> machineFor(const std::string &instance);
    Result<> become(const ObjectId &id, PowerState state, const std::string &note, const Machine *unlessOver = nullptr);
    void hasEnded(const ObjectId &id, const Machine::End &end);

    Plant &m_plant;
    Volumes &m_volumes;
};

}
