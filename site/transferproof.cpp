// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What was written is flushed, read back from the disk, compared with what it was sent as, and noted.
#include "site/transferreceive.h"

#include <atomic>
#include <future>
#include <set>

namespace portulan::site {

namespace {
// What was written is read back beside what still comes, and a crash loses little of it.
constexpr std::size_t noteAfterChunks = 32;
constexpr auto noteAfter = std::chrono::seconds(10);
constexpr std::size_t mostFresh = 512; // whoever brings more waits
constexpr std::size_t alone = 8; // so few chunks are not worth a thread
}

Result<> Receiving::checkpoint()
{
    const std::scoped_lock one(m_checkpointing);
    return note();
}

/// The holder of m_checkpointing alone.
Result<> Receiving::note()
{
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
    auto looks = readBack(written);
    for (std::size_t i = 0; i < written.size(); ++i) {
        const auto &each = written[i];
        auto &read = looks[i];
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

bool Receiving::isTimeToNote() const
{
    return m_fresh.size() >= noteAfterChunks || (!m_fresh.empty() && std::chrono::steady_clock::now() - m_notedAt > noteAfter);
}

/// Has it looked at when it is time; says what was wrong with what was looked at before.
Result<> Receiving::keepUp()
{
    {
        const std::scoped_lock lock(m_mutex);
        if (m_failed) {
            return unexpected(*std::exchange(m_failed, {}));
        }
        if (isTimeToNote() && !m_prover.joinable()) {
            m_prover = std::thread([this] { prove(); });
        } else if (isTimeToNote()) {
            m_ripe.notify_one();
        }
        if (m_fresh.size() < mostFresh) {
            return {};
        }
    }
    return checkpoint();
}

void Receiving::prove()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_ripe.wait(lock, [this] { return m_ends || isTimeToNote(); });
        if (m_ends) {
            return;
        }
        lock.unlock();
        const std::scoped_lock one(m_checkpointing); // until it is noted what was found: an end that comes now waits for that
        lock.lock();
        const auto round = m_round;
        lock.unlock();
        auto done = note();
        lock.lock();
        m_failed = done || m_failed || round != m_round ? m_failed : std::optional(done.error());
    }
}

Result<> Receiving::end()
{
    auto done = checkpoint();
    const std::scoped_lock lock(m_mutex);
    done = m_failed ? unexpected(*std::exchange(m_failed, {})) : done;
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

/// By two, so that the storage has something to do while one digests.
std::vector<Result<>> Receiving::readBack(const std::vector<Written> &written)
{
    std::vector<Result<>> looks(written.size());
    std::atomic<std::size_t> next = 0;
    const auto look = [&] {
        for (auto i = next++; i < written.size(); i = next++) {
            looks[i] = readBack(written[i]);
        }
    };
    const auto other = written.size() > alone ? std::async(std::launch::async, look) : std::future<void>();
    look();
    other.valid() ? other.wait() : void();
    return looks;
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
    const auto found = Manifest::digestOf(bytes);
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
