// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "app/ctl/guestdisk.h"

#include "app/ctl/nbdimage.h"

#include <QFile>
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace portulan::ctl {

namespace {
// What vmdk and its like may add to fill a last block.
constexpr std::uint64_t mostFilling = 65536;

/// A file of bytes; its holes are known.
class RawImage final : public DiskImage {
public:
    explicit RawImage(QFile &file)
        : m_file(file)
    {
    }
    std::uint64_t sizeBytes() const override { return std::uint64_t(m_file.size()); }
    Result<std::uint64_t> dataFrom(std::uint64_t offset) override
    {
        const auto at = ::lseek(m_file.handle(), off_t(offset), SEEK_DATA);
        return at >= 0 ? std::uint64_t(at) : errno == ENXIO ? sizeBytes() : offset;
    }
    Result<> read(std::uint64_t offset, std::span<std::byte> into) override
    {
        while (!into.empty()) {
            const auto got = ::pread(m_file.handle(), into.data(), into.size(), off_t(offset));
            if (got <= 0 && !(got < 0 && errno == EINTR)) {
                return refuse(Reason::Internal, {{"file", m_file.fileName().toStdString()}}, got == 0 ? "it ends early" : std::strerror(errno));
            }
            into = into.subspan(std::size_t(std::max<ssize_t>(got, 0)));
            offset += std::uint64_t(std::max<ssize_t>(got, 0));
        }
        return {};
    }

private:
    QFile &m_file;
};

/// What QEMU calls the format of a file that is not raw; empty: it is.
QString formatOf(QFile &file)
{
    const auto head = file.read(512);
    if (head.startsWith("QFI\xfb")) {
        return QStringLiteral("qcow2");
    }
    if (head.startsWith("KDMV") || head.startsWith("COWD") || head.startsWith("# Disk DescriptorFile")) {
        return QStringLiteral("vmdk");
    }
    if (head.startsWith("vhdxfile")) {
        return QStringLiteral("vhdx");
    }
    return head.size() >= 68 && std::memcmp(head.constData() + 64, "\x7f\x10\xda\xbe", 4) == 0 ? QStringLiteral("vdi") : QString();
}

bool isZero(std::span<const std::byte> bytes)
{
    return std::ranges::all_of(bytes, [](std::byte b) { return b == std::byte {0}; });
}

Result<> demandFilling(DiskImage &image, std::uint64_t from)
{
    std::vector<std::byte> bytes(std::size_t(image.sizeBytes() - from));
    return image.read(from, bytes).and_then([&] {
        return isZero(bytes) ? Result<>() : refuse(Reason::Integrity, {{"where", "the end of the disk"}});
    });
}

Result<Digest> rootOver(DiskImage &image, const GuestDisk &disk)
{
    const auto size = disk.certifiedBytes;
    const auto other = image.sizeBytes();
    if (other < size || other - size >= mostFilling) {
        return refuse(Reason::Integrity,
            {{"where", disk.path.toStdString()}, {"expected", std::to_string(size) + " bytes"}, {"found", std::to_string(other) + " bytes"}});
    }
    if (auto filled = demandFilling(image, size); !filled) {
        return tl::unexpected(filled.error());
    }
    Manifest manifest(size);
    std::vector<std::byte> bytes(Manifest::chunkBytes);
    for (std::uint64_t at = 0; at < size;) {
        const auto data = image.dataFrom(at);
        if (!data) {
            return tl::unexpected(data.error());
        }
        const auto chunk = std::size_t(std::min(*data, size) / Manifest::chunkBytes);
        at = std::max(at, std::uint64_t(chunk) * Manifest::chunkBytes);
        if (*data >= size) {
            break; // zeros to the end
        }
        const auto piece = std::span(bytes).first(manifest.sizeOf(chunk));
        if (auto got = image.read(at, piece); !got) {
            return tl::unexpected(got.error());
        }
        if (!isZero(piece)) {
            manifest.set(chunk, Manifest::digestOf(piece));
        }
        at += piece.size();
        if (disk.done) {
            *disk.done = std::int64_t(at);
        }
    }
    return manifest.root();
}
}

Result<Digest> rootOf(const GuestDisk &disk)
{
    QFile file(disk.path);
    if (!file.open(QIODevice::ReadOnly)) {
        return refuse(Reason::NotFound, {{"what", "file"}, {"id", disk.path.toStdString()}}, file.errorString().toStdString());
    }
    // A disk may begin like another format's file: one of the certified length is that disk.
    const auto format = std::uint64_t(file.size()) == disk.certifiedBytes ? QString() : formatOf(file);
    if (format.isEmpty()) {
        RawImage image(file);
        return rootOver(image, disk);
    }
    auto image = NbdImage::open(disk.path, format);
    return image ? rootOver(**image, disk) : Result<Digest>(tl::unexpected(image.error()));
}

}
