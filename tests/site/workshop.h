// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>

namespace portulan::tests {

/// A directory of one test, gone with it.
class Workshop {
public:
    Workshop()
    {
        std::string name = (std::filesystem::temp_directory_path() / "portulan-XXXXXX").string();
        m_path = ::mkdtemp(name.data());
    }
    ~Workshop()
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    Workshop(const Workshop &) = delete;
    Workshop &operator=(const Workshop &) = delete;

    std::string path(const std::string &name) const { return m_path + '/' + name; }
    /// Exit code of a shell command run in the directory.
    int run(const std::string &command) const { return std::system(("cd '" + m_path + "' && { " + command + "; }").c_str()); }
    void write(const std::string &name, std::span<const std::byte> bytes) const
    {
        std::ofstream(path(name), std::ios::binary).write(reinterpret_cast<const char *>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    }

private:
    std::string m_path;
};

}
