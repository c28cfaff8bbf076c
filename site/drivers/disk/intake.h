// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/hasher.h"
#include "site/driver.h"
#include "site/drivers/disk/fd.h"

namespace portulan::site {

/// A disk file coming in. It is a stranger's: read natively or by qemu-img under limits, always by a stated format, and written anew, so that
/// nobody else opens a header that somebody made. Its files are gone with this.
class Intake {
public:
    struct Wanted {
        std::string directory; ///< for its files
        std::string name; ///< of the file, for who reads an error
        std::string format; ///< empty: recognise
        std::string sha256; ///< empty: any
        std::int64_t fileBytes = 0; ///< 0: any
        std::string qemuImg; ///< empty: not installed
    };
    struct Disk {
        std::int64_t sizeBytes = 0; ///< as the guest sees it
        std::int64_t fileBytes = 0; ///< as it came
        std::string sha256; ///< of the file as it came
        bool isBootable = false;
        std::map<std::string, std::string> labels {}; ///< what an OVA says of its machine: "ovf-name", "ovf-vcpus", "ovf-ram-mib"
    };
    explicit Intake(Wanted wanted);
    Result<> open();
    Result<> write(std::span<const std::byte> bytes); ///< TooLarge{what, limit, size}
    /// Once all has come: a qcow2 at path(), with nothing behind it. `mayTake` is asked once the disk's size is known, before bytes are written where
    /// that can be. Integrity{where}, Malformed, Unsupported{what}.
    Result<Disk> convert(const std::function<Result<>(std::int64_t sizeBytes)> &mayTake, Progress &progress);
    const std::string &path() const { return m_disk.path(); }
    void keep() { m_disk.keep(); } ///< what is at path() is somebody's by now

    /// "volume.import.vmdk"…; without qemu-img few.
    static std::vector<std::string> capabilities(bool hasQemuImg);
    static bool isKnown(const std::string &format, bool hasQemuImg);

private:
    Result<> arrived();
    Result<std::string> format() const;
    Result<> throughTool(const std::string &format, std::uint64_t offset, std::uint64_t bytes, Progress &progress);
    Result<> outOfArchive(Disk &disk, Progress &progress);

    const Wanted m_wanted;
    Scrap m_part;
    Scrap m_disk;
    Fd m_file;
    Hasher m_hasher;
    std::int64_t m_size = 0;
    std::string m_sha256;
};

}
