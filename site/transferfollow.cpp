// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// How sending follows a disk that is being written.
#include "site/transferdisk.h"

namespace portulan::site {

std::int64_t Sending::Disk::bytesIn(const ChunkSet &set, std::uint64_t first, std::uint64_t end) const
{
    std::int64_t bytes = 0;
    for (auto begin = set.next(first); begin < end; begin = set.next(first)) {
        first = std::min(set.nextOut(begin), end);
        bytes += static_cast<std::int64_t>((first - begin - 1) * Manifest::chunkBytes) + manifest.sizeOf(first - 1);
    }
    return bytes;
}

std::uint64_t Sending::Disk::skipSettled(std::uint64_t chunk) const
{
    const bool settled = known.contains(chunk) && have.contains(chunk);
    return settled ? std::min(known.nextOut(chunk), have.nextOut(chunk)) : chunk;
}

void Sending::Disk::noteWritten(const Extent &extent)
{
    const auto end = std::min(extent.offset + extent.length, manifest.sizeBytes());
    for (auto at = extent.offset; at < end;) {
        const auto chunk = at / Manifest::chunkBytes, begin = chunk * Manifest::chunkBytes;
        const auto stop = std::min(end, begin + Manifest::chunkBytes);
        auto entry = written.find(chunk);
        const bool wasSent = known.contains(chunk) || !data.contains(chunk); // as the zeros it was
        if (entry == written.end() && sure && wasSent && written.size() < mostWritten) {
            entry = written.emplace(chunk, Blocks()).first;
        }
        for (auto block = (at - begin) / blockBytes; entry != written.end() && block * blockBytes < stop - begin; ++block) {
            entry->second.set(block);
        }
        known.erase(chunk);
        doubted.erase(chunk);
        manifest.set(chunk, {}); // no digest: what was sent of it is never believed to be what is there
        pending.insert(chunk);
        at = stop;
    }
}

void Sending::overwritten(std::size_t parcel, std::span<const Extent> extents)
{
    const std::scoped_lock lock(m_mutex);
    auto &disk = *m_disks[parcel];
    for (const auto &extent : extents) {
        disk.noteWritten(extent);
        disk.add(extent);
    }
    disk.reader.reset();
}

void Sending::doubt()
{
    const std::scoped_lock lock(m_mutex);
    for (auto &disk : m_disks) {
        disk->known.clear();
        disk->doubted.put(0, disk->doubted.end(), true);
        disk->written.clear();
        disk->mapped = false;
        disk->reader.reset();
    }
}

std::vector<std::uint64_t> Sending::toTakeBack(std::size_t parcel, std::uint64_t first, std::size_t limit, std::uint64_t &reached) const
{
    const std::scoped_lock lock(m_mutex);
    return m_disks[parcel]->pending.runs(first, limit, reached);
}

void Sending::tookBack()
{
    const std::scoped_lock lock(m_mutex);
    for (auto &disk : m_disks) {
        for (auto chunk = disk->pending.next(0); chunk < disk->pending.end(); chunk = disk->pending.next(chunk + 1)) {
            disk->tried.erase(chunk);
        }
        disk->pending.clear();
    }
}

bool Sending::isComplete() const
{
    const std::scoped_lock lock(m_mutex);
    return !m_misfit && std::ranges::all_of(m_disks, [](const auto &disk) { return disk->pending.isEmpty(); });
}

std::int64_t Sending::bytesToTakeBack() const
{
    const std::scoped_lock lock(m_mutex);
    std::int64_t bytes = 0;
    for (const auto &disk : m_disks) {
        bytes += disk->bytesIn(disk->pending, 0, disk->pending.end());
        for (const auto &[chunk, blocks] : disk->written) {
            const std::int64_t whole = disk->manifest.sizeOf(chunk);
            bytes += disk->pending.contains(chunk) ? std::min(static_cast<std::int64_t>(patchBytes(blocks, std::size_t(whole))), whole) - whole : 0;
        }
    }
    return bytes;
}

}
