// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/pages/overviewpage.h"

#include "models/censustaker.h"
#include "models/formats.h"
#include "models/phrases.h"
#include "ui/pages/figurecard.h"
#include "ui/pages/overviewcharts.h"
#include "ui/theme.h"

#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QStyle>
#include <QVBoxLayout>
#include <set>

namespace portulan {

OverviewPage::OverviewPage(const Desk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_charts(new OverviewCharts(desk, this))
{
    setObjectName(QStringLiteral("overview"));
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(20, 16, 20, 20);
    column->setSpacing(16);
    m_title = new QLabel(tr("The federation in ten figures"), content);
    m_title->setProperty("title", true);
    column->addWidget(m_title);
    auto *grid = new QGridLayout;
    grid->setSpacing(12);
    buildCards(grid);
    column->addLayout(grid);
    column->addWidget(m_charts, 1);
    m_demonstration = new QLabel(tr("Demonstration: operators and data are fictitious; gateways, machines, disks and transfers are real."), content);
    m_demonstration->setProperty("dim", true);
    m_demonstration->setWordWrap(true);
    m_demonstration->hide();
    column->addWidget(m_demonstration);
    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setObjectName(QStringLiteral("overview-scroll"));
    scroll->setAccessibleName(m_title->text());
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);
    m_soon.setSingleShot(true);
    m_soon.setInterval(250);
    connect(&m_soon, &QTimer::timeout, this, &OverviewPage::refresh);
    const auto soon = [this] {
        if (!m_soon.isActive()) {
            m_soon.start();
        }
    };
    connect(&desk.census, &CensusTaker::counted, this, soon);
    connect(&desk.federation, &Federation::differed, this, soon);
    refresh();
}

FigureCard *OverviewPage::card(const QString &key, const QString &what, ObjectKind kind, const QString &query)
{
    auto *made = new FigureCard(what, key, this);
    connect(made, &QPushButton::clicked, this, [this, kind, query] { Q_EMIT inventoryWanted(kind, query); });
    m_cards[key] = made;
    return made;
}

void OverviewPage::buildCards(QGridLayout *grid)
{
    using enum ObjectKind;
    FigureCard *cards[] = {card(QStringLiteral("sites"), tr("Sites answering"), Instance, QString()),
        card(QStringLiteral("instances"), tr("Machines running"), Instance, QStringLiteral("state:running")),
        card(QStringLiteral("data"), tr("Data held"), DataSet, QString()), card(QStringLiteral("load"), tr("Storage used"), Volume, QString()),
        card(QStringLiteral("moving"), tr("Migrations under way"), Instance, QStringLiteral("custody:leaving")),
        card(QStringLiteral("compliant"), tr("Where it may be"), Instance, QStringLiteral("verdict:compliant")),
        card(QStringLiteral("broken"), tr("Where it may not be"), Instance, QStringLiteral("verdict:non_compliant")),
        card(QStringLiteral("unknown"), tr("Not evaluated"), Instance, QStringLiteral("verdict:not_evaluated")),
        card(QStringLiteral("exposed"), tr("Objects under a non-European parent"), Instance, QString()),
        card(QStringLiteral("expiring"), tr("Certificates ending within 90 days"), Instance, QString())};
    int place = 0;
    for (FigureCard *made : cards) {
        grid->addWidget(made, place / 5, place % 5);
        ++place;
    }
}

void OverviewPage::setPresenting(bool presenting)
{
    for (const auto &[key, made] : m_cards) {
        made->setLarge(presenting);
    }
    m_charts->setLarge(presenting);
    m_title->setProperty("large", presenting);
    m_title->style()->unpolish(m_title);
    m_title->style()->polish(m_title);
    // An audience need not see a frame around everything: Tab goes from figure to figure.
    auto *scroll = findChild<QWidget *>(QStringLiteral("overview-scroll"));
    scroll->setFocusPolicy(presenting ? Qt::NoFocus : Qt::StrongFocus);
    if (presenting) {
        scroll->clearFocus();
    }
    // The strip that says so at other times is hidden.
    const QStringList ids = m_desk.federation.siteIds();
    m_demonstration->setVisible(presenting && std::ranges::any_of(ids, [this](const QString &id) {
        return m_desk.federation.site(id) != nullptr && m_desk.federation.site(id)->demonstration;
    }));
}

void OverviewPage::refresh()
{
    refreshPlaces();
    refreshRisks();
    m_charts->refresh();
}

void OverviewPage::refreshPlaces()
{
    const Census::Tally &all = m_desk.census.census().all;
    int live = 0;
    std::set<std::string> countries;
    Amounts used;
    Amounts total;
    const QStringList ids = m_desk.federation.siteIds();
    for (const auto &id : ids) {
        live += m_desk.federation.standing(id).isLive() ? 1 : 0;
        if (const Site *site = m_desk.federation.site(id)) {
            countries.insert(site->place.country);
            used = used + site->capacity.used;
            total = total + site->capacity.total();
        }
    }
    int moving = 0;
    int moved = 0;
    for (const Operation *operation : m_desk.federation.inventory().operations()) {
        if (operation->kind == "migrate") {
            (isOver(operation->state) ? moved : moving) += operation->state == OperationState::Done || !isOver(operation->state) ? 1 : 0;
        }
    }
    m_cards[QStringLiteral("sites")]->setFigure(tr("%1 of %2").arg(Formats::number(qint64(live)), Formats::number(qint64(ids.size()))),
        tr("in %Ln countr(y/ies)", nullptr, int(countries.size())));
    m_cards[QStringLiteral("instances")]->setFigure(
        Formats::number(qint64(all.running)), tr("of %1").arg(Phrases::counted(ObjectKind::Instance, int(all.of(ObjectKind::Instance)))));
    m_cards[QStringLiteral("data")]->setFigure(Formats::bytes(all.bytes),
        QStringLiteral("%1, %2").arg(Phrases::counted(ObjectKind::Volume, int(all.of(ObjectKind::Volume))),
            Phrases::counted(ObjectKind::DataSet, int(all.of(ObjectKind::DataSet)))));
    m_cards[QStringLiteral("load")]->setFigure(
        total.storageBytes == 0 ? QStringLiteral("–") : Formats::percent(double(used.storageBytes) / double(total.storageBytes)),
        tr("of %1").arg(Formats::bytes(total.storageBytes)));
    m_cards[QStringLiteral("moving")]->setFigure(Formats::number(qint64(moving)), tr("%Ln done so far", nullptr, moved));
}

void OverviewPage::refreshRisks()
{
    const Census &census = m_desk.census.census();
    const qint64 judged = census.all.judged();
    const auto show = [&](const QString &key, Status status, qint64 count) {
        m_cards[key]->setFigure(
            Formats::number(count), judged == 0 ? QString() : tr("%1 of all objects").arg(Formats::percent(double(count) / double(judged))));
        m_cards[key]->setGlyph(m_desk.theme.icon(status).pixmap(18, 18));
    };
    show(QStringLiteral("compliant"), Status::Compliant, census.all.of(Status::Compliant) + census.all.of(Status::ToWatch));
    show(QStringLiteral("broken"), Status::NonCompliant, census.all.of(Status::NonCompliant) + census.all.of(Status::Conflict));
    show(QStringLiteral("unknown"), Status::NotEvaluated, census.all.of(Status::NotEvaluated));
    qint64 exposed = 0;
    int foreign = 0;
    int expiring = 0;
    QString first;
    const Date today = m_desk.federation.today();
    Date firstEnd = Date::max();
    const QStringList ids = m_desk.federation.siteIds();
    for (const auto &id : ids) {
        const Site *site = m_desk.federation.site(id);
        if (site == nullptr) {
            continue;
        }
        const bool european = m_desk.federation.rulebook().isIn("EEA", site->operatedBy.ultimateParentCountry);
        if (!site->operatedBy.ultimateParentCountry.empty() && !european) {
            exposed += census.site(site->id).judged();
            ++foreign;
        }
        for (const Certificate &certificate : site->certificates) {
            const auto days = (certificate.validUntil - today).count();
            if (days >= 0 && days < 90) {
                ++expiring;
                if (certificate.validUntil < firstEnd) {
                    firstEnd = certificate.validUntil;
                    first = QString::fromStdString(certificate.scheme);
                }
            }
        }
    }
    m_cards[QStringLiteral("exposed")]->setFigure(Formats::number(exposed), tr("on %Ln site(s)", nullptr, foreign));
    m_cards[QStringLiteral("expiring")]->setFigure(
        Formats::number(qint64(expiring)), expiring == 0 ? QString() : tr("next: %1, %2", "scheme, date").arg(first, Formats::date(firstEnd)));
}

}
