// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <array>
#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace portulan {

using Digest = std::array<std::byte, 32>;

/// Digests in pages of which most were never set. With a directory, those not asked for lately are put aside in a file without a name there, so
/// that they take little memory, however many they are. Where that file has no room they stay in memory; one that cannot be read any more gives
/// digests of nothing.
class DigestPages {
public:
    static constexpr std::size_t pageDigests = 64;
    static constexpr std::size_t kept = 1024; ///< pages in memory: 2 MiB, of 64 GiB of disk
    explicit DigestPages(std::size_t pages, std::string asideIn = {});
    DigestPages(DigestPages &&) = default;
    DigestPages &operator=(DigestPages &&) = default;
    ~DigestPages() = default;
    std::size_t pages() const { return m_pages.size(); }
    /// None if it was never made. Good until the next call.
    const Digest *find(std::size_t page) const { return m_pages[page].made ? load(page) : nullptr; }
    /// To be written; if it is new, all are digests of nothing.
    Digest *make(std::size_t page);

private:
    struct File {
        explicit File(int opened)
            : fd(opened)
        {
        }
        ~File();
        File(const File &) = delete;
        File &operator=(const File &) = delete;
        const int fd;
    };
    struct Page {
        std::unique_ptr<Digest[]> digests; ///< none, but made: in the file
        bool made = false;
    };
    Digest *load(std::size_t page) const;
    void makeRoom() const;
    bool putAside(std::size_t page) const;

    mutable std::vector<Page> m_pages;
    mutable std::deque<std::size_t> m_here; ///< in memory, the oldest first
    std::string m_asideIn;
    mutable std::unique_ptr<File> m_file;
    mutable bool m_full = false; ///< nothing more can be put aside
};

}
