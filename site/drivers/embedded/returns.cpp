// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What comes back begins with the bytes of the copy that was kept of it. They are for the receiver to compare: a copy that was damaged meanwhile, or
// was copied only in part, costs bytes on the wire and nothing else. The copy itself is only read.
#include "site/drivers/disk/blocks.h"
#include "site/drivers/embedded/moves.h"
#include "site/drivers/record/custody.h"

#include <algorithm>
#include <fcntl.h>
#include <iterator>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace portulan::site::embedded {

namespace {

/// Its source waits for the answer to a reservation.
constexpr auto longest = std::chrono::seconds(30);
constexpr auto forLocks = std::chrono::seconds(5);
constexpr std::uint64_t window = std::uint64_t(64) << 20;
constexpr std::uint64_t piece = 1 << 20;
constexpr std::int64_t worthAsking = 64 << 10; ///< to ask what of an object is there costs as much as to send a smaller one
using Deadline = std::chrono::steady_clock::time_point;

/// The same bytes in a new file, at once and without room of their own; not every storage can.
bool share(const std::string &from, const std::string &to)
{
    const auto in = openFile(from, O_RDONLY);
    const auto out = in ? openFile(to, O_WRONLY | O_CREAT | O_EXCL) : tl::unexpected(in.error());
    return out && ::ioctl(out->get(), FICLONE, in->get()) == 0 && syncFile(out->get());
}

/// Runs of data, until there is no more, or no more time.
Result<> copyUntil(Deadline deadline, BlockReader &from, BlockWriter &to)
{
    std::vector<std::byte> buffer(piece);
    for (std::uint64_t at = 0; at < from.sizeBytes(); at += window) {
        const auto extents = from.extents(at, std::min(window, from.sizeBytes() - at));
        if (!extents) {
            return tl::unexpected(extents.error());
        }
        for (const auto &extent : *extents) {
            for (std::uint64_t done = 0; done < extent.length; done += piece) {
                if (std::chrono::steady_clock::now() > deadline) {
                    return to.flush();
                }
                const auto part = std::span(buffer).first(static_cast<std::size_t>(std::min(piece, extent.length - done)));
                auto copied = from.read(extent.offset + done, part).and_then([&] { return to.write(extent.offset + done, part); });
                if (!copied) {
                    return copied;
                }
            }
        }
    }
    return to.flush();
}

}

std::string wordOf(const std::vector<bool> &filled)
{
    std::string word;
    std::ranges::transform(filled, std::back_inserter(word), [](bool one) { return one ? '1' : '0'; });
    return word;
}

std::vector<bool> filledFrom(const std::string &word)
{
    std::vector<bool> filled;
    std::ranges::transform(word, std::back_inserter(filled), [](char c) { return c == '1'; });
    return filled;
}

std::int64_t Moves::roomFor(const Arrival &arrival) const
{
    std::int64_t bytes = 0;
    for (std::size_t i = 0; i < arrival.volumes.size(); ++i) {
        const bool hasFormer = arrival.former && i < arrival.former->volumes.size() && !arrival.former->volumes[i].id.empty();
        const auto kept = hasFormer ? allocatedBytes(m_plant.layout.disk(arrival.former->volumes[i].id)) : 0;
        bytes += std::max(arrival.volumes[i].allocatedBytes, kept);
    }
    for (const auto &object : arrival.objects) {
        bytes += object.size;
    }
    return bytes;
}

Result<> Moves::fillFromFormer(const Arrival &arrival, Berth &berth)
{
    auto &filled = berth.received.prefilled;
    filled.assign(arrival.volumes.size() + arrival.objects.size(), false);
    const auto ids = arrival.former ? withVolumes(m_plant.store, arrival.former->object) : tl::unexpected(Problem {});
    const auto held = ids ? m_plant.locks.hold(*ids, forLocks) : tl::unexpected(ids.error());
    if (!held) {
        filled.clear();
        return {}; // erased meanwhile, or about to be
    }
    const auto deadline = std::chrono::steady_clock::now() + longest;
    const auto isKept = [&](const ObjectId &volume) {
        const auto known = m_plant.store.get<Volume>(volume);
        return known && known->custody == Custody::Retained && std::ranges::find(*ids, volume) != ids->end();
    };
    for (std::size_t i = 0; i < arrival.volumes.size() && i < arrival.former->volumes.size(); ++i) {
        const auto &former = arrival.former->volumes[i];
        if (former.id.empty() || !isKept(former)) {
            continue;
        }
        const auto begun = fillDisk(former, berth.received.volumes[i], deadline);
        if (!begun) {
            return tl::unexpected(begun.error());
        }
        filled[i] = *begun;
    }
    const auto objects = fillObjects(arrival.former->object, arrival.objects, berth.files, deadline);
    std::copy(objects.begin(), objects.end(), filled.begin() + std::ptrdiff_t(arrival.volumes.size()));
    if (std::ranges::find(filled, true) == filled.end()) {
        filled.clear();
    }
    return {};
}

/// False: the disk is as blank as it was made.
Result<bool> Moves::fillDisk(const ObjectId &former, const ObjectId &volume, Deadline deadline)
{
    const std::string from = m_plant.layout.disk(former.id), to = m_plant.layout.disk(volume.id);
    const auto reader = m_volumes.read(from);
    auto writer = Qcow2Writer::open(to);
    if (!reader || !writer || (*reader)->sizeBytes() > (*writer)->sizeBytes()) {
        return false; // it shrank: another disk
    }
    Scrap scrap(m_plant.layout.scrap(".qcow2"));
    if ((*reader)->sizeBytes() == (*writer)->sizeBytes() && share(from, scrap.path())) {
        // An image of this driver's own making and nothing behind it, or it cannot be gone on with.
        auto shared = Qcow2Writer::open(scrap.path());
        if (shared && (*shared)->flush() && renameDurably(scrap.path(), to)) {
            scrap.keep();
            return true;
        }
    }
    // A copy that cannot be read to its end leaves older bytes, too; but what is not durable is no beginning.
    (void)copyUntil(deadline, **reader, **writer);
    return (*writer)->flush().map([] { return true; });
}

/// Which were filled; empty: none.
std::vector<bool> Moves::fillLot(const ObjectId &former, const std::vector<DataObject> &objects, const std::vector<std::string> &files)
{
    const auto held = m_plant.locks.hold({former}, forLocks);
    auto filled = held ? fillObjects(former, objects, files, std::chrono::steady_clock::now() + longest) : std::vector<bool>();
    return std::ranges::find(filled, true) == filled.end() ? std::vector<bool>() : filled;
}

/// Of a set that is locked. It may have been erased meanwhile, or be about to be.
std::vector<bool> Moves::fillObjects(
    const ObjectId &former, const std::vector<DataObject> &objects, const std::vector<std::string> &files, Deadline deadline)
{
    std::vector<bool> filled(objects.size());
    const auto set = m_plant.store.get<DataSet>(former);
    for (std::size_t i = 0; set && set->custody == Custody::Retained && i < objects.size(); ++i) {
        filled[i] = fillObject(former, objects[i], files[i], deadline);
    }
    return filled;
}

/// Objects are kept by key and never change under it without another digest.
bool Moves::fillObject(const ObjectId &former, const DataObject &object, const std::string &file, Deadline deadline)
{
    const auto kept = m_plant.store.dataObject(former.id, object.key);
    if (object.size < worthAsking || !kept || kept->second.sha256 != object.sha256 || kept->second.size != object.size
        || std::chrono::steady_clock::now() > deadline) {
        return false;
    }
    const std::string from = m_plant.layout.object(kept->first), to = m_plant.layout.object(file);
    Scrap scrap(m_plant.layout.scrap(".object"));
    const bool there = share(from, scrap.path()) || copyFile(from, scrap.path()).has_value();
    const auto size = there ? openFile(scrap.path(), O_RDONLY).and_then([](const Fd &fd) { return fileSize(fd.get()); }) : 0;
    if (!size || *size != static_cast<std::uint64_t>(object.size) || !renameDurably(scrap.path(), to)) {
        return false;
    }
    scrap.keep();
    return true;
}

}
