// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "tests/fakes/memorydisk.h"

#include <atomic>

namespace portulan::test {

/// A cloud in memory, as far as moving goes: instances with volumes, free volumes, data sets. It outlives the gateway in front of it, as
/// disks do. A test may watch every call, fail it, or let the gateway die before it acts.
class MovingDriver : public site::Driver {
public:
    explicit MovingDriver(std::string site)
        : m_site(std::move(site))
    {
    }
    using Disk = std::shared_ptr<MemoryDisk>;
    /// Asked before and after each call, with its name ("adopt", "custody retained", "stop", "stop done"…), before each piece of a disk that is
    /// read, written, flushed or read back ("read", "write", "flush", "read back"), and before each call of another site to this one's gateway
    /// ("peer.verify"…); a problem is the call's answer.
    std::function<Result<>(const std::string &call)> asked;
    std::uint64_t room = ~std::uint64_t {0}; ///< of each disk received
    bool ignoresShutdown = false;
    /// What the machine that is followed does while nobody looks: called at each view, before and after it, and before it stops; or the users
    /// of a data set, at each listing.
    std::function<void()> guest;
    int erased = 0;
    int filled = 0; ///< disks and objects that began with a kept copy
    bool movesLive = false;
    std::atomic<bool> fickle = false; ///< its guest changes its memory faster than that travels…
    std::chrono::milliseconds ficklePause {500}; ///< …but for a pause as long as this
    std::string mayTakeOnly; ///< refuses machines of another form than this; empty: takes any
    /// What the machines hold in memory: it grows while they run, and begins anew when they start. Those that wait have it in full or not yet.
    struct Memory {
        std::string words = "up";
        bool waits = false, isHere = false;
    };
    std::map<std::string, Memory> memories; ///< by instance; only with memoryOf() while sites are up
    std::string memoryOf(const std::string &instance);
    void think(const std::string &instance, const std::string &word); ///< if it runs
    /// What a machine that boots as a test does, as whoever looks at it sees; without it it prints its banner and stays up.
    std::function<site::TestMachine::Look()> testGuest;
    std::atomic<int> testing = 0; ///< machines that run as a test; what they boot from may not be written, adopted or dropped
    std::atomic<int> tested = 0; ///< …that ever did
    std::atomic<bool> disturbed = false; ///< …and was nevertheless
    std::vector<std::byte> booted; ///< the first disk of the last of them, as it began

    Result<> ask(const std::string &call);

    void addInstance(const std::string &id, PowerState state, std::vector<Disk> disks, Classification classification = Classification::Internal);
    void addVolume(const std::string &id, const Disk &disk);
    void addDataSet(const std::string &id, std::map<std::string, Disk> objects);
    void addImage(const std::string &id, const Disk &disk);
    /// As its users do; NotReady{state} when it is not this site's to change.
    Result<> putObject(const std::string &dataSet, const std::string &key, const Disk &disk);
    Result<> deleteObject(const std::string &dataSet, const std::string &key);
    void vanish(const ObjectId &dataSet); ///< deleted
    Result<> classify(const std::string &dataSet, Classification classification);
    std::map<std::string, Disk> objects(const std::string &dataSet);
    /// Nobody, or its custody.
    std::optional<Custody> custody(const ObjectId &id);
    std::optional<Instance> instance(const std::string &id);
    Disk disk(const std::string &volume, const std::string &key = {});
    void losePower(); ///< what was written to disks that were received, and not flushed, is gone
    void setState(const std::string &instance, PowerState state);

    Result<> start(std::function<void(const Thing &)> announce) override;
    void stop() override;
    site::DriverFacts facts() override
    {
        site::DriverFacts facts;
        facts.capabilities = {"dataset.create", "migrate.in", "migrate.warm", "migrate.testboot"};
        facts.erasure = "files_removed";
        if (movesLive) {
            facts.capabilities.push_back("migrate.live");
        }
        return facts;
    }
    Result<Amounts> used() override { return Amounts {}; }
    Result<std::vector<Thing>> inventory() override;
    Result<Thing> find(const ObjectId &id) override;
    Result<std::vector<DataObject>> dataObjects(const ObjectId &dataSet, std::string_view after, std::size_t limit) override;
    Result<ObjectId> perform(const Order &order, std::string_view etag, site::Progress &progress) override;
    Result<> check(const Order &, std::string_view) override { return {}; }
    Result<std::unique_ptr<site::Upload>> beginImport(const site::ImportSpec &) override { return unsupported(); }
    Result<std::unique_ptr<site::Download>> beginExport(const ObjectId &, std::string_view, site::Progress &) override { return unsupported(); }
    Result<std::unique_ptr<site::Upload>> beginPut(const ObjectId &, std::string_view, std::string_view) override { return unsupported(); }
    Result<std::unique_ptr<site::Download>> beginGet(const ObjectId &, std::string_view) override { return unsupported(); }
    Result<std::pair<std::string, std::int64_t>> consoleOutput(const ObjectId &, std::size_t) override { return unsupported(); }
    Result<> setCustody(const ObjectId &object, Custody custody, Instant retainedUntil, std::string_view movedTo) override;
    Result<std::unique_ptr<site::BlockReader>> openForRead(const ObjectId &object, std::string_view key) override;
    Result<std::unique_ptr<site::RunningDisks>> follow(const ObjectId &instance) override;
    Result<std::string> describeMachine(const ObjectId &instance) override;
    Result<std::unique_ptr<site::RunningMemory>> sendMemory(const ObjectId &instance) override;
    Result<> resume(const ObjectId &instance) override;
    Result<> mayTake(const std::string &machine) override;
    Result<std::shared_ptr<site::MemorySink>> takeMemory(const ObjectId &instance, const std::string &machine) override;
    Result<bool> hasMemory(const ObjectId &instance) override;
    Result<> dropMemory(const ObjectId &instance) override;
    void landed(const std::string &instance, const std::string &words); ///< in a machine that waits
    Result<> erase(const ObjectId &object) override;
    Result<site::Received> receive(const site::Arrival &arrival) override;
    Result<std::unique_ptr<site::BlockWriter>> openForWrite(const ObjectId &object, std::string_view key) override;
    Result<std::vector<bool>> takeLot(const ObjectId &dataSet, const site::Lot &lot, const std::optional<site::Former> &former) override;
    Result<std::unique_ptr<site::TestMachine>> testBoot(const ObjectId &instance) override;
    Result<> adopt(const ObjectId &object) override;
    Result<> drop(const ObjectId &object) override;

private:
    static unexpected<Problem> unsupported() { return refuse(Reason::Unsupported); }
    /// What comes back begins with what the kept copy holds, as far as it fits.
    void fillFrom(const site::Arrival &arrival, site::Received &received);
    void put(Thing thing);
    Result<> change(const std::string &dataSet, const std::function<void(DataSet &)> &edit);
    void remove(const ObjectId &id);
    /// The object and the volumes of an instance; m_mutex is held.
    std::vector<ObjectId> family(const ObjectId &object);

    std::string m_site;
    std::recursive_mutex m_mutex;
    std::function<void(const Thing &)> m_announce;
    std::map<ObjectId, Thing> m_things;
    std::map<std::pair<std::string, std::string>, Disk> m_disks; ///< by volume or data set, and key
    std::map<std::string, site::Received> m_arrivals;
    std::map<std::string, std::pair<std::uint64_t, std::vector<bool>>> m_lots; ///< taken last, and what it began with, by data set
};

}
