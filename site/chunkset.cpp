// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/chunkset.h"

#include <algorithm>
#include <bit>

namespace portulan::site {

ChunkSet::ChunkSet(std::uint64_t end)
    : m_end(end)
{
}

std::uint64_t ChunkSet::inPage(std::uint64_t page) const
{
    return std::min(pageChunks, m_end - page * pageChunks);
}

bool ChunkSet::isIn(const Page &page, std::uint64_t within) const
{
    return page.bits ? ((*page.bits)[within / 64] >> (within % 64) & 1) != 0 : page.count > 0;
}

bool ChunkSet::contains(std::uint64_t chunk) const
{
    return m_count > 0 && chunk < m_end && isIn(m_pages[chunk / pageChunks], chunk % pageChunks);
}

void ChunkSet::put(std::uint64_t first, std::uint64_t end, bool in)
{
    end = std::min(end, m_end);
    if (m_pages.empty()) {
        m_pages.resize(in ? std::size_t((m_end + pageChunks - 1) / pageChunks) : 0);
    }
    while (first < end && !m_pages.empty()) {
        const auto index = first / pageChunks;
        const auto stop = std::min(end, (index + 1) * pageChunks);
        auto &page = m_pages[index];
        m_count -= page.count;
        put(page, first - index * pageChunks, stop - index * pageChunks, inPage(index), in);
        m_count += page.count;
        first = stop;
    }
}

void ChunkSet::put(Page &page, std::uint64_t first, std::uint64_t end, std::uint64_t size, bool in)
{
    if (first == 0 && end == size) {
        page.bits.reset();
        page.count = in ? size : 0;
        return;
    }
    if (page.count == (in ? size : 0)) {
        return; // as it is
    }
    if (!page.bits) {
        page.bits = std::make_unique<std::array<std::uint64_t, pageChunks / 64>>();
        page.bits->fill(page.count > 0 ? ~std::uint64_t {0} : 0);
    }
    for (auto i = first; i < end; ++i) {
        const bool was = isIn(page, i);
        if (was != in) {
            (*page.bits)[i / 64] ^= std::uint64_t {1} << (i % 64);
            page.count = in ? page.count + 1 : page.count - 1;
        }
    }
    if (page.count == 0 || page.count == size) {
        page.bits.reset();
    }
}

std::uint64_t ChunkSet::find(std::uint64_t from, bool in) const
{
    if (m_count == 0) {
        return in ? m_end : std::min(from, m_end);
    }
    while (from < m_end) {
        const auto index = from / pageChunks;
        const auto &page = m_pages[index];
        const auto stop = std::min(m_end, (index + 1) * pageChunks);
        if (!page.bits) {
            if ((page.count > 0) == in) {
                return from;
            }
            from = stop;
            continue;
        }
        const auto within = from % pageChunks;
        const auto word = (in ? (*page.bits)[within / 64] : ~(*page.bits)[within / 64]) >> (within % 64);
        if (word != 0) {
            return std::min(m_end, from + std::uint64_t(std::countr_zero(word)));
        }
        from = std::min(stop, index * pageChunks + (within / 64 + 1) * 64);
    }
    return m_end;
}

std::vector<std::uint64_t> ChunkSet::runs(std::uint64_t first, std::size_t limit, std::uint64_t &reached) const
{
    std::vector<std::uint64_t> found;
    reached = first;
    while (reached < m_end && found.size() + 2 <= limit) {
        const auto begin = next(reached);
        if (begin == m_end) {
            reached = m_end;
            break;
        }
        found.push_back(begin - reached);
        reached = nextOut(begin);
        found.push_back(reached - begin);
    }
    return found;
}

bool ChunkSet::add(std::uint64_t first, std::span<const std::uint64_t> runs)
{
    auto at = first;
    for (const auto run : runs) {
        if (at > m_end || run > m_end - at) {
            return false;
        }
        at += run;
    }
    at = first;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if (i % 2 == 1) {
            put(at, at + runs[i], true);
        }
        at += runs[i];
    }
    return true;
}

}
