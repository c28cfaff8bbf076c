// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/evacuationpaper.h"

#include "models/formats.h"
#include "models/language.h"
#include "models/phrases.h"
#include "models/wholefile.h"
#include "ui/theme.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QDir>
#include <QPdfWriter>
#include <QTextDocument>

namespace portulan {

namespace {

struct PaperWords {
    Q_DECLARE_TR_FUNCTIONS(portulan::EvacuationPaper)
};

QString escaped(const std::string &utf8)
{
    return QString::fromStdString(utf8).toHtmlEscaped();
}

/// A digest has no spaces: it may break anywhere.
QString exact(const QString &text)
{
    constexpr int run = 8;
    QString broken;
    for (qsizetype at = 0; at < text.size(); at += run) {
        broken += text.mid(at, run).toHtmlEscaped() + QChar(0x200b);
    }
    return QStringLiteral("<span style=\"font-family: 'DejaVu Sans Mono', monospace; font-size: 7pt\">%1</span>").arg(broken);
}

QString tableRow(const QStringList &cells, bool isHead = false)
{
    QString html = QStringLiteral("<tr>");
    for (const auto &cell : cells) {
        html += isHead ? QStringLiteral("<th align='left' style='color: #4a5a6a'>%1</th>").arg(cell) : QStringLiteral("<td>%1</td>").arg(cell);
    }
    return html + QStringLiteral("</tr>");
}

QString provedMoves(const std::vector<CertificateSet::Entry> &entries)
{
    QString html = QStringLiteral("<table cellpadding='3' width='100%'>")
        + tableRow({PaperWords::tr("Moved"), PaperWords::tr("To"), PaperWords::tr("Handed over"), PaperWords::tr("Outage"),
                       PaperWords::tr("Verdict after"), PaperWords::tr("Certificate and its SHA-256 digest")},
            true);
    for (const auto &entry : entries) {
        if (!entry.checked) {
            continue;
        }
        const auto &c = entry.checked->certificate;
        const auto digest = QString::fromLatin1(QCryptographicHash::hash(entry.text, QCryptographicHash::Sha256).toHex());
        html += tableRow({escaped(c.name), QStringLiteral("%1 (%2)").arg(escaped(c.to.name), Phrases::country(c.to.country).toHtmlEscaped()),
            escaped(toRfc3339(c.when(MigrationStep::Committed))),
            c.ran ? Formats::duration(double(c.outage().count()) / 1000) : PaperWords::tr("none"), Phrases::of(c.after.status),
            entry.fileName().toHtmlEscaped() + QStringLiteral("<br>") + exact(digest)});
    }
    return html + QStringLiteral("</table>");
}

/// What has no certificate here, and why.
QString notProved(const std::vector<EvacuationWave> &waves, const std::vector<CertificateSet::Entry> &entries)
{
    QString rows;
    for (const auto &entry : entries) {
        if (!entry.checked) {
            rows += tableRow({escaped(entry.operation.objectName),
                PaperWords::tr("Moved, but its certificate is missing here: %1").arg(Phrases::sentence(entry.problem).toHtmlEscaped())});
        }
    }
    for (const auto &wave : waves) {
        for (const auto &move : wave.moves) {
            if (move.stage == EvacuationMove::Stage::Failed) {
                rows
                    += tableRow({escaped(move.name), PaperWords::tr("Not moved: %1").arg(Phrases::sentence(move.operation.problem).toHtmlEscaped())});
            } else if (move.stage != EvacuationMove::Stage::Moved) {
                rows += tableRow({escaped(move.name), PaperWords::tr("Not moved so far.")});
            }
        }
    }
    return rows.isEmpty() ? QString()
                          : QStringLiteral("<h2 style='font-size: 13pt'>%1</h2><table cellpadding='3' width='100%'>%2</table>")
                                .arg(PaperWords::tr("Without a certificate"), rows);
}

QString page(const Operation &evacuation, const QString &siteName, const std::vector<EvacuationWave> &waves,
    const std::vector<CertificateSet::Entry> &entries, bool isFirst)
{
    std::int64_t bytes = 0;
    std::chrono::milliseconds longest {};
    int proved = 0;
    for (const auto &entry : entries) {
        if (entry.checked) {
            ++proved;
            bytes += entry.checked->certificate.bytes;
            longest = std::max(longest, entry.checked->certificate.outage());
        }
    }
    const QStringList figures {PaperWords::tr("%Ln move(s) proved", nullptr, proved), PaperWords::tr("%1 carried").arg(Formats::bytes(bytes)),
        PaperWords::tr("longest outage %1").arg(Formats::duration(double(longest.count()) / 1000)),
        PaperWords::tr("ordered by %1").arg(escaped(evacuation.requestedBy)),
        PaperWords::tr("begun %1").arg(escaped(toRfc3339(evacuation.startedAt))),
        evacuation.endedAt == Instant {} ? PaperWords::tr("not over yet") : PaperWords::tr("over %1").arg(escaped(toRfc3339(evacuation.endedAt)))};
    return QStringLiteral("<div%1><p style='color: #4a5a6a; font-size: 9pt'>PORTULAN</p><h1 style='font-size: 20pt'>%2</h1><p>%3</p>")
               .arg(isFirst ? QString() : QStringLiteral(" style='page-break-before: always'"),
                   PaperWords::tr("%1 emptied").arg(siteName.toHtmlEscaped()), figures.join(QStringLiteral(" · ")))
        + provedMoves(entries) + notProved(waves, entries)
        + QStringLiteral("<p style='font-size: 9pt'>%1</p></div>")
              .arg(PaperWords::tr(
                  "This page is for reading. The proof of each move is its certificate’s file, signed by both sites; anyone who has the "
                  "federation’s authority checks it with: portulanctl certificate verify FILE")
                       .toHtmlEscaped());
}

}

EvacuationDossier EvacuationDossier::of(
    const Operation &evacuation, const QString &siteName, const std::vector<EvacuationWave> &waves, const std::vector<CertificateSet::Entry> &entries)
{
    EvacuationDossier dossier;
    dossier.title = PaperWords::tr("%1 emptied").arg(siteName);
    for (const auto &entry : entries) {
        if (entry.checked) {
            dossier.files.emplace_back(entry.fileName(), entry.text);
        }
    }
    const auto codes = Language::codes();
    for (const QString &code : codes) {
        const Language::Interlude interlude(code);
        dossier.page += portulan::page(evacuation, siteName, waves, entries, dossier.page.isEmpty());
    }
    return dossier;
}

Result<> EvacuationDossier::saveTo(const QString &folder) const
{
    const QDir into(folder);
    for (const auto &[name, bytes] : files) {
        if (auto written = writeWhole(into.filePath(name), bytes); !written) {
            return written;
        }
    }
    QByteArray paper;
    QBuffer buffer(&paper);
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer); // its end is written when it goes
        writer.setTitle(title);
        writer.setCreator(QStringLiteral("Portulan " PORTULAN_VERSION));
        writer.setPageSize(QPageSize(QPageSize::A4));
        writer.setPageOrientation(QPageLayout::Landscape);
        writer.setPageMargins(QMarginsF(15, 15, 15, 15), QPageLayout::Millimeter);
        QTextDocument document;
        document.setDefaultFont(Theme(Theme::Appearance::Light).font(9));
        document.setHtml(page);
        document.print(&writer);
    }
    return writeWhole(into.filePath(pageName()), paper);
}

}
