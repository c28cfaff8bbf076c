// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/embedded/transfers.h"

#include "site/drivers/disk/blocks.h"
#include "site/drivers/disk/downloads.h"
#include "site/drivers/disk/intake.h"

namespace portulan::site::embedded {

/// One file coming in. Nothing is on record before commit(), and nothing stays without it.
class Import final : public Upload {
public:
    Import(Transfers &transfers, ImportSpec spec)
        : m_plant(transfers.m_plant)
        , m_volumes(transfers.m_volumes)
        , m_spec(std::move(spec))
        , m_intake({parentOf(m_plant.layout.scrap({})), m_spec.name, m_spec.format, m_spec.sha256, m_spec.fileBytes, m_plant.hypervisor.qemuImg})
    {
    }
    Result<> open() { return m_intake.open(); }
    Result<> write(std::span<const std::byte> bytes) override { return m_intake.write(bytes); }
    Result<ObjectId> commit(Progress &progress) override;

    /// The record of what this becomes, into the draft: the checks and the deed are the same.
    Result<> prepare(Draft &draft);

private:
    std::string finalPath() const { return m_spec.kind == ObjectKind::Image ? m_plant.layout.image(m_spec.id) : m_plant.layout.disk(m_spec.id); }

    Plant &m_plant;
    Volumes &m_volumes;
    ImportSpec m_spec;
    Intake m_intake;
    Intake::Disk m_disk; ///< its size is 0 while it is not known
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
        thing.labels.insert(m_disk.labels.begin(), m_disk.labels.end());
        thing.sizeBytes = m_disk.sizeBytes;
        thing.format = "qcow2";
    };
    if (m_spec.kind == ObjectKind::Image) {
        Image image;
        fill(image);
        image.os = m_spec.os;
        image.sha256 = m_disk.sha256; // of the file as its publisher made it
        image.fileBytes = m_disk.fileBytes == 0 ? m_spec.fileBytes : m_disk.fileBytes;
        return draft.put(image).map([&] { m_spec.id = id->id; });
    }
    Volume volume;
    fill(volume);
    volume.sizeBytes = m_disk.sizeBytes == 0 ? m_spec.fileBytes : m_disk.sizeBytes;
    volume.classification = m_spec.classification;
    volume.bootable = m_disk.isBootable;
    volume.allocatedBytes = allocatedBytes(m_intake.path());
    return draft.put(volume).map([&] { m_spec.id = id->id; });
}

Result<ObjectId> Import::commit(Progress &progress)
{
    progress.phase("converting");
    const auto mayTake = [&](std::int64_t sizeBytes) {
        m_disk.sizeBytes = sizeBytes;
        return m_plant.store.rehearse([&](Draft &draft) { return prepare(draft); });
    };
    auto disk = m_intake.convert(mayTake, progress);
    if (!disk) {
        return tl::unexpected(disk.error());
    }
    m_disk = std::move(*disk);
    Scrap final(finalPath());
    auto done
        = renameDurably(m_intake.path(), final.path()).and_then([&] { return m_plant.store.change([&](Draft &draft) { return prepare(draft); }); });
    if (!done) {
        return tl::unexpected(done.error());
    }
    final.keep();
    return m_plant.store.id(m_spec.kind, m_spec.id);
}

Result<std::unique_ptr<Upload>> Transfers::beginImport(const ImportSpec &spec)
{
    const bool known = Intake::isKnown(spec.format, !m_plant.hypervisor.qemuImg.empty());
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
    auto words = Intake::capabilities(!m_plant.hypervisor.qemuImg.empty());
    words.insert(words.end(), {"volume.export.qcow2", "volume.export.raw"});
    if (!m_plant.hypervisor.qemuImg.empty()) {
        words.emplace_back("volume.export.vmdk");
    }
    return words;
}

}
