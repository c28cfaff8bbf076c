// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What was written is flushed, read back from the disk, compared with what it was sent as, and noted.
#include "site/transferreceive.h"

#include <set>

namespace portulan::site {

Result<> Receiving::checkpoint()
{
    const std::scoped_lock one(m_checkpointing);
    std::vector<Written> written;
    {
        const std::scoped_lock lock(m_mutex);
        written.swap(m_fresh);
        m_notedAt = std::chrono::steady_clock::now();
    }
    if (auto flushed = flush(written); !flushed) {
        spoilAll(std::move(written));
        return flushed;
    }
    Result<> outcome;
    std::vector<NotedChunk> right;
    for (const auto &each : written) {
        auto read = readBack(each);
        read ? right.push_back(each.chunk) : spoil(each.chunk);
        if (!read && read.error().reason == Reason::Integrity && each.patched) {
            const std::scoped_lock lock(m_mutex);
            m_misfit = read.error().fact("where");
        } else if (outcome) {
            outcome = read;
        }
    }
    auto noted = m_log->append(right);
    for (const auto &chunk : right) {
        noted ? keep(chunk) : spoil(chunk);
    }
    return noted ? outcome : noted;
}

Result<> Receiving::end()
{
    auto done = checkpoint();
    const std::scoped_lock lock(m_mutex);
    const auto misfit = done ? std::exchange(m_misfit, {}) : std::string();
    return misfit.empty() ? done : refuse(Reason::Integrity, {{"where", misfit}, {"what", "patch"}});
}

Result<> Receiving::flush(const std::vector<Written> &written)
{
    std::set<std::uint32_t> touched;
    for (const auto &each : written) {
        touched.insert(each.chunk.parcel);
    }
    for (const auto parcel : touched) {
        if (auto flushed = openWriter(parcel)->flush(); !flushed) {
            return flushed;
        }
    }
    return {};
}

/// The one look at what came: at what the disk gives back of it, so that it does not matter where it went wrong.
Result<> Receiving::readBack(const Written &written)
{
    thread_local std::vector<std::byte> whole(Manifest::chunkBytes);
    const auto &chunk = written.chunk;
    const auto bytes = std::span(whole).first(m_disks[chunk.parcel].manifest.sizeOf(chunk.chunk));
    if (auto read = openWriter(chunk.parcel)->read(chunk.chunk * Manifest::chunkBytes, bytes); !read) {
        return read;
    }
    const auto found = sha256(bytes);
    return found == chunk.digest
        ? Result<>()
        : refuse(Reason::Integrity,
            {{"where", m_orders.parcels[chunk.parcel].nameOf(chunk.chunk)}, {"expected", toHex(chunk.digest)}, {"found", toHex(found)}});
}

void Receiving::keep(const NotedChunk &chunk)
{
    const std::scoped_lock lock(m_mutex);
    --m_disks[chunk.parcel].fresh;
    remember(chunk);
}

void Receiving::spoil(const NotedChunk &chunk)
{
    const std::scoped_lock lock(m_mutex);
    --m_disks[chunk.parcel].fresh;
    forget(chunk);
}

/// After a flush that failed the next one may well succeed without what this one lost: the kernel tells of it once. So nothing counts that was
/// written before it, nor what is being written, nor what a cache still shows of it.
void Receiving::spoilAll(std::vector<Written> written)
{
    const std::scoped_lock lock(m_mutex);
    written.insert(written.end(), m_fresh.begin(), m_fresh.end());
    m_fresh.clear();
    for (const auto &[chunk, patched] : written) {
        --m_disks[chunk.parcel].fresh;
        forget(chunk);
        m_disks[chunk.parcel].lost.insert(chunk.chunk);
    }
    for (auto &disk : m_disks) {
        std::ranges::for_each(disk.arriving, [&disk](auto chunk) { disk.lost.insert(chunk); });
    }
}

/// Of a parcel of which something was written and not noted yet: nobody closes it.
std::shared_ptr<BlockWriter> Receiving::openWriter(std::size_t parcel) const
{
    const std::scoped_lock lock(m_mutex);
    return m_disks[parcel].writer;
}

}
