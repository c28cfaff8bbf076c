// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// How sending follows a disk that is being written.
#include "site/transferdisk.h"

#include <algorithm>

namespace portulan::site {

void Sending::overwritten(std::size_t parcel, std::span<const Extent> extents)
{
    const std::scoped_lock lock(m_mutex);
    auto &disk = *m_disks[parcel];
    for (const auto &extent : extents) {
        const auto first = extent.offset / Manifest::chunkBytes;
        const auto end = extent.length == 0 ? first : (extent.offset + extent.length - 1) / Manifest::chunkBytes + 1;
        disk.add(first, end);
        for (auto chunk = first; chunk < std::min<std::uint64_t>(end, disk.manifest.chunks()); ++chunk) {
            disk.states[chunk] = Disk::State::Unread;
            disk.manifest.set(chunk, {}); // no digest: what was sent of it is never believed to be what is there
            disk.pending[chunk] = true;
        }
    }
    disk.order();
    disk.reader.reset();
}

void Sending::doubt()
{
    const std::scoped_lock lock(m_mutex);
    for (auto &disk : m_disks) {
        disk->states.assign(disk->states.size(), Disk::State::Doubted);
        disk->mapped = false;
        disk->reader.reset();
    }
}

std::vector<std::byte> Sending::toTakeBack(std::size_t parcel) const
{
    const std::scoped_lock lock(m_mutex);
    const auto &disk = *m_disks[parcel];
    std::vector<std::byte> bits;
    for (std::size_t chunk = 0; chunk < disk.pending.size(); ++chunk) {
        if (disk.pending[chunk]) {
            bits.resize((disk.pending.size() + 7) / 8);
            bits[chunk / 8] |= std::byte {1} << (chunk % 8);
        }
    }
    return bits;
}

void Sending::tookBack()
{
    const std::scoped_lock lock(m_mutex);
    std::ranges::for_each(m_disks, [](auto &disk) { disk->pending.assign(disk->pending.size(), false); });
}

bool Sending::isComplete() const
{
    return bytesToTakeBack() == 0;
}

std::int64_t Sending::bytesToTakeBack() const
{
    const std::scoped_lock lock(m_mutex);
    std::int64_t bytes = 0;
    for (const auto &disk : m_disks) {
        for (std::size_t chunk = 0; chunk < disk->pending.size(); ++chunk) {
            bytes += disk->pending[chunk] ? disk->manifest.sizeOf(chunk) : 0;
        }
    }
    return bytes;
}

}
