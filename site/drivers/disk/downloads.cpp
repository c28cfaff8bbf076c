// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/disk/downloads.h"

#include <algorithm>
#include <fcntl.h>

namespace portulan::site {

namespace {

class FileDownload final : public Download {
public:
    FileDownload(Fd file, std::uint64_t size, const std::string &scrap)
        : m_file(std::move(file))
        , m_size(size)
        , m_scrap(scrap)
    {
    }
    std::int64_t totalBytes() const override { return static_cast<std::int64_t>(m_size); }
    Result<std::size_t> read(std::span<std::byte> into) override
    {
        const auto part = into.first(static_cast<std::size_t>(std::min<std::uint64_t>(into.size(), m_size - m_at)));
        return readAt(m_file.get(), m_at, part).map([&] {
            m_at += part.size();
            return part.size();
        });
    }

private:
    Fd m_file;
    std::uint64_t m_size;
    std::uint64_t m_at = 0;
    Scrap m_scrap;
};

class DiskDownload final : public Download {
public:
    DiskDownload(std::unique_ptr<BlockReader> reader, std::shared_ptr<void> guard)
        : m_guard(std::move(guard))
        , m_reader(std::move(reader))
    {
    }
    std::int64_t totalBytes() const override { return static_cast<std::int64_t>(m_reader->sizeBytes()); }
    Result<std::size_t> read(std::span<std::byte> into) override
    {
        const auto part = into.first(static_cast<std::size_t>(std::min<std::uint64_t>(into.size(), m_reader->sizeBytes() - m_at)));
        return m_reader->read(m_at, part).map([&] {
            m_at += part.size();
            return part.size();
        });
    }

private:
    std::shared_ptr<void> m_guard;
    std::unique_ptr<BlockReader> m_reader;
    std::uint64_t m_at = 0;
};

}

Result<std::unique_ptr<Download>> downloadFile(const std::string &path, const std::string &scrap)
{
    auto file = openFile(path, O_RDONLY);
    if (!file) {
        return tl::unexpected(file.error());
    }
    const auto size = fileSize(file->get());
    if (!size) {
        return tl::unexpected(size.error());
    }
    return std::make_unique<FileDownload>(std::move(*file), *size, scrap);
}

std::unique_ptr<Download> downloadDisk(std::unique_ptr<BlockReader> reader, std::shared_ptr<void> guard)
{
    return std::make_unique<DiskDownload>(std::move(reader), std::move(guard));
}

}
