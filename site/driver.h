// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/change.h"
#include "core/order.h"

#include <chrono>
#include <functional>
#include <memory>
#include <span>

namespace portulan::site {

/// How far a long order is; drivers report here and ask whether to stop. Called from the worker's thread.
class Progress {
public:
    virtual ~Progress() = default;
    virtual void phase(std::string_view word) = 0;
    virtual void bytes(std::int64_t done, std::int64_t total) = 0;
    virtual void log(std::string_view line) = 0; ///< English
    virtual bool isCancelled() const = 0;
};

/// A run of bytes that may be other than zero.
struct Extent {
    std::uint64_t offset = 0;
    std::uint64_t length = 0;
    bool operator==(const Extent &) const = default;
};

/// The bytes of a disk as the guest sees them, or of one object of a data set. Thread safe for read().
class BlockReader {
public:
    virtual ~BlockReader() = default;
    virtual std::uint64_t sizeBytes() const = 0;
    /// Runs holding data, ascending, within [offset, offset+length); everything else reads as zeros.
    virtual Result<std::vector<Extent>> extents(std::uint64_t offset, std::uint64_t length) = 0;
    virtual Result<> read(std::uint64_t offset, std::span<std::byte> into) = 0;
};

/// A disk or object being received. Thread safe for write() of disjoint ranges. Survives a crash of the gateway: opened again, what was
/// flush()ed is there.
class BlockWriter {
public:
    virtual ~BlockWriter() = default;
    virtual Result<> write(std::uint64_t offset, std::span<const std::byte> bytes) = 0;
    virtual Result<> flush() = 0; ///< durable on return (fdatasync); DiskFull, Integrity. What it lost is not read back, if that can be helped
    /// Reads back what was written (for a digest over what is on disk).
    virtual Result<> read(std::uint64_t offset, std::span<std::byte> into) = 0;
    /// Runs that may hold other than zeros, ascending, within [offset, offset+length). All of it, unless a disk knows better.
    virtual Result<std::vector<Extent>> extents(std::uint64_t offset, std::uint64_t length) { return std::vector<Extent> {{offset, length}}; }
};

/// Bytes of a file coming in; commit() makes the object, destruction without commit leaves nothing.
class Upload {
public:
    virtual ~Upload() = default;
    virtual Result<> write(std::span<const std::byte> bytes) = 0;
    virtual Result<ObjectId> commit(Progress &progress) = 0; ///< checks format and digest; Integrity, Malformed, Quota, DiskFull
};

/// Bytes of a file going out, in order.
class Download {
public:
    virtual ~Download() = default;
    virtual std::int64_t totalBytes() const = 0; ///< 0: not known
    virtual Result<std::size_t> read(std::span<std::byte> into) = 0; ///< 0 at the end
};

struct ImportSpec {
    ObjectKind kind = ObjectKind::Volume; ///< or Image
    std::string id;
    std::string name;
    std::string project;
    std::string format; ///< empty: recognise
    Classification classification = Classification::Unclassified;
    std::string os;
    std::int64_t fileBytes = 0;
    std::string sha256;
    std::map<std::string, std::string> labels;
};

/// A copy this site kept of what it gave away and what now comes back: with its bytes the new disks may begin, so that only what changed travels.
/// It stays as it is.
struct Former {
    ObjectId object;
    std::vector<ObjectId> volumes; ///< in Arrival's order; an empty id: it has none of that disk
};

/// Something about to arrive from another site: the receiving side of a migration. Exactly one of instance, volume, image, dataSet.
struct Arrival {
    std::string migration;
    std::string project;
    std::optional<Instance> instance;
    std::optional<DataSet> dataSet;
    std::vector<Volume> volumes; ///< as they are at the source, in bus order; ids there
    std::vector<DataObject> objects;
    std::optional<Former> former {}; ///< does not travel
    std::optional<Image> image {};
};
/// What changes of the objects of a data set that is arriving while it is still written at its source.
struct Lot {
    std::uint64_t number = 0;
    DataSet dataSet; ///< as it now is at the source; id there
    std::vector<std::string> gone; ///< keys; those that are not there are no matter
    std::vector<DataObject> objects; ///< after that; each is new, whatever was there under its key
};
struct Received {
    ObjectId object;
    std::vector<ObjectId> volumes; ///< in Arrival's order
    /// Of each volume, or object of a data set, in the same order: it holds older bytes, a retained copy's perhaps, and only what differs has
    /// to come. May be left out: none does. The same at every receive() of one migration, and the bytes are not touched after the first.
    std::vector<bool> prefilled {};
    bool isPrefilled(std::size_t parcel) const { return parcel < prefilled.size() && prefilled[parcel]; }
};

/// How far what has arrived is on its way to where it will live.
struct Settling {
    std::int64_t doneBytes = 0;
    std::int64_t totalBytes = 0; ///< about
};

/// What can be told before something arrives. Each with a fact "cause".
struct Foresight {
    std::vector<Problem> obstacles;
    std::vector<Problem> changes; ///< it will be another here in that
};

struct DriverFacts {
    Stack stack = Stack::Embedded;
    std::string hypervisor; ///< "QEMU 7.2.18 (TCG)"; empty: none
    bool lifecycleRecordedOnly = false;
    std::vector<std::string> capabilities; ///< kinds of orders it performs, plus "volume.export.vmdk", "console"…
    Amounts measured;
    std::string erasure; ///< what erase() does, for the record: "files_removed": files and their blocks are given back, nothing is overwritten
};

/// The disks of a machine that runs, read while it writes them. What it writes is never lost sight of: what a reader saw of it, the next
/// view or the stop names as dirty. What cannot be told for sure is an error, and then all must be read again. Dropped, it leaves nothing
/// in the machine.
class RunningDisks {
public:
    virtual ~RunningDisks() = default;
    struct View {
        std::shared_ptr<BlockReader> reader;
        std::vector<Extent> dirty; ///< written since the last view began; of the first view nothing
    };
    /// All disks in bus order; readers of earlier views are void.
    virtual Result<std::vector<View>> next() = 0;
    /// As next(), but its readers give all disks as they were at one instant, whatever the machine writes meanwhile, until letGo() or the next
    /// view. Without the capability "migrate.testboot" Unsupported (the default); after that and after DiskFull nothing has changed.
    virtual Result<std::vector<View>> still() { return refuse(Reason::Unsupported, {{"what", "migrate.testboot"}}); }
    /// Nobody reads the last view any more.
    virtual void letGo() { }
    /// Bytes written since the last view began.
    virtual Result<std::int64_t> written() = 0;
    /// Stops the machine, as StopInstance does; what was written since the last view began, a list for each disk. TimedOut if its guest does
    /// not react: then it still runs. With any other error it may be down, and what it wrote is not known.
    virtual Result<std::vector<std::vector<Extent>>> stop(bool force, Progress &progress) = 0;
};

/// The memory of a machine that runs, on its way to another site. Its guest runs on until what is left is small, then pauses. Let go of before
/// keep(), all is as before: the guest goes on here.
class RunningMemory {
public:
    virtual ~RunningMemory() = default;
    struct Flow {
        bool isPaused = false; ///< the guest writes no more, neither memory nor disks
        std::int64_t sentBytes = 0;
        std::int64_t totalBytes = 0;
        std::int64_t leftBytes = 0;
        std::int64_t rounds = 0; ///< over what was written meanwhile
        std::chrono::milliseconds pause {}; ///< that the rest would take; 0: not yet known
    };
    /// An error: it came to nothing, and the guest runs on here.
    virtual Result<Flow> flow() = 0;
    /// Lets the guest pause as soon as the rest takes no longer than this.
    virtual Result<> bear(std::chrono::milliseconds pause) = 0;
    /// The next bytes of it, waited for; 0 at the end. Cancelled after close(). From another thread.
    virtual Result<std::size_t> read(std::span<std::byte> into) = 0;
    virtual void close() = 0; ///< from any thread: nothing is sent any more
    /// Once paused and its disks seen for the last time (no RunningDisks is open): sends the rest. Then openForRead() answers.
    virtual Result<> finish() = 0;
    virtual void keep() = 0; ///< after finish(): it stays paused
};

/// A machine that is ready and paused, and takes the memory of one that ran elsewhere. It outlives this, once finish() has succeeded.
class MemorySink {
public:
    virtual ~MemorySink() = default;
    virtual Result<> write(std::span<const std::byte> bytes) = 0;
    virtual Result<> finish() = 0; ///< returns when the machine has all of it
    virtual void cut() = 0; ///< from any thread: no more will come
};

/// A copy of a machine that runs for a test: no network, nothing it writes is kept, and nobody takes it for the machine. Dropped, it is gone.
class TestMachine {
public:
    virtual ~TestMachine() = default;
    struct Look {
        std::string console; ///< the last of what it printed
        bool isOver = false; ///< it has powered itself off
        std::optional<Problem> problem; ///< it has come to another end, or must
    };
    virtual Look look(std::size_t maxConsoleBytes) = 0;
};

/// What every cloud must answer. Blocking; called from workers only, from several at once. A driver that cannot do an order answers
/// Unsupported{what}; one that lost its cloud answers Unreachable. Drivers know nothing of roles or policy: that is decided before.
class Driver {
public:
    virtual ~Driver() = default;
    /// Finds again what it ran, cleans up what it left, begins to announce changes (things and Vanished; never Operation) from any thread.
    virtual Result<> start(std::function<void(const Thing &)> announce) = 0;
    /// Stops announcing; machines go on running.
    virtual void stop() = 0;

    virtual DriverFacts facts() = 0;
    virtual Result<Amounts> used() = 0;
    /// Everything there is, as things, without Site, Operation, Alert, Sampled.
    virtual Result<std::vector<Thing>> inventory() = 0;
    virtual Result<Thing> find(const ObjectId &id) = 0;
    virtual Result<std::vector<DataObject>> dataObjects(const ObjectId &dataSet, std::string_view after, std::size_t limit) = 0;

    /// Performs an order (all but Migrate, Evacuate and CancelOperation): checks state, etag and quota, acts, answers with the object. Atomic: fails
    /// whole.
    virtual Result<ObjectId> perform(const Order &order, std::string_view etag, Progress &progress) = 0;
    /// The same checks without acting.
    virtual Result<> check(const Order &order, std::string_view etag) = 0;

    virtual Result<std::unique_ptr<Upload>> beginImport(const ImportSpec &spec) = 0;
    virtual Result<std::unique_ptr<Download>> beginExport(const ObjectId &object, std::string_view format, Progress &progress) = 0;
    virtual Result<std::unique_ptr<Upload>> beginPut(const ObjectId &dataSet, std::string_view key, std::string_view sha256) = 0;
    virtual Result<std::unique_ptr<Download>> beginGet(const ObjectId &dataSet, std::string_view key) = 0;
    /// Last `maxBytes` of the serial console and the offset of the first byte.
    virtual Result<std::pair<std::string, std::int64_t>> consoleOutput(const ObjectId &instance, std::size_t maxBytes) = 0;

    // Moving, at the source. Custody of an instance is its volumes' too; all durable on return.
    virtual Result<> setCustody(const ObjectId &object, Custody custody, Instant retainedUntil, std::string_view movedTo) = 0;
    /// `key`: of a data set's object; empty for a volume. The machine must be stopped.
    virtual Result<std::unique_ptr<BlockReader>> openForRead(const ObjectId &object, std::string_view key) = 0;
    /// Of a running instance; what an earlier follow() left behind is dropped. Unsupported (the default) without the capability "migrate.warm";
    /// NotReady{state}.
    virtual Result<std::unique_ptr<RunningDisks>> follow(const ObjectId &instance)
    {
        return refuse(Reason::Unsupported, {{"what", "migrate.warm"}}, instance.text());
    }
    // Live; Unsupported (the default) without the capability "migrate.live".
    /// What the machine of a running instance is made of, for mayTake() at another site of this kind. NotReady{state}.
    virtual Result<std::string> describeMachine(const ObjectId &instance)
    {
        return refuse(Reason::Unsupported, {{"what", "migrate.live"}}, instance.text());
    }
    virtual Result<std::unique_ptr<RunningMemory>> sendMemory(const ObjectId &instance)
    {
        return refuse(Reason::Unsupported, {{"what", "migrate.live"}}, instance.text());
    }
    /// Goes on where it was paused for its move: at the source when it is given up, at the destination once it owns. Fine if it runs.
    /// NotReady{state} if there is nothing to go on with; Unreachable if what there was is lost.
    virtual Result<> resume(const ObjectId &instance) { return refuse(Reason::Unsupported, {{"what", "migrate.live"}}, instance.text()); }
    /// Erases a Retained object. What find() no longer knows afterwards is gone from the storage, durably; until then it may be called again.
    virtual Result<> erase(const ObjectId &object) = 0;

    /// What of an instance does not travel with it, beside its snapshots: what is only mounted, passed through or its host's. "cause"
    /// "left-behind", "what" "cdrom", "passthrough", "tpm" or "share", "id" its name there.
    virtual std::vector<Problem> leftBehind(const ObjectId &) { return {}; }

    // Moving, at the destination.
    /// Of what would arrive; makes no room and promises none.
    virtual Foresight foresee(const Arrival &) { return {}; }
    /// Makes room with custody Incoming; idempotent in Arrival::migration. Quota, NoCapacity, AlreadyExists. What it fills from Arrival::former is
    /// for the receiver to compare, never to believe.
    virtual Result<Received> receive(const Arrival &arrival) = 0;
    virtual Result<std::unique_ptr<BlockWriter>> openForWrite(const ObjectId &object, std::string_view key) = 0;
    /// Whether a machine of this form (describeMachine() of another site, which may lie) can be made here; changes nothing.
    /// Unsupported{what, here, there}, NoCapacity, Malformed.
    virtual Result<> mayTake(const std::string &machine) { return refuse(Reason::Unsupported, {{"what", "migrate.live"}}, machine.substr(0, 100)); }
    /// Makes it ready, paused, for an Incoming instance whose disks may still be written until resume(); an earlier one is ended.
    virtual Result<std::shared_ptr<MemorySink>> takeMemory(const ObjectId &instance, const std::string &machine)
    {
        return refuse(Reason::Unsupported, {{"what", "migrate.live"}}, instance.text() + ' ' + machine.substr(0, 100));
    }
    /// Whether all the memory is here, in a machine that waits for resume().
    virtual Result<bool> hasMemory(const ObjectId &) { return false; }
    /// Ends a machine that waits, if there is one.
    virtual Result<> dropMemory(const ObjectId &) { return {}; }
    /// Takes a lot into an Incoming data set: room for its objects, and none any more for those that go. Whole or not at all; a lot that was taken
    /// last is not taken again. Which of its objects begin with older bytes, as Received::prefilled: those of `former`, a retained copy, perhaps;
    /// the others are blank. The same each time. Quota, NoCapacity, NotReady{state}; Unsupported (the default).
    virtual Result<std::vector<bool>> takeLot(const ObjectId &dataSet, const Lot &, const std::optional<Former> & /*former*/)
    {
        return refuse(Reason::Unsupported, {{"what", "migrate.warm"}}, dataSet.text());
    }
    /// Boots a copy of an Incoming instance, whose disks are only read and which nobody writes while the copy lives. Unsupported (the default)
    /// without the capability "migrate.testboot"; NotReady{state}, NoCapacity, DiskFull. What a gateway that died left of one, start() removes.
    virtual Result<std::unique_ptr<TestMachine>> testBoot(const ObjectId &instance)
    {
        return refuse(Reason::Unsupported, {{"what", "migrate.testboot"}}, instance.text());
    }
    /// All of an Incoming object has come and been compared: puts it where it will live, and proves that. Does not wait: nothing, when it is done,
    /// else how far it is, and is asked again. An error ends it; asked once more it begins again. What is written afterwards undoes it. At once
    /// (the default) if disks are written where they will live.
    virtual Result<std::optional<Settling>> settle(const ObjectId &) { return std::optional<Settling>(); }
    /// Incoming → Owner, durable on return; idempotent.
    virtual Result<> adopt(const ObjectId &object) = 0;
    /// Drops an Incoming object and its bytes; idempotent (gone is fine). Never touches any other custody.
    virtual Result<> drop(const ObjectId &object) = 0;
};

}
