// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/disk/layers.h"

#include <algorithm>
#include <cstdlib>
#include <fcntl.h>
#include <mutex>
#include <unistd.h>
#include <unordered_map>

namespace portulan::site {

namespace {

using namespace qcow2;

class RawLayer final : public Layer {
public:
    RawLayer(Fd file, std::uint64_t size)
        : m_file(std::move(file))
        , m_size(size)
    {
    }
    std::uint64_t sizeBytes() const override { return m_size; }
    Result<Piece> locate(std::uint64_t offset, std::uint64_t most) override
    {
        most = std::min(most, m_size - offset);
        const off_t data = ::lseek(m_file.get(), static_cast<off_t>(offset), SEEK_DATA);
        if (data < 0) {
            // Nothing but a hole to the end (ENXIO), or a file system that does not know: then all is data.
            return errno == ENXIO ? Piece {Piece::Zero, most} : Piece {Piece::Plain, most, m_file.get(), offset};
        }
        const auto begin = static_cast<std::uint64_t>(data);
        if (begin > offset) {
            return Piece {Piece::Zero, std::min(most, begin - offset)};
        }
        const off_t hole = ::lseek(m_file.get(), data, SEEK_HOLE);
        const std::uint64_t run = hole < 0 ? most : static_cast<std::uint64_t>(hole) - offset;
        return Piece {Piece::Plain, std::min(most, run), m_file.get(), offset};
    }

private:
    Fd m_file;
    std::uint64_t m_size;
};

class Qcow2Layer final : public Layer {
public:
    struct Parts {
        Fd file;
        Header header;
        std::vector<std::uint64_t> l1;
        std::uint64_t fileBytes = 0;
        std::unique_ptr<Layer> backing;
    };
    explicit Qcow2Layer(Parts parts)
        : m_(std::move(parts))
    {
    }

    std::uint64_t sizeBytes() const override { return m_.header.size; }

    Result<Piece> locate(std::uint64_t offset, std::uint64_t most) override
    {
        const std::uint64_t cluster = m_.header.clusterBytes();
        const std::uint64_t index = offset / cluster, inTable = index % m_.header.l2Entries(), within = offset % cluster;
        most = std::min({most, m_.header.size - offset, (m_.header.l2Entries() - inTable) * cluster - within});
        const std::uint64_t table = m_.l1[index / m_.header.l2Entries()] & offsetMask;
        if (table == 0) {
            return behind(offset, most);
        }
        const auto l2 = tableAt(table);
        if (!l2) {
            return tl::unexpected(l2.error());
        }
        const std::uint64_t entry = (**l2)[inTable];
        if ((entry & packed) != 0) {
            return packedPiece(entry, within, std::min(most, cluster - within));
        }
        const Kind kind = kindOf(entry);
        const std::uint64_t start = entry & offsetMask;
        std::uint64_t run = 1;
        while (run * cluster < most + within && same(kind, start, run, (**l2)[inTable + run])) {
            ++run;
        }
        most = std::min(most, run * cluster - within);
        switch (kind) {
        case Kind::Absent:
            return behind(offset, most);
        case Kind::Zeroed:
            return Piece {Piece::Zero, most};
        case Kind::Here:
            break;
        }
        if (start % cluster != 0 || start >= m_.fileBytes) {
            return broken("cluster");
        }
        return Piece {Piece::Plain, most, m_.file.get(), start + within};
    }

private:
    enum class Kind { Absent, Zeroed, Here };
    using Table = std::shared_ptr<const std::vector<std::uint64_t>>;

    Kind kindOf(std::uint64_t entry) const
    {
        if (m_.header.version >= 3 && (entry & zero) != 0) {
            return Kind::Zeroed;
        }
        return (entry & offsetMask) == 0 ? Kind::Absent : Kind::Here;
    }
    bool same(Kind kind, std::uint64_t start, std::uint64_t run, std::uint64_t entry) const
    {
        return (entry & packed) == 0 && kindOf(entry) == kind
            && (kind != Kind::Here || (entry & offsetMask) == start + run * m_.header.clusterBytes());
    }
    tl::unexpected<Problem> broken(const char *where) const
    {
        return refuse(Reason::Integrity, {{"where", where}, {"expected", "an offset within the image"}});
    }
    Result<Piece> behind(std::uint64_t offset, std::uint64_t most)
    {
        if (!m_.backing || offset >= m_.backing->sizeBytes()) {
            return Piece {Piece::Zero, most};
        }
        return m_.backing->locate(offset, most);
    }
    Result<Piece> packedPiece(std::uint64_t entry, std::uint64_t within, std::uint64_t length) const
    {
        const unsigned shift = 62 - (m_.header.clusterBits - 8);
        const std::uint64_t at = entry & ((std::uint64_t(1) << shift) - 1);
        const std::uint64_t sectors = ((entry & ~(copied | packed)) >> shift) + 1;
        if (at >= m_.fileBytes) {
            return broken("compressed cluster");
        }
        const std::uint64_t bytes = std::min(sectors * 512 - at % 512, m_.fileBytes - at);
        return Piece {Piece::Packed, length, m_.file.get(), at, bytes, m_.header.clusterBytes(), within, m_.header.packing};
    }
    Result<Table> tableAt(std::uint64_t offset)
    {
        const std::lock_guard lock(m_mutex);
        if (const auto known = m_tables.find(offset); known != m_tables.end()) {
            return known->second;
        }
        if (offset % m_.header.clusterBytes() != 0 || offset >= m_.fileBytes) {
            return broken("L2 table");
        }
        auto entries = readTable(m_.file.get(), offset, m_.header.l2Entries());
        if (!entries) {
            return tl::unexpected(entries.error());
        }
        if (m_tables.size() * m_.header.clusterBytes() >= (std::size_t(16) << 20)) {
            m_tables.clear(); // reading goes forward: what was used is seldom wanted again
        }
        return m_tables[offset] = std::make_shared<const std::vector<std::uint64_t>>(std::move(*entries));
    }

    Parts m_;
    std::mutex m_mutex;
    std::unordered_map<std::uint64_t, Table> m_tables;
};

/// Where the backing file really is, if it may be followed.
Result<std::string> resolve(const std::string &path, const Header &header, const Trust &trust)
{
    if (trust.root.empty() || trust.depth <= 1) {
        return refuse(Reason::Unsupported, {{"what", "images with a backing file"}}, path);
    }
    const std::string named = header.backingFile.starts_with('/') ? header.backingFile : parentOf(path) + '/' + header.backingFile;
    const std::unique_ptr<char, decltype(&std::free)> real(::realpath(named.c_str(), nullptr), &std::free);
    const std::unique_ptr<char, decltype(&std::free)> root(::realpath(trust.root.c_str(), nullptr), &std::free);
    if (!real || !root || !std::string(real.get()).starts_with(std::string(root.get()) + '/')) {
        return refuse(Reason::Unsupported, {{"what", "backing files outside the site's own"}}, path + " -> " + header.backingFile);
    }
    return std::string(real.get());
}

}

Result<std::unique_ptr<Layer>> openRawLayer(const std::string &path)
{
    auto file = openFile(path, O_RDONLY);
    if (!file) {
        return tl::unexpected(file.error());
    }
    const auto size = fileSize(file->get());
    if (!size) {
        return tl::unexpected(size.error());
    }
    return std::make_unique<RawLayer>(std::move(*file), *size);
}

Result<std::unique_ptr<Layer>> openQcow2Layer(const std::string &path, const Trust &trust)
{
    Qcow2Layer::Parts parts;
    auto file = openFile(path, O_RDONLY);
    if (!file) {
        return tl::unexpected(file.error());
    }
    parts.file = std::move(*file);
    auto header = readHeader(parts.file.get(), path);
    if (!header) {
        return tl::unexpected(header.error());
    }
    parts.header = std::move(*header);
    auto l1 = readTable(parts.file.get(), parts.header.l1Offset, parts.header.l1Entries);
    if (!l1) {
        return tl::unexpected(l1.error());
    }
    parts.l1 = std::move(*l1);
    parts.fileBytes = fileSize(parts.file.get()).value_or(0);
    if (!parts.header.backingFile.empty()) {
        const auto behind = resolve(path, parts.header, trust);
        if (!behind) {
            return tl::unexpected(behind.error());
        }
        // The format is never guessed: a raw disk whose guest writes a qcow2 header into it must stay raw.
        auto layer = parts.header.backingFormat == "raw" ? openRawLayer(*behind)
            : parts.header.backingFormat == "qcow2"
            ? openQcow2Layer(*behind, {trust.root, trust.depth - 1})
            : Result<std::unique_ptr<Layer>>(refuse(Reason::Unsupported, {{"what", "backing files of unknown format"}}, path));
        if (!layer) {
            return tl::unexpected(layer.error());
        }
        parts.backing = std::move(*layer);
    }
    return std::make_unique<Qcow2Layer>(std::move(parts));
}

}
