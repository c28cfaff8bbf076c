// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/cloud/files.h"

#include "site/drivers/disk/blocks.h"
#include "site/drivers/disk/downloads.h"
#include "site/drivers/disk/intake.h"
#include "site/drivers/disk/process.h"
#include "site/drivers/record/demands.h"

#include <filesystem>
#include <random>

namespace portulan::site::cloud {

/// One file coming in. Nothing is in the cloud before commit(), and nothing stays without it.
class Files::Import final : public Upload {
public:
    Import(Files &files, ImportSpec spec)
        : m_files(files)
        , m_spec(std::move(spec))
        , m_intake({files.m_directory, m_spec.name, m_spec.format, m_spec.sha256, m_spec.fileBytes, files.m_qemuImg})
    {
    }
    Result<> open() { return m_intake.open(); }
    Result<> write(std::span<const std::byte> bytes) override { return m_intake.write(bytes); }
    Result<ObjectId> commit(Progress &progress) override;
    /// Whether the record would take it.
    Result<> demandTaken(std::int64_t sizeBytes);

private:
    Files &m_files;
    ImportSpec m_spec;
    Intake m_intake;
};

Result<> Files::Import::demandTaken(std::int64_t sizeBytes)
{
    return checkCommon(m_spec.name, m_spec.labels).and_then([&] {
        return m_files.m_registry.store().rehearse([&](Draft &draft) {
            return draft.newId(m_spec.kind, m_spec.id).and_then([&](const ObjectId &id) {
                const auto put = [&](auto thing) {
                    thing.id = id;
                    thing.name = m_spec.name;
                    thing.project = m_spec.project;
                    thing.sizeBytes = sizeBytes;
                    return draft.put(thing);
                };
                return m_spec.kind == ObjectKind::Image ? put(Image {}) : put(Volume {});
            });
        });
    });
}

Result<ObjectId> Files::Import::commit(Progress &progress)
{
    progress.phase("converting");
    const auto disk = m_intake.convert([&](std::int64_t sizeBytes) { return demandTaken(sizeBytes); }, progress);
    if (!disk) {
        return tl::unexpected(disk.error());
    }
    progress.phase("delivering");
    auto &registry = m_files.m_registry;
    auto &cloud = m_files.m_cloud;
    const Registry::Making making(registry);
    std::random_device random;
    const auto tag = std::to_string(random()) + std::to_string(random());
    const auto word = m_spec.id.empty() ? std::string("import") : m_spec.id;
    auto labels = m_spec.labels;
    labels.insert(disk->labels.begin(), disk->labels.end());
    return cloud.deliver({registry.store().id(m_spec.kind, word), tag, m_spec.name, m_intake.path(), disk->sizeBytes}, progress)
        .and_then([&](const Ref &ref) {
            auto id = cloud.look(ref).and_then([&](const Sighting &seen) {
                return registry.observe(seen, {m_spec.id, m_spec.name, m_spec.project, m_spec.classification, labels});
            });
            if (!id) { // whole or not at all
                (void)(m_spec.kind == ObjectKind::Image ? cloud.deleteImage(ref) : cloud.deleteVolume(ref));
            }
            return id;
        });
}

Files::Files(Cloud &cloud, Registry &registry, Locks &locks, std::string directory)
    : m_cloud(cloud)
    , m_registry(registry)
    , m_locks(locks)
    , m_directory(std::move(directory))
    , m_qemuImg(findProgram("qemu-img"))
{
}

Result<> Files::open()
{
    std::error_code error;
    std::filesystem::remove_all(m_directory, error);
    return makeDirectory(m_directory);
}

std::string Files::scrap(const std::string &ending)
{
    return m_directory + "/export-" + std::to_string(++m_serial) + ending;
}

std::vector<std::string> Files::capabilities() const
{
    auto words = Intake::capabilities(!m_qemuImg.empty());
    words.insert(words.end(), {"volume.export.qcow2", "volume.export.raw"});
    return words;
}

Result<std::unique_ptr<Upload>> Files::beginImport(const ImportSpec &spec)
{
    const bool isDisk = spec.kind == ObjectKind::Volume || spec.kind == ObjectKind::Image;
    if (!isDisk || !Intake::isKnown(spec.format, !m_qemuImg.empty())) {
        return refuse(Reason::Unsupported, {{"what", std::string(toString(spec.kind)) + ".import." + spec.format.substr(0, 32)}});
    }
    auto import = std::make_unique<Import>(*this, spec);
    return import->demandTaken(spec.fileBytes).and_then([&] { return import->open(); }).map([&]() -> std::unique_ptr<Upload> {
        return std::move(import);
    });
}

Result<std::unique_ptr<Download>> Files::beginExport(const ObjectId &object, std::string_view asked, Progress &progress)
{
    const std::string format(asked.empty() ? "qcow2" : asked.substr(0, 32));
    if (format != "raw" && format != "qcow2") {
        return refuse(Reason::Unsupported, {{"what", "volume.export." + format}});
    }
    auto &store = m_registry.store();
    std::vector ids {object};
    if (const auto volume = store.get<Volume>(object); volume && !volume->instanceId.empty()) {
        ids.push_back(store.id(ObjectKind::Instance, volume->instanceId));
        if (const auto instance = store.get<Instance>(ids.back()); instance && isUp(instance->state)) {
            return notReady(toString(instance->state));
        }
    }
    const auto held = m_locks.hold(ids);
    const auto ref = held ? m_registry.refOf(object) : tl::unexpected(held.error());
    if (!ref) {
        return tl::unexpected(ref.error());
    }
    progress.phase("fetching");
    Scrap fetched(scrap(".disk"));
    const auto kind = m_cloud.fetch(*ref, fetched.path(), progress);
    auto reader = !kind ? tl::unexpected(kind.error()) : *kind == "raw" ? openRaw(fetched.path()) : openQcow2(fetched.path(), {});
    if (!reader) {
        return tl::unexpected(reader.error());
    }
    if (format == "raw") {
        auto file = std::make_shared<Scrap>(fetched.path());
        fetched.keep();
        return downloadDisk(std::move(*reader), std::move(file));
    }
    progress.phase("converting");
    const auto made = scrap(".qcow2");
    return flatten(**reader, made, progress).and_then([&] { return downloadFile(made, made); });
}

}
