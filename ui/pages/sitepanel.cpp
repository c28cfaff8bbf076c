// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/pages/sitepanel.h"

#include "models/federation.h"
#include "models/formats.h"
#include "models/phrases.h"
#include "ui/pages/sections.h"
#include "ui/theme.h"

#include <QApplication>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollBar>

namespace portulan {

namespace {

QLabel *plain(const QString &text, QWidget *parent, const char *property = nullptr)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    if (property != nullptr) {
        label->setProperty(property, true);
    }
    return label;
}

/// Glyph and words: never a colour alone.
QWidget *badge(const Theme &theme, Status status, const QString &words, QWidget *parent)
{
    auto *box = new QWidget(parent);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    auto *glyph = new QLabel(box);
    glyph->setPixmap(theme.icon(status).pixmap(16, 16));
    row->addWidget(glyph, 0, Qt::AlignTop);
    row->addWidget(plain(words, box), 1);
    box->setAccessibleName(words);
    return box;
}

QProgressBar *bar(const QString &name, const QString &words, std::int64_t used, std::int64_t total, QWidget *parent)
{
    auto *progress = new QProgressBar(parent);
    progress->setRange(0, 1000);
    progress->setValue(total <= 0 ? 0 : int(std::clamp<double>(double(used) / double(total), 0, 1) * 1000));
    progress->setFormat(words);
    progress->setAccessibleName(name + QStringLiteral(": ") + words);
    progress->setProperty("load", total <= 0 ? 0 : double(used) / double(total));
    return progress;
}

}

SitePanel::SitePanel(const Desk &desk, QWidget *parent)
    : QScrollArea(parent)
    , m_desk(desk)
{
    setObjectName(QStringLiteral("site-panel"));
    setAccessibleName(tr("The chosen site"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(&desk.federation, &Federation::differed, this, [this](const Differences &what) {
        if (what.sites.contains(m_siteId.toStdString())) {
            rebuild();
        }
    });
    connect(&desk.federation, &Federation::siteAdded, this, [this] {
        if (m_siteId.isEmpty()) {
            rebuild();
        }
    });
    connect(&desk.federation, &Federation::siteRemoved, this, [this](const QString &siteId) {
        if (siteId == m_siteId) {
            m_siteId.clear();
        }
        if (m_siteId.isEmpty()) {
            rebuild();
        }
    });
    rebuild();
}

void SitePanel::setSite(const QString &siteId)
{
    if (siteId != m_siteId) {
        m_siteId = siteId;
        rebuild();
        verticalScrollBar()->setValue(0);
    }
}

void SitePanel::setDetailed(bool detailed)
{
    m_detailed = detailed;
    rebuild();
}

void SitePanel::rebuild()
{
    const int scrolled = verticalScrollBar()->value();
    // Facts arrive at any moment: whoever stands on a button here stays on it.
    const QWidget *focused = widget() != nullptr && widget()->isAncestorOf(QApplication::focusWidget()) ? QApplication::focusWidget() : nullptr;
    const QString keptFocus = focused == nullptr ? QString() : focused->objectName();
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(12);
    const Site *site = m_siteId.isEmpty() ? nullptr : m_desk.federation.site(m_siteId);
    if (m_siteId.isEmpty()) {
        addInvitation(layout);
    } else {
        addHeader(layout, site);
    }
    if (site != nullptr) {
        layout->addWidget(capacity(*site));
        layout->addWidget(verdicts(*site));
        layout->addWidget(operation(*site));
        layout->addWidget(certificates(*site));
        if (m_detailed) {
            layout->addWidget(facts(*site));
        }
    }
    layout->addStretch(1);
    setWidget(content);
    verticalScrollBar()->setValue(scrolled);
    if (auto *again = keptFocus.isEmpty() ? nullptr : content->findChild<QWidget *>(keptFocus)) {
        again->setFocus();
    }
}

void SitePanel::addInvitation(QVBoxLayout *layout)
{
    if (!m_desk.federation.siteIds().isEmpty()) {
        layout->addWidget(
            plain(tr("Choose a site on the map or in the list to see who runs it, how full it is and what may be there."), widget(), "dim"));
        return;
    }
    layout->addWidget(plain(tr("No federation is open"), widget(), "title"));
    layout->addWidget(plain(tr("The administrator of a federation gives you a file that names its sites, and your certificate. Open it, and its "
                               "sites appear on the map."),
        widget(), "dim"));
    auto *open = new QPushButton(tr("&Connect…"), widget());
    open->setObjectName(QStringLiteral("site-connect"));
    open->setProperty("primary", true);
    connect(open, &QPushButton::clicked, this, &SitePanel::connectionWanted);
    layout->addWidget(open, 0, Qt::AlignLeft);
}

void SitePanel::addHeader(QVBoxLayout *layout, const Site *site)
{
    auto *name = plain(m_desk.federation.siteName(m_siteId), widget(), "title");
    name->setObjectName(QStringLiteral("site-name"));
    layout->addWidget(name);
    const Standing standing = m_desk.federation.standing(m_siteId);
    const qint64 age = standing.lastHeard == Instant {} ? -1 : (m_desk.federation.now() - standing.lastHeard).count();
    QStringList lines {Phrases::standing(standing.state, age)};
    if (site != nullptr) {
        lines += QStringLiteral("%1, %2").arg(QString::fromStdString(site->place.city), Phrases::country(site->place.country));
        lines += QStringLiteral("%1 · %2").arg(Phrases::of(site->kind), Phrases::of(site->stack));
    }
    layout->addWidget(plain(lines.join(QStringLiteral(" · ")), widget(), "dim"));
    if (!standing.isLive() && standing.state != LinkState::Connecting && standing.state != LinkState::Idle) {
        auto *problem = badge(m_desk.theme, Status::ToWatch, Phrases::sentence(standing.problem), widget());
        layout->addWidget(problem);
        auto *again = new QPushButton(tr("Connect a&gain"), widget());
        again->setObjectName(QStringLiteral("site-again"));
        connect(again, &QPushButton::clicked, this, [this] { m_desk.federation.reopen(m_siteId); });
        layout->addWidget(again, 0, Qt::AlignLeft);
    }
    if (site != nullptr && site->lifecycleRecordedOnly) {
        layout->addWidget(badge(m_desk.theme, Status::ToWatch,
            tr("Recorded only: no hypervisor. Machines are records here; disks, data sets and transfers are real."), widget()));
    }
    auto *actions = new QHBoxLayout;
    auto *provision = new QPushButton(tr("&Provision here…"), widget());
    provision->setObjectName(QStringLiteral("site-provision"));
    connect(provision, &QPushButton::clicked, this, [this] { Q_EMIT provisionWanted(m_siteId); });
    auto *inventory = new QPushButton(tr("Show its &machines"), widget());
    inventory->setObjectName(QStringLiteral("site-inventory"));
    connect(inventory, &QPushButton::clicked, this, [this] { Q_EMIT inventoryWanted(QStringLiteral("site:") + m_siteId); });
    actions->addWidget(provision);
    actions->addWidget(inventory);
    actions->addStretch(1);
    layout->addLayout(actions);
    if (site != nullptr) {
        addDepartures(layout);
    }
}

void SitePanel::addDepartures(QVBoxLayout *layout)
{
    auto *row = new QHBoxLayout;
    const auto add = [&](const char *name, const QString &text, const QString &tip, auto wanted) {
        auto *button = new QPushButton(text, widget());
        button->setObjectName(QString::fromLatin1(name));
        button->setToolTip(tip);
        button->setEnabled(m_desk.federation.standing(m_siteId).isLive());
        connect(button, &QPushButton::clicked, this, wanted);
        row->addWidget(button);
    };
    add("site-empty", tr("&Empty this site…"), tr("Plan where everything on it could go, in waves"), [this] { Q_EMIT evacuationWanted(m_siteId); });
    if (m_desk.federation.sitesOfOperatorAt(m_siteId).size() > 1) {
        add("site-leave", tr("&Leave this operator…"), tr("Plan where everything on all its sites could go, in waves"),
            [this] { Q_EMIT departureWanted(m_siteId); });
    }
    row->addStretch(1);
    layout->addLayout(row);
}

QWidget *SitePanel::capacity(const Site &site)
{
    auto *section = new Section(tr("Capacity"));
    const Amounts total = site.capacity.total();
    const Amounts &used = site.capacity.used;
    const auto row = [&](const QString &name, const QString &words, std::int64_t part, std::int64_t whole) {
        section->add(name, bar(name, words, part, whole, section));
    };
    row(tr("vCPU"), tr("%1 of %2").arg(Formats::number(qint64(used.vcpus)), Formats::number(qint64(total.vcpus))), used.vcpus, total.vcpus);
    row(tr("Memory"), tr("%1 of %2").arg(Formats::bytes(used.ramBytes, Formats::Binary), Formats::bytes(total.ramBytes, Formats::Binary)),
        used.ramBytes, total.ramBytes);
    row(tr("Storage"), tr("%1 of %2").arg(Formats::bytes(used.storageBytes), Formats::bytes(total.storageBytes)), used.storageBytes,
        total.storageBytes);
    if (m_detailed) {
        section->add(tr("Service class"), QString::fromStdString(site.slaClass));
        section->add(tr("Hypervisor"), site.hypervisor.empty() ? tr("none") : QString::fromStdString(site.hypervisor));
        section->add(tr("Gateway"), QString::fromStdString(site.version));
    }
    return section;
}

QWidget *SitePanel::verdicts(const Site &site)
{
    auto *section = new Section(tr("What may be here"));
    for (const Classification classification : allClassifications) {
        if (classification == Classification::Unclassified || classification == Classification::Classified) {
            continue;
        }
        const Status status = m_desk.federation.rulebook().status(subjectOf(classification, nullptr), site, m_desk.federation.today());
        section->add(Phrases::of(classification), badge(m_desk.theme, status, Phrases::of(status), section));
    }
    return section;
}

QWidget *SitePanel::operation(const Site &site)
{
    const Operator &who = site.operatedBy;
    auto *section = new Section(tr("Operator"));
    section->add(QString(), QString::fromStdString(who.name));
    if (who.fictitious) {
        section->add(QString(), tr("Fictitious: this operator exists for the demonstration only."))->setProperty("dim", true);
    }
    section->add(tr("Registered in"), Phrases::country(who.country));
    section->add(tr("Ultimate parent"),
        who.ultimateParent.empty()
            ? tr("none above it (%1)").arg(Phrases::country(who.ultimateParentCountry))
            : QStringLiteral("%1 (%2)").arg(QString::fromStdString(who.ultimateParent), Phrases::country(who.ultimateParentCountry)));
    for (const Holder &holder : who.holders) {
        QString words
            = tr("%1 of capital, %2 of votes").arg(Formats::percent(holder.capitalPercent / 100), Formats::percent(holder.votesPercent / 100));
        if (holder.veto) {
            words += tr(", with a veto");
        }
        // A line of its own: a holder's name is longer than any label.
        section->add(QString(), QStringLiteral("%1 (%2)").arg(QString::fromStdString(holder.name), Phrases::country(holder.country)));
        section->add(QString(), words)->setProperty("dim", true);
    }
    return section;
}

QWidget *SitePanel::certificates(const Site &site)
{
    auto *section = new Section(tr("Certificates"));
    const Date today = m_desk.federation.today();
    for (const Certificate &certificate : site.certificates) {
        const auto days = (certificate.validUntil - today).count();
        const bool over = days < 0 || certificate.status == CertificateStatus::Revoked;
        const Status status = over                               ? Status::NonCompliant
            : certificate.status != CertificateStatus::Confirmed ? Status::NotEvaluated
            : days < 90                                          ? Status::ToWatch
                                                                 : Status::Compliant;
        QString words = over ? tr("ended %1").arg(Formats::date(certificate.validUntil)) : tr("until %1").arg(Formats::date(certificate.validUntil));
        if (!over && days < 90) {
            words += QStringLiteral(" · ") + tr("%n day(s) left", nullptr, int(days));
        }
        words += QStringLiteral(" · ") + Phrases::of(certificate.status);
        section->add(QStringLiteral("%1 %2").arg(QString::fromStdString(certificate.scheme), QString::fromStdString(certificate.level)),
            badge(m_desk.theme, status, words, section));
    }
    if (section->isEmpty()) {
        section->add(QString(), tr("None is known."));
    }
    return section;
}

QWidget *SitePanel::facts(const Site &site)
{
    auto *section = new Section(tr("Facts, with their source"));
    for (const auto &[name, fact] : site.facts) {
        auto *value = section->add(Phrases::factName(name), Phrases::value(fact.value));
        value->setToolTip(provenance(fact));
        value->setText(value->text() + QLatin1Char('\n') + provenance(fact));
    }
    return section;
}

}
