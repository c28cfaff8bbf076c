// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/driver.h"

#include <algorithm>
#include <atomic>
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

    static inline std::atomic<std::uint64_t> made = 0;
    const std::uint64_t number = ++made; ///< no other disk ever had it
    std::mutex mutex;
    std::vector<std::byte> bytes;
    std::string digest; ///< what its site believes its bytes to be; empty: what they are
    std::set<std::uint64_t> dirty; ///< clusters its machine wrote
    std::uint64_t room = ~std::uint64_t {0}; ///< bytes that may be written before the disk is full
    std::uint64_t written = 0;
    int flushes = 0;
};

class MemoryReader final : public site::BlockReader {
public:
    explicit MemoryReader(std::shared_ptr<MemoryDisk> disk)
        : m_disk(std::move(disk))
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
        const std::scoped_lock lock(m_disk->mutex);
        std::copy_n(m_disk->bytes.begin() + std::ptrdiff_t(offset), into.size(), into.begin());
        return {};
    }

private:
    std::shared_ptr<MemoryDisk> m_disk;
};

class MemoryWriter final : public site::BlockWriter {
public:
    explicit MemoryWriter(std::shared_ptr<MemoryDisk> disk, std::function<void()> writing = {})
        : m_disk(std::move(disk))
        , m_writing(std::move(writing))
    {
    }
    Result<> write(std::uint64_t offset, std::span<const std::byte> bytes) override
    {
        if (m_writing) {
            m_writing();
        }
        const std::scoped_lock lock(m_disk->mutex);
        if (m_disk->written + bytes.size() > m_disk->room) {
            return refuse(Reason::DiskFull);
        }
        m_disk->written += bytes.size();
        std::copy(bytes.begin(), bytes.end(), m_disk->bytes.begin() + std::ptrdiff_t(offset));
        return {};
    }
    Result<> flush() override
    {
        const std::scoped_lock lock(m_disk->mutex);
        ++m_disk->flushes;
        return {};
    }
    Result<> read(std::uint64_t offset, std::span<std::byte> into) override { return MemoryReader(m_disk).read(offset, into); }

private:
    std::shared_ptr<MemoryDisk> m_disk;
    std::function<void()> m_writing; ///< before each
};

}
