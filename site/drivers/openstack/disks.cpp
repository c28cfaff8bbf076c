// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// The bytes of images and volumes. They pass through Glance, which says the SHA-512 of what it holds; a volume's, in and out, as an image that is
// there only meanwhile.
#include "site/drivers/disk/blocks.h"
#include "site/drivers/disk/fd.h"
#include "site/drivers/openstack/describe.h"
#include "site/drivers/openstack/project.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <set>

namespace portulan::site::openstack {

using namespace cloud;
using namespace std::chrono_literals;

namespace {

constexpr auto patienceBytes = 24h; ///< Cinder copies a volume; the order can be cancelled

/// FIPS 180-4, what Glance calls os_hash_value.
class Sha512 {
public:
    Sha512()
        : m_context(::EVP_MD_CTX_new(), &::EVP_MD_CTX_free)
    {
        (void)::EVP_DigestInit_ex(m_context.get(), ::EVP_sha512(), nullptr);
    }
    void add(std::span<const std::byte> bytes) { (void)::EVP_DigestUpdate(m_context.get(), bytes.data(), bytes.size()); }
    std::string end()
    {
        unsigned char digest[EVP_MAX_MD_SIZE];
        unsigned length = 0;
        (void)::EVP_DigestFinal_ex(m_context.get(), digest, &length);
        std::string hex;
        for (unsigned i = 0; i < length; ++i) {
            hex += "0123456789abcdef"[digest[i] >> 4];
            hex += "0123456789abcdef"[digest[i] & 15];
        }
        return hex;
    }

private:
    std::unique_ptr<EVP_MD_CTX, decltype(&::EVP_MD_CTX_free)> m_context;
};

std::string pathOf(const char *collection, const std::string &id)
{
    return std::string(collection) + escaped(id);
}

/// What is taken away again at the end of the scope, whatever happens.
class Meanwhile {
public:
    explicit Meanwhile(std::function<void()> end)
        : m_end(std::move(end))
    {
    }
    ~Meanwhile() { m_end(); }
    Meanwhile(const Meanwhile &) = delete;
    Meanwhile &operator=(const Meanwhile &) = delete;

private:
    std::function<void()> m_end;
};

/// Glance's words ("Useful image properties"); empty for what it has none for: then Nova has its own.
std::string busFor(const std::string &bus)
{
    static const std::set<std::string> known {"ide", "sata", "scsi", "virtio"};
    return known.contains(bus) ? bus : std::string();
}
std::string cardFor(const std::string &card)
{
    static const std::set<std::string> known {"e1000", "e1000e", "rtl8139", "virtio", "vmxnet3"};
    return known.contains(card) ? (card == "vmxnet3" ? "VirtualVmxnet3" : card) : std::string();
}

bool isSettled(const Json &thing)
{
    const auto status = wordIn(thing, "status");
    return status == "active" || status == "available" || status == "killed" || status == "deleted" || status.starts_with("error");
}

}

/// An image of a disk, proven by its digest; nothing stays of one that is not.
Result<std::string> OpenStack::uploadImage(const std::string &name, const NewDisk &disk, Progress &progress)
{
    const auto file = openFile(disk.path, O_RDONLY);
    const auto length = file ? fileSize(file->get()) : tl::unexpected(file.error());
    if (!length) {
        return tl::unexpected(length.error());
    }
    Json form {
        {"name", name}, {"disk_format", "qcow2"}, {"container_format", "bare"}, {"visibility", "private"}, {idKey, disk.id.id}, {tagKey, disk.tag}};
    if (disk.id.kind != ObjectKind::Image) {
        form[transitKey] = "in";
    }
    // Cinder keeps these with the volume, and Nova makes the machine by them.
    for (const auto &[key, word] : {std::pair("hw_firmware_type", disk.hardware.firmware), std::pair("hw_disk_bus", busFor(disk.hardware.diskBus)),
             std::pair("hw_vif_model", cardFor(disk.hardware.nicModel))}) {
        if (!word.empty()) {
            form[key] = word;
        }
    }
    const auto id = create(Service::Image, "/images", "", form);
    if (!id) {
        return id;
    }
    std::optional<Sha512> sent;
    std::uint64_t at = 0;
    const auto begin = [&]() -> Http::Source { // again from the first byte, if it must be asked again
        sent.emplace();
        at = 0;
        return [&](std::span<char> into) -> Result<> {
            if (progress.isCancelled()) {
                return refuse(Reason::Cancelled);
            }
            return readAt(file->get(), at, std::as_writable_bytes(into)).map([&] {
                sent->add(std::as_bytes(into));
                at += into.size();
                progress.bytes(static_cast<std::int64_t>(at), static_cast<std::int64_t>(*length));
            });
        };
    };
    const auto path = pathOf("/images/", *id);
    auto there = m_session.upload(Service::Image, path + "/file", *length, begin).and_then([&](const HttpAnswer &) {
        return await(Service::Image, path, "", isSettled, 300s, &progress);
    });
    if (there) {
        const auto expected = sent->end(), held = wordIn(*there, "os_hash_value");
        const bool isSame = wordIn(*there, "status") == "active" && held == expected && wordIn(*there, "os_hash_algo") == "sha512";
        if (isSame) {
            return id;
        }
        there = refuse(Reason::Integrity, {{"where", "glance " + *id}, {"expected", expected.substr(0, 64)}, {"found", held.substr(0, 64)}});
    }
    (void)m_session.call(Service::Image, "DELETE", path, {});
    return tl::unexpected(there.error());
}

Result<> OpenStack::downloadImage(const std::string &image, const std::string &path, Progress &progress)
{
    const auto about = m_session.get(Service::Image, pathOf("/images/", image));
    const auto file = about ? openFile(path, O_RDWR | O_CREAT | O_EXCL) : tl::unexpected(about.error());
    if (!file) {
        return tl::unexpected(file.error());
    }
    Sha512 held;
    std::uint64_t at = 0;
    const auto total = numberIn(*about, "size");
    auto done = m_session.download(Service::Image, pathOf("/images/", image) + "/file", [&](std::span<const std::byte> bytes) {
        held.add(bytes);
        auto written = progress.isCancelled() ? Result<>(refuse(Reason::Cancelled)) : writeAt(file->get(), at, bytes);
        at += bytes.size();
        progress.bytes(static_cast<std::int64_t>(at), total);
        return written;
    });
    if (!done) {
        return tl::unexpected(done.error());
    }
    const auto expected = wordIn(*about, "os_hash_value"), found = held.end();
    const bool isSame = at == static_cast<std::uint64_t>(total) && (expected == found || wordIn(*about, "os_hash_algo") != "sha512");
    return isSame ? Result<>()
                  : refuse(Reason::Integrity, {{"where", "glance " + image}, {"expected", expected.substr(0, 64)}, {"found", found.substr(0, 64)}});
}

/// A free volume with what one in use holds: of a snapshot, as Cinder gives no image of a volume that is attached.
Result<std::string> OpenStack::aside(const std::string &volume, std::string &snapshot, Progress &progress)
{
    const auto made = create(Service::Volume, "/snapshots", "snapshot",
        {{"snapshot", {{"name", "portulan"}, {"volume_id", volume}, {"force", true}, {"metadata", {{transitKey, "out"}}}}}});
    if (!made) {
        return made;
    }
    snapshot = *made;
    const auto there = await(Service::Volume, pathOf("/snapshots/", snapshot), "snapshot", isSettled, patienceBytes, &progress);
    if (!there || wordIn(*there, "status") != "available") {
        return there ? Result<std::string>(refuse(Reason::NoCapacity, {{"resource", "storage"}}, "cinder could not make a snapshot of " + volume))
                     : tl::unexpected(there.error());
    }
    return makeVolume({{"name", "portulan"}, {"snapshot_id", snapshot}, {"metadata", {{transitKey, "out"}}}}, patienceBytes, &progress);
}

/// An image of what a volume holds, of no server that runs.
Result<std::string> OpenStack::imageOf(const std::string &volume, const std::string &name, Progress &progress)
{
    const auto about = m_session.get(Service::Volume, pathOf("/volumes/", volume));
    if (!about) {
        return tl::unexpected(about.error());
    }
    std::string snapshot, copy;
    const Meanwhile meanwhile([&] {
        if (!copy.empty()) {
            (void)deleteVolume({ObjectKind::Volume, copy});
        }
        if (!snapshot.empty()) {
            (void)m_session.call(Service::Volume, "DELETE", pathOf("/snapshots/", snapshot), {});
            (void)awaitGone(Service::Volume, pathOf("/snapshots/", snapshot), 60s); // as long as it is there the volume cannot go
        }
    });
    if (wordIn(in(*about, "volume"), "status") != "available") {
        auto free = aside(volume, snapshot, progress);
        if (!free) {
            return free;
        }
        copy = std::move(*free);
    }
    const auto answer = m_session.call(Service::Volume, "POST", pathOf("/volumes/", copy.empty() ? volume : copy) + "/action",
        {{"os-volume_upload_image", {{"image_name", name}, {"disk_format", "qcow2"}, {"container_format", "bare"}, {"force", false}}}});
    if (!answer) {
        return tl::unexpected(answer.error());
    }
    auto image = wordIn(in(*answer, "os-volume_upload_image"), "image_id");
    if (image.empty()) {
        return refuse(Reason::Malformed, {{"file", "cinder"}, {"expected", "image_id"}});
    }
    const auto there = await(Service::Image, pathOf("/images/", image), "", isSettled, patienceBytes, &progress);
    if (there && wordIn(*there, "status") == "active") {
        return image;
    }
    (void)m_session.call(Service::Image, "DELETE", pathOf("/images/", image), {});
    return there ? Result<std::string>(refuse(Reason::Internal, {}, "cinder could not make an image of volume " + volume))
                 : tl::unexpected(there.error());
}

Result<> OpenStack::fetchVolume(const std::string &volume, const std::string &path, Progress &progress)
{
    const auto image = imageOf(volume, "portulan", progress);
    if (!image) {
        return tl::unexpected(image.error());
    }
    const Meanwhile meanwhile([&] { (void)m_session.call(Service::Image, "DELETE", pathOf("/images/", *image), {}); });
    return downloadImage(*image, path, progress);
}

Result<std::string> OpenStack::fetch(const Ref &ref, const std::string &path, Progress &progress)
{
    if (ref.kind != ObjectKind::Image) {
        return fetchVolume(ref.word, path, progress).map([] { return std::string("qcow2"); });
    }
    const auto image = m_session.get(Service::Image, pathOf("/images/", ref.word));
    const auto format = image ? wordIn(*image, "disk_format") : std::string();
    if (!image || (format != "raw" && format != "qcow2")) {
        return image ? Result<std::string>(refuse(Reason::Unsupported, {{"what", format}})) : tl::unexpected(image.error());
    }
    return downloadImage(ref.word, path, progress).map([&] { return format; });
}

/// What an earlier try with the same tag left, cut off.
Result<> OpenStack::sweep(const NewDisk &disk)
{
    const auto query = std::string("limit=500&") + tagKey + '=' + escaped(disk.tag) + '&' + idKey + '=' + escaped(disk.id.id);
    std::vector<Ref> left;
    auto done = m_session.each(Service::Image, "/images?" + query, "images", [&](const Json &image) {
        if (wordIn(image, tagKey) == disk.tag && wordIn(image, idKey) == disk.id.id) {
            left.push_back({ObjectKind::Image, wordIn(image, "id")});
        }
    });
    if (done && disk.id.kind == ObjectKind::Volume) {
        done = m_session.each(Service::Volume, "/volumes/detail?limit=1000", "volumes", [&](const Json &volume) {
            const auto &metadata = in(volume, "metadata");
            if (wordIn(metadata, tagKey) == disk.tag && wordIn(metadata, idKey) == disk.id.id) {
                left.push_back({ObjectKind::Volume, wordIn(volume, "id")});
            }
        });
    }
    for (const auto &ref : left) {
        done = done.and_then([&] { return ref.kind == ObjectKind::Image ? deleteImage(ref) : deleteVolume(ref); });
    }
    return done;
}

/// Cinder has written the bytes anew: what a machine would read is compared with what was sent.
Result<> OpenStack::readBack(const std::string &volume, const NewDisk &disk, Progress &progress)
{
    const Scrap back(disk.path + ".back");
    removeFile(back.path());
    const auto sent = fetchVolume(volume, back.path(), progress).and_then([&] { return openQcow2(disk.path, {}); });
    const auto held = sent ? openQcow2(back.path(), {}) : tl::unexpected(sent.error());
    return held ? compareBlocks(**sent, **held, progress) : tl::unexpected(held.error());
}

Result<Ref> OpenStack::deliver(const NewDisk &disk, Progress &progress)
{
    if (auto swept = sweep(disk); !swept) {
        return tl::unexpected(swept.error());
    }
    if (disk.id.kind == ObjectKind::Image) {
        return uploadImage(disk.name, disk, progress).map([](const std::string &id) { return Ref {ObjectKind::Image, id}; });
    }
    const auto image = uploadImage("portulan", disk, progress);
    if (!image) {
        return tl::unexpected(image.error());
    }
    const Meanwhile meanwhile([&] { (void)m_session.call(Service::Image, "DELETE", pathOf("/images/", *image), {}); });
    const Json form {
        {"name", disk.name}, {"size", wholeGib(disk.sizeBytes)}, {"imageRef", *image}, {"metadata", {{idKey, disk.id.id}, {tagKey, disk.tag}}}};
    const auto volume = makeVolume(form, patienceBytes, &progress);
    if (!volume) {
        return tl::unexpected(volume.error());
    }
    if (auto same = readBack(*volume, disk, progress); !same) {
        (void)deleteVolume({ObjectKind::Volume, *volume});
        return tl::unexpected(same.error());
    }
    return Ref {ObjectKind::Volume, *volume};
}

}
