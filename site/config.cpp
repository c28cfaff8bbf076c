// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/config.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <functional>
#include <set>
#include <toml++/toml.h>

namespace portulan::site {

namespace {

constexpr std::int64_t maxRate = std::int64_t(1) << 40;
constexpr std::int64_t maxAtOnce = 1000;
constexpr std::size_t maxRates = 24;

std::string lineOf(const toml::node &node)
{
    return std::to_string(node.source().begin.line);
}

/// Reads one table of the file and remembers the first thing wrong with it.
class Section {
public:
    Section(const std::string &file, const std::string &name, const toml::table *table, std::string line)
        : m_file(file)
        , m_name(name)
        , m_table(table)
        , m_line(std::move(line))
    {
    }

    std::string text(const std::string &key, const std::string &fallback) { return read<std::string>(key, "a text").value_or(fallback); }
    std::string demanded(const std::string &key)
    {
        auto value = read<std::string>(key, "a text").value_or(std::string());
        if (value.empty()) {
            complain(key, "a text that is not empty", m_line);
        }
        return value;
    }
    /// A list of texts that are not empty, at least one of them.
    std::vector<std::string> demandedList(const std::string &key)
    {
        m_asked.insert(key);
        const auto *node = m_table ? m_table->get(key) : nullptr;
        std::vector<std::string> values;
        if (const auto *list = node ? node->as_array() : nullptr) {
            for (const auto &one : *list) {
                values.push_back(one.value_exact<std::string>().value_or(std::string()));
            }
        }
        if (values.empty() || std::ranges::count(values, std::string()) > 0) {
            complain(key, "a list of texts that are not empty", lineFor(key));
            values.clear();
        }
        return values;
    }
    std::int64_t number(const std::string &key, std::int64_t fallback, std::int64_t least, std::int64_t most)
    {
        const std::string expected = "a whole number from " + std::to_string(least) + " to " + std::to_string(most);
        const auto value = read<std::int64_t>(key, expected);
        if (value && (*value < least || *value > most)) {
            complain(key, expected, lineOf(*m_table->get(key)));
        }
        return value.value_or(fallback);
    }
    /// A path, made absolute against the file's directory.
    std::string path(const std::string &key, bool isDemanded)
    {
        const auto value = isDemanded ? demanded(key) : text(key, {});
        return value.empty() ? value : (std::filesystem::path(m_file).parent_path() / value).lexically_normal().string();
    }
    std::string address(const std::string &key, const std::string &fallback)
    {
        const auto value = text(key, fallback);
        const auto colon = value.rfind(':');
        unsigned port = 65536;
        if (colon != std::string::npos && colon > 0) {
            const auto *end = value.data() + value.size();
            if (std::from_chars(value.data() + colon + 1, end, port).ptr != end || colon + 1 == value.size()) {
                port = 65536;
            }
        }
        if (port > 65535 && !value.empty()) {
            complain(key, "host:port", m_table && m_table->get(key) ? lineOf(*m_table->get(key)) : m_line);
        }
        return value;
    }
    void complain(const std::string &key, const std::string &expected, const std::string &line)
    {
        if (!m_problem) {
            m_problem = {Reason::InvalidArgument, {{"file", m_file}, {"line", line}, {"field", m_name + '.' + key}, {"expected", expected}}, {}};
        }
    }
    std::string lineFor(const std::string &key) const { return m_table && m_table->get(key) ? lineOf(*m_table->get(key)) : m_line; }
    /// What is wrong, if anything; keys that were never asked for are.
    std::optional<Problem> end()
    {
        std::string known;
        for (const auto &key : m_asked) {
            known += (known.empty() ? "" : ", ") + key;
        }
        if (m_table) {
            for (const auto &[key, node] : *m_table) {
                if (!m_asked.contains(std::string(key.str()))) {
                    complain(std::string(key.str()), "one of " + known, lineOf(node));
                }
            }
        }
        return m_problem;
    }

private:
    template <typename T>
    std::optional<T> read(const std::string &key, const std::string &expected)
    {
        m_asked.insert(key);
        const auto *node = m_table ? m_table->get(key) : nullptr;
        if (!node) {
            return std::nullopt;
        }
        const auto value = node->value_exact<T>();
        if (!value) {
            complain(key, expected, lineOf(*node));
        }
        return value;
    }

    std::string m_file;
    std::string m_name;
    const toml::table *m_table;
    std::string m_line;
    std::set<std::string> m_asked;
    std::optional<Problem> m_problem;
};

/// The whole file, section after section.
class Reader {
public:
    Reader(const std::string &file, const toml::table &root)
        : m_file(file)
        , m_root(root)
    {
    }

    Result<Config> read()
    {
        m_config.file = m_file;
        refuseUnknownSections();
        readSite();
        readTls();
        readRest();
        each("grant", [this](Section &row) {
            GrantRow grant {row.demanded("who"), row.demanded("role"), row.demanded("project")};
            static const std::set<std::string> roles = {"viewer", "operator", "administrator", "auditor"};
            if (!roles.contains(grant.role)) {
                row.complain("role", "viewer, operator, administrator or auditor", row.lineFor("role"));
            }
            if (!grant.who.starts_with("user/")) {
                row.complain("who", "user/NAME, as the certificate has it", row.lineFor("who"));
            }
            if (grant.project != "*" && !isId(grant.project)) {
                row.complain("project", "a project id or *", row.lineFor("project"));
            }
            m_config.grants.push_back(std::move(grant));
        });
        each("peer", [this](Section &row) {
            PeerRow peer {row.demanded("site"), row.address("endpoint", {})};
            if (!isId(peer.site)) {
                row.complain("site", "a site id", row.lineFor("site"));
            }
            m_config.peers.push_back(std::move(peer));
        });
        each("kubernetes", [this](Section &row) {
            KubernetesRow cluster {row.demanded("id"), row.text("name", {}), row.path("kubeconfig", true), row.text("context", {}),
                row.text("project", "default"), static_cast<int>(row.number("interval_seconds", 60, 5, 3600))};
            const bool isTwice = std::ranges::any_of(m_config.clusters, [&](const auto &other) { return other.id == cluster.id; });
            if (!isId(cluster.id) || isTwice) {
                row.complain("id", "an id that no other cluster has", row.lineFor("id"));
            }
            if (!isId(cluster.project)) {
                row.complain("project", "a project id", row.lineFor("project"));
            }
            m_config.clusters.push_back(std::move(cluster));
        });
        readBandwidth();
        if (m_problem) {
            return tl::unexpected(*m_problem);
        }
        return m_config;
    }

private:
    void readBandwidth()
    {
        each("bandwidth", [this](Section &row) {
            HourlyRate rate;
            const auto hours = dayWindowFrom(row.demanded("hours"));
            if (!hours) {
                row.complain("hours", hours.error().fact("expected"), row.lineFor("hours"));
            }
            rate.hours = hours.value_or(DayWindow {});
            rate.bytesPerSecond = row.number("bytes_per_second", -1, 0, maxRate);
            if (rate.bytesPerSecond < 0) {
                row.complain("bytes_per_second", "a whole number from 0 to " + std::to_string(maxRate), row.lineFor("bytes_per_second"));
            }
            m_config.linkHourly.push_back(rate);
            if (m_config.linkHourly.size() > maxRates) {
                row.complain("hours", "at most 24 [[bandwidth]] sections", row.lineFor("hours"));
            }
        });
    }
    void readSite()
    {
        Section site = section("site");
        m_config.siteId = site.demanded("id");
        if (!isId(m_config.siteId)) {
            site.complain("id", "1 to 63 of a-z, 0-9 and -", site.lineFor("id"));
        }
        m_config.directory = site.path("directory", true);
        m_config.listen = site.address("listen", m_config.listen);
        m_config.dataListen = site.address("data_listen", m_config.dataListen);
        m_config.identityFile = site.path("identity", true);
        m_config.rulesFile = site.path("rules", false);
        finish(site);
    }
    void readTls()
    {
        Section tls = section("tls");
        m_config.authorityPem = tls.path("authority", true);
        m_config.certificatePem = tls.path("certificate", true);
        m_config.keyPem = tls.path("key", true);
        finish(tls);
    }
    void readRest()
    {
        Section driver = section("driver");
        m_config.driver = driver.text("name", m_config.driver);
        m_config.qemu = driver.text("qemu", m_config.qemu);
        m_config.driverDirectory = driver.path("directory", false);
        if (m_config.driverDirectory.empty()) {
            m_config.driverDirectory = m_config.directory + "/disks";
        }
        m_config.driverProject = driver.text("project", m_config.driverProject);
        if (!isId(m_config.driverProject)) {
            driver.complain("project", "1 to 63 of a-z, 0-9 and -", driver.lineFor("project"));
        }
        finish(driver);
        if (m_config.driver == "libvirt" || m_root.contains("libvirt")) {
            readLibvirt();
        }
        if (m_config.driver == "openstack" || m_root.contains("openstack")) {
            readOpenStack();
        }
        readCloud("vsphere", m_config.vsphere);
        readCloud("opennebula", m_config.openNebula);
        Section limits = section("limits");
        m_config.workers = static_cast<std::size_t>(limits.number("workers", 4, 1, 64));
        m_config.uploadLimitBytes = limits.number("upload_bytes", m_config.uploadLimitBytes, 1, std::int64_t(1) << 60);
        m_config.linkBytesPerSecond = limits.number("link_bytes_per_second", 0, 0, maxRate);
        m_config.testBootSeconds = static_cast<int>(limits.number("test_boot_seconds", 60, 1, 600));
        finish(limits);
        Section migrations = section("migrations");
        const auto count = [&migrations](const std::string &key, std::size_t fallback) {
            return static_cast<std::size_t>(migrations.number(key, std::int64_t(fallback), 1, maxAtOnce));
        };
        m_config.migrationsAtOnce = count("at_once", m_config.migrationsAtOnce);
        m_config.migrationsAtOncePerSite = count("at_once_per_site", m_config.migrationsAtOnce);
        m_config.arrivalsAtOnce = count("arrivals_at_once", m_config.arrivalsAtOnce);
        finish(migrations);
        Section metrics = section("metrics");
        m_config.metricsListen = metrics.address("listen", {});
        finish(metrics);
    }

    void readLibvirt()
    {
        Section libvirt = section("libvirt");
        m_config.libvirt.uris = libvirt.demandedList("uris");
        m_config.libvirt.pool = libvirt.text("pool", m_config.libvirt.pool);
        m_config.libvirt.imagePool = libvirt.text("image_pool", m_config.libvirt.imagePool);
        m_config.libvirt.consoleDirectory = libvirt.path("console_directory", false);
        finish(libvirt);
    }

    void readOpenStack()
    {
        Section openstack = section("openstack");
        auto &row = m_config.openstack;
        row.authUrl = openstack.demanded("auth_url");
        row.credentials = openstack.path("credentials", true);
        row.region = openstack.text("region", {});
        row.interface = openstack.text("interface", row.interface);
        row.caFile = openstack.path("ca_file", false);
        row.interval = static_cast<int>(openstack.number("interval_seconds", row.interval, 1, 3600));
        finish(openstack);
    }

    void readCloud(const std::string &name, CloudRow &row)
    {
        if (m_config.driver != name && !m_root.contains(name)) {
            return;
        }
        Section cloud = section(name);
        row.url = cloud.demanded("url");
        row.credentials = cloud.path("credentials", true);
        row.caFile = cloud.path("ca_file", false);
        row.interval = static_cast<int>(cloud.number("interval_seconds", row.interval, 1, 3600));
        finish(cloud);
    }

    Section section(const std::string &name)
    {
        const auto *node = m_root.get(name);
        const auto *table = node ? node->as_table() : nullptr;
        if (node && !table) {
            note(complaint(name, "a section, [" + name + "]", lineOf(*node)));
        }
        return {m_file, name, table, table ? lineOf(*table) : "1"};
    }
    void each(const std::string &name, const std::function<void(Section &)> &read)
    {
        const auto *node = m_root.get(name);
        if (!node) {
            return;
        }
        const auto *rows = node->as_array();
        if (!rows || !rows->is_homogeneous(toml::node_type::table)) {
            note(complaint(name, "[[" + name + "]] sections", lineOf(*node)));
            return;
        }
        for (const auto &row : *rows) {
            Section one(m_file, name, row.as_table(), lineOf(row));
            read(one);
            finish(one);
        }
    }
    void refuseUnknownSections()
    {
        static const std::set<std::string> known = {"site", "tls", "driver", "libvirt", "openstack", "vsphere", "opennebula", "limits", "migrations",
            "bandwidth", "metrics", "grant", "peer", "kubernetes"};
        for (const auto &[key, node] : m_root) {
            if (!known.contains(std::string(key.str()))) {
                note(complaint(std::string(key.str()),
                    "site, tls, driver, libvirt, openstack, vsphere, opennebula, limits, migrations, bandwidth, metrics, grant, peer or kubernetes",
                    lineOf(node)));
            }
        }
    }
    Problem complaint(const std::string &field, const std::string &expected, const std::string &line) const
    {
        return {Reason::InvalidArgument, {{"file", m_file}, {"line", line}, {"field", field}, {"expected", expected}}, {}};
    }
    void finish(Section &section) { note(section.end()); }
    void note(std::optional<Problem> problem)
    {
        if (!m_problem) {
            m_problem = std::move(problem);
        }
    }

    std::string m_file;
    const toml::table &m_root;
    Config m_config;
    std::optional<Problem> m_problem;
};

}

Result<Config> readConfig(const std::string &path)
{
    const auto file = std::filesystem::absolute(path).lexically_normal().string();
    try {
        const toml::table root = toml::parse_file(file);
        return Reader(file, root).read();
    } catch (const toml::parse_error &error) {
        const auto line = error.source().begin.line;
        if (line == 0) {
            return refuse(Reason::NotFound, {{"file", file}}, std::string(error.description()));
        }
        return refuse(Reason::Malformed, {{"file", file}, {"line", std::to_string(line)}, {"expected", "TOML"}}, std::string(error.description()));
    }
}

}
