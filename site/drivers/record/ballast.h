// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>

namespace portulan::site {

/// A file of a quarter MiB that is given up when the disk is full, so that something can still be put on record: that something else goes.
class Ballast {
public:
    Ballast() = default;
    explicit Ballast(std::string path)
        : m_path(std::move(path))
    {
    }
    bool drop(); ///< whether there was any
    void restore(); ///< as soon as there is room for it

private:
    std::string m_path;
    bool m_there = false;
};

}
