// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/statusstrip.h"

#include "models/federation.h"

#include <QHBoxLayout>
#include <QLabel>

namespace portulan {

StatusStrip::StatusStrip(const Desk &desk, QWidget *parent)
    : QFrame(parent)
    , m_desk(desk)
    , m_sites(new QLabel(this))
    , m_operations(new QLabel(this))
    , m_said(new QLabel(this))
    , m_demonstration(new QLabel(this))
{
    setObjectName(QStringLiteral("status-strip"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 5, 14, 5);
    layout->setSpacing(18);
    m_sites->setObjectName(QStringLiteral("status-sites"));
    m_operations->setObjectName(QStringLiteral("status-operations"));
    m_said->setObjectName(QStringLiteral("status-said"));
    m_demonstration->setObjectName(QStringLiteral("status-demonstration"));
    m_demonstration->setProperty("demonstration", true);
    m_demonstration->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_demonstration->setToolTip(tr("Demonstration: operators and data are fictitious; gateways, machines, disks and transfers are real."));
    m_said->setTextFormat(Qt::PlainText);
    m_said->setWordWrap(true); // a long sentence makes the strip higher, not the window wider
    layout->addWidget(m_sites);
    layout->addWidget(m_operations);
    layout->addWidget(m_said, 1);
    layout->addWidget(m_demonstration);
    m_silence.setSingleShot(true);
    m_silence.setInterval(10'000);
    connect(&m_silence, &QTimer::timeout, this, [this] { say(QString()); });
    m_age.setInterval(1'000);
    connect(&m_age, &QTimer::timeout, this, &StatusStrip::refresh);
    m_age.start();
    connect(&desk.federation, &Federation::differed, this, [this](const Differences &what) {
        if (!what.sites.empty() || what.operations) {
            refresh();
        }
    });
    say(QString());
    refresh();
}

void StatusStrip::say(const QString &words)
{
    m_said->setText(words);
    m_said->setToolTip(words);
    // Both long sentences at once are wider than a laptop.
    m_demonstration->setText(words.isEmpty() ? m_demonstration->toolTip() : tr("Demonstration"));
    if (!words.isEmpty()) {
        m_silence.start();
    }
}

void StatusStrip::refresh()
{
    const QStringList sites = m_desk.federation.siteIds();
    int live = 0;
    bool demonstration = false;
    for (const auto &id : sites) {
        live += m_desk.federation.standing(id).isLive() ? 1 : 0;
        const Site *site = m_desk.federation.site(id);
        demonstration = demonstration || (site != nullptr && site->demonstration);
    }
    m_sites->setText(sites.isEmpty() ? tr("No federation is open")
            : live == sites.size()   ? tr("%n site(s), all live", nullptr, live)
                                     : tr("%1 of %n site(s) live", nullptr, int(sites.size())).arg(live));
    int running = 0;
    for (const Operation *operation : m_desk.federation.inventory().operations()) {
        running += isOver(operation->state) ? 0 : 1;
    }
    m_operations->setText(running == 0 ? QString() : tr("%n operation(s) under way", nullptr, running));
    m_operations->setVisible(running != 0);
    m_demonstration->setVisible(demonstration);
}

}
