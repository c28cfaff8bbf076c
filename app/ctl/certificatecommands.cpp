// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "app/ctl/commands.h"
#include "app/ctl/guestdisk.h"
#include "core/erasurerecord.h"
#include "models/await.h"
#include "models/certificatereport.h"
#include "models/federationfile.h"
#include "models/formats.h"
#include "models/sourceoperation.h"
#include "models/wholefile.h"

#include <QFile>
#include <QPromise>
#include <QThreadPool>
#include <QTimer>
#include <algorithm>
#include <atomic>
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

Json jsonOf(const JwsSigner &who)
{
    return {{"identity", who.certificate.identity}, {"issuer", who.certificate.issuer}, {"serial", who.certificate.serial},
        {"fingerprint", who.certificate.fingerprint}};
}

Json jsonOf(const CheckedErasure &checked)
{
    Json json = Json::parse(statementOf(checked.record));
    json["signed_by"] = Json::array({jsonOf(checked.site)});
    return json;
}

/// The certificate's statement, with the record of erasure within; or that alone.
Json jsonOf(const MigrationProof &proof, Instant now)
{
    Json json;
    if (proof.certificate) {
        const auto &certificate = proof.certificate->certificate;
        json = Json::parse(statementOf(certificate));
        json["signed_by"] = Json::array({jsonOf(proof.certificate->source), jsonOf(proof.certificate->destination)});
        json["erasure"] = proof.erasure ? jsonOf(*proof.erasure) : Json();
        json["source_copy"] = proof.erasure ? "erased" : now < certificate.retainedUntil ? "retained" : "unrecorded";
    } else {
        json = jsonOf(*proof.erasure);
        json["source_copy"] = "erased";
    }
    json["valid"] = true;
    return json;
}

void printForPeople(const MigrationProof &proof)
{
    const auto lines = CertificateReport::of(proof);
    qsizetype widest = 0;
    for (const auto &line : lines) {
        widest = std::max(widest, line.label.size());
    }
    for (const auto &line : lines) {
        std::printf("%s  %s\n", qPrintable(line.label.leftJustified(widest)), qPrintable(line.value));
    }
}

/// What the files named prove together.
Result<MigrationProof> proofOf(const Session &session, const Arguments &arguments)
{
    std::vector<std::string> texts;
    for (const auto &path : arguments.positional()) {
        auto text = textOf(path);
        if (!text) {
            return tl::unexpected(text.error());
        }
        texts.push_back(std::move(*text));
    }
    const auto authority = authorityOf(session, arguments);
    return authority ? checkProof(texts.front(), *authority, {texts.begin() + 1, texts.end()}) : tl::unexpected(authority.error());
}

/// A file that is said to hold a certified disk.
struct Comparison {
    QString path;
    MigrationCertificate::Disk disk;
};

/// "KEY=IMAGE", or "IMAGE" when the certificate names one disk only. A key may hold "=" itself.
Result<Comparison> comparisonOf(const QString &word, const MigrationCertificate &certificate)
{
    for (const auto &disk : certificate.disks) {
        const QString name = QString::fromStdString(disk.name) + QLatin1Char('=');
        if (word.startsWith(name) && word.size() > name.size()) {
            return Comparison {word.mid(name.size()), disk};
        }
    }
    if (certificate.disks.size() == 1 && (!word.contains(QLatin1Char('=')) || QFile::exists(word))) {
        return Comparison {word, certificate.disks.front()};
    }
    QStringList names;
    for (std::size_t i = 0; i < std::min<std::size_t>(certificate.disks.size(), 20); ++i) {
        names.append(QString::fromStdString(certificate.disks[i].name));
    }
    return refuse(Reason::InvalidArgument,
        {{"field", "--disk"}, {"value", word.toStdString()}, {"expected", "KEY=IMAGE; " + names.join(QStringLiteral(", ")).toStdString()}});
}

/// Computes their roots aside; the first that differs is the answer.
void compareDisks(Session &session, const Arguments &arguments, const MigrationProof &proof, Instant now)
{
    if (!proof.certificate) {
        session.usage({Reason::InvalidArgument, {{"field", "--disk"}, {"expected", "a migration certificate"}}, {}});
        return;
    }
    if (const auto &digest = proof.certificate->certificate.digest; digest != Manifest::algorithm) {
        session.fail({Reason::Version, {{"what", "digests"}, {"expected", std::string(Manifest::algorithm)}, {"found", digest}}, {}});
        return;
    }
    std::vector<Comparison> comparisons;
    std::int64_t total = 0;
    for (const auto &word : arguments.values("disk")) {
        auto comparison = comparisonOf(word, proof.certificate->certificate);
        if (!accepts(session, comparison)) {
            return;
        }
        total += comparison->disk.sizeBytes;
        comparisons.push_back(std::move(*comparison));
    }
    struct Work {
        QPromise<Result<>> promise;
        std::atomic<std::int64_t> before = 0, done = 0;
    };
    const auto work = std::make_shared<Work>();
    work->promise.start();
    QThreadPool::globalInstance()->start([work, comparisons] {
        Result<> outcome;
        for (std::size_t i = 0; outcome && i < comparisons.size(); ++i) {
            const auto &[path, disk] = comparisons[i];
            const auto root = rootOf({path, std::uint64_t(disk.sizeBytes), &work->done});
            outcome = !root ? Result<>(tl::unexpected(root.error()))
                : toHex(*root) == disk.root
                ? Result<>()
                : refuse(Reason::Integrity, {{"where", disk.name}, {"expected", disk.root}, {"found", toHex(*root)}}, path.toStdString());
            work->before += disk.sizeBytes;
            work->done = 0;
        }
        work->promise.addResult(outcome);
        work->promise.finish();
    });
    auto *progress = new QTimer(&session);
    QObject::connect(progress, &QTimer::timeout, &session,
        [work, total] { sayInPlace(Words::tr("%1 of %2 compared").arg(Formats::bytes(work->before + work->done), Formats::bytes(total))); });
    progress->start(500);
    await(work->promise.future(), &session, [&session, progress, comparisons, proof, now](const Result<> &outcome) {
        progress->stop();
        if (!outcome) {
            if (session.options().form != Form::Table) {
                print(Json {{"valid", true}, {"equal", false}, {"problem", toJson(outcome.error())}}, session.options().form);
            }
            if (outcome.error().reason == Reason::Unsupported) {
                say(Words::tr("Images that are not raw are read with qemu-img and qemu-nbd: install the package qemu-utils."));
            }
            session.fail(outcome.error());
            return;
        }
        if (session.options().form != Form::Table) {
            auto json = jsonOf(proof, now);
            json["equal"] = true;
            print(json, session.options().form);
        }
        for (const auto &[path, disk] : comparisons) {
            say(Words::tr("%1 is the certified disk %2, byte for byte.").arg(path, QString::fromStdString(disk.name)));
        }
        say(CertificateReport::assurance(proof));
        say(CertificateReport::sourceCopy(proof, now));
        session.finish(Exit::Done);
    });
}

void check(Session &session, const Arguments &arguments, bool shows)
{
    const auto proof = proofOf(session, arguments);
    if (!proof) {
        if (session.options().form != Form::Table) {
            print(Json {{"valid", false}, {"problem", toJson(proof.error())}}, session.options().form);
        }
        session.fail(proof.error());
        return;
    }
    const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    if (arguments.has("disk")) {
        compareDisks(session, arguments, *proof, now);
        return;
    }
    if (session.options().form != Form::Table) {
        print(jsonOf(*proof, now), session.options().form);
    } else if (shows) {
        printForPeople(*proof);
    }
    say(CertificateReport::assurance(*proof));
    say(CertificateReport::sourceCopy(*proof, now));
    session.finish(Exit::Done);
}

void fetch(Session &session, const Arguments &arguments, const ObjectId &operation)
{
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
}

/// From the source, if it can be heard: it alone has the record of erasure.
void get(Session &session, const Arguments &arguments)
{
    session.resolve(arguments.at(0), ObjectKind::Operation, [&session, arguments](const ObjectId &id) {
        const auto &federation = session.federation();
        const auto *operation = federation.inventory().operation(id);
        const auto from = operation == nullptr ? QString() : QString::fromStdString(operation->fromSite);
        if (!federation.siteIds().contains(from)) {
            fetch(session, arguments, id);
            return;
        }
        session.whenHeard({from}, [&session, arguments, id] {
            const auto &inventory = session.federation().inventory();
            fetch(session, arguments, sourceOperation(inventory, *inventory.operation(id)).id);
        });
    });
}

}

std::vector<Command> certificateCommands()
{
    return {
        {QStringLiteral("certificate get"), QStringLiteral("OPERATION [--file F]"),
            Words::tr("Fetch the certificate of a migration that is over, with the record of its copy’s erasure once that is gone."),
            {{"file", "FILE"}}, 1, 1, true, get},
        {QStringLiteral("certificate show"), QStringLiteral("FILE…"),
            Words::tr("Check a migration certificate or a record of erasure offline and say what it certifies."), {{"authority", "FILE"}}, 1, 2,
            false, [](Session &session, const Arguments &arguments) { check(session, arguments, true); }},
        {QStringLiteral("certificate verify"), QStringLiteral("FILE… [--disk [KEY=]IMAGE]…"),
            Words::tr("Check a migration certificate, a record of erasure or both offline, with nothing but the federation’s authority; and files "
                      "against the disks it certifies."),
            {{"authority", "FILE"}, {"disk", "[KEY=]IMAGE"}}, 1, 2, false,
            [](Session &session, const Arguments &arguments) { check(session, arguments, false); }},
    };
}

}
