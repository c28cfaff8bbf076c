// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/disk/intake.h"

#include "core/manifest.h"
#include "site/drivers/disk/blocks.h"
#include "site/drivers/disk/ova.h"
#include "site/drivers/disk/process.h"
#include "site/drivers/disk/qcow2format.h"
#include "site/drivers/disk/recognise.h"

#include <algorithm>
#include <atomic>
#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/statvfs.h>
#include <unistd.h>

namespace portulan::site {

namespace {

constexpr std::string_view foreign[] = {"ova", "vdi", "vhdx", "vmdk"}; ///< read by qemu-img

bool isForeign(std::string_view format)
{
    return std::ranges::find(foreign, format) != std::end(foreign);
}

/// Most a tool may write: all but a tenth of what is free, so that a small file cannot blow up into a full disk.
std::uint64_t roomFor(const std::string &directory)
{
    struct statvfs room { };
    return ::statvfs(directory.c_str(), &room) == 0 ? room.f_bavail * room.f_frsize / 10 * 9 : 0;
}

std::string scrapIn(const std::string &directory, std::string_view suffix)
{
    static std::atomic<unsigned> serial = 0;
    return directory + "/intake-" + std::to_string(::getpid()) + '-' + std::to_string(++serial) + std::string(suffix);
}

/// A disk is whole sectors; a raw file's last one may be short.
class WholeSectors final : public BlockReader {
public:
    explicit WholeSectors(std::unique_ptr<BlockReader> inner)
        : m_inner(std::move(inner))
    {
    }
    std::uint64_t sizeBytes() const override { return (m_inner->sizeBytes() + 511) / 512 * 512; }
    Result<std::vector<Extent>> extents(std::uint64_t offset, std::uint64_t length) override { return m_inner->extents(offset, length); }
    Result<> read(std::uint64_t offset, std::span<std::byte> into) override { return m_inner->read(offset, into); } // only extents are read

private:
    std::unique_ptr<BlockReader> m_inner;
};

}

Intake::Intake(Wanted wanted)
    : m_wanted(std::move(wanted))
    , m_part(scrapIn(m_wanted.directory, ".part"))
    , m_disk(scrapIn(m_wanted.directory, ".qcow2"))
{
}

std::vector<std::string> Intake::capabilities(bool hasQemuImg)
{
    std::vector<std::string> words {"volume.import.qcow2", "volume.import.raw"};
    for (const auto format : hasQemuImg ? std::span<const std::string_view>(foreign) : std::span<const std::string_view>()) {
        words.push_back("volume.import." + std::string(format));
    }
    return words;
}

bool Intake::isKnown(const std::string &format, bool hasQemuImg)
{
    return format.empty() || format == "raw" || format == "qcow2" || (isForeign(format) && hasQemuImg);
}

Result<> Intake::open()
{
    return openFile(m_part.path(), O_RDWR | O_CREAT | O_EXCL).map([&](Fd file) { m_file = std::move(file); });
}

Result<> Intake::write(std::span<const std::byte> bytes)
{
    const auto size = m_size + static_cast<std::int64_t>(bytes.size());
    if (m_wanted.fileBytes > 0 && size > m_wanted.fileBytes) {
        return refuse(Reason::TooLarge, {{"what", "file"}, {"limit", std::to_string(m_wanted.fileBytes)}, {"size", std::to_string(size)}});
    }
    m_hasher.add(bytes);
    return writeAt(m_file.get(), static_cast<std::uint64_t>(m_size), bytes).map([&] { m_size = size; });
}

Result<> Intake::arrived()
{
    m_sha256 = toHex(m_hasher.end());
    if (m_wanted.fileBytes > 0 && m_size != m_wanted.fileBytes) {
        return refuse(Reason::Integrity, {{"where", "size"}, {"expected", std::to_string(m_wanted.fileBytes)}, {"found", std::to_string(m_size)}});
    }
    if (!m_wanted.sha256.empty() && m_sha256 != m_wanted.sha256) {
        return refuse(Reason::Integrity, {{"where", "file"}, {"expected", m_wanted.sha256}, {"found", m_sha256}});
    }
    return {};
}

Result<std::string> Intake::format() const
{
    if (m_wanted.format == "raw") {
        return m_wanted.format; // whatever a raw disk holds is its own affair
    }
    auto found = isArchive(m_file.get()) ? Result<std::string>("ova") : recogniseFormat(m_file.get());
    if (found && !m_wanted.format.empty() && *found != m_wanted.format) {
        return refuse(Reason::Malformed, {{"file", m_wanted.name}, {"expected", m_wanted.format}, {"found", *found}});
    }
    return found;
}

/// `bytes` of the file from `offset`; 0: all of it.
Result<> Intake::throughTool(const std::string &format, std::uint64_t offset, std::uint64_t bytes, Progress &progress)
{
    if (m_wanted.qemuImg.empty()) {
        return refuse(Reason::Unsupported, {{"what", "volume.import." + format}}, "qemu-img is not installed");
    }
    Limits limits;
    limits.fileBytes = roomFor(m_wanted.directory);
    nlohmann::json file {{"driver", "file"}, {"filename", m_part.path()}};
    if (bytes > 0) {
        file = {{"driver", "raw"}, {"offset", offset}, {"size", bytes}, {"file", file}};
    }
    const auto source = nlohmann::json {{"driver", format}, {"file", file}}.dump();
    return runTool({{m_wanted.qemuImg, "convert", "-O", "qcow2", "-o", "compat=1.1", "json:" + source, m_disk.path()}, {}, -1, -1}, limits, [&] {
        return progress.isCancelled();
    }).and_then([&](const std::string &) {
          return openFile(m_disk.path(), O_RDWR);
      }).and_then([&](const Fd &made) { return syncFile(made.get()); });
}

/// The one disk of a machine, read where it lies in its archive.
Result<> Intake::outOfArchive(Disk &disk, Progress &progress)
{
    const auto ova = readOva(m_file.get());
    if (!ova) {
        return tl::unexpected(ova.error());
    }
    if (ova->disks.size() != 1) {
        return refuse(Reason::Unsupported, {{"what", "OVA of several disks"}}, std::to_string(ova->disks.size()) + " disks");
    }
    const auto &part = ova->disks.front();
    const auto kind = recogniseFormat(m_file.get(), part.offset, part.bytes);
    if (!kind || *kind != "vmdk") {
        return kind ? refuse(Reason::Malformed, {{"file", part.name}, {"expected", "vmdk"}, {"found", *kind}})
                    : Result<>(tl::unexpected(kind.error()));
    }
    disk.labels["ovf-name"] = ova->name.substr(0, 200);
    if (ova->vcpus > 0) {
        disk.labels["ovf-vcpus"] = std::to_string(ova->vcpus);
    }
    if (ova->ramBytes > 0) {
        disk.labels["ovf-ram-mib"] = std::to_string(ova->ramBytes >> 20);
    }
    std::erase_if(disk.labels, [](const auto &label) { return label.second.empty(); });
    return throughTool("vmdk", part.offset, part.bytes, progress);
}

Result<Intake::Disk> Intake::convert(const std::function<Result<>(std::int64_t)> &mayTake, Progress &progress)
{
    Disk disk;
    const auto kind = arrived().and_then([&] { return format(); });
    if (!kind) {
        return tl::unexpected(kind.error());
    }
    disk.fileBytes = m_size;
    disk.sha256 = m_sha256;
    Result<> done;
    if (*kind == "ova") {
        done = outOfArchive(disk, progress);
    } else if (isForeign(*kind)) {
        done = throughTool(*kind, 0, 0, progress);
    } else {
        auto reader = *kind == "qcow2" ? openQcow2(m_part.path(), {}) : openRaw(m_part.path());
        if (!reader) {
            return tl::unexpected(reader.error());
        }
        WholeSectors whole(std::move(*reader));
        if (whole.sizeBytes() < 512 || whole.sizeBytes() > qcow2::largestDisk) {
            return refuse(Reason::Malformed, {{"file", m_wanted.name}, {"expected", "a disk of 512 bytes to 8 TiB"}});
        }
        done = mayTake(static_cast<std::int64_t>(whole.sizeBytes())).and_then([&] { return flatten(whole, m_disk.path(), progress); });
    }
    const auto reader = done ? openQcow2(m_disk.path(), {}) : tl::unexpected(done.error());
    if (!reader) {
        return tl::unexpected(reader.error());
    }
    disk.sizeBytes = static_cast<std::int64_t>((*reader)->sizeBytes());
    std::array<std::byte, 2> mark {};
    disk.isBootable = (*reader)->read(510, mark) && mark == std::array {std::byte {0x55}, std::byte {0xaa}};
    return mayTake(disk.sizeBytes).map([&] { return disk; });
}

}
