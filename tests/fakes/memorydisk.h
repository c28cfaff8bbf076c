// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/driver.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <mutex>
#include <random>
#include <set>

namespace portulan::test {

/// The bytes of a disk that tests send and receive. Cluster size of its map: 64 KiB.
struct MemoryDisk {
    explicit MemoryDisk(std::uint64_t size)
        : bytes(size)
    {
    }
    /// Random bytes in about `share` of the 64 KiB clusters.
    static std::shared_ptr<MemoryDisk> sparse(std::uint64_t bytes, double share, unsigned seed)
    {
        auto disk = std::make_shared<MemoryDisk>(bytes);
        std::mt19937_64 random(seed);
        for (std::uint64_t at = 0; at < bytes; at += 65536) {
            if (std::uniform_real_distribution<>()(random) < share) {
                for (auto i = at; i < std::min(bytes, at + 65536); ++i) {
                    disk->bytes[i] = static_cast<std::byte>(random());
                }
            }
        }
        return disk;
    }

    std::shared_ptr<MemoryDisk> copy()
    {
        const std::scoped_lock lock(mutex);
        auto same = std::make_shared<MemoryDisk>(bytes.size());
        same->bytes = bytes;
        return same;
    }
    /// As its machine writes it: noted until somebody takes the notes.
    void guestWrites(std::uint64_t at, std::uint64_t length, std::byte what)
    {
        const std::scoped_lock lock(mutex);
        for (auto i = at; i < std::min<std::uint64_t>(bytes.size(), at + length); ++i) {
            bytes[i] = what;
            dirty.insert(i / 65536);
        }
    }
    std::vector<site::Extent> takeDirty()
    {
        const std::scoped_lock lock(mutex);
        std::vector<site::Extent> extents;
        for (const auto cluster : std::exchange(dirty, {})) {
            extents.push_back({cluster * 65536, std::min<std::uint64_t>(65536, bytes.size() - cluster * 65536)});
        }
        return extents;
    }

    /// From now on what is written and not flushed is lost when the power goes.
    void cache()
    {
        const std::scoped_lock lock(mutex);
        platter = bytes;
    }
    void losePower()
    {
        const std::scoped_lock lock(mutex);
        if (!platter.empty()) {
            bytes = platter;
            unflushed.clear();
        }
    }

    static inline std::atomic<std::uint64_t> made = 0;
    const std::uint64_t number = ++made; ///< no other disk ever had it
    std::mutex mutex;
    std::vector<std::byte> bytes;
    std::string digest; ///< what its site believes its bytes to be; empty: what they are
    std::set<std::uint64_t> dirty; ///< clusters its machine wrote
    std::uint64_t room = ~std::uint64_t {0}; ///< bytes that may be written before the disk is full
    std::uint64_t spoils = ~std::uint64_t {0}; ///< a bit of this byte is turned, once, when it is written
    std::uint64_t written = 0;
    int flushes = 0;
    int badFlushes = 0; ///< so many fail; what was written before them counts as clean, as in a kernel's cache, and never gets to the platter
    bool keepsWhatItLost = true; ///< …it is read back all the same, until the power goes; else what is read is the platter's
    std::vector<std::byte> platter; ///< what outlives the power; empty: all of it does
    std::vector<site::Extent> unflushed;
};

class MemoryReader final : public site::BlockReader {
public:
    explicit MemoryReader(std::shared_ptr<MemoryDisk> disk, std::function<Result<>()> reading = {})
        : m_disk(std::move(disk))
        , m_reading(std::move(reading))
    {
    }
    std::uint64_t sizeBytes() const override { return m_disk->bytes.size(); }
    Result<std::vector<site::Extent>> extents(std::uint64_t offset, std::uint64_t length) override
    {
        std::vector<site::Extent> found;
        const auto end = std::min<std::uint64_t>(offset + length, m_disk->bytes.size());
        for (auto at = offset; at < end; at += 65536) {
            const auto size = std::min<std::uint64_t>(65536, end - at);
            const auto first = m_disk->bytes.begin() + std::ptrdiff_t(at);
            if (std::any_of(first, first + std::ptrdiff_t(size), [](std::byte b) { return b != std::byte {0}; })) {
                found.push_back({at, size});
            }
        }
        return found;
    }
    Result<> read(std::uint64_t offset, std::span<std::byte> into) override
    {
        if (auto allowed = m_reading ? m_reading() : Result<>(); !allowed) {
            return allowed;
        }
        const std::scoped_lock lock(m_disk->mutex);
        std::copy_n(m_disk->bytes.begin() + std::ptrdiff_t(offset), into.size(), into.begin());
        return {};
    }

private:
    std::shared_ptr<MemoryDisk> m_disk;
    std::function<Result<>()> m_reading; ///< before each
};

class MemoryWriter final : public site::BlockWriter {
public:
    /// Before each "write", "flush" and "read back"; a write that may not be is torn.
    using Asked = std::function<Result<>(const char *call)>;
    explicit MemoryWriter(std::shared_ptr<MemoryDisk> disk, Asked asked = {})
        : m_disk(std::move(disk))
        , m_asked(std::move(asked))
    {
    }
    Result<> write(std::uint64_t offset, std::span<const std::byte> bytes) override
    {
        const auto allowed = ask("write");
        const std::scoped_lock lock(m_disk->mutex);
        if (m_disk->written + bytes.size() > m_disk->room) {
            return refuse(Reason::DiskFull);
        }
        put(offset, allowed ? bytes : bytes.first(bytes.size() / 2));
        return allowed;
    }
    Result<> flush() override
    {
        if (auto allowed = ask("flush"); !allowed) {
            return allowed;
        }
        const std::scoped_lock lock(m_disk->mutex);
        ++m_disk->flushes;
        const bool bad = m_disk->badFlushes > 0;
        m_disk->badFlushes -= bad ? 1 : 0;
        for (const auto &[offset, length] : std::exchange(m_disk->unflushed, {})) {
            const auto at = std::ptrdiff_t(offset);
            if (!bad) {
                std::copy_n(m_disk->bytes.begin() + at, length, m_disk->platter.begin() + at);
            } else if (!m_disk->keepsWhatItLost) {
                std::copy_n(m_disk->platter.begin() + at, length, m_disk->bytes.begin() + at);
            }
        }
        return bad ? refuse(Reason::Internal, {}, "Input/output error") : Result<>();
    }
    Result<> read(std::uint64_t offset, std::span<std::byte> into) override
    {
        auto allowed = ask("read back");
        return allowed ? MemoryReader(m_disk).read(offset, into) : allowed;
    }

private:
    Result<> ask(const char *call) { return m_asked ? m_asked(call) : Result<>(); }
    void put(std::uint64_t offset, std::span<const std::byte> bytes)
    {
        m_disk->written += bytes.size();
        std::copy(bytes.begin(), bytes.end(), m_disk->bytes.begin() + std::ptrdiff_t(offset));
        if (!m_disk->platter.empty()) {
            m_disk->unflushed.push_back({offset, bytes.size()});
        }
        if (m_disk->spoils >= offset && m_disk->spoils - offset < bytes.size()) {
            m_disk->bytes[std::exchange(m_disk->spoils, ~std::uint64_t {0})] ^= std::byte {16};
        }
    }
    std::shared_ptr<MemoryDisk> m_disk;
    Asked m_asked;
};

}
