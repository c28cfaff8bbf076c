// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "app/ctl/federationlayout.h"

#include "core/objectid.h"
#include "models/federationfile.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>

namespace portulan::ctl {

namespace {

constexpr auto certificateLife = std::chrono::hours(24 * 365 * 2);
constexpr auto authorityLife = std::chrono::hours(24 * 365 * 10);

/// TOML basic string.
std::string quoted(const std::string &text)
{
    return nlohmann::json(text).dump(); // JSON's escapes are a subset of TOML's
}

std::string word(const nlohmann::ordered_json &object, const char *key)
{
    const auto at = object.find(key);
    return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

tl::unexpected<Problem> malformed(const std::string &field, const std::string &expected)
{
    return refuse(Reason::Malformed, {{"file", "template"}, {"field", field}, {"expected", field + ": " + expected}});
}

/// Keys and values of one TOML table; nested tables of the template would be a mistake and are left to the gateway's own check.
std::string table(const std::string &name, const nlohmann::ordered_json &values)
{
    std::string text = "\n[" + name + "]\n";
    for (const auto &[key, value] : values.items()) {
        text += key + " = " + (value.is_string() ? quoted(value.get<std::string>()) : value.dump()) + "\n";
    }
    return text;
}

std::string rows(const std::string &name, const nlohmann::ordered_json &list)
{
    std::string text;
    for (const auto &row : list) {
        text += "\n[[" + name + "]]\n";
        for (const auto &[key, value] : row.items()) {
            text += key + " = " + (value.is_string() ? quoted(value.get<std::string>()) : value.dump()) + "\n";
        }
    }
    return text;
}

}

FederationLayout::FederationLayout(QString directory, int basePort, Instant now)
    : m_directory(std::move(directory))
    , m_basePort(basePort)
    , m_now(now)
{
}

Result<> FederationLayout::write(const QString &name, const std::string &text, bool isSecret)
{
    const QString path = m_directory + u'/' + name;
    QDir().mkpath(QFileInfo(path).path());
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) {
        return refuse(Reason::NotAuthorised, {{"what", path.toStdString()}}, file.errorString().toStdString());
    }
    if (isSecret) { // before a byte of it is written
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    }
    if (file.write(text.data(), qint64(text.size())) != qint64(text.size()) || !file.commit()) {
        return refuse(Reason::DiskFull, {{"what", path.toStdString()}}, file.errorString().toStdString());
    }
    return {};
}

Result<> FederationLayout::writePair(const QString &stem, const Bearer &who)
{
    const auto pair = issue(m_authority, who, m_now - std::chrono::hours(1), m_now + certificateLife);
    if (!pair) {
        return tl::unexpected(pair.error());
    }
    return write(stem + u".pem", pair->certificatePem).and_then([&] { return write(stem + u".key", pair->keyPem, true); });
}

Result<> FederationLayout::writeAuthority(const Json &plan)
{
    auto authority = makeAuthority(word(plan, "federation"), m_now - std::chrono::hours(1), m_now + authorityLife);
    if (!authority) {
        return tl::unexpected(authority.error());
    }
    m_authority = std::move(*authority);
    return write(QStringLiteral("authority.pem"), m_authority.certificatePem).and_then([this] {
        return write(QStringLiteral("authority.key"), m_authority.keyPem, true);
    });
}

Result<> FederationLayout::writeUsers(const Json &plan)
{
    const auto users = plan.find("users");
    if (users == plan.end() || !users->is_array() || users->empty()) {
        return malformed("users", "at least one {\"name\"}");
    }
    for (const auto &user : *users) {
        const auto name = user.is_object() ? word(user, "name") : std::string();
        if (!isId(name)) {
            return malformed("users.name", "1 to 63 of a-z, 0-9, -");
        }
        if (auto written = writePair(QStringLiteral("users/") + QString::fromStdString(name), {Bearer::Kind::User, name}); !written) {
            return written;
        }
    }
    return {};
}

std::string FederationLayout::endpoint(const Json &site, int number) const
{
    const auto listen = word(site, "listen");
    return listen.empty() ? "127.0.0.1:" + std::to_string(m_basePort + number) : listen;
}

std::string FederationLayout::siteToml(const Json &site, const Json &plan) const
{
    const auto id = word(site, "id");
    std::string text = "# The gateway of this site; laid out by portulanctl federation init.\n\n[site]\nid = " + quoted(id)
        + "\ndirectory = \"state\"\nlisten = " + quoted(endpoint(site, m_sites)) + "\ndata_listen = \"127.0.0.1:0\"\nidentity = \"identity.json\"\n";
    if (const auto rules = word(site, "rules"); !rules.empty()) {
        text += "rules = " + quoted(rules) + "\n";
    }
    text += "\n[tls]\nauthority = \"../../authority.pem\"\ncertificate = \"site.pem\"\nkey = \"site.key\"\n";
    Json driver {{"name", "embedded"}};
    driver.update(site.value("driver", Json::object()));
    text += table("driver", driver);
    if (const auto limits = site.find("limits"); limits != site.end() && limits->is_object()) {
        text += table("limits", *limits);
    }
    text += rows("grant", plan.value("grants", Json::array())) + rows("grant", site.value("grants", Json::array()));
    Json peers = Json::array();
    int number = 0;
    for (const auto &other : plan["sites"]) {
        if (const auto otherId = word(other, "id"); otherId != id) {
            peers.push_back({{"site", otherId}, {"endpoint", endpoint(other, number)}});
        }
        ++number;
    }
    return text + rows("peer", peers);
}

Result<> FederationLayout::writeSite(const Json &site, const Json &plan)
{
    const std::string where = "sites[" + std::to_string(m_sites) + "]";
    const auto id = site.is_object() ? word(site, "id") : std::string();
    if (!isId(id)) {
        return malformed(where + ".id", "1 to 63 of a-z, 0-9, -");
    }
    const auto identity = site.find("identity");
    if (identity == site.end() || !identity->is_object()) {
        return malformed(where + ".identity", "an object");
    }
    const auto folder = QStringLiteral("sites/%1/").arg(QString::fromStdString(id));
    if (auto written = writePair(folder + QStringLiteral("site"), {Bearer::Kind::Site, id, {}, {"127.0.0.1"}}); !written) {
        return written;
    }
    return write(folder + QStringLiteral("identity.json"), identity->dump(2)).and_then([&] {
        return write(folder + QStringLiteral("site.toml"), siteToml(site, plan));
    });
}

Result<> FederationLayout::writeSites(const Json &plan)
{
    const auto sites = plan.find("sites");
    if (sites == plan.end() || !sites->is_array() || sites->empty()) {
        return malformed("sites", "at least one site");
    }
    for (const auto &site : *sites) {
        if (auto written = writeSite(site, plan); !written) {
            return written;
        }
        ++m_sites;
    }
    return {};
}

Result<> FederationLayout::writeFederation(const Json &plan)
{
    const auto first = "users/" + word(plan["users"].front(), "name");
    Json file {{"federation", word(plan, "federation")}, {"demonstration", plan.value("demonstration", false)}, {"authority", "authority.pem"},
        {"client", {{"certificate", first + ".pem"}, {"key", first + ".key"}}}, {"sites", Json::array()}};
    int number = 0;
    for (const auto &site : plan["sites"]) {
        const auto name = word(site, "name");
        file["sites"].push_back({{"id", word(site, "id")}, {"name", name.empty() ? word(site, "id") : name}, {"endpoint", endpoint(site, number++)}});
    }
    return write(QStringLiteral("federation.json"), file.dump(2) + "\n");
}

Result<> FederationLayout::layOut(const QString &templateFile)
{
    const QString present = m_directory + QStringLiteral("/federation.json");
    if (QFile::exists(present)) {
        return refuse(Reason::AlreadyExists, {{"what", "federation"}, {"id", present.toStdString()}});
    }
    QFile file(templateFile);
    if (!file.open(QIODevice::ReadOnly)) {
        return refuse(Reason::NotFound, {{"what", "file"}, {"id", templateFile.toStdString()}}, file.errorString().toStdString());
    }
    const auto text = file.readAll();
    Json plan;
    try {
        plan = Json::parse(text.begin(), text.end());
    } catch (const Json::parse_error &error) {
        const auto line = 1 + text.left(qsizetype(error.byte)).count('\n');
        return refuse(Reason::Malformed, {{"file", templateFile.toStdString()}, {"line", std::to_string(line)}, {"expected", "JSON"}}, error.what());
    }
    if (!plan.is_object()) {
        return malformed("{}", "an object");
    }
    QDir().mkpath(m_directory);
    QFile::setPermissions(m_directory, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    try { // a field of another type than the template says
        for (auto step :
            {&FederationLayout::writeAuthority, &FederationLayout::writeUsers, &FederationLayout::writeSites, &FederationLayout::writeFederation}) {
            if (auto written = (this->*step)(plan); !written) {
                return written;
            }
        }
    } catch (const Json::exception &error) {
        return refuse(Reason::Malformed, {{"file", templateFile.toStdString()}, {"expected", "the fields the template has"}}, error.what());
    }
    return {};
}

}
