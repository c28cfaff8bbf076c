// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace portulan::site {

/// Which chunks of a disk something is true of. Stretches in which it is true of all or of none cost next to nothing, others a bit for each
/// chunk: 16 TiB take two MiB at the very most. Beyond its end, nothing is in it.
class ChunkSet {
public:
    explicit ChunkSet(std::uint64_t end = 0); ///< empty
    std::uint64_t end() const { return m_end; }
    std::uint64_t count() const { return m_count; }
    bool isEmpty() const { return m_count == 0; }
    bool contains(std::uint64_t chunk) const;
    void insert(std::uint64_t chunk) { put(chunk, chunk + 1, true); }
    void erase(std::uint64_t chunk) { put(chunk, chunk + 1, false); }
    void put(std::uint64_t first, std::uint64_t end, bool in); ///< all of a stretch
    void clear() { put(0, m_end, false); }
    /// The first one from there on; end() if there is none.
    std::uint64_t next(std::uint64_t from) const { return find(from, true); }
    std::uint64_t nextOut(std::uint64_t from) const { return find(from, false); }

    // As it travels: how many from `first` on are out, then in, then out…
    /// At most `limit` numbers; where they end, end() if that is all, in `reached`.
    std::vector<std::uint64_t> runs(std::uint64_t first, std::size_t limit, std::uint64_t &reached) const;
    /// Adds them. False, and nothing added, if they go beyond the end.
    bool add(std::uint64_t first, std::span<const std::uint64_t> runs);

private:
    static constexpr std::uint64_t pageChunks = 4096;
    struct Page {
        std::unique_ptr<std::array<std::uint64_t, pageChunks / 64>> bits; ///< none: all are in, or none is
        std::uint64_t count = 0;
    };
    std::uint64_t inPage(std::uint64_t page) const;
    bool isIn(const Page &page, std::uint64_t within) const;
    void put(Page &page, std::uint64_t first, std::uint64_t end, std::uint64_t size, bool in);
    std::uint64_t find(std::uint64_t from, bool in) const;

    std::uint64_t m_end;
    std::uint64_t m_count = 0;
    std::vector<Page> m_pages; ///< none before the first one is in
};

}
