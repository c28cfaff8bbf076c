// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/federationfile.h"

#include "core/credentials.h"
#include "core/objectid.h"

#include <QFile>
#include <QFileInfo>
#include <QSet>
#include <nlohmann/json.hpp>

namespace portulan {

namespace {

using Json = nlohmann::json;
constexpr qint64 largestFile = 16 << 20;

Result<QByteArray> contents(const QString &path, const char *what)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return refuse(Reason::NotFound, {{"what", what}, {"id", path.toStdString()}}, file.errorString().toStdString());
    }
    if (file.size() > largestFile) {
        return refuse(
            Reason::TooLarge, {{"what", path.toStdString()}, {"limit", std::to_string(largestFile)}, {"size", std::to_string(file.size())}});
    }
    return file.readAll();
}

tl::unexpected<Problem> malformed(const QString &path, const std::string &field, const std::string &expected)
{
    return refuse(
        Reason::Malformed, {{"file", path.toStdString()}, {"field", field}, {"expected", field.empty() ? expected : field + ": " + expected}});
}

Result<Json> parsed(const QByteArray &text, const QString &path)
{
    try {
        return Json::parse(text.begin(), text.end());
    } catch (const Json::parse_error &error) {
        const auto line = 1 + text.left(qsizetype(std::min<std::size_t>(error.byte, std::size_t(text.size())))).count('\n');
        return refuse(Reason::Malformed, {{"file", path.toStdString()}, {"line", std::to_string(line)}, {"expected", "JSON"}}, error.what());
    }
}

QString word(const Json &object, const char *key)
{
    const auto at = object.find(key);
    return at != object.end() && at->is_string() ? QString::fromStdString(at->get<std::string>()) : QString();
}

void noteUnknown(const Json &object, const QSet<QString> &known, const QString &where, QStringList &unknown)
{
    for (const auto &[key, value] : object.items()) {
        if (const auto name = QString::fromStdString(key); !known.contains(name)) {
            unknown.append(where + name);
        }
    }
}

Result<QVector<Profile>> sitesOf(const Json &document, const QString &path, QStringList &unknown)
{
    const auto at = document.find("sites");
    if (at == document.end() || !at->is_array()) {
        return malformed(path, "sites", "a list");
    }
    QVector<Profile> sites;
    QSet<QString> ids;
    for (const auto &site : *at) {
        const std::string where = "sites[" + std::to_string(sites.size()) + "]";
        if (!site.is_object()) {
            return malformed(path, where, "an object");
        }
        const Profile profile {word(site, "id"), word(site, "name"), word(site, "endpoint")};
        if (!isId(profile.id.toStdString())) {
            return malformed(path, where + ".id", "1 to 63 of a-z, 0-9, -");
        }
        if (ids.contains(profile.id)) {
            return malformed(path, where + ".id", "an id not used before");
        }
        if (!isEndpoint(profile.endpoint)) {
            return malformed(path, where + ".endpoint", "HOST:PORT");
        }
        noteUnknown(site, {QStringLiteral("id"), QStringLiteral("name"), QStringLiteral("endpoint")}, QString::fromStdString(where + "."), unknown);
        ids.insert(profile.id);
        sites.append(profile);
    }
    return sites;
}

QString beside(const QString &file, const QString &path)
{
    return path.isEmpty() || QFileInfo(path).isAbsolute() ? path : QFileInfo(file).path() % u'/' % path;
}

}

bool isEndpoint(const QString &text)
{
    const auto colon = text.lastIndexOf(u':');
    const auto host = text.left(colon);
    bool isNumber = false;
    const int port = text.mid(colon + 1).toInt(&isNumber);
    const bool bracketed = host.startsWith(u'[') && host.endsWith(u']');
    return colon > 0 && isNumber && port >= 1 && port <= 65535 && !host.contains(u' ') && !host.contains(u'/') && (bracketed || !host.contains(u':'));
}

Result<Papers> readPapers(const QString &authorityPath, const QString &certificatePath, const QString &keyPath)
{
    Papers papers;
    const auto authority = contents(authorityPath, "authority");
    if (!authority) {
        return tl::unexpected(authority.error());
    }
    const auto certificate = contents(certificatePath, "certificate");
    if (!certificate) {
        return tl::unexpected(certificate.error());
    }
    papers.authorityPem = QString::fromUtf8(*authority);
    papers.certificatePem = QString::fromUtf8(*certificate);
    if (!keyPath.isEmpty()) {
        const auto key = contents(keyPath, "private key");
        if (!key) {
            return tl::unexpected(key.error());
        }
        constexpr auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        if (QFile::permissions(keyPath) & others) {
            return refuse(Reason::Untrusted, {{"what", keyPath.toStdString()}, {"expected", "mode 0600"}});
        }
        papers.keyPem = QString::fromUtf8(*key);
    }
    return papers;
}

Result<> checkPapers(const Papers &papers, Instant now)
{
    const auto certificate = papers.certificatePem.toStdString();
    if (const auto vouched = verifyCertificate(certificate, papers.authorityPem.toStdString(), now); !vouched) {
        return vouched;
    }
    return papers.keyPem.isEmpty() ? Result<>() : checkPair({papers.keyPem.toStdString(), certificate});
}

Result<FederationFile> readFederationFile(const QString &path)
{
    const auto text = contents(path, "file");
    if (!text) {
        return tl::unexpected(text.error());
    }
    const auto document = parsed(*text, path);
    if (!document) {
        return tl::unexpected(document.error());
    }
    if (!document->is_object()) {
        return malformed(path, {}, "an object");
    }
    FederationFile file;
    file.path = path;
    file.name = word(*document, "federation");
    if (file.name.isEmpty()) {
        return malformed(path, "federation", "a name");
    }
    const auto demonstration = document->find("demonstration");
    file.isDemonstration = demonstration != document->end() && demonstration->is_boolean() && demonstration->get<bool>();
    auto sites = sitesOf(*document, path, file.unknownFields);
    if (!sites) {
        return tl::unexpected(sites.error());
    }
    file.sites = std::move(*sites);
    noteUnknown(*document,
        {QStringLiteral("federation"), QStringLiteral("demonstration"), QStringLiteral("authority"), QStringLiteral("client"),
            QStringLiteral("sites")},
        {}, file.unknownFields);
    const auto client = document->find("client");
    if (word(*document, "authority").isEmpty() || client == document->end() || !client->is_object() || word(*client, "certificate").isEmpty()) {
        return malformed(path, "authority, client.certificate", "paths of PEM files");
    }
    auto papers
        = readPapers(beside(path, word(*document, "authority")), beside(path, word(*client, "certificate")), beside(path, word(*client, "key")));
    if (!papers) {
        return tl::unexpected(papers.error());
    }
    file.papers = std::move(*papers);
    const auto facts = inspect(file.papers.certificatePem.toStdString());
    if (!facts) {
        return tl::unexpected(facts.error());
    }
    file.identity = QString::fromStdString(facts->identity);
    return file;
}

}
