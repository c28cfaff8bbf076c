// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/certificatereport.h"

#include "models/formats.h"
#include "models/phrases.h"

namespace portulan {

namespace {

QString text(std::string_view bytes)
{
    return QString::fromUtf8(bytes.data(), qsizetype(bytes.size()));
}

QString place(const MigrationCertificate::Party &party)
{
    return QStringLiteral("%1 (%2, %3)").arg(text(party.name), text(party.operatedBy), Phrases::country(party.country));
}

QString judgement(const MigrationCertificate::Judgement &judged)
{
    QStringList rules;
    for (const auto &rule : judged.broken) {
        rules += text(rule);
    }
    return rules.isEmpty() ? Phrases::of(judged.status) : QStringLiteral("%1 (%2)").arg(Phrases::of(judged.status), Formats::list(rules));
}

QString moment(Instant at)
{
    return at == Instant {} ? QString() : text(toRfc3339(at));
}

QString signer(const JwsSigner &who)
{
    return QStringLiteral("%1 · SHA-256 %2").arg(text(who.certificate.identity), text(who.certificate.fingerprint));
}

}

QString CertificateReport::title()
{
    return tr("Certificate of migration");
}

QString CertificateReport::assurance(const MigrationProof &proof)
{
    if (!proof.certificate) {
        return tr("Genuine: the site that erased the copy signed exactly this, and the federation vouches for it.");
    }
    return proof.erasure
        ? tr("Genuine: both sites signed the certificate, the source signed the record of erasure that belongs to it, and the federation "
             "vouches for both.")
        : tr("Genuine: both sites signed exactly this, and the federation vouches for both.");
}

QString CertificateReport::sourceCopy(const MigrationProof &proof, Instant now)
{
    if (proof.erasure) {
        return tr("The copy at the source was erased at %1.").arg(moment(proof.erasure->record.erasedAt));
    }
    const auto until = proof.certificate ? proof.certificate->certificate.retainedUntil : Instant {};
    return now < until
        ? tr("The copy at the source is kept, unable to start, until %1.").arg(moment(until))
        : tr("The copy at the source was to be kept until %1. No record of its erasure is here: ask the source for it.").arg(moment(until));
}

QList<CertificateReport::Line> CertificateReport::of(const CheckedCertificate &checked)
{
    const MigrationCertificate &c = checked.certificate;
    QList<Line> lines {
        {tr("Moved"), text(c.name)},
        {tr("From"), place(c.from)},
        {tr("To"), place(c.to)},
        {tr("Identifier at the destination"), text(c.arrived.text()), true},
        {tr("Identifier at the source"), text(c.object.text()), true},
        {tr("Project"), text(c.project)},
        {tr("Class of data"), Phrases::of(classificationFrom(c.classification).value_or(Classification::Unclassified))},
        {tr("Ordered by"), text(c.orderedBy), true},
        {tr("Began"), moment(c.when(MigrationStep::Planned))},
        {tr("Handed over"), moment(c.when(MigrationStep::Committed))},
        {tr("Over"), moment(c.when(MigrationStep::Released))},
        {tr("Outage"), c.ran ? Formats::duration(double(c.outage().count()) / 1000) : tr("none: it did not run")},
        {tr("Memory"),
            c.memory == "arrived"    ? tr("went along: it was not started anew")
                : c.memory == "lost" ? tr("was lost after the commit: it was started from its disks")
                                     : tr("did not go along")},
        {tr("Copied while it ran"), c.passes.empty() ? tr("no: stopped first") : passes(c.passes)},
        {tr("Data"), tr("%1, %2 on the wire").arg(Formats::bytes(c.bytes), Formats::bytes(c.bytesOnWire))},
        {tr("Verdict before"), judgement(c.before)},
        {tr("Verdict after"), judgement(c.after)},
        {tr("Source copy kept until"), moment(c.retainedUntil)},
        {tr("Digest over everything"), text(c.whole), true},
    };
    for (const auto &disk : c.disks) {
        lines.append({tr("Digest of %1").arg(text(disk.name)), QStringLiteral("%1 · %2").arg(text(disk.root), Formats::bytes(disk.sizeBytes)), true});
    }
    if (const auto more = c.diskCount - std::int64_t(c.disks.size()); more > 0) {
        lines.append({tr("Not listed"), tr("%n more, covered by the digest over everything", nullptr, int(more))});
    }
    lines.append({tr("Signed by the source"), signer(checked.source), true});
    lines.append({tr("Signed by the destination"), signer(checked.destination), true});
    lines.append({tr("Migration"), text(c.migration), true});
    return lines;
}

/// How many there were and how much each sent: the first ten say how it went.
QString CertificateReport::passes(const std::vector<std::int64_t> &sent)
{
    QStringList sizes;
    for (std::size_t i = 0; i < std::min<std::size_t>(sent.size(), 10); ++i) {
        sizes += Formats::bytes(sent[i]);
    }
    return tr("in %n pass(es): %1", nullptr, int(sent.size())).arg(Formats::list(sizes));
}

/// What was done, and what that does not mean.
QString CertificateReport::method(const std::string &word)
{
    return word == "files_removed"
        ? tr("its files were removed and their blocks given back to the storage; nothing was overwritten, so that traces may "
             "stay on the medium until the blocks are written again")
        : text(word);
}

QList<CertificateReport::Line> CertificateReport::of(const CheckedErasure &checked)
{
    const ErasureRecord &r = checked.record;
    std::int64_t bytes = 0;
    for (const auto &disk : r.disks) {
        bytes += disk.sizeBytes;
    }
    return {
        {tr("Copy erased"), text(r.name)},
        {tr("Erased by"), place(r.site)},
        {tr("Identifier of the copy"), text(r.object.text()), true},
        {tr("Disks or objects"), QStringLiteral("%1 · %2").arg(Formats::number(r.diskCount), Formats::bytes(bytes))},
        {tr("Retention ended"), moment(r.retainedUntil)},
        {tr("Erasure began"), moment(r.begunAt)},
        {tr("Found erased"), moment(r.erasedAt)},
        {tr("How it was erased"), method(r.method)},
        {tr("By which gateway"), text(r.gateway)},
        {tr("Digest over everything erased"), text(r.whole), true},
        {tr("Digest of the certificate"), text(r.certificate), true},
        {tr("Erasure signed by"), signer(checked.site), true},
        {tr("Erasure of migration"), text(r.migration), true},
    };
}

QList<CertificateReport::Line> CertificateReport::of(const MigrationProof &proof)
{
    auto lines = proof.certificate ? of(*proof.certificate) : QList<Line>();
    if (proof.erasure) {
        lines += of(*proof.erasure);
    }
    return lines;
}

}
