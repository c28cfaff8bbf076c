// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Where the bytes of a qcow2 image that is being written lie.
#include "site/drivers/disk/qcow2writer.h"

#include <algorithm>
#include <unistd.h>

namespace portulan::site {

using namespace qcow2;

namespace {
constexpr std::uint64_t cluster = 65536, perTable = cluster / 8;
constexpr std::size_t keptTables = 256; // 16 MiB
}

bool Qcow2Writer::claim(std::uint64_t offset)
{
    if (offset % cluster != 0 || offset / cluster >= m_counts.size() || m_counts[offset / cluster]) {
        return false;
    }
    m_counts[offset / cluster] = true;
    return true;
}

std::uint64_t Qcow2Writer::allocate()
{
    m_counts.push_back(true);
    return (m_counts.size() - 1) * cluster;
}

/// The file ends where its last cluster ends, also if that is written in part. Locked by the caller, so that it only ever grows.
Result<> Qcow2Writer::extend()
{
    const std::uint64_t end = m_counts.size() * cluster;
    if (end == m_end) {
        return {};
    }
    if (::ftruncate(m_file.get(), static_cast<off_t>(end)) != 0) {
        return ioRefusal("write", {});
    }
    m_end = end;
    return {};
}

/// In memory, if it is on disk. Locked by the caller.
Result<Qcow2Writer::Table *> Qcow2Writer::table(std::uint64_t index)
{
    auto &found = m_tables[static_cast<std::size_t>(index)];
    if (found.entries.empty() && found.offset != 0) {
        auto entries = readTable(m_file.get(), found.offset, perTable);
        if (!entries) {
            return tl::unexpected(entries.error());
        }
        makeRoom(&found);
        ++m_loaded;
        found.entries = std::move(*entries);
        found.settled = true;
    }
    return &found;
}

/// Lets go of tables that lie on disk as they are: a disk is read and written forwards, what was used is seldom wanted again.
void Qcow2Writer::makeRoom(const Table *except)
{
    if (m_loaded < keptTables) {
        return;
    }
    m_loaded = 0;
    for (auto &one : m_tables) {
        if (&one != except && one.settled && !one.dirty) {
            one.entries = {};
        }
        m_loaded += one.entries.empty() ? 0 : 1;
    }
}

Result<std::vector<Qcow2Writer::Run>> Qcow2Writer::place(std::uint64_t offset, std::uint64_t length, const std::byte *bytes)
{
    if (offset > m_header.size || length > m_header.size - offset) {
        return refuse(Reason::InvalidArgument, {{"field", "offset"}, {"expected", "a range within the disk"}});
    }
    std::vector<Run> runs;
    const std::lock_guard lock(m_mutex);
    for (std::uint64_t done = 0; done < length;) {
        const std::uint64_t index = (offset + done) / cluster, within = (offset + done) % cluster, part = std::min(length - done, cluster - within);
        // Zeros where there is nothing need no room.
        const auto wanted = [&] { return bytes != nullptr && !isZero({bytes + done, static_cast<std::size_t>(part)}); };
        const auto found = this->table(index / perTable);
        if (!found) {
            return tl::unexpected(found.error());
        }
        auto &table = **found;
        if (table.entries.empty() && wanted()) {
            makeRoom(&table);
            ++m_loaded;
            table.entries.assign(perTable, 0);
            table.offset = allocate();
            table.dirty = m_l1Dirty = m_dirty = true;
        }
        std::uint64_t at = table.entries.empty() ? 0 : table.entries[index % perTable] & offsetMask;
        if (at == 0 && wanted()) {
            at = allocate();
            table.entries[index % perTable] = at | copied;
            table.dirty = m_dirty = true;
            table.settled = false;
        }
        const std::uint64_t place = at == 0 ? 0 : at + within;
        if (!runs.empty() && place != 0 && runs.back().fileOffset + runs.back().length == place) {
            runs.back().length += part;
        } else {
            runs.push_back({place, part, done});
        }
        done += part;
    }
    if (auto room = extend(); !room) {
        return tl::unexpected(room.error());
    }
    return runs;
}

Result<std::vector<Extent>> Qcow2Writer::extents(std::uint64_t offset, std::uint64_t length)
{
    std::vector<Extent> found;
    const std::lock_guard lock(m_mutex);
    const auto end = std::min(m_header.size, offset + length);
    for (auto at = offset / cluster * cluster; at < end;) {
        const auto index = at / cluster;
        const auto here = table(index / perTable);
        if (!here) {
            return tl::unexpected(here.error());
        }
        if ((*here)->entries.empty()) {
            at = (index / perTable + 1) * perTable * cluster;
            continue;
        }
        const auto begin = std::max(at, offset), next = std::min(end, at + cluster);
        if ((*here)->entries[index % perTable] != 0) {
            if (!found.empty() && found.back().offset + found.back().length == begin) {
                found.back().length += next - begin;
            } else {
                found.push_back({begin, next - begin});
            }
        }
        at += cluster;
    }
    return found;
}

}
