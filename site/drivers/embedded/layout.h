// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/disk/fd.h"

namespace portulan::site::embedded {

/// Where things lie in the driver's directory. Names are ids, which hold no '/' or '.'.
class Layout {
public:
    Layout() = default;
    /// Makes the directories; `root` becomes absolute. What was half done is swept away.
    static Result<Layout> prepare(const std::string &root);

    const std::string &root() const { return m_root; }
    std::string database() const { return m_root + "/driver.db"; }
    std::string disk(const std::string &volume) const { return m_root + "/volumes/" + volume + ".qcow2"; }
    std::string image(const std::string &image) const { return m_root + "/images/" + image + ".qcow2"; }
    /// As an image's header names what is behind a volume.
    static std::string imageBehind(const std::string &image) { return "../images/" + image + ".qcow2"; }
    std::string snapshotCopy(const std::string &snapshot, const std::string &volume) const
    {
        return m_root + "/snapshots/" + snapshot + '.' + volume + ".qcow2";
    }
    std::string machine(const std::string &instance) const { return m_root + "/machines/" + instance; }
    std::string test(const std::string &instance) const { return m_root + "/tests/" + instance; } ///< of a machine that runs for a test only
    std::string object(const std::string &file) const { return m_root + "/objects/" + file.substr(0, 2) + '/' + file; }
    std::string scrap(const std::string &ending) const; ///< a new name in a place that is emptied at each start
    std::vector<std::string> files(const std::string &part) const; ///< names in a part ("volumes", "objects/ab"…)

private:
    std::string m_root;
};

}
