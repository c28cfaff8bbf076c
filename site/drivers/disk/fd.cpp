// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/disk/fd.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace portulan::site {

Fd::~Fd()
{
    close();
}

void Fd::close()
{
    if (m_fd >= 0) {
        ::close(std::exchange(m_fd, -1));
    }
}

Problem ioProblem(int error, std::string_view what, const std::string &path)
{
    const Reason reason = error == ENOSPC || error == EDQUOT || error == EFBIG ? Reason::DiskFull
        : error == ENOENT                                                      ? Reason::NotFound
                                                                               : Reason::Internal;
    return {reason, {}, std::string(what) + ' ' + path + ": " + std::strerror(error)};
}

tl::unexpected<Problem> ioRefusal(std::string_view what, const std::string &path)
{
    return tl::unexpected(ioProblem(errno, what, path));
}

Result<Fd> openFile(const std::string &path, int flags)
{
    Fd fd(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!fd) {
        return ioRefusal("open", path);
    }
    return fd;
}

Result<std::uint64_t> fileSize(int fd)
{
    struct stat info { };
    if (::fstat(fd, &info) != 0) {
        return ioRefusal("stat", {});
    }
    return static_cast<std::uint64_t>(info.st_size);
}

std::int64_t allocatedBytes(const std::string &path)
{
    struct stat info { };
    return ::stat(path.c_str(), &info) == 0 ? std::int64_t(info.st_blocks) * 512 : 0;
}

Result<> readAt(int fd, std::uint64_t offset, std::span<std::byte> into)
{
    while (!into.empty()) {
        const ssize_t got = ::pread(fd, into.data(), into.size(), static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return ioRefusal("read", {});
        }
        if (got == 0) {
            std::ranges::fill(into, std::byte {0});
            return {};
        }
        offset += static_cast<std::uint64_t>(got);
        into = into.subspan(static_cast<std::size_t>(got));
    }
    return {};
}

Result<> writeAt(int fd, std::uint64_t offset, std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        const ssize_t put = ::pwrite(fd, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put < 0) {
            return ioRefusal("write", {});
        }
        offset += static_cast<std::uint64_t>(put);
        bytes = bytes.subspan(static_cast<std::size_t>(put));
    }
    return {};
}

Result<> syncFile(int fd)
{
    if (::fdatasync(fd) != 0) {
        return ioRefusal("sync", {});
    }
    return {};
}

void dropCached(int fd, std::uint64_t offset, std::uint64_t length)
{
    (void)::posix_fadvise(fd, static_cast<off_t>(offset), static_cast<off_t>(length), POSIX_FADV_DONTNEED); // advice: nothing depends on it
}

void readAhead(int fd, std::uint64_t offset, std::uint64_t length)
{
    (void)::posix_fadvise(fd, static_cast<off_t>(offset), static_cast<off_t>(length), POSIX_FADV_WILLNEED);
}

Result<> syncDirectory(const std::string &path)
{
    const auto directory = openFile(path, O_RDONLY | O_DIRECTORY);
    if (!directory) {
        return tl::unexpected(directory.error());
    }
    if (::fsync(directory->get()) != 0) {
        return ioRefusal("sync", path);
    }
    return {};
}

Result<> renameDurably(const std::string &from, const std::string &to)
{
    if (::rename(from.c_str(), to.c_str()) != 0) {
        return ioRefusal("rename", from);
    }
    return syncDirectory(parentOf(to));
}

Result<> makeDirectory(const std::string &path)
{
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) {
        return ioRefusal("make directory", path);
    }
    return {};
}

Result<> copyFile(const std::string &from, const std::string &to)
{
    auto in = openFile(from, O_RDONLY);
    if (!in) {
        return tl::unexpected(in.error());
    }
    auto out = openFile(to, O_WRONLY | O_CREAT | O_TRUNC);
    if (!out) {
        return tl::unexpected(out.error());
    }
    const auto size = fileSize(in->get());
    if (!size) {
        return tl::unexpected(size.error());
    }
    const auto end = static_cast<off_t>(*size);
    if (::ftruncate(out->get(), end) != 0) {
        return ioRefusal("write", to);
    }
    std::vector<std::byte> buffer(1 << 20);
    for (off_t at = ::lseek(in->get(), 0, SEEK_DATA); at >= 0 && at < end; at = ::lseek(in->get(), at, SEEK_DATA)) {
        for (const off_t stop = ::lseek(in->get(), at, SEEK_HOLE); at < stop;) {
            const std::span piece(buffer.data(), std::min<std::size_t>(buffer.size(), static_cast<std::size_t>(stop - at)));
            if (auto done = readAt(in->get(), static_cast<std::uint64_t>(at), piece); !done) {
                return done;
            }
            if (auto done = writeAt(out->get(), static_cast<std::uint64_t>(at), piece); !done) {
                return done;
            }
            at += static_cast<off_t>(piece.size());
        }
    }
    return syncFile(out->get());
}

Result<std::string> readText(const std::string &path, std::size_t atMost)
{
    const auto file = openFile(path, O_RDONLY);
    if (!file) {
        return tl::unexpected(file.error());
    }
    std::string text(atMost, '\0');
    std::size_t length = 0;
    while (length < atMost) {
        const ssize_t got = ::read(file->get(), text.data() + length, atMost - length);
        if (got < 0 && errno != EINTR) {
            return ioRefusal("read", path);
        }
        if (got == 0) {
            break;
        }
        length += got > 0 ? static_cast<std::size_t>(got) : 0;
    }
    text.resize(length);
    return text;
}

void removeFile(const std::string &path)
{
    ::unlink(path.c_str());
}

bool isZero(std::span<const std::byte> bytes)
{
    return bytes.empty() || (bytes[0] == std::byte {0} && std::memcmp(bytes.data(), bytes.data() + 1, bytes.size() - 1) == 0);
}

std::string parentOf(const std::string &path)
{
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

Scrap::~Scrap()
{
    if (!m_path.empty()) {
        removeFile(m_path);
    }
}

}
