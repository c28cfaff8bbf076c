// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/certificatepaper.h"

#include "models/certificatereport.h"
#include "models/language.h"
#include "models/wholefile.h"
#include "ui/theme.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QPdfWriter>
#include <QTextDocument>

namespace portulan {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(portulan::CertificatePaper)
};

/// A digest has no spaces: it may break anywhere.
QString breakable(const QString &exact)
{
    constexpr int run = 16;
    QString text;
    for (qsizetype at = 0; at < exact.size(); at += run) {
        text += exact.mid(at, run).toHtmlEscaped() + QChar(0x200b);
    }
    return text;
}

QString page(const MigrationProof &proof, const QString &digest, Instant now, bool first)
{
    QString html = first ? QStringLiteral("<div>") : QStringLiteral("<div style='page-break-before: always'>");
    html += QStringLiteral("<p style='color: #4a5a6a; font-size: 9pt'>PORTULAN</p><h1 style='font-size: 20pt'>%1</h1><p>%2</p><p>%3</p><table "
                           "cellpadding='2' width='100%'>")
                .arg(CertificateReport::title().toHtmlEscaped(), CertificateReport::assurance(proof).toHtmlEscaped(),
                    CertificateReport::sourceCopy(proof, now).toHtmlEscaped());
    const auto lines = CertificateReport::of(proof);
    for (const auto &line : lines) {
        const QString value = line.isExact
            ? QStringLiteral("<span style=\"font-family: 'DejaVu Sans Mono', monospace; font-size: 8pt\">%1</span>").arg(breakable(line.value))
            : line.value.toHtmlEscaped();
        html += QStringLiteral("<tr><td width='32%' style='color: #4a5a6a'>%1</td><td>%2</td></tr>").arg(line.label.toHtmlEscaped(), value);
    }
    const QString advice = Words::tr(
        "This page is for reading. The proof is the certificate’s file, whose SHA-256 digest is below; anyone who has the federation’s authority "
        "checks it with: portulanctl certificate verify FILE");
    return html
        + QStringLiteral(
            "</table><p style='font-size: 9pt'>%1</p><p style=\"font-family: 'DejaVu Sans Mono', monospace; font-size: 8pt\">%2</p></div>")
              .arg(advice.toHtmlEscaped(), breakable(digest));
}

}

Result<> writeCertificatePaper(const MigrationProof &proof, const QByteArray &certificateFile, Instant now, const QString &path)
{
    const auto digest = QString::fromLatin1(QCryptographicHash::hash(certificateFile, QCryptographicHash::Sha256).toHex());
    QString html;
    const auto codes = Language::codes();
    for (const QString &code : codes) {
        const Language::Interlude interlude(code);
        html += page(proof, digest, now, html.isEmpty());
    }
    QByteArray paper;
    QBuffer buffer(&paper);
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer); // its end is written when it goes
        writer.setTitle(QString::fromStdString(proof.certificate ? proof.certificate->certificate.name : std::string()));
        writer.setCreator(QStringLiteral("Portulan " PORTULAN_VERSION));
        writer.setPageSize(QPageSize(QPageSize::A4));
        writer.setPageMargins(QMarginsF(18, 15, 18, 15), QPageLayout::Millimeter);
        QTextDocument document;
        document.setDefaultFont(Theme(Theme::Appearance::Light).font(9));
        document.setHtml(html);
        document.print(&writer);
    }
    return writeWhole(path, paper);
}

}
