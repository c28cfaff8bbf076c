// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/digestpages.h"

#include <fcntl.h>
#include <unistd.h>

namespace portulan {

namespace {

constexpr std::size_t pageBytes = DigestPages::pageDigests * sizeof(Digest);

/// Gone with its descriptor, whatever becomes of the process.
int openNameless(const std::string &directory)
{
    const int fd = ::open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0) {
        return fd;
    }
    auto name = directory + "/digests-XXXXXX"; // not every file system has files without names
    const int named = ::mkostemp(name.data(), O_CLOEXEC);
    if (named >= 0) {
        ::unlink(name.c_str());
    }
    return named;
}

}

DigestPages::File::~File()
{
    ::close(fd);
}

DigestPages::DigestPages(std::size_t pages, std::string asideIn)
    : m_pages(pages)
    , m_asideIn(std::move(asideIn))
{
}

Digest *DigestPages::make(std::size_t page)
{
    auto &one = m_pages[page];
    if (one.made) {
        return load(page);
    }
    makeRoom();
    one.digests = std::make_unique<Digest[]>(pageDigests);
    one.made = true;
    m_here.push_back(page);
    return one.digests.get();
}

Digest *DigestPages::load(std::size_t page) const
{
    auto &one = m_pages[page];
    if (!one.digests) {
        makeRoom();
        one.digests = std::make_unique<Digest[]>(pageDigests);
        if (::pread(m_file->fd, one.digests.get(), pageBytes, static_cast<off_t>(page * pageBytes)) != ssize_t(pageBytes)) {
            std::fill_n(one.digests.get(), pageDigests, Digest {});
        }
        m_here.push_back(page);
    }
    return one.digests.get();
}

/// In the order in which they came: a disk is read and written forwards.
void DigestPages::makeRoom() const
{
    while (!m_asideIn.empty() && !m_full && m_here.size() >= kept) {
        if (putAside(m_here.front())) {
            m_here.pop_front();
        } else {
            m_full = true;
        }
    }
}

bool DigestPages::putAside(std::size_t page) const
{
    if (!m_file) {
        const int fd = openNameless(m_asideIn);
        if (fd < 0) {
            return false;
        }
        m_file = std::make_unique<File>(fd);
    }
    auto &digests = m_pages[page].digests;
    if (::pwrite(m_file->fd, digests.get(), pageBytes, static_cast<off_t>(page * pageBytes)) != ssize_t(pageBytes)) {
        return false;
    }
    digests.reset();
    return true;
}

}
