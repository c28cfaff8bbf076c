// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// The bytes of disks, out of and into a host's pools, over the connection itself.
#include "core/hasher.h"
#include "core/manifest.h"
#include "site/drivers/disk/blocks.h"
#include "site/drivers/disk/fd.h"
#include "site/drivers/libvirt/describe.h"
#include "site/drivers/libvirt/follow.h"
#include "site/drivers/libvirt/host.h"
#include "site/drivers/libvirt/xml.h"

#include <algorithm>
#include <fcntl.h>

namespace portulan::site::libvirt {

using cloud::NewDisk, cloud::Ref;

namespace {

constexpr std::size_t blockBytes = 256 << 10;
constexpr std::size_t sectorBytes = 4096; ///< zeros of this length are not written

/// A stream that is aborted unless it came to its end.
class Flow {
public:
    explicit Flow(virConnectPtr connection)
        : m_stream(::virStreamNew(connection, 0))
    {
    }
    ~Flow()
    {
        if (m_stream && !m_isOver) {
            (void)::virStreamAbort(m_stream);
        }
        if (m_stream) {
            (void)::virStreamFree(m_stream);
        }
    }
    Flow(const Flow &) = delete;
    Flow &operator=(const Flow &) = delete;
    virStreamPtr get() const { return m_stream; }
    Result<> finish()
    {
        m_isOver = true;
        return ::virStreamFinish(m_stream) == 0 ? Result<>() : lastRefusal("volume");
    }

private:
    virStreamPtr m_stream;
    bool m_isOver = false;
};

/// The first `length` bytes of a volume's file, all of them if 0, piece by piece.
Result<std::uint64_t> download(
    virStorageVolPtr volume, std::uint64_t length, const std::function<Result<>(std::uint64_t, std::span<const std::byte>)> &take)
{
    Flow flow(::virStorageVolGetConnect(volume));
    if (!flow.get() || ::virStorageVolDownload(volume, flow.get(), 0, length, 0) != 0) {
        return lastRefusal("volume");
    }
    std::vector<std::byte> block(blockBytes);
    std::uint64_t at = 0;
    for (;;) {
        const int got = ::virStreamRecv(flow.get(), reinterpret_cast<char *>(block.data()), block.size());
        if (got < 0) {
            return lastRefusal("volume");
        }
        if (got == 0) {
            break;
        }
        if (auto taken = take(at, std::span(block).first(static_cast<std::size_t>(got))); !taken) {
            return tl::unexpected(taken.error());
        }
        at += static_cast<std::uint64_t>(got);
    }
    return flow.finish().map([&] { return at; });
}

Result<> writeSparse(int file, std::uint64_t at, std::span<const std::byte> bytes)
{
    for (std::size_t from = 0; from < bytes.size(); from += sectorBytes) {
        const auto sector = bytes.subspan(from, std::min(sectorBytes, bytes.size() - from));
        if (auto written = isZero(sector) ? Result<>() : writeAt(file, at + from, sector); !written) {
            return written;
        }
    }
    return {};
}

Result<> upload(virStorageVolPtr volume, int file, std::uint64_t length, Hasher &hasher, Progress &progress)
{
    Flow flow(::virStorageVolGetConnect(volume));
    if (!flow.get() || ::virStorageVolUpload(volume, flow.get(), 0, length, 0) != 0) {
        return lastRefusal("volume");
    }
    std::vector<std::byte> block(blockBytes);
    for (std::uint64_t at = 0; at < length;) {
        const auto piece = std::span(block).first(std::min<std::uint64_t>(blockBytes, length - at));
        if (auto read = readAt(file, at, piece); !read) {
            return read;
        }
        hasher.add(piece);
        for (std::size_t sent = 0; sent < piece.size();) {
            const int some = ::virStreamSend(flow.get(), reinterpret_cast<const char *>(piece.data()) + sent, piece.size() - sent);
            if (some <= 0) {
                return lastRefusal("volume");
            }
            sent += static_cast<std::size_t>(some);
        }
        at += piece.size();
        progress.bytes(static_cast<std::int64_t>(at / 2), static_cast<std::int64_t>(length)); // the other half is reading it back
        if (progress.isCancelled()) {
            return refuse(Reason::Cancelled);
        }
    }
    return flow.finish();
}

}

bool Host::isHere(const std::string &uri)
{
    const auto scheme = uri.substr(0, uri.find(':'));
    const bool isLocal = scheme.find('+') == std::string::npos || scheme.ends_with("+unix");
    return isLocal && uri.substr(scheme.size()).starts_with(":///");
}

Result<std::unique_ptr<cloud::LiveDisks>> Host::follow(const std::string &uuid)
{
    return domain(uuid).and_then([&](Domain domain) { return Follow::begin(std::move(domain), m_places.consoleDirectory); });
}

/// In its file, with what that stands on as far as it lies beside it.
Result<std::unique_ptr<BlockReader>> Host::openDisk(const std::string &word)
{
    const auto found = isHere(m_uri) ? volume(word) : Result<StorageVolume>(refuse(Reason::Unsupported, {{"what", "migrate"}}));
    const auto facts = found ? volumeFrom(textOf(::virStorageVolGetXMLDesc(found->get(), 0))) : tl::unexpected(found.error());
    if (!facts) {
        return tl::unexpected(facts.error());
    }
    if (!openFile(facts->path, O_RDONLY)) { // of another user, or no file
        return refuse(Reason::Unsupported, {{"what", "migrate"}}, facts->path);
    }
    return facts->format == "raw"  ? openRaw(facts->path)
        : facts->format == "qcow2" ? openQcow2(facts->path, {facts->path.substr(0, facts->path.rfind('/'))})
                                   : Result<std::unique_ptr<BlockReader>>(refuse(Reason::Unsupported, {{"what", facts->format}}, "volume " + word));
}

Result<std::string> Host::fetch(const std::string &word, const std::string &path, Progress &progress)
{
    const auto found = volume(word);
    if (!found) {
        return tl::unexpected(found.error());
    }
    const auto xml = textOf(::virStorageVolGetXMLDesc(found->get(), 0));
    const auto facts = xml.empty() ? Result<VolumeFacts>(lastRefusal("volume")) : volumeFrom(xml);
    if (!facts) {
        return tl::unexpected(facts.error());
    }
    if (facts->isLayered || (facts->format != "raw" && facts->format != "qcow2")) {
        return refuse(Reason::Unsupported, {{"what", facts->isLayered ? "backing" : facts->format}}, "volume " + word);
    }
    const auto file = openFile(path, O_RDWR | O_CREAT | O_EXCL);
    if (!file) {
        return tl::unexpected(file.error());
    }
    const auto length = download(found->get(), 0, [&](std::uint64_t at, std::span<const std::byte> bytes) {
        progress.bytes(static_cast<std::int64_t>(at + bytes.size()), facts->allocatedBytes);
        return progress.isCancelled() ? Result<>(refuse(Reason::Cancelled)) : writeSparse(file->get(), at, bytes);
    });
    if (!length) {
        return tl::unexpected(length.error());
    }
    return ::ftruncate(file->get(), static_cast<off_t>(*length)) == 0 ? Result<std::string>(facts->format) : ioRefusal("write", path);
}

bool Host::hasDelivered(const std::string &tag)
{
    const auto line = this->line();
    const Pool pool(line ? ::virStoragePoolLookupByName(line->get(), m_places.pool.c_str()) : nullptr);
    virStorageVolPtr *list = nullptr;
    const int count = pool ? ::virStoragePoolListAllVolumes(pool.get(), &list, 0) : 0;
    const auto volumes = owned<StorageVolume>(list, std::max(count, 0));
    return std::ranges::any_of(volumes, [&](const StorageVolume &volume) {
        const char *name = ::virStorageVolGetName(volume.get());
        return name && std::string_view(name).ends_with('-' + tag + ".qcow2");
    });
}

Result<Ref> Host::deliver(const NewDisk &disk, Progress &progress)
{
    const auto line = this->line();
    const auto file = line ? openFile(disk.path, O_RDONLY) : tl::unexpected(line.error());
    const auto length = file ? fileSize(file->get()) : tl::unexpected(file.error());
    if (!length) {
        return tl::unexpected(length.error());
    }
    const auto &place = disk.id.kind == ObjectKind::Image ? m_places.imagePool : m_places.pool;
    const Pool pool(::virStoragePoolLookupByName(line->get(), place.c_str()));
    if (!pool) {
        return lastRefusal("pool");
    }
    const auto name = disk.id.id + '-' + disk.tag + ".qcow2";
    if (const StorageVolume left(::virStorageVolLookupByName(pool.get(), name.c_str())); left && ::virStorageVolDelete(left.get(), 0) != 0) {
        return lastRefusal("volume.delete");
    }
    const StorageVolume made(::virStorageVolCreateXML(pool.get(), volumeXml(name, disk.sizeBytes).c_str(), 0));
    if (!made) {
        return lastRefusal("volume");
    }
    Hasher sent, held;
    std::int64_t back = 0;
    auto done
        = upload(made.get(), file->get(), *length, sent, progress)
              .and_then([&] {
                  return download(made.get(), *length, [&](std::uint64_t, std::span<const std::byte> bytes) {
                      held.add(bytes);
                      back += static_cast<std::int64_t>(bytes.size());
                      progress.bytes((static_cast<std::int64_t>(*length) + back) / 2, static_cast<std::int64_t>(*length));
                      return progress.isCancelled() ? Result<>(refuse(Reason::Cancelled)) : Result<>();
                  });
              })
              .and_then([&](std::uint64_t) {
                  const auto expected = toHex(sent.end()), there = toHex(held.end());
                  return expected == there ? Result<>() : refuse(Reason::Integrity, {{"where", name}, {"expected", expected}, {"found", there}});
              });
    const auto path = textOf(::virStorageVolGetPath(made.get()));
    if (!done || path.empty()) {
        auto problem = done ? lastProblem("volume") : done.error();
        (void)::virStorageVolDelete(made.get(), 0);
        return tl::unexpected(problem);
    }
    (void)::virStoragePoolRefresh(pool.get(), 0); // it has the size that its file says
    return Ref {disk.id.kind, wordOf(path)};
}

}
