// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/driver.h"

namespace portulan::site::cloud {

/// The cloud's own word for a thing: a UUID, a number, a path.
struct Ref {
    ObjectKind kind = ObjectKind::Instance;
    std::string word;
    auto operator<=>(const Ref &) const = default; // NOLINT(modernize-use-nullptr): the zero is the compiler's own
};

/// A thing as its cloud tells of it. Every id in it – its own, its project's, those of its volumes, image, networks – is the cloud's word, not
/// Portulan's; etag and moments are not set. An empty project: the cloud knows none. Which machine a volume is of is told by the machine.
using Sighting = Thing;

/// What a look at the cloud has found.
struct Sightings {
    std::vector<Sighting> seen;
    std::vector<Ref> gone;
    bool isWhole = false; ///< what is not seen is gone
};

enum class Power { Start, Stop, StopNow, Reboot, RebootNow };

/// What a machine is made of, as Instance tells it; empty: as the cloud likes.
struct Hardware {
    std::string firmware, diskBus, nicModel;
};

/// A machine to be made. Words are the cloud's.
struct NewInstance {
    std::string id; ///< Portulan's; may name it where it needs a short name. Empty: any
    std::string name;
    std::string flavor;
    std::int64_t vcpus = 1;
    std::int64_t ramBytes = 0;
    std::string image; ///< its first disk begins with this; empty: blank
    std::int64_t diskBytes = 0; ///< of its first disk, at least the image's; 0: as large as the image, or no disk
    std::vector<std::string> networks;
    bool start = false; ///< a cloud that runsWhenMade() may leave it so
    std::vector<std::string> volumes {}; ///< its disks in bus order, there already; then there is no image and no first disk
    std::string tag {}; ///< as NewDisk's
    Hardware hardware {};
};

/// A volume or image to be made of a disk in a file.
struct NewDisk {
    ObjectId id; ///< Portulan's
    std::string tag; ///< of this making: by it is known what an earlier call left, cut off; letters and digits
    std::string name;
    std::string path; ///< qcow2, with nothing behind it; not written meanwhile
    std::int64_t sizeBytes = 0; ///< as a guest sees it
    Hardware hardware {}; ///< of the machine whose first disk it is
};

/// A moment of disks to be kept. Words are the cloud's.
struct NewSnapshot {
    std::string id; ///< Portulan's; names it where a short name is needed
    std::string name;
    Ref of; ///< a machine or a volume
    std::vector<std::string> volumes; ///< a machine's, in bus order, or the one
};

/// An image to be made of a volume of no machine that runs.
struct NewImage {
    std::string id; ///< Portulan's
    std::string name;
    std::string os;
    std::string volume;
};

/// The disks of a machine that runs, as RunningDisks has them, each view of one instant. Its stop is an order like any other, in between.
class LiveDisks {
public:
    virtual ~LiveDisks() = default;
    virtual Result<std::vector<RunningDisks::View>> next() = 0;
    virtual void letGo() = 0;
    virtual Result<std::int64_t> written() = 0;
    /// It has stopped: what it wrote since the last view began, a list for each disk.
    virtual Result<std::vector<std::vector<Extent>>> rest() = 0;
};

struct CloudFacts {
    Stack stack = Stack::Libvirt;
    std::string hypervisor; ///< empty: not known
    std::vector<std::string> capabilities; ///< kinds of orders it performs
    Amounts measured; ///< zero where the cloud does not say
    std::optional<Amounts> used; ///< none: the sum over what is on record
};

/// What a stack is asked for. Blocking; from workers, several at once. Unreachable when it does not answer, Unauthenticated when it does not
/// know the gateway, NotFound for a word it does not know. Whatever the default refuses, the stack has not: facts() leaves it out.
class Cloud {
public:
    virtual ~Cloud() = default;
    /// `stir` is called, from any thread, when there is something new to look at. Succeeds also while the cloud is away.
    virtual Result<> open(std::function<void()> stir) = 0;
    virtual void close() = 0; ///< `stir` is not called any more
    /// As of the last look; does not wait.
    virtual CloudFacts facts() = 0;

    /// Whether a look that is not whole costs little: then there is one at each interval, and a whole one every tenth.
    virtual bool tellsChanges() const { return false; }
    /// All there is if `isWhole` or if the cloud cannot say what changed since the last look.
    virtual Result<Sightings> look(bool isWhole) = 0;
    /// One thing, now.
    virtual Result<Sighting> look(const Ref &ref) = 0;

    /// Last `maxBytes` of the serial console and the offset of the first byte.
    virtual Result<std::pair<std::string, std::int64_t>> consoleOutput(const Ref &, std::size_t /*maxBytes*/)
    {
        return refuse(Reason::Unsupported, {{"what", "console"}});
    }
    /// Returns when the cloud has taken it; NotReady{state}.
    virtual Result<> power(const Ref &, Power) { return refuse(Reason::Unsupported, {{"what", "instance.start"}}); }
    /// Whether a guest that was not ready to hear of Power::Stop never will: then it is asked again.
    virtual bool forgetsStop() const { return false; }
    /// Made, and down, unless runsWhenMade(); whole or not at all.
    virtual Result<Ref> createInstance(const NewInstance &) { return refuse(Reason::Unsupported, {{"what", "instance.create"}}); }
    /// Whether its disks are no things of their own: then deleteInstance() ends them too.
    virtual bool disksGoWithMachine() const { return false; }
    virtual Result<> deleteInstance(const Ref &) { return refuse(Reason::Unsupported, {{"what", "instance.delete"}}); }
    /// Of a machine that is down; 0: as it is. It may come to have more than that.
    virtual Result<> resizeInstance(const Ref &, std::int64_t /*vcpus*/, std::int64_t /*ramBytes*/)
    {
        return refuse(Reason::Unsupported, {{"what", "instance.resize"}});
    }
    /// Returns when the machine has it; one that runs too.
    virtual Result<> attachVolume(const Ref & /*instance*/, const Ref & /*volume*/)
    {
        return refuse(Reason::Unsupported, {{"what", "volume.attach"}});
    }
    /// Returns when the machine has let go of it; TimedOut if its guest does not.
    virtual Result<> detachVolume(const Ref & /*instance*/, const Ref & /*volume*/)
    {
        return refuse(Reason::Unsupported, {{"what", "volume.detach"}});
    }
    /// `image`: the cloud's word for what fills it; not empty only with the capability "volume.create.image".
    virtual Result<Ref> createVolume(const CreateVolume &, const std::string & /*image*/)
    {
        return refuse(Reason::Unsupported, {{"what", "volume.create"}});
    }
    virtual Result<> resizeVolume(const Ref &, std::int64_t /*bytes*/) { return refuse(Reason::Unsupported, {{"what", "volume.resize"}}); }
    virtual Result<> deleteVolume(const Ref &) { return refuse(Reason::Unsupported, {{"what", "volume.delete"}}); }
    virtual Result<Ref> createImage(const NewImage &, Progress &) { return refuse(Reason::Unsupported, {{"what", "image.create"}}); }
    virtual Result<> deleteImage(const Ref &) { return refuse(Reason::Unsupported, {{"what", "image.delete"}}); }
    /// All disks at one instant, or none. Unsupported{what} for what the stack takes no snapshot of, though it takes some.
    virtual Result<Ref> createSnapshot(const NewSnapshot &) { return refuse(Reason::Unsupported, {{"what", "snapshot.create"}}); }
    /// The disks become what they were; nothing that runs has them.
    virtual Result<> revertSnapshot(const Ref &) { return refuse(Reason::Unsupported, {{"what", "snapshot.revert"}}); }
    virtual Result<> deleteSnapshot(const Ref &) { return refuse(Reason::Unsupported, {{"what", "snapshot.delete"}}); }
    /// Kinds: "isolated"; others as the stack has them. Unsupported{what}.
    virtual Result<Ref> createNetwork(const CreateNetwork &) { return refuse(Reason::Unsupported, {{"what", "network.create"}}); }
    virtual Result<> deleteNetwork(const Ref &) { return refuse(Reason::Unsupported, {{"what", "network.delete"}}); }
    /// So that nobody starts, at the cloud itself, a machine that has moved to another site; empty: it is this one's again. What it can do, which
    /// may be no more than a word for people to read.
    virtual Result<> fence(const Ref & /*instance*/, const std::string & /*movedTo*/) { return {}; }

    /// What would be other of something that arrives: sizes, flavor, hardware.
    virtual Foresight foresee(const Arrival &) { return {}; }
    /// What does not travel with a machine.
    virtual std::vector<Problem> leftBehind(const Ref & /*instance*/) { return {}; }

    // Disks on their way, with the capabilities "migrate" (fetch) and "migrate.in" (deliver).
    /// The bytes of a volume (of no machine that runs) or an image, into a new file. Its format: "raw", or "qcow2" with nothing behind it.
    virtual Result<std::string> fetch(const Ref &, const std::string & /*path*/, Progress &)
    {
        return refuse(Reason::Unsupported, {{"what", "migrate"}});
    }
    /// The same where it is, if the gateway can reach it there; Unsupported: then it is fetched.
    virtual Result<std::unique_ptr<BlockReader>> openDisk(const Ref &) { return refuse(Reason::Unsupported, {{"what", "migrate"}}); }
    /// Of a machine that runs, its disks in bus order; what an earlier one left in it is dropped. With the capability "migrate.warm".
    virtual Result<std::unique_ptr<LiveDisks>> follow(const Ref &) { return refuse(Reason::Unsupported, {{"what", "migrate.warm"}}); }
    /// Whole or not at all, and read back: Integrity if the cloud holds other bytes. What an earlier call with the same tag left is replaced.
    virtual Result<Ref> deliver(const NewDisk &, Progress &) { return refuse(Reason::Unsupported, {{"what", "migrate.in"}}); }
    /// Whether it runs once it is made: then one that has arrived is made when it is first started.
    virtual bool runsWhenMade() const { return false; }
};

}
