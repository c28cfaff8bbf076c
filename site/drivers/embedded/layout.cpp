// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/embedded/layout.h"

#include <atomic>
#include <filesystem>
#include <unistd.h>

namespace portulan::site::embedded {

Result<Layout> Layout::prepare(const std::string &root)
{
    Layout layout;
    std::error_code error;
    std::filesystem::create_directories(root, error);
    layout.m_root = std::filesystem::canonical(root, error).string();
    if (error) {
        return refuse(Reason::Internal, {{"file", root}}, error.message());
    }
    std::filesystem::permissions(layout.m_root, std::filesystem::perms::owner_all, error);
    for (const auto *part : {"/volumes", "/images", "/snapshots", "/machines", "/objects", "/tests", "/tmp"}) {
        if (auto made = makeDirectory(layout.m_root + part); !made) {
            return tl::unexpected(made.error());
        }
    }
    for (const auto &name : layout.files("tmp")) {
        removeFile(layout.m_root + "/tmp/" + name);
    }
    return layout;
}

std::string Layout::scrap(const std::string &ending) const
{
    static std::atomic<unsigned> number;
    return m_root + "/tmp/" + std::to_string(::getpid()) + '-' + std::to_string(++number) + ending;
}

std::vector<std::string> Layout::files(const std::string &part) const
{
    std::vector<std::string> names;
    std::error_code error;
    for (std::filesystem::directory_iterator entry(m_root + '/' + part, error), end; !error && entry != end; entry.increment(error)) {
        names.push_back(entry->path().filename().string());
    }
    return names;
}

}
