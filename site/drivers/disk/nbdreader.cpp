// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/disk/nbdreader.h"

#include "site/drivers/disk/localsocket.h"

#include <libnbd.h>

namespace portulan::site {

namespace {

constexpr auto allocation = "base:allocation";
constexpr std::uint64_t longestQuestion = std::uint64_t(1) << 30;
constexpr std::size_t mostExtents = 1 << 18; // of a map

unexpected<Problem> failed(std::string_view doing)
{
    const char *words = ::nbd_get_error();
    return refuse(Reason::Internal, {{"what", "nbd"}}, std::string(doing) + ": " + (words ? words : "failed"));
}

/// The answer to one question about a map: lengths and flags, from where it was asked.
struct Answer {
    const std::string &context;
    std::vector<std::pair<std::uint64_t, bool>> pieces; ///< length, marked
    std::uint64_t length = 0;
};

int note(void *data, const char *context, std::uint64_t, std::uint32_t *entries, std::size_t count, int *)
{
    auto &answer = *static_cast<Answer *>(data);
    if (answer.context == context) {
        const bool isMap = answer.context == allocation;
        for (std::size_t i = 0; i + 1 < count; i += 2) {
            const bool marked = isMap ? (entries[i + 1] & LIBNBD_STATE_ZERO) == 0 : (entries[i + 1] & 1) != 0;
            answer.pieces.emplace_back(entries[i], marked);
            answer.length += entries[i];
        }
    }
    return 0;
}

/// Joins those that lie closer together than that.
void join(std::vector<Extent> &extents, std::uint64_t gap)
{
    std::size_t kept = 0;
    for (const auto &extent : extents) {
        if (kept > 0 && extent.offset - (extents[kept - 1].offset + extents[kept - 1].length) < gap) {
            extents[kept - 1].length = extent.offset + extent.length - extents[kept - 1].offset;
        } else {
            extents[kept++] = extent;
        }
    }
    extents.resize(kept);
}

}

struct NbdReader::Line {
    ~Line() { ::nbd_close(handle); }
    nbd_handle *handle = ::nbd_create();
};

NbdReader::NbdReader(Place place)
    : m_place(std::move(place))
{
}

NbdReader::~NbdReader() = default;

Result<std::shared_ptr<NbdReader>> NbdReader::open(Place place)
{
    std::shared_ptr<NbdReader> reader(new NbdReader(std::move(place)));
    auto line = reader->take();
    const auto size = line ? ::nbd_get_size((*line)->handle) : -1;
    if (!line || size < 0) {
        return line ? failed("size") : Result<std::shared_ptr<NbdReader>>(tl::unexpected(line.error()));
    }
    reader->m_size = static_cast<std::uint64_t>(size);
    reader->giveBack(std::move(*line));
    return reader;
}

Result<std::unique_ptr<NbdReader::Line>> NbdReader::take()
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_idle.empty()) {
            auto line = std::move(m_idle.back());
            m_idle.pop_back();
            return line;
        }
    }
    auto socket = connectLocal(m_place.directory, m_place.socket);
    if (!socket) {
        return tl::unexpected(socket.error());
    }
    auto line = std::make_unique<Line>();
    auto *nbd = line->handle;
    const bool ready = nbd && ::nbd_set_export_name(nbd, m_place.name.c_str()) == 0 && ::nbd_add_meta_context(nbd, allocation) == 0
        && (m_place.bitmap.empty() || ::nbd_add_meta_context(nbd, m_place.bitmap.c_str()) == 0)
        && ::nbd_connect_socket(nbd, socket->release()) == 0; // libnbd's from here on
    return ready ? Result<std::unique_ptr<Line>>(std::move(line)) : failed("connect");
}

void NbdReader::giveBack(std::unique_ptr<Line> line)
{
    const std::lock_guard lock(m_mutex);
    m_idle.push_back(std::move(line));
}

Result<> NbdReader::read(std::uint64_t offset, std::span<std::byte> into)
{
    auto line = take();
    if (!line) {
        return tl::unexpected(line.error());
    }
    if (::nbd_pread((*line)->handle, into.data(), into.size(), offset, 0) != 0) {
        return failed("read");
    }
    giveBack(std::move(*line));
    return {};
}

Result<std::vector<Extent>> NbdReader::map(const std::string &context, std::uint64_t offset, std::uint64_t length)
{
    auto line = take();
    if (!line) {
        return tl::unexpected(line.error());
    }
    if (::nbd_can_meta_context((*line)->handle, context.c_str()) != 1) {
        return refuse(Reason::Internal, {{"what", "nbd"}}, "no map " + context);
    }
    std::vector<Extent> found;
    std::uint64_t gap = 2048;
    const auto end = std::min(m_size, offset + length);
    while (offset < end) {
        while (found.size() > mostExtents) { // 4 MiB of them
            join(found, gap *= 2);
        }
        Answer answer {context, {}, 0};
        const nbd_extent_callback callback {note, &answer, nullptr};
        if (::nbd_block_status((*line)->handle, std::min(end - offset, longestQuestion), offset, callback, 0) != 0 || answer.length == 0) {
            return failed("map");
        }
        for (const auto &[bytes, marked] : answer.pieces) {
            const auto part = std::min(bytes, end - std::min(end, offset));
            if (marked && part > 0) {
                if (!found.empty() && found.back().offset + found.back().length == offset) {
                    found.back().length += part;
                } else {
                    found.push_back({offset, part});
                }
            }
            offset += part;
        }
    }
    giveBack(std::move(*line));
    return found;
}

Result<std::vector<Extent>> NbdReader::extents(std::uint64_t offset, std::uint64_t length)
{
    return map(allocation, offset, length);
}

Result<std::vector<Extent>> NbdReader::marked()
{
    return map(m_place.bitmap, 0, m_size);
}

}
