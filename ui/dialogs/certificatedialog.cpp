// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/dialogs/certificatedialog.h"

#include "models/await.h"
#include "models/certificatereport.h"
#include "models/federation.h"
#include "models/phrases.h"
#include "models/sourceoperation.h"
#include "models/wholefile.h"
#include "ui/certificatepaper.h"
#include "ui/tables.h"
#include "ui/theme.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QStyle>
#include <QTableWidget>
#include <QVBoxLayout>

namespace portulan {

CertificateDialog::CertificateDialog(const Desk &desk, const Operation &operation, QWidget *parent)
    : QDialog(parent)
    , m_desk(desk)
    , m_state(new QLabel(this))
    , m_lines(new QTableWidget(0, 2, this))
{
    setObjectName(QStringLiteral("certificate"));
    setWindowTitle(CertificateReport::title());
    resize(820, 600);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(12);
    m_state->setObjectName(QStringLiteral("certificate-state"));
    m_state->setTextFormat(Qt::PlainText);
    m_state->setWordWrap(true);
    layout->addWidget(m_state);
    m_lines->setObjectName(QStringLiteral("certificate-lines"));
    m_lines->setAccessibleName(CertificateReport::title());
    dressTable(*m_lines, 28);
    m_lines->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_lines->setHorizontalHeaderLabels({tr("What"), tr("As both sites signed it")});
    m_lines->setColumnWidth(0, 210);
    m_lines->horizontalHeader()->setStretchLastSection(true);
    layout->addWidget(m_lines, 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_save = buttons->addButton(tr("&Save…"), QDialogButtonBox::ActionRole);
    m_save->setObjectName(QStringLiteral("certificate-save"));
    m_save->setEnabled(false);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_save, &QPushButton::clicked, this, &CertificateDialog::askWhere);
    auto *copying = new QShortcut(QKeySequence::Copy, m_lines, nullptr, nullptr, Qt::WidgetShortcut);
    connect(copying, &QShortcut::activated, this, &CertificateDialog::copy);

    const ObjectId source = sourceOperation(desk.federation.inventory(), operation).id; // only it erases; the certificate both have
    const ObjectId asked = desk.federation.standing(QString::fromStdString(source.site)).isLive() ? source : operation.id;
    const auto site = QString::fromStdString(asked.site);
    SiteLink *link = desk.federation.link(site);
    if (link == nullptr) {
        say({Reason::NotFound, {{"what", "site"}, {"id", asked.site}}, {}});
        return;
    }
    m_state->setText(tr("Fetching the certificate from %1…").arg(desk.federation.siteName(site)));
    await(link->migrationCertificate(asked), this, [this](const Result<QByteArray> &text) { take(text); });
}

void CertificateDialog::take(const Result<QByteArray> &text)
{
    if (!text) {
        say(text.error());
        return;
    }
    auto proof = checkProof({text->constData(), std::size_t(text->size())}, m_desk.federation.authorities());
    if (!proof || !proof->certificate) {
        say(proof ? Problem {Reason::Malformed, {{"file", "certificate"}, {"expected", "a migration certificate"}}, {}} : proof.error());
        return;
    }
    m_text = *text;
    m_proof = std::move(*proof);
    m_save->setEnabled(true);
    show(*m_proof);
}

void CertificateDialog::say(const Problem &problem)
{
    m_state->setProperty("problem", true);
    m_state->style()->unpolish(m_state);
    m_state->style()->polish(m_state);
    m_state->setText(Phrases::sentence(problem));
}

void CertificateDialog::show(const MigrationProof &proof)
{
    m_state->setText(CertificateReport::assurance(proof) + QLatin1Char('\n') + CertificateReport::sourceCopy(proof, m_desk.federation.now()));
    const auto lines = CertificateReport::of(proof);
    m_lines->setRowCount(int(lines.size()));
    const QFont exact = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    for (int row = 0; row < lines.size(); ++row) {
        auto *value = new QTableWidgetItem(lines[row].value);
        value->setToolTip(lines[row].value);
        if (lines[row].isExact) {
            value->setFont(exact);
        }
        m_lines->setItem(row, 0, new QTableWidgetItem(lines[row].label));
        m_lines->setItem(row, 1, value);
    }
    m_lines->setCurrentCell(0, 0);
}

void CertificateDialog::copy()
{
    if (const auto *value = m_lines->item(m_lines->currentRow(), 1)) {
        QGuiApplication::clipboard()->setText(value->text());
    }
}

Result<> CertificateDialog::saveTo(const QString &path) const
{
    if (!m_proof) {
        return refuse(Reason::NotReady);
    }
    if (path.endsWith(QStringLiteral(".pdf"), Qt::CaseInsensitive)) {
        return writeCertificatePaper(*m_proof, m_text, m_desk.federation.now(), path);
    }
    return writeWhole(path, m_text);
}

void CertificateDialog::askWhere()
{
    auto *dialog = new QFileDialog(
        this, tr("Save the certificate"), QString(), tr("Certificate, the proof itself (*.json);;Page to read, French and English (*.pdf)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    dialog->selectFile(QString::fromStdString(m_proof->certificate->certificate.name) + QStringLiteral(".json"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        dialog->setDefaultSuffix(filter.contains(QStringLiteral("pdf")) ? QStringLiteral("pdf") : QStringLiteral("json"));
    });
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        const auto written = saveTo(path);
        Q_EMIT said(written ? tr("Written: %1").arg(path) : Phrases::sentence(written.error()));
    });
    dialog->open();
}

}
