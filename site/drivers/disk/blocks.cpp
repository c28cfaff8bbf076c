// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/disk/blocks.h"

#include "site/drivers/disk/layers.h"
#include "site/drivers/disk/qcow2writer.h"

namespace portulan::site {

namespace {

/// A chain of layers seen as one disk.
class ChainReader final : public BlockReader {
public:
    explicit ChainReader(std::unique_ptr<Layer> top)
        : m_top(std::move(top))
    {
    }

    std::uint64_t sizeBytes() const override { return m_top->sizeBytes(); }

    Result<std::vector<Extent>> extents(std::uint64_t offset, std::uint64_t length) override
    {
        std::vector<Extent> found;
        const std::uint64_t end = std::min(sizeBytes(), offset + length);
        while (offset < end) {
            const auto piece = m_top->locate(offset, end - offset);
            if (!piece) {
                return tl::unexpected(piece.error());
            }
            if (piece->kind != Piece::Zero) {
                if (!found.empty() && found.back().offset + found.back().length == offset) {
                    found.back().length += piece->length;
                } else {
                    found.push_back({offset, piece->length});
                }
            }
            offset += piece->length;
        }
        return found;
    }

    Result<> read(std::uint64_t offset, std::span<std::byte> into) override
    {
        if (offset > sizeBytes() || into.size() > sizeBytes() - offset) {
            return refuse(Reason::InvalidArgument, {{"field", "offset"}, {"expected", "a range within the disk"}});
        }
        while (!into.empty()) {
            const auto piece = m_top->locate(offset, into.size());
            if (!piece) {
                return tl::unexpected(piece.error());
            }
            const auto part = into.first(static_cast<std::size_t>(piece->length));
            if (auto done = fetch(*piece, part); !done) {
                return done;
            }
            into = into.subspan(part.size());
            offset += part.size();
        }
        return {};
    }

private:
    std::unique_ptr<Layer> m_top;
};

}

Result<std::unique_ptr<BlockReader>> openQcow2(const std::string &path, const Trust &trust)
{
    auto layer = openQcow2Layer(path, trust);
    if (!layer) {
        return tl::unexpected(layer.error());
    }
    return std::make_unique<ChainReader>(std::move(*layer));
}

Result<std::unique_ptr<BlockReader>> openRaw(const std::string &path)
{
    auto layer = openRawLayer(path);
    if (!layer) {
        return tl::unexpected(layer.error());
    }
    return std::make_unique<ChainReader>(std::move(*layer));
}

Result<> copyBlocks(BlockReader &from, BlockWriter &to, Progress &progress)
{
    const std::uint64_t size = from.sizeBytes(), step = std::uint64_t(64) << 20;
    std::vector<std::byte> buffer(1 << 20);
    for (std::uint64_t window = 0; window < size; window += step) {
        const auto extents = from.extents(window, std::min(step, size - window));
        if (!extents) {
            return tl::unexpected(extents.error());
        }
        for (const auto &extent : *extents) {
            for (std::uint64_t at = extent.offset, end = at + extent.length; at < end;) {
                if (progress.isCancelled()) {
                    return refuse(Reason::Cancelled);
                }
                // Never across a MiB boundary: whole clusters go out in one write each.
                const std::span piece(buffer.data(), static_cast<std::size_t>(std::min(end - at, buffer.size() - at % buffer.size())));
                if (auto done = from.read(at, piece).and_then([&] { return to.write(at, piece); }); !done) {
                    return done;
                }
                at += piece.size();
            }
        }
        progress.bytes(static_cast<std::int64_t>(std::min(window + step, size)), static_cast<std::int64_t>(size));
    }
    return to.flush();
}

namespace {

/// Bytes of a disk; beyond its end zeros.
Result<> readPadded(BlockReader &disk, std::uint64_t at, std::span<std::byte> into)
{
    const auto there = static_cast<std::size_t>(at < disk.sizeBytes() ? std::min<std::uint64_t>(into.size(), disk.sizeBytes() - at) : 0);
    std::ranges::fill(into.subspan(there), std::byte {});
    return there > 0 ? disk.read(at, into.first(there)) : Result<>();
}

/// Where `holder` has data the two are the same.
Result<> compareData(BlockReader &holder, BlockReader &other, Progress &progress)
{
    const std::uint64_t size = holder.sizeBytes(), step = std::uint64_t(64) << 20;
    std::vector<std::byte> mine(1 << 20), theirs(mine.size());
    for (std::uint64_t window = 0; window < size; window += step) {
        const auto extents = holder.extents(window, std::min(step, size - window));
        if (!extents) {
            return tl::unexpected(extents.error());
        }
        for (const auto &extent : *extents) {
            for (std::uint64_t at = extent.offset, end = at + extent.length; at < end;) {
                const auto length = static_cast<std::size_t>(std::min<std::uint64_t>(end - at, mine.size()));
                const std::span here(mine.data(), length), there(theirs.data(), length);
                if (auto done = holder.read(at, here).and_then([&] { return readPadded(other, at, there); }); !done) {
                    return done;
                }
                if (!std::ranges::equal(here, there)) {
                    return refuse(Reason::Integrity, {{"where", "offset " + std::to_string(at)}}, "another disk is read back than was written");
                }
                if (progress.isCancelled()) {
                    return refuse(Reason::Cancelled);
                }
                at += length;
            }
        }
    }
    return {};
}

}

Result<> compareBlocks(BlockReader &one, BlockReader &other, Progress &progress)
{
    return compareData(one, other, progress).and_then([&] { return compareData(other, one, progress); });
}

Result<> flatten(BlockReader &from, const std::string &to, Progress &progress)
{
    Scrap scrap(to);
    auto done = Qcow2Writer::create(to, from.sizeBytes());
    if (!done) {
        return done;
    }
    auto writer = Qcow2Writer::open(to);
    if (!writer) {
        return tl::unexpected(writer.error());
    }
    done = copyBlocks(from, **writer, progress);
    if (done) {
        scrap.keep();
    }
    return done;
}

}
