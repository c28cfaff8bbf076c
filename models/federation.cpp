// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/federation.h"

#include "models/answer.h"
#include "models/log.h"
#include "models/plannedevacuation.h"

#include <QUuid>
#include <algorithm>

namespace portulan {

using namespace std::chrono_literals;

bool Differences::isEmpty() const
{
    return sites.empty() && sampled.empty() && projects.empty() && !operations && !alerts && std::ranges::all_of(rows, &Rows::isEmpty);
}

Federation::Federation(Rulebook rulebook, LinkFactory makeLink, Clock now, QObject *parent)
    : QObject(parent)
    , m_rulebook(std::move(rulebook))
    , m_makeLink(std::move(makeLink))
    , m_now(std::move(now))
    , m_judgedOn(today())
{
    m_turn.setSingleShot(true);
    connect(&m_turn, &QTimer::timeout, this, &Federation::turn);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        if (today() == m_judgedOn) {
            return;
        }
        m_judgedOn = today();
        m_judgements.forgetAll();
        for (const auto &siteId : m_inventory->siteIds()) {
            m_toJudge.insert(siteId);
        }
        schedule();
    });
    m_tick.start(60s);
}

Federation::~Federation() = default;

Date Federation::today() const
{
    return std::chrono::floor<std::chrono::days>(m_now());
}

void Federation::add(const Profile &site)
{
    if (m_seats.contains(site.id)) {
        remove(site.id);
    }
    auto &seat = m_seats[site.id];
    seat.profile = site;
    seat.link = m_makeLink(site);
    follow(seat.link.get(), site.id.toStdString());
    Q_EMIT siteAdded(site.id);
}

void Federation::follow(SiteLink *link, const std::string &siteId)
{
    connect(link, &SiteLink::stateChanged, this, [this, siteId] {
        m_differences.sites.insert(siteId);
        schedule();
    });
    connect(link, &SiteLink::snapshotBegan, this, [this, siteId] { queue({News::Begins, siteId, {}}); });
    connect(link, &SiteLink::changed, this, [this, siteId](const QVector<Thing> &things) { queue({News::Facts, siteId, things}); });
    connect(link, &SiteLink::snapshotEnded, this, [this, siteId] { queue({News::Ends, siteId, {}}); });
}

void Federation::remove(const QString &siteId)
{
    const auto at = m_seats.find(siteId);
    if (at == m_seats.end()) {
        return;
    }
    m_seats.erase(at);
    const auto id = siteId.toStdString();
    std::erase_if(m_news, [&](const News &news) { return news.site == id; });
    // An empty news of a site without seat: turn() then forgets it, when nobody reads.
    queue({News::Begins, id, {}});
    Q_EMIT siteRemoved(siteId);
}

void Federation::open()
{
    for (const auto &id : siteIds()) {
        open(id);
    }
}

void Federation::open(const QString &siteId)
{
    if (const auto at = m_seats.find(siteId); at != m_seats.end() && !at->second.isOpen) {
        at->second.isOpen = true;
        at->second.link->open();
    }
}

void Federation::close()
{
    for (auto &[id, seat] : m_seats) {
        seat.isOpen = false;
        seat.link->close();
    }
}

void Federation::reopen(const QString &siteId)
{
    if (const auto at = m_seats.find(siteId); at != m_seats.end()) {
        at->second.link->close();
        at->second.isOpen = true;
        at->second.link->open();
    }
}

QStringList Federation::siteIds() const
{
    QStringList ids;
    ids.reserve(qsizetype(m_seats.size()));
    for (const auto &[id, seat] : m_seats) {
        ids.append(id);
    }
    return ids;
}

Profile Federation::profile(const QString &siteId) const
{
    const auto at = m_seats.find(siteId);
    return at == m_seats.end() ? Profile {} : at->second.profile;
}

Standing Federation::standing(const QString &siteId) const
{
    const SiteLink *seen = link(siteId);
    return seen == nullptr ? Standing {} : Standing {seen->state(), seen->problem(), seen->lastHeard(), seen->clockSkewMs()};
}

QString Federation::siteName(const QString &siteId) const
{
    if (const Site *known = site(siteId); known != nullptr && !known->name.empty()) {
        return QString::fromStdString(known->name);
    }
    const auto name = profile(siteId).name;
    return name.isEmpty() ? siteId : name;
}

SiteLink *Federation::link(const QString &siteId) const
{
    const auto at = m_seats.find(siteId);
    return at == m_seats.end() ? nullptr : at->second.link.get();
}

QFuture<Result<Operation>> Federation::submit(const QString &siteId, Order order, const QString &etag, bool validateOnly)
{
    SiteLink *to = link(siteId);
    if (to == nullptr) {
        return answered<Operation>(refuse(Reason::NotFound, {{"what", "site"}, {"id", siteId.toStdString()}}));
    }
    const auto requestId = QUuid::createUuid().toString(QUuid::WithoutBraces);
    qCInfo(logModel).noquote() << "order" << QLatin1String(kindOf(order)) << "to" << siteId << "as" << requestId;
    return to->submit({requestId.toStdString(), etag.toStdString(), validateOnly, std::move(order)});
}

QStringList Federation::sitesOfOperatorAt(const QString &siteId) const
{
    QStringList found;
    const Site *its = site(siteId);
    const auto ids = siteIds();
    std::ranges::copy_if(ids, std::back_inserter(found), [this, its](const QString &id) {
        const Site *other = site(id);
        return its != nullptr && other != nullptr && !its->operatedBy.id.empty() && other->operatedBy.id == its->operatedBy.id;
    });
    return found;
}

void Federation::keep(const ObjectId &evacuation, const PlannedEvacuation &plan)
{
    m_planned.insert_or_assign(evacuation, std::make_shared<const PlannedEvacuation>(plan));
    m_differences.operations = true; // its moves have names and waves now
    schedule();
}

void Federation::keep(const ObjectId &migration, const Migrate &order)
{
    constexpr std::size_t most = 10'000;
    if (m_ordered.size() >= most) {
        m_ordered.erase(m_ordered.begin());
    }
    m_ordered.insert_or_assign(migration, order);
}

std::optional<Migrate> Federation::ordered(const ObjectId &migration) const
{
    const auto at = m_ordered.find(migration);
    return at == m_ordered.end() ? std::nullopt : std::optional(at->second);
}

std::shared_ptr<const PlannedEvacuation> Federation::planned(const ObjectId &evacuation) const
{
    const auto at = m_planned.find(evacuation);
    return at == m_planned.end() ? nullptr : at->second;
}

std::optional<Subject> Federation::subject(const ObjectId &object) const
{
    const Slot slot = m_inventory->find(object);
    if (slot == noSlot) {
        return std::nullopt;
    }
    const Row &row = m_inventory->rows(object.kind)[slot];
    return subjectOf(row.classification, m_inventory->project(object.site, m_inventory->text(row.project)));
}

Result<Verdict> Federation::judge(const ObjectId &object, const QString &atSite) const
{
    const auto what = subject(object);
    if (!what) {
        return refuse(Reason::NotFound, {{"what", std::string(toString(object.kind))}, {"id", object.text()}});
    }
    const QString where = atSite.isEmpty() ? QString::fromStdString(object.site) : atSite;
    const Site *place = site(where);
    if (place == nullptr) {
        return refuse(link(where) == nullptr ? Reason::NotFound : Reason::Unreachable,
            {{"what", "site"}, {"id", where.toStdString()}, {"site", where.toStdString()}});
    }
    return m_rulebook.judge(*what, *place, today());
}

}
