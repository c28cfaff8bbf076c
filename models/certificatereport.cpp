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

QString CertificateReport::assurance()
{
    return tr("Genuine: both sites signed exactly this, and the federation vouches for both.");
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
        {tr("Ordered by"), text(c.orderedBy), true},
        {tr("Began"), moment(c.when(MigrationStep::Planned))},
        {tr("Handed over"), moment(c.when(MigrationStep::Committed))},
        {tr("Over"), moment(c.when(MigrationStep::Released))},
        {tr("Outage"), c.ran ? Formats::duration(double(c.outage().count()) / 1000) : tr("none: it did not run")},
        {tr("Copied while it ran"), c.passes.empty() ? tr("no: stopped first") : tr("in %n pass(es)", nullptr, int(c.passes.size()))},
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

}
