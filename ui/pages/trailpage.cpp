// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/pages/trailpage.h"

#include "models/auditmodel.h"
#include "models/formats.h"
#include "models/phrases.h"
#include "ui/tables.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

namespace portulan {

TrailPage::TrailPage(const Desk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_model(new AuditModel(desk.federation, this))
    , m_sites(new QComboBox(this))
    , m_words(new QLabel(this))
{
    setObjectName(QStringLiteral("audit"));
    auto *row = new QHBoxLayout;
    auto *name = new QLabel(tr("S&ite:"), this);
    name->setBuddy(m_sites);
    m_sites->setObjectName(QStringLiteral("audit-site"));
    m_sites->setAccessibleName(tr("Site whose trail is shown"));
    m_sites->setMinimumWidth(240);
    auto *reload = new QPushButton(tr("&Read again"), this);
    auto *verify = new QPushButton(tr("Verify the &chain"), this);
    verify->setObjectName(QStringLiteral("audit-verify"));
    row->addWidget(name);
    row->addWidget(m_sites);
    row->addWidget(reload);
    row->addWidget(verify);
    row->addStretch(1);
    m_words->setObjectName(QStringLiteral("audit-words"));
    m_words->setWordWrap(true);
    m_words->setTextFormat(Qt::PlainText);
    auto *table = new QTableView(this);
    table->setObjectName(QStringLiteral("audit-table"));
    table->setAccessibleName(tr("Audit trail"));
    table->setModel(m_model);
    dressTable(*table, table->verticalHeader()->defaultSectionSize());
    constexpr std::pair<int, int> widths[] = {{AuditModel::Sequence, 60}, {AuditModel::At, 150}, {AuditModel::Actor, 130}, {AuditModel::Role, 110},
        {AuditModel::Action, 170}, {AuditModel::Object, 180}, {AuditModel::Outcome, 120}};
    for (const auto &[column, width] : widths) {
        table->setColumnWidth(column, width);
    }
    table->horizontalHeader()->setStretchLastSection(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->addLayout(row);
    layout->addWidget(m_words);
    layout->addWidget(table, 1);
    connect(reload, &QPushButton::clicked, this, &TrailPage::load);
    connect(verify, &QPushButton::clicked, m_model, &AuditModel::verify);
    connect(m_sites, &QComboBox::currentIndexChanged, this, &TrailPage::load);
    connect(m_model, &AuditModel::paged, this,
        [this] { m_words->setText(m_model->problem() != nullptr ? Phrases::sentence(*m_model->problem()) : QString()); });
    connect(m_model, &AuditModel::verified, this, [this](const Result<AuditVerification> &answer) {
        m_words->setText(!answer ? Phrases::sentence(answer.error())
                : answer->intact
                ? tr("The chain is intact: %Ln entr(y/ies) recomputed. Head: %1", nullptr, int(answer->entries)).arg(answer->headHash)
                : tr("The chain is broken at entry %1: %2").arg(Formats::number(qint64(answer->firstBroken)), answer->reason));
    });
    connect(&desk.federation, &Federation::siteAdded, this, &TrailPage::listSites);
    connect(&desk.federation, &Federation::siteRemoved, this, &TrailPage::listSites);
    listSites();
}

void TrailPage::listSites()
{
    const QSignalBlocker blocker(m_sites);
    const QString chosen = m_sites->currentData().toString();
    m_sites->clear();
    const QStringList ids = m_desk.federation.siteIds();
    for (const auto &id : ids) {
        m_sites->addItem(m_desk.federation.siteName(id), id);
    }
    m_sites->setCurrentIndex(std::max(0, m_sites->findData(chosen)));
}

QString TrailPage::siteId() const
{
    return m_sites->currentData().toString();
}

void TrailPage::setSite(const QString &siteId)
{
    if (const int at = m_sites->findData(siteId); at >= 0) {
        m_sites->setCurrentIndex(at);
    }
}

void TrailPage::load()
{
    m_model->show(m_sites->currentData().toString());
}

void TrailPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    load();
}

}
