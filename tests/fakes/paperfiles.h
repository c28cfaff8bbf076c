// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/credentials.h"
#include "site/dataplanetls.h"

#include <filesystem>
#include <fstream>
#include <sys/stat.h>

namespace portulan::test {

/// A federation's authority and the files of those it vouches for, in a directory of the test's.
class PaperFiles {
public:
    explicit PaperFiles(std::string directory)
        : m_directory(std::move(directory))
        , m_now(std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()))
        , m_authority(makeAuthority("test federation", m_now - std::chrono::hours(1), m_now + std::chrono::hours(24)).value())
    {
        std::filesystem::create_directories(m_directory);
        write("authority.pem", m_authority.certificatePem);
    }
    /// Asked again, a new key and certificate in the same files.
    site::Credentials site(const std::string &id, std::chrono::milliseconds good = std::chrono::hours(24))
    {
        return give({.kind = Bearer::Kind::Site, .id = id}, good);
    }
    /// The same, of a certificate that was not valid before that second.
    site::Credentials renewed(const std::string &id, Instant from)
    {
        m_from = from;
        auto made = site(id);
        m_from = m_now - std::chrono::hours(1);
        return made;
    }
    site::Credentials user(const std::string &id) { return give({.kind = Bearer::Kind::User, .id = id}); }

private:
    site::Credentials give(const Bearer &who, std::chrono::milliseconds good = std::chrono::hours(24))
    {
        const auto until = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now() + good);
        const auto pair = issue(m_authority, who, m_from, std::min(until, m_now + std::chrono::hours(24))).value();
        write(who.id + ".pem", pair.certificatePem);
        write(who.id + ".key", pair.keyPem);
        return {m_directory + "/authority.pem", m_directory + '/' + who.id + ".pem", m_directory + '/' + who.id + ".key"};
    }
    void write(const std::string &name, const std::string &text)
    {
        const auto path = m_directory + '/' + name;
        std::ofstream(path + ".new") << text;
        ::chmod((path + ".new").c_str(), 0600);
        std::filesystem::rename(path + ".new", path);
    }
    std::string m_directory;
    Instant m_now;
    Instant m_from = m_now - std::chrono::hours(1);
    KeyAndCertificate m_authority;
};

}
