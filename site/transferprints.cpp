// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/transferprints.h"

#include <algorithm>

namespace portulan::site {

namespace {
constexpr std::uint64_t pageChunks = Receiving::mostPrints;
constexpr std::size_t keptPages = 4;
}

Prints::Answer Prints::fetch(std::size_t parcel, std::uint64_t page)
{
    const auto known = m_pages.find({parcel, page});
    if (known != m_pages.end()) {
        return known->second;
    }
    while (m_pages.size() >= keptPages) { // reading goes forward
        m_pages.erase(m_pages.begin());
    }
    Answer answer = std::async(std::launch::async, [this, parcel, page]() -> std::shared_ptr<const Page> {
        auto asked = m_ask(parcel, page * pageChunks, pageChunks);
        return asked ? std::make_shared<const Page>(std::move(*asked)) : nullptr;
    });
    return m_pages.emplace(Place {parcel, page}, std::move(answer)).first->second;
}

std::optional<std::vector<std::byte>> Prints::of(std::size_t parcel, std::uint64_t chunk, std::uint64_t end)
{
    if (!m_ask) {
        return std::nullopt;
    }
    const auto page = chunk / pageChunks;
    Answer answer;
    {
        const std::scoped_lock lock(m_mutex);
        answer = fetch(parcel, page);
        if ((page + 1) * pageChunks < end) {
            fetch(parcel, page + 1);
        }
    }
    const auto found = answer.get();
    if (!found) {
        return std::nullopt;
    }
    const auto at = std::ranges::find(*found, chunk, &Receiving::ChunkPrints::chunk);
    return at == found->end() ? std::vector<std::byte>() : at->prints;
}

void Prints::forget()
{
    std::map<Place, Answer> dropped; // an answer that is still on its way is waited for without the lock
    const std::scoped_lock lock(m_mutex);
    dropped.swap(m_pages);
}

}
