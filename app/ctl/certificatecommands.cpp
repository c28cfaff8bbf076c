// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "app/ctl/commands.h"
#include "core/migrationcertificate.h"
#include "models/await.h"
#include "models/certificatereport.h"
#include "models/federationfile.h"
#include "models/wholefile.h"

#include <QFile>
#include <algorithm>
#include <cstdio>

namespace portulan::ctl {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(portulan::ctl::CertificateCommands)
};

constexpr qint64 maxBytes = 16 << 20;

Result<std::string> textOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return refuse(Reason::NotFound, {{"what", "file"}, {"id", path.toStdString()}}, file.errorString().toStdString());
    }
    if (file.size() > maxBytes) {
        return refuse(Reason::TooLarge, {{"what", path.toStdString()}, {"limit", std::to_string(maxBytes)}, {"size", std::to_string(file.size())}});
    }
    return file.readAll().toStdString();
}

/// Who is believed: the file named, else the authority of the federation.
Result<std::string> authorityOf(const Session &session, const Arguments &arguments)
{
    if (arguments.has("authority")) {
        return textOf(arguments.value("authority"));
    }
    const auto federation = readFederationFile(session.options().federationFile);
    if (!federation) {
        return tl::unexpected(federation.error());
    }
    return federation->papers.authorityPem.toStdString();
}

Json jsonOf(const CheckedCertificate &checked)
{
    Json json = Json::parse(statementOf(checked.certificate));
    const auto signer = [](const JwsSigner &who) {
        return Json {{"identity", who.certificate.identity}, {"issuer", who.certificate.issuer}, {"serial", who.certificate.serial},
            {"fingerprint", who.certificate.fingerprint}};
    };
    json["signed_by"] = {signer(checked.source), signer(checked.destination)};
    json["valid"] = true;
    return json;
}

void printForPeople(const CheckedCertificate &checked)
{
    const auto lines = CertificateReport::of(checked);
    qsizetype widest = 0;
    for (const auto &line : lines) {
        widest = std::max(widest, line.label.size());
    }
    for (const auto &line : lines) {
        std::printf("%s  %s\n", qPrintable(line.label.leftJustified(widest)), qPrintable(line.value));
    }
}

void check(Session &session, const Arguments &arguments, bool shows)
{
    const auto text = textOf(arguments.at(0));
    const auto authority = text ? authorityOf(session, arguments) : Result<std::string>(tl::unexpected(text.error()));
    const auto checked = authority ? checkCertificate(*text, *authority) : Result<CheckedCertificate>(tl::unexpected(authority.error()));
    if (!checked) {
        if (session.options().form != Form::Table) {
            print(Json {{"valid", false}, {"problem", toJson(checked.error())}}, session.options().form);
        }
        session.fail(checked.error());
        return;
    }
    if (session.options().form != Form::Table) {
        print(jsonOf(*checked), session.options().form);
    } else if (shows) {
        printForPeople(*checked);
    }
    say(CertificateReport::assurance());
    session.finish(Exit::Done);
}

void get(Session &session, const Arguments &arguments)
{
    session.resolve(arguments.at(0), ObjectKind::Operation, [&session, arguments](const ObjectId &operation) {
        auto *link = session.federation().link(QString::fromStdString(operation.site));
        await(link->migrationCertificate(operation), &session, [&session, arguments](const Result<QByteArray> &text) {
            if (!text) {
                session.fail(text.error());
                return;
            }
            const auto path = arguments.value("file");
            if (path.isEmpty()) {
                std::fwrite(text->constData(), 1, std::size_t(text->size()), stdout);
                session.finish(Exit::Done);
                return;
            }
            if (const auto written = writeWhole(path, *text); !written) {
                session.fail(written.error());
                return;
            }
            say(Words::tr("Written: %1").arg(path));
            session.finish(Exit::Done);
        });
    });
}

}

std::vector<Command> certificateCommands()
{
    return {
        {QStringLiteral("certificate get"), QStringLiteral("OPERATION [--file F]"),
            Words::tr("Fetch the certificate of a migration that is over, signed by both sites."), {{"file", "FILE"}}, 1, 1, true, get},
        {QStringLiteral("certificate show"), QStringLiteral("FILE"), Words::tr("Check a migration certificate offline and say what it certifies."),
            {{"authority", "FILE"}}, 1, 1, false, [](Session &session, const Arguments &arguments) { check(session, arguments, true); }},
        {QStringLiteral("certificate verify"), QStringLiteral("FILE"),
            Words::tr("Check a migration certificate offline, with nothing but the federation’s authority."), {{"authority", "FILE"}}, 1, 1, false,
            [](Session &session, const Arguments &arguments) { check(session, arguments, false); }},
    };
}

}
