// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/transferreceive.h"

#include <future>
#include <map>

namespace portulan::site {

/// What the destination's disks hold where it does not count, asked for page by page, one page ahead of whoever needs it. Thread safe.
class Prints {
public:
    using Page = std::vector<Receiving::ChunkPrints>;
    using Ask = std::function<Result<Page>(std::size_t parcel, std::uint64_t first, std::uint32_t count)>;

    explicit Prints(Ask ask)
        : m_ask(std::move(ask))
    {
    }
    /// Empty: zeros. Nothing: nobody knows, for the destination could not say. `end`: of the disk's chunks.
    std::optional<std::vector<std::byte>> of(std::size_t parcel, std::uint64_t chunk, std::uint64_t end);
    /// What was asked may be true no longer.
    void forget();

private:
    using Place = std::pair<std::size_t, std::uint64_t>; ///< parcel, page
    using Answer = std::shared_future<std::shared_ptr<const Page>>; ///< nullptr: not known
    Answer fetch(std::size_t parcel, std::uint64_t page);

    const Ask m_ask;
    std::mutex m_mutex;
    std::map<Place, Answer> m_pages; ///< a few
};

}
