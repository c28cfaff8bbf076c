// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/transfersend.h"

#include "site/transferdisk.h"
#include "site/transferpack.h"

#include <algorithm>
#include <thread>

namespace portulan::site {

namespace {
// Below this, zstd -1 is faster than the link; above, it only burns both processors.
constexpr std::int64_t slowLink = 250'000'000;
constexpr auto idleLimit = std::chrono::seconds(60);
// A data set has more objects than one may hold open; they hold no holes worth asking for either.
constexpr std::size_t maxOpenReaders = 64;
constexpr std::uint64_t window = std::uint64_t(16) << 30; // of a disk's map
}

struct Sending::Work {
    std::uint32_t parcel;
    std::uint64_t chunk;
    std::shared_ptr<BlockReader> reader;
};

Sending::Sending(Orders orders)
    : m_orders(std::move(orders))
    , m_prints(m_orders.fingerprints)
{
    for (const auto &parcel : m_orders.parcels) {
        m_disks.push_back(std::make_unique<Disk>(parcel.sizeBytes, m_orders.asideIn));
    }
}

Sending::~Sending() = default;

void Sending::nothingIsThere()
{
    const std::scoped_lock lock(m_mutex);
    std::ranges::for_each(m_disks, [](auto &disk) {
        disk->have.clear();
        disk->stale.clear();
    });
}

Result<> Sending::isThere(std::size_t parcel, std::uint64_t first, std::span<const std::uint64_t> have, std::span<const std::uint64_t> stale)
{
    const std::scoped_lock lock(m_mutex);
    // What holds what does not count has to be looked at, whatever it is here.
    const bool sound = parcel < m_disks.size() && m_disks[parcel]->have.add(first, have) && m_disks[parcel]->stale.add(first, stale)
        && m_disks[parcel]->data.add(first, stale);
    return sound ? Result<>() : refuse(Reason::Malformed, {{"file", "progress"}, {"expected", "chunks of the disk"}});
}

Result<> Sending::map(Disk &disk, std::size_t parcel)
{
    if (!disk.reader) {
        auto reader = m_orders.open(parcel);
        if (!reader) {
            return unexpected(reader.error());
        }
        disk.reader = std::move(*reader);
    }
    if (disk.mapped) {
        return {};
    }
    const auto size = disk.manifest.sizeBytes();
    if (disk.reader->sizeBytes() != size) {
        return refuse(Reason::Conflict, {{"where", m_orders.parcels[parcel].key}}, "the disk has changed its size");
    }
    for (std::uint64_t at = 0; at < size; at += window) {
        const auto extents = disk.reader->extents(at, std::min(window, size - at));
        if (!extents) {
            return unexpected(extents.error());
        }
        std::ranges::for_each(*extents, [&disk](const auto &extent) { disk.add(extent); });
    }
    disk.mapped = true;
    return {};
}

Result<std::int64_t> Sending::measure()
{
    const std::scoped_lock lock(m_mutex);
    std::int64_t bytes = 0;
    for (std::size_t parcel = 0; parcel < m_disks.size(); ++parcel) {
        auto &disk = *m_disks[parcel];
        if (m_disks.size() > maxOpenReaders) {
            bytes += static_cast<std::int64_t>(disk.manifest.sizeBytes());
            continue;
        }
        if (auto mapped = map(disk, parcel); !mapped) {
            return unexpected(mapped.error());
        }
        bytes += disk.bytesIn(disk.data, 0, disk.data.end());
    }
    return bytes;
}

Result<std::optional<Sending::Work>> Sending::next()
{
    const std::scoped_lock lock(m_mutex);
    for (; m_disk < m_disks.size(); ++m_disk) {
        auto &disk = *m_disks[m_disk];
        if (auto mapped = map(disk, m_disk); !mapped) {
            return unexpected(mapped.error());
        }
        for (;;) {
            const auto settled = disk.skipSettled(disk.next);
            m_done += disk.bytesIn(disk.data, disk.next, settled);
            disk.next = disk.data.next(settled);
            if (disk.next == disk.data.end()) {
                break;
            }
            if (disk.skipSettled(disk.next) > disk.next) {
                continue;
            }
            const auto chunk = disk.next++;
            if (!disk.isDone(chunk)) {
                return Work {static_cast<std::uint32_t>(m_disk), chunk, disk.reader};
            }
            m_done += disk.manifest.sizeOf(chunk);
        }
        disk.reader.reset();
    }
    return std::optional<Work>();
}

Result<std::vector<std::unique_ptr<FramePath>>> Sending::openPaths(const DataTls &tls, const DataAddress &address)
{
    std::vector<std::unique_ptr<FramePath>> paths;
    while (!m_byCalls && paths.size() < connections) {
        auto channel = DataChannel::connect(tls, address, idleLimit);
        if (channel) {
            paths.push_back(std::make_unique<SocketPath>(std::move(*channel)));
            continue;
        }
        const auto reason = channel.error().reason;
        if (!m_orders.carry || (reason != Reason::Unreachable && reason != Reason::TimedOut)) {
            return unexpected(channel.error());
        }
        m_byCalls = true;
        paths.clear();
    }
    while (paths.size() < connections) {
        paths.push_back(std::make_unique<CallPath>(m_orders.carry));
    }
    return paths;
}

Result<> Sending::send(const DataTls &tls, const DataAddress &address, const Token &token)
{
    const auto wireBefore = m_wire.load();
    m_prints.forget();
    m_misfit = false;
    {
        const std::scoped_lock lock(m_mutex);
        m_disk = 0;
        m_done = 0;
        std::ranges::for_each(m_disks, [](auto &disk) { disk->next = 0; });
    }
    const auto paths = openPaths(tls, address);
    if (!paths) {
        return unexpected(paths.error());
    }
    {
        const std::scoped_lock lock(m_mutex);
        std::ranges::for_each(*paths, [this](auto &path) { m_paths.push_back(path.get()); });
    }
    std::vector<std::thread> threads;
    Result<> outcome;
    const auto run = [&](FramePath &path) {
        auto sent = sendOver(path, token);
        const std::scoped_lock lock(m_mutex);
        if (!sent && outcome) { // the first to fail says why and takes the others with it
            outcome = sent;
            std::ranges::for_each(m_paths, [](auto *other) { other->interrupt(); });
        }
    };
    for (std::size_t i = 1; i < paths->size(); ++i) {
        threads.emplace_back(run, std::ref(*(*paths)[i]));
    }
    run(*paths->front());
    std::ranges::for_each(threads, [](auto &thread) { thread.join(); });
    const std::scoped_lock lock(m_mutex);
    m_paths.clear();
    m_wire = wireBefore;
    std::ranges::for_each(*paths, [this](auto &path) { m_wire += path->bytesOnWire(); });
    std::ranges::for_each(m_disks, [this, &outcome](auto &disk) {
        disk->sure = outcome.has_value() && !m_misfit;
        disk->sure ? void() : disk->written.clear(); // nobody knows what the destination holds: it is asked
    });
    m_byCalls = m_byCalls && outcome; // if they do not get there either, its port is tried again
    return m_cancelled ? refuse(Reason::Cancelled) : outcome;
}

Result<> Sending::sendOver(FramePath &path, const Token &token)
{
    if (auto welcome = path.begin(token); !welcome) {
        return welcome;
    }
    ChunkPacker packer;
    for (;;) {
        const auto work = m_cancelled ? refuse(Reason::Cancelled) : next();
        if (!work) {
            return unexpected(work.error());
        }
        if (!*work) {
            break;
        }
        if (auto sent = sendChunk(path, **work, packer); !sent) {
            return sent;
        }
    }
    auto answer = path.end();
    if (!answer && m_orders.fingerprints && answer.error().reason == Reason::Integrity && answer.error().fact("what") == "patch") {
        m_misfit = true;
        return {};
    }
    return answer;
}

Result<> Sending::sendChunk(FramePath &path, const Work &work, ChunkPacker &packer)
{
    const auto &disk = *m_disks[work.parcel];
    FrameHeader header {.disk = work.parcel, .chunk = work.chunk, .rawBytes = disk.manifest.sizeOf(work.chunk)};
    const auto raw = packer.raw(header.rawBytes);
    if (auto got = work.reader->read(work.chunk * Manifest::chunkBytes, raw); !got) {
        return got;
    }
    const bool zero = ChunkPacker::isZero(raw);
    header.digest = zero ? Manifest::zeros(header.rawBytes) : Manifest::digestOf(raw);
    if (isSettled(work, header.digest, zero)) {
        return {};
    }
    if (auto sent = frame(path, packed(path, work, header, packer)); !sent) {
        return sent;
    }
    settle(work, header.digest);
    return {};
}

/// As little of what was read as the destination needs to make the chunk of what it holds.
std::span<const std::byte> Sending::packed(const FramePath &path, const Work &work, const FrameHeader &header, ChunkPacker &packer)
{
    const auto raw = packer.raw(header.rawBytes);
    const auto blocks = changedBlocks(work, raw);
    if (header.digest == Manifest::zeros(header.rawBytes) && (!blocks || blocks->any())) {
        return packer.zeros(header);
    }
    const bool worthwhile = blocks && patchBytes(*blocks, raw.size()) < raw.size() - raw.size() / 8;
    return worthwhile ? packer.patch(header, *blocks, mayCompress(path)) : packer.pack(header, mayCompress(path));
}

/// Which blocks differ from what the destination holds, if anybody knows. What is known for having been written counts once: if the attempt
/// fails, the destination is asked.
std::optional<Blocks> Sending::changedBlocks(const Work &work, std::span<const std::byte> raw)
{
    std::uint64_t end = 0;
    {
        const std::scoped_lock lock(m_mutex);
        auto &disk = *m_disks[work.parcel];
        if (const auto at = disk.written.find(work.chunk); at != disk.written.end()) {
            const auto blocks = at->second;
            disk.written.erase(at);
            return blocks;
        }
        if (!disk.stale.contains(work.chunk)) {
            return std::nullopt;
        }
        end = disk.manifest.chunks();
    }
    const auto prints = m_prints.of(work.parcel, work.chunk, end);
    return prints ? std::optional(differing(raw, *prints)) : std::nullopt;
}

/// Whether nothing has to be sent of what was read: zeros, there already, or to be taken back first.
bool Sending::isSettled(const Work &work, const Digest &digest, bool zero)
{
    {
        const std::scoped_lock lock(m_mutex);
        auto &disk = *m_disks[work.parcel];
        const bool there = disk.isThere(work.chunk), same = disk.manifest.digest(work.chunk) == digest;
        // What is there was sent in this life, of this instant's bytes unless they are doubted. What was sent and is not noted may lie there too.
        const bool differs = disk.doubted.contains(work.chunk) && !same && (there || zero);
        if (differs || (zero && !there && !disk.stale.contains(work.chunk) && disk.tried.contains(work.chunk))) {
            disk.doubted.erase(work.chunk);
            disk.manifest.set(work.chunk, {});
            disk.pending.insert(work.chunk);
            return true;
        }
        if (!there && (!zero || disk.stale.contains(work.chunk))) {
            disk.manifest.set(work.chunk, {}); // until it is settled nobody knows whether it got there
            disk.known.erase(work.chunk);
            disk.tried.insert(work.chunk);
            return false;
        }
    }
    settle(work, digest);
    return true;
}

Result<> Sending::frame(FramePath &path, std::span<const std::byte> bytes)
{
    for (auto *pace : m_orders.paces) {
        if (!pace->take(static_cast<std::int64_t>(bytes.size()), m_cancelled)) {
            return refuse(Reason::Cancelled);
        }
    }
    return path.write(bytes);
}

bool Sending::mayCompress(const FramePath &path) const
{
    const bool throttled
        = std::ranges::any_of(m_orders.paces, [](const Pace *pace) { return pace->bytesPerSecond() > 0 && pace->bytesPerSecond() < slowLink; });
    const auto rate = path.linkRate();
    return m_orders.mayCompress && (throttled || (rate > 0 && rate < slowLink / std::int64_t(connections)));
}

void Sending::settle(const Work &work, const Digest &digest)
{
    std::int64_t wire = 0;
    {
        const std::scoped_lock lock(m_mutex);
        auto &disk = *m_disks[work.parcel];
        disk.known.insert(work.chunk);
        disk.doubted.erase(work.chunk);
        disk.manifest.set(work.chunk, digest);
        m_done += disk.manifest.sizeOf(work.chunk);
        wire = m_wire;
        std::ranges::for_each(m_paths, [&wire](const auto *path) { wire += path->bytesOnWire(); });
    }
    if (m_orders.progress) {
        m_orders.progress(m_done, wire);
    }
}

void Sending::cancel()
{
    m_cancelled = true;
    const std::scoped_lock lock(m_mutex);
    std::ranges::for_each(m_paths, [](auto *path) { path->interrupt(); });
}

void Sending::revive()
{
    m_cancelled = false;
}

std::vector<Digest> Sending::roots() const
{
    const std::scoped_lock lock(m_mutex);
    std::vector<Digest> roots;
    std::ranges::for_each(m_disks, [&roots](const auto &disk) { roots.push_back(disk->manifest.root()); });
    return roots;
}

}
