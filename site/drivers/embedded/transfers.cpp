// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/embedded/transfers.h"

#include "core/manifest.h"
#include "site/drivers/disk/blocks.h"
#include "site/drivers/disk/downloads.h"
#include "site/drivers/disk/qcow2format.h"
#include "site/drivers/disk/recognise.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/statvfs.h>

namespace portulan::site::embedded {

namespace {

constexpr std::string_view foreign[] = {"vmdk", "vdi", "vhdx"}; ///< read by qemu-img

bool isForeign(std::string_view format)
{
    return std::ranges::find(foreign, format) != std::end(foreign);
}

/// Most a tool may write: all but a tenth of what is free, so that a small file cannot blow up into a full disk.
std::uint64_t roomFor(const Layout &layout)
{
    struct statvfs room { };
    return ::statvfs(layout.root().c_str(), &room) == 0 ? room.f_bavail * room.f_frsize / 10 * 9 : 0;
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

/// One file coming in. Nothing is on record before commit(), and nothing stays without it.
class Import final : public Upload {
public:
    Import(Transfers &transfers, ImportSpec spec)
        : m_plant(transfers.m_plant)
        , m_volumes(transfers.m_volumes)
        , m_spec(std::move(spec))
        , m_part(m_plant.layout.scrap(".part"))
        , m_disk(m_plant.layout.scrap(".qcow2"))
    {
    }
    Result<> open()
    {
        return openFile(m_part.path(), O_RDWR | O_CREAT | O_EXCL).map([&](Fd file) { m_file = std::move(file); });
    }
    Result<> write(std::span<const std::byte> bytes) override
    {
        if (m_spec.fileBytes > 0 && m_size + static_cast<std::int64_t>(bytes.size()) > m_spec.fileBytes) {
            return refuse(Reason::TooLarge,
                {{"what", "file"}, {"limit", std::to_string(m_spec.fileBytes)}, {"size", std::to_string(m_size + std::int64_t(bytes.size()))}});
        }
        m_hasher.add(bytes);
        return writeAt(m_file.get(), static_cast<std::uint64_t>(m_size), bytes).map([&] { m_size += static_cast<std::int64_t>(bytes.size()); });
    }
    Result<ObjectId> commit(Progress &progress) override;

    /// The record of what this becomes, into the draft: the checks and the deed are the same.
    Result<> prepare(Draft &draft);

private:
    Result<> arrived();
    Result<std::string> format();
    Result<> convert(const std::string &format, Progress &progress);
    Result<> measure();
    std::string finalPath() const { return m_spec.kind == ObjectKind::Image ? m_plant.layout.image(m_spec.id) : m_plant.layout.disk(m_spec.id); }

    Plant &m_plant;
    Volumes &m_volumes;
    ImportSpec m_spec;
    Scrap m_part;
    Scrap m_disk;
    Fd m_file;
    Hasher m_hasher;
    std::int64_t m_size = 0;
    std::string m_sha256;
    std::int64_t m_diskBytes = 0; ///< as the guest sees it; 0: not known yet
    bool m_bootable = false;
};

Result<> Import::prepare(Draft &draft)
{
    if (auto good = checkCommon(m_spec.name, m_spec.labels); !good) {
        return good;
    }
    const auto id = draft.newId(m_spec.kind, m_spec.id);
    if (!id) {
        return tl::unexpected(id.error());
    }
    const auto fill = [&](auto &thing) {
        thing.id = *id;
        thing.name = m_spec.name;
        thing.project = m_spec.project;
        thing.labels = m_spec.labels;
        thing.sizeBytes = m_diskBytes;
        thing.format = "qcow2";
    };
    if (m_spec.kind == ObjectKind::Image) {
        Image image;
        fill(image);
        image.os = m_spec.os;
        image.sha256 = m_sha256; // of the file as its publisher made it
        image.fileBytes = m_diskBytes == 0 ? m_spec.fileBytes : m_size;
        return draft.put(image).map([&] { m_spec.id = id->id; });
    }
    Volume volume;
    fill(volume);
    volume.sizeBytes = m_diskBytes == 0 ? m_spec.fileBytes : m_diskBytes;
    volume.classification = m_spec.classification;
    volume.bootable = m_bootable;
    volume.allocatedBytes = allocatedBytes(m_disk.path());
    return draft.put(volume).map([&] { m_spec.id = id->id; });
}

Result<> Import::arrived()
{
    m_sha256 = toHex(m_hasher.end());
    if (m_spec.fileBytes > 0 && m_size != m_spec.fileBytes) {
        return refuse(Reason::Integrity, {{"where", "size"}, {"expected", std::to_string(m_spec.fileBytes)}, {"found", std::to_string(m_size)}});
    }
    if (!m_spec.sha256.empty() && m_sha256 != m_spec.sha256) {
        return refuse(Reason::Integrity, {{"where", "file"}, {"expected", m_spec.sha256}, {"found", m_sha256}});
    }
    return {};
}

Result<std::string> Import::format()
{
    if (m_spec.format == "raw") {
        return m_spec.format; // whatever a raw disk holds is its own affair
    }
    auto found = recogniseFormat(m_file.get());
    if (found && !m_spec.format.empty() && *found != m_spec.format) {
        return refuse(Reason::Malformed, {{"file", m_spec.name}, {"expected", m_spec.format}, {"found", *found}});
    }
    return found;
}

Result<> Import::convert(const std::string &format, Progress &progress)
{
    if (isForeign(format)) {
        if (m_plant.hypervisor.qemuImg.empty()) {
            return refuse(Reason::Unsupported, {{"what", "volume.import." + format}}, "qemu-img is not installed");
        }
        Limits limits;
        limits.fileBytes = roomFor(m_plant.layout);
        const std::string source = Qmp::Json {{"driver", format}, {"file", {{"driver", "file"}, {"filename", m_part.path()}}}}.dump();
        return runTool({{m_plant.hypervisor.qemuImg, "convert", "-O", "qcow2", "-o", "compat=1.1", "json:" + source, m_disk.path()}, {}, -1, -1},
            limits, [&] { return progress.isCancelled(); })
            .and_then([&](const std::string &) { return openFile(m_disk.path(), O_RDWR); })
            .and_then([&](const Fd &file) { return syncFile(file.get()); });
    }
    auto reader = format == "qcow2" ? openQcow2(m_part.path(), {}) : openRaw(m_part.path());
    if (!reader) {
        return tl::unexpected(reader.error());
    }
    WholeSectors disk(std::move(*reader));
    if (disk.sizeBytes() < 512 || disk.sizeBytes() > qcow2::largestDisk) {
        return refuse(Reason::Malformed, {{"file", m_spec.name}, {"expected", "a disk of 512 bytes to 8 TiB"}});
    }
    m_diskBytes = static_cast<std::int64_t>(disk.sizeBytes());
    return m_plant.store.rehearse([&](Draft &draft) { return prepare(draft); }).and_then([&] { return flatten(disk, m_disk.path(), progress); });
}

Result<> Import::measure()
{
    const auto reader = openQcow2(m_disk.path(), {});
    if (!reader) {
        return tl::unexpected(reader.error());
    }
    m_diskBytes = static_cast<std::int64_t>((*reader)->sizeBytes());
    std::array<std::byte, 2> mark {};
    m_bootable = (*reader)->read(510, mark) && mark == std::array {std::byte {0x55}, std::byte {0xaa}};
    return {};
}

Result<ObjectId> Import::commit(Progress &progress)
{
    auto done = arrived();
    const auto kind = done ? format() : tl::unexpected(done.error());
    if (!kind) {
        return tl::unexpected(kind.error());
    }
    progress.phase("converting");
    done = convert(*kind, progress).and_then([&] { return measure(); }).and_then([&] {
        return m_plant.store.rehearse([&](Draft &draft) { return prepare(draft); });
    });
    if (!done) {
        return tl::unexpected(done.error());
    }
    Scrap final(finalPath());
    done = renameDurably(m_disk.path(), final.path()).and_then([&] { return m_plant.store.change([&](Draft &draft) { return prepare(draft); }); });
    if (!done) {
        return tl::unexpected(done.error());
    }
    final.keep();
    return m_plant.store.id(m_spec.kind, m_spec.id);
}

Result<std::unique_ptr<Upload>> Transfers::beginImport(const ImportSpec &spec)
{
    const bool known
        = spec.format.empty() || spec.format == "raw" || spec.format == "qcow2" || (isForeign(spec.format) && !m_plant.hypervisor.qemuImg.empty());
    if (!known || (spec.kind != ObjectKind::Volume && spec.kind != ObjectKind::Image)) {
        return refuse(Reason::Unsupported, {{"what", std::string(toString(spec.kind)) + ".import." + spec.format.substr(0, 32)}});
    }
    auto import = std::make_unique<Import>(*this, spec);
    // A proposed id is only checked here, not taken: nothing stays if the upload never ends.
    return demandRoom(m_plant, spec.fileBytes)
        .and_then([&] {
            Import trial(*this, spec);
            return m_plant.store.rehearse([&](Draft &draft) { return trial.prepare(draft); });
        })
        .and_then([&] { return import->open(); })
        .map([&]() -> std::unique_ptr<Upload> { return std::move(import); });
}

Result<std::string> Transfers::toVmdk(const std::string &path, Progress &progress)
{
    if (m_plant.hypervisor.qemuImg.empty()) {
        return refuse(Reason::Unsupported, {{"what", "volume.export.vmdk"}}, "qemu-img is not installed");
    }
    const std::string scrap = m_plant.layout.scrap(".vmdk");
    return runTool({{m_plant.hypervisor.qemuImg, "convert", "-f", "qcow2", "-O", "vmdk", "-o", "subformat=streamOptimized", path, scrap}, {}, -1, -1},
        {}, [&] { return progress.isCancelled(); })
        .map([&](const std::string &) { return scrap; })
        .map_error([&](Problem problem) {
            removeFile(scrap);
            return problem;
        });
}

Result<std::unique_ptr<Download>> Transfers::beginExport(const ObjectId &object, std::string_view asked, Progress &progress)
{
    const std::string format(asked.empty() ? "qcow2" : asked.substr(0, 32));
    if (format != "raw" && format != "qcow2" && format != "vmdk") {
        return refuse(Reason::Unsupported, {{"what", "volume.export." + format}});
    }
    std::vector ids {object};
    std::string path = m_plant.layout.image(object.id);
    if (object.kind == ObjectKind::Volume) {
        path = m_plant.layout.disk(object.id);
        if (const auto volume = m_plant.store.get<Volume>(object); volume && !volume->instanceId.empty()) {
            ids.push_back(m_plant.store.id(ObjectKind::Instance, volume->instanceId));
        }
    }
    auto held = m_plant.locks.hold(ids);
    if (!held) {
        return tl::unexpected(held.error());
    }
    const auto quiet = m_plant.store.rehearse([&](Draft &draft) -> Result<> {
        if (object.kind == ObjectKind::Image) {
            return draft.get<Image>(object).and_then([](const Image &image) { return demandOwned(image.custody); });
        }
        const auto volume = draft.get<Volume>(object);
        return volume ? m_volumes.demandQuiet(draft, *volume) : tl::unexpected(volume.error());
    });
    auto reader = quiet ? m_volumes.read(path) : tl::unexpected(quiet.error());
    if (!reader) {
        return tl::unexpected(reader.error());
    }
    if (format == "raw") { // read as it goes out: nobody may run on it meanwhile
        return downloadDisk(std::move(*reader), std::make_shared<Locks::Held>(std::move(*held)));
    }
    progress.phase("converting");
    if (format == "vmdk") {
        return toVmdk(path, progress).and_then([](const std::string &scrap) { return downloadFile(scrap, scrap); });
    }
    const std::string scrap = m_plant.layout.scrap(".qcow2");
    return flatten(**reader, scrap, progress).and_then([&] { return downloadFile(scrap, scrap); });
}

std::vector<std::string> Transfers::capabilities() const
{
    std::vector<std::string> words {"volume.export.qcow2", "volume.export.raw", "volume.import.qcow2", "volume.import.raw"};
    if (!m_plant.hypervisor.qemuImg.empty()) {
        words.emplace_back("volume.export.vmdk");
        for (const auto format : foreign) {
            words.push_back("volume.import." + std::string(format));
        }
    }
    return words;
}

}
