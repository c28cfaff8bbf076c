// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "app/ctl/commands.h"
#include "core/migrationcertificate.h"
#include "models/await.h"
#include "models/federationfile.h"
#include "models/formats.h"
#include "models/phrases.h"

#include <QFile>
#include <QSaveFile>
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

QString place(const MigrationCertificate::Party &party)
{
    const auto country = Phrases::country(party.country);
    return QString::fromStdString(party.name) + u" (" + QString::fromStdString(party.operatedBy) + u", " + country + u')';
}

QString judgement(const MigrationCertificate::Judgement &judged)
{
    QStringList rules;
    for (const auto &rule : judged.broken) {
        rules += QString::fromStdString(rule);
    }
    return Phrases::of(judged.status) + (rules.isEmpty() ? QString() : QString(u" (" + Formats::list(rules) + u')'));
}

void printForPeople(const CheckedCertificate &checked)
{
    const auto &c = checked.certificate;
    const auto line = [](const QString &label, const QString &value) { std::printf("%-24s %s\n", qPrintable(label), qPrintable(value)); };
    line(Words::tr("Migration"), QString::fromStdString(c.migration));
    line(Words::tr("Moved"),
        QString::fromStdString(c.name) + u" (" + QString::fromStdString(c.object.text()) + u" \u2192 " + QString::fromStdString(c.arrived.text())
            + u')');
    line(Words::tr("From"), place(c.from));
    line(Words::tr("To"), place(c.to));
    line(Words::tr("Ordered by"), QString::fromStdString(c.orderedBy));
    line(Words::tr("Began"), Formats::dateTime(c.when(MigrationStep::Planned)));
    line(Words::tr("Released"), Formats::dateTime(c.when(MigrationStep::Released)));
    line(Words::tr("Outage"), c.ran ? Formats::duration(double(c.outage().count()) / 1000) : Words::tr("none: it did not run"));
    line(Words::tr("Data"), Words::tr("%1, %2 on the wire").arg(Formats::bytes(c.bytes), Formats::bytes(c.bytesOnWire)));
    for (const auto &disk : c.disks) {
        line(Words::tr("Digest (SHA-256 tree)"), QString::fromStdString(disk.name) + u' ' + QString::fromStdString(disk.root));
    }
    line(Words::tr("Verdict before"), judgement(c.before));
    line(Words::tr("Verdict after"), judgement(c.after));
    line(Words::tr("Source copy kept until"), Formats::dateTime(c.retainedUntil));
    line(Words::tr("Signed by"), QString::fromStdString(checked.source.certificate.identity + ", " + checked.destination.certificate.identity));
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
    say(Words::tr("Genuine: both sites signed exactly this, and the federation vouches for both."));
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
            QSaveFile file(path);
            if (!file.open(QIODevice::WriteOnly) || file.write(*text) != text->size() || !file.commit()) {
                session.fail({Reason::Internal, {{"file", path.toStdString()}}, file.errorString().toStdString()});
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
