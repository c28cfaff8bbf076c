// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/result.h"

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace portulan::site {

/// Owns one file descriptor.
class Fd {
public:
    Fd() = default;
    explicit Fd(int fd)
        : m_fd(fd)
    {
    }
    Fd(Fd &&other) noexcept
        : m_fd(std::exchange(other.m_fd, -1))
    {
    }
    Fd &operator=(Fd &&other) noexcept
    {
        std::swap(m_fd, other.m_fd);
        return *this;
    }
    ~Fd();
    int get() const { return m_fd; }
    explicit operator bool() const { return m_fd >= 0; }
    void close();
    int release() { return std::exchange(m_fd, -1); } ///< somebody else closes it

private:
    int m_fd = -1;
};

/// What errno means to a caller: DiskFull where there is no room (ENOSPC, EDQUOT, EFBIG), NotFound for a missing file, else Internal.
Problem ioProblem(int error, std::string_view what, const std::string &path);
tl::unexpected<Problem> ioRefusal(std::string_view what, const std::string &path); ///< from errno

/// Opened close-on-exec; new files have mode 0600.
Result<Fd> openFile(const std::string &path, int flags);
Result<std::uint64_t> fileSize(int fd);
/// Bytes the file occupies on the storage; 0 if it is not there.
std::int64_t allocatedBytes(const std::string &path);

/// Reads exactly; what lies beyond the end of the file reads as zeros (so does an image file cut short).
Result<> readAt(int fd, std::uint64_t offset, std::span<std::byte> into);
Result<> writeAt(int fd, std::uint64_t offset, std::span<const std::byte> bytes);
Result<> syncFile(int fd);
/// What is read there next comes from the storage, if what was written is synced. `length` 0: to the end.
void dropCached(int fd, std::uint64_t offset, std::uint64_t length);
void readAhead(int fd, std::uint64_t offset, std::uint64_t length); ///< it will be read soon
Result<> syncDirectory(const std::string &path);
/// rename() that has happened, names and all, when it returns.
Result<> renameDurably(const std::string &from, const std::string &to);
Result<> makeDirectory(const std::string &path); ///< mode 0700; may be there already
/// Whole copy that keeps holes, synced.
Result<> copyFile(const std::string &from, const std::string &to);
Result<std::string> readText(const std::string &path, std::size_t atMost);
void removeFile(const std::string &path); ///< gone is fine

bool isZero(std::span<const std::byte> bytes);
std::string parentOf(const std::string &path);

/// Removes a file at the end of the scope unless kept.
class Scrap {
public:
    explicit Scrap(std::string path)
        : m_path(std::move(path))
    {
    }
    ~Scrap();
    Scrap(const Scrap &) = delete;
    Scrap &operator=(const Scrap &) = delete;
    const std::string &path() const { return m_path; }
    void keep() { m_path.clear(); }

private:
    std::string m_path;
};

}
