// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// How Federation spends a turn of the event loop: apply what the links said, judge what that touches, announce what differed.
#include "models/federation.h"

#include <QElapsedTimer>
#include <atomic>

namespace portulan {

using namespace std::chrono_literals;

namespace {
constexpr qint64 turnBudgetNs = 8'000'000;
constexpr auto readerPoll = 5ms;
constexpr int thingsBetweenLooks = 32;
constexpr Slot rowsBetweenLooks = 4096;

/// Whether what the rules read about a site is the same; its capacity and version are not among that.
bool sameForTheRules(const Site &a, const Site &b)
{
    return a.facts == b.facts && a.certificates == b.certificates && a.operatedBy == b.operatedBy && a.place == b.place && a.kind == b.kind;
}
}

void Federation::queue(News news)
{
    m_news.push_back(std::move(news));
    schedule();
}

void Federation::schedule()
{
    if (!m_turn.isActive()) {
        m_turn.start(0);
    }
}

/// Whether somebody reads in another thread; whoever hears of a difference may begin to, in the middle of a turn.
bool Federation::isBeingRead() const
{
    const bool isRead = m_lease.use_count() > 1;
    std::atomic_thread_fence(std::memory_order_acquire); // what the last reader did happened before we write
    return isRead;
}

void Federation::turn()
{
    if (isBeingRead()) {
        m_turn.start(readerPoll); // facts wait
        return;
    }
    QElapsedTimer spent;
    spent.start();
    const std::function<bool()> hasTime = [&spent] { return spent.nsecsElapsed() < turnBudgetNs; };
    applyQueued(hasTime);
    if (m_news.empty() && !isBeingRead()) {
        rejudge(hasTime);
    }
    announce();
    if (isCaughtUp()) {
        Q_EMIT caughtUp();
    } else {
        schedule();
    }
}

void Federation::applyQueued(const std::function<bool()> &hasTime)
{
    int untilLook = thingsBetweenLooks;
    while (!m_news.empty()) {
        News &news = m_news.front();
        const bool isKnown = m_seats.contains(QString::fromStdString(news.site));
        if (news.what == News::Facts) {
            for (; isKnown && news.next < news.things.size(); ++news.next) {
                if (--untilLook < 0) {
                    if (!hasTime()) {
                        return;
                    }
                    untilLook = thingsBetweenLooks;
                }
                apply(news.things.at(news.next), news.site);
            }
        } else if (!isKnown) {
            m_inventory->forgetSite(news.site);
            m_judgements.forget(news.site);
            sweep({}, news.site);
        } else if (news.what == News::Begins) {
            m_inventory->beginSnapshot(news.site);
        } else {
            announce(); // slots of what vanishes below may be taken by what comes after
            if (isBeingRead()) {
                return;
            }
            sweep(m_inventory->endSnapshot(news.site), news.site);
            announce();
        }
        m_news.pop_front();
        if (isBeingRead() || !hasTime()) {
            return;
        }
    }
}

void Federation::sweep(const std::vector<ObjectId> &vanished, const std::string &siteId)
{
    const bool whole = vanished.empty() && !m_seats.contains(QString::fromStdString(siteId));
    for (auto &rows : m_differences.rows) {
        rows.swept = rows.swept || whole;
    }
    m_differences.operations = m_differences.operations || whole;
    m_differences.alerts = m_differences.alerts || whole;
    for (const ObjectId &id : vanished) {
        switch (id.kind) {
        case ObjectKind::Operation:
            m_differences.operations = true;
            break;
        case ObjectKind::Alert:
            m_differences.alerts = true;
            break;
        case ObjectKind::Project:
            m_differences.projects.insert(id.site);
            break;
        default:
            m_differences.of(id.kind).swept = true;
        }
    }
    m_differences.sites.insert(siteId);
    m_differences.projects.insert(siteId);
}

void Federation::noteBefore(const Thing &thing)
{
    if (const auto *site = std::get_if<Site>(&thing)) {
        const Site *before = m_inventory->site(site->id);
        if (before == nullptr || !sameForTheRules(*before, *site)) {
            m_judgements.forget(site->id);
            m_toJudge.insert(site->id);
        }
    } else if (const auto *project = std::get_if<Project>(&thing)) {
        const Project *before = m_inventory->project(project->id.site, project->id.id);
        if (before == nullptr || before->policy != project->policy || before->tenantType != project->tenantType
            || before->labels != project->labels) {
            m_judgements.forget(project->id.site);
            m_toJudge.insert(project->id.site);
        }
    } else if (const auto *gone = std::get_if<Vanished>(&thing)) {
        if (gone->id.kind == ObjectKind::Project) {
            m_judgements.forget(gone->id.site);
            m_toJudge.insert(gone->id.site);
        } else if (const Slot slot = m_inventory->find(gone->id); slot != noSlot) {
            m_differences.of(gone->id.kind).vanished.push_back(slot);
        }
    }
}

void Federation::apply(const Thing &thing, const std::string &from)
{
    const ObjectId id = idOf(thing);
    if (id.site != from) {
        return; // a site speaks for itself only
    }
    noteBefore(thing);
    if (m_inventory->apply(thing) == Differed::Nothing) {
        return;
    }
    if (std::holds_alternative<Sampled>(thing)) {
        m_differences.sampled.insert(from);
        return;
    }
    switch (id.kind) {
    case ObjectKind::Site:
        m_differences.sites.insert(from);
        break;
    case ObjectKind::Project:
        m_differences.projects.insert(from);
        break;
    case ObjectKind::Operation:
        m_differences.operations = true;
        break;
    case ObjectKind::Alert:
        m_differences.alerts = true;
        break;
    default:
        if (const Slot slot = m_inventory->find(id); slot != noSlot) {
            judgeRow(id.kind, slot);
            m_differences.of(id.kind).touched.push_back(slot);
        }
        if (id.kind == ObjectKind::Volume) { // an instance's bytes are those of its volumes
            for (const Slot slot : ownersOf(thing)) {
                m_differences.of(ObjectKind::Instance).touched.push_back(slot);
            }
        }
    }
}

std::vector<Slot> Federation::ownersOf(const Thing &thing) const
{
    const auto *volume = std::get_if<Volume>(&thing);
    if (volume == nullptr || volume->instanceId.empty()) {
        return {};
    }
    const Slot slot = m_inventory->find({volume->id.site, ObjectKind::Instance, volume->instanceId});
    return slot == noSlot ? std::vector<Slot> {} : std::vector<Slot> {slot};
}

void Federation::judgeRow(ObjectKind kind, Slot slot)
{
    if (isJudged(kind)) {
        m_inventory->setVerdict(kind, slot, m_judgements.of(*m_inventory, m_inventory->rows(kind)[slot], m_judgedOn));
    }
}

void Federation::rejudge(const std::function<bool()> &hasTime)
{
    if (m_judging.empty()) {
        m_judging.swap(m_toJudge);
        m_judgingKind = 0;
        m_judgingSlot = 0;
    }
    for (; !m_judging.empty() && m_judgingKind < allObjectKinds.size(); ++m_judgingKind, m_judgingSlot = 0) {
        const ObjectKind kind = allObjectKinds[m_judgingKind];
        if (!isJudged(kind)) {
            continue;
        }
        std::set<Ref> sites;
        for (const auto &id : m_judging) {
            sites.insert(m_inventory->ref(id));
        }
        const auto rows = m_inventory->rows(kind);
        for (; m_judgingSlot < rows.size(); ++m_judgingSlot) {
            if (m_judgingSlot % rowsBetweenLooks == rowsBetweenLooks - 1 && !hasTime()) {
                return;
            }
            const Row &row = rows[m_judgingSlot];
            if (!row.alive || !sites.contains(row.site)) {
                continue;
            }
            const Status before = row.verdict;
            judgeRow(kind, m_judgingSlot);
            if (m_inventory->rows(kind)[m_judgingSlot].verdict != before) {
                m_differences.of(kind).touched.push_back(m_judgingSlot);
            }
        }
    }
    m_judging.clear();
}

void Federation::announce()
{
    if (m_differences.isEmpty()) {
        return;
    }
    const Differences what = std::exchange(m_differences, {});
    Q_EMIT differed(what);
}

}
