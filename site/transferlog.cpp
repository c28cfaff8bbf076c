// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/transferlog.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace portulan::site {

namespace {
// parcel u32, chunk u64, digest 32, first 4 bytes of the SHA-256 over these 44; in this machine's byte order, the file never travels.
constexpr std::size_t recordBytes = 48;
constexpr std::size_t checkedBytes = 44;
constexpr std::size_t pageRecords = 1024;

unexpected<Problem> failed(std::string_view doing)
{
    const int error = errno;
    return refuse(error == ENOSPC || error == EDQUOT ? Reason::DiskFull : Reason::Internal, {{"what", "transfer log"}},
        std::string(doing) + ": " + std::strerror(error));
}

void put(const NotedChunk &chunk, std::byte *at)
{
    std::memcpy(at, &chunk.parcel, 4);
    std::memcpy(at + 4, &chunk.chunk, 8);
    std::memcpy(at + 12, chunk.digest.data(), chunk.digest.size());
    const auto check = sha256({at, checkedBytes});
    std::memcpy(at + checkedBytes, check.data(), recordBytes - checkedBytes);
}

std::vector<std::byte> packed(std::span<const NotedChunk> chunks)
{
    std::vector<std::byte> bytes(chunks.size() * recordBytes);
    for (std::size_t i = 0; i < chunks.size(); ++i) {
        put(chunks[i], &bytes[i * recordBytes]);
    }
    return bytes;
}

bool get(const std::byte *at, NotedChunk &chunk)
{
    const auto check = sha256({at, checkedBytes});
    std::memcpy(&chunk.parcel, at, 4);
    std::memcpy(&chunk.chunk, at + 4, 8);
    std::memcpy(chunk.digest.data(), at + 12, chunk.digest.size());
    return std::memcmp(at + checkedBytes, check.data(), recordBytes - checkedBytes) == 0;
}

Result<> writeAll(int file, std::span<const std::byte> bytes, std::uint64_t offset)
{
    while (!bytes.empty()) {
        const auto written = ::pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (written < 0 && errno != EINTR) {
            return failed("write");
        }
        if (written > 0) {
            bytes = bytes.subspan(std::size_t(written));
            offset += std::uint64_t(written);
        }
    }
    return {};
}
}

Result<std::unique_ptr<TransferLog>> TransferLog::open(
    const std::string &file, const Digest &subject, const std::function<void(const NotedChunk &)> &earlier)
{
    const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        return failed("open");
    }
    std::unique_ptr<TransferLog> log(new TransferLog(fd, file, subject));
    if (auto loaded = log->load(earlier); !loaded) {
        return unexpected(loaded.error());
    }
    return log;
}

TransferLog::~TransferLog()
{
    ::close(m_file);
}

Result<> TransferLog::load(const std::function<void(const NotedChunk &)> &earlier)
{
    Digest found {};
    m_end = m_subject.size();
    if (::pread(m_file, found.data(), found.size(), 0) != ssize_t(found.size()) || found != m_subject) {
        if (::ftruncate(m_file, 0) != 0) {
            return failed("truncate");
        }
        if (auto written = writeAll(m_file, m_subject, 0); !written) {
            return written;
        }
        return ::fdatasync(m_file) == 0 ? Result<>() : failed("sync");
    }
    std::array<std::byte, recordBytes * pageRecords> page;
    for (bool more = true; more;) {
        const auto got = ::pread(m_file, page.data(), page.size(), static_cast<off_t>(m_end));
        if (got < 0) {
            return failed("read");
        }
        more = false;
        for (std::size_t at = 0; at + recordBytes <= std::size_t(got); at += recordBytes) {
            NotedChunk chunk;
            more = get(&page[at], chunk);
            if (!more) { // a torn end: the next append writes over it
                break;
            }
            earlier(chunk);
            m_end += recordBytes;
        }
    }
    return {};
}

Result<> TransferLog::append(std::span<const NotedChunk> chunks)
{
    if (chunks.empty()) {
        return {};
    }
    if (auto named = syncName(); !named) {
        return named;
    }
    const auto bytes = packed(chunks);
    if (auto written = writeAll(m_file, bytes, m_end); !written) {
        return written;
    }
    if (::fdatasync(m_file) != 0) {
        return failed("sync");
    }
    m_end += bytes.size();
    return {};
}

std::uint64_t TransferLog::records() const
{
    return (m_end - m_subject.size()) / recordBytes;
}

Result<> TransferLog::rewrite(const std::function<std::optional<NotedChunk>()> &next)
{
    const auto path = m_path + ".new";
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) {
        return failed("open");
    }
    TransferLog renewed(fd, m_path, m_subject);
    auto done = writeAll(fd, m_subject, 0);
    renewed.m_end = m_subject.size();
    std::vector<NotedChunk> page;
    const auto write = [&] {
        const auto bytes = packed(page);
        done = writeAll(fd, bytes, renewed.m_end);
        renewed.m_end += bytes.size();
        page.clear();
    };
    for (auto chunk = next(); done && chunk; chunk = next()) {
        page.push_back(*chunk);
        if (page.size() == pageRecords) {
            write();
        }
    }
    if (done) {
        write();
    }
    if (done && (::fdatasync(fd) != 0 || ::rename(path.c_str(), m_path.c_str()) != 0)) {
        done = failed("sync");
    }
    if (!done) {
        ::unlink(path.c_str());
        return done;
    }
    std::swap(m_file, renewed.m_file);
    m_end = renewed.m_end;
    m_isNamed = false;
    return syncName();
}

Result<> TransferLog::syncName()
{
    const int directory = m_isNamed ? -1 : ::open(m_path.substr(0, m_path.rfind('/') + 1).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    m_isNamed = m_isNamed || (directory >= 0 && ::fsync(directory) == 0);
    auto outcome = m_isNamed ? Result<>() : failed("sync directory");
    ::close(directory);
    return outcome;
}

}
