// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/evacuationplan.h"

#include "models/background.h"

#include <QDateTime>
#include <algorithm>

namespace portulan {

namespace {

/// Of the day, by this machine's clock: nobody tells that of a site's, which hours are meant by.
int minuteOf(Instant moment)
{
    const auto time = QDateTime::fromMSecsSinceEpoch(moment.time_since_epoch().count()).time();
    return time.hour() * 60 + time.minute();
}

constexpr ObjectKind movableKinds[] = {ObjectKind::Instance, ObjectKind::Volume, ObjectKind::DataSet, ObjectKind::Image};

}

EvacuationPlan::EvacuationPlan(Federation &federation, QObject *parent)
    : QObject(parent)
    , m_federation(federation)
{
}

QStringList EvacuationPlan::candidates() const
{
    QStringList sites = m_choices.to.isEmpty() ? m_federation.siteIds() : m_choices.to;
    const auto emptied = m_choices.sources();
    for (const auto &site : emptied) {
        sites.removeAll(site);
    }
    sites.removeDuplicates();
    return sites;
}

Result<> EvacuationPlan::check() const
{
    const auto unknown = [](const QString &site) { return refuse(Reason::NotFound, {{"what", "site"}, {"id", site.toStdString()}}); };
    const auto emptied = m_choices.sources();
    for (const auto &site : emptied) {
        if (m_federation.link(site) == nullptr) {
            return unknown(site);
        }
        if (!m_federation.standing(site).isLive()) {
            return refuse(Reason::Unreachable, {{"site", site.toStdString()}});
        }
    }
    const auto to = candidates();
    const auto missing = std::ranges::find_if(to, [this](const QString &site) { return m_federation.link(site) == nullptr; });
    if (missing != to.end()) {
        return unknown(*missing);
    }
    if (m_choices.mode == MoveMode::Live && !m_choices.start) {
        return refuse(Reason::InvalidArgument, {{"field", "start"}, {"expected", "true: a live move is of a machine that goes on"}});
    }
    if (const auto window = dayWindowFrom(m_choices.hours.trimmed().toStdString()); !window) {
        return tl::unexpected(window.error());
    }
    return {};
}

void EvacuationPlan::prepare(const EvacuationChoices &choices)
{
    ++m_generation;
    m_choices = choices;
    m_isCurrent = false;
    m_next = std::make_shared<Evacuation>();
    m_nextLeftOut.clear();
    m_nextStaying.clear();
    m_toAsk.clear();
    m_assumed.clear();
    m_asked = m_open = m_questions = 0;
    m_busy = 0;
    std::erase_if(m_checks, [](const auto &its) { return its.second.hindrance.has_value(); }); // what hindered it may be over
    if (const auto checked = check(); !checked) {
        end(checked);
        return;
    }
    gather();
    become(Doing::Asking);
    askNext();
}

void EvacuationPlan::stop()
{
    ++m_generation;
    m_isCurrent = false;
    become(Doing::Nothing);
}

void EvacuationPlan::become(Doing doing)
{
    m_doing = doing;
    Q_EMIT progressed();
}

std::pair<int, int> EvacuationPlan::answered() const
{
    const bool isMeasuring = m_doing != Doing::Asking && m_doing != Doing::Checking;
    const std::size_t all = m_doing == Doing::Asking ? m_toAsk.size() : m_doing == Doing::Checking ? m_toCheck.size() : m_questions;
    return {int((isMeasuring ? all : m_asked) - m_open), int(all)};
}

void EvacuationPlan::gather()
{
    const auto &inventory = m_federation.inventory();
    std::set<Ref> sites;
    const auto emptied = m_choices.sources();
    for (const auto &site : emptied) {
        sites.insert(inventory.ref(site.toStdString()));
    }
    const auto addAll = [&](ObjectKind kind) {
        for (const Row &row : inventory.rows(kind)) {
            if (row.alive && sites.contains(row.site)) {
                add(kind, row);
            }
        }
    };
    m_nextBeginning = std::max(m_federation.now(), m_choices.notBefore);
    m_next->minute = minuteOf(m_nextBeginning);
    std::ranges::for_each(movableKinds, addAll);
    addAll(ObjectKind::Snapshot);
    m_next->limits.waveSize = std::size_t(std::max(m_choices.waveSize, 1));
    m_next->limits.atOnce = std::size_t(std::max(m_choices.atOnce, 1));
}

/// What a thing is and needs elsewhere: a disk or an image its bytes, a machine also what it runs in.
Movable EvacuationPlan::movableOf(ObjectKind kind, const Row &row) const
{
    const auto &inventory = m_federation.inventory();
    const auto id = inventory.idOf(row);
    const bool isInstance = kind == ObjectKind::Instance;
    Movable movable;
    movable.object = id;
    movable.name = inventory.text(row.name);
    movable.need.subject = m_federation.subject(id).value_or(Subject {});
    movable.need.projectId = m_choices.toProject.isEmpty() ? std::string(inventory.text(row.project)) : m_choices.toProject.toStdString();
    movable.need.amounts = {isInstance ? row.count : 0, isInstance ? row.ramBytes : 0, row.bytes};
    movable.runs = isInstance && row.state == PowerState::Running;
    movable.need.capability = kind == ObjectKind::DataSet ? "dataset.create" : "migrate.in";
    movable.need.needsHypervisor = movable.runs && m_choices.start;
    movable.bytes = row.allocatedBytes > 0 ? std::min(row.allocatedBytes, row.bytes) : row.bytes;
    movable.instances = isInstance ? 1 : 0;
    const auto options = optionsOf(id);
    movable.follows = options.mode != MoveMode::Cold;
    movable.allowance = {options.window, options.bandwidth, options.hourly};
    movable.earliest = std::max<qint64>(std::chrono::ceil<std::chrono::seconds>(options.notBefore - m_nextBeginning).count(), 0);
    movable.volumes = isInstance ? std::int64_t(inventory.ownedBy(ObjectKind::Volume, id).size()) : kind == ObjectKind::Volume ? 1 : 0;
    return movable;
}

/// Why a thing cannot move at all.
std::optional<Problem> EvacuationPlan::fixture(ObjectKind kind, const Row &row) const
{
    const auto &inventory = m_federation.inventory();
    if (kind == ObjectKind::Snapshot) {
        return Problem {Reason::Unsupported, {{"cause", "snapshot"}, {"what", "snapshot"}, {"id", std::string(inventory.text(row.owner))}}, {}};
    }
    if (m_choices.toProject.isEmpty() && inventory.text(row.project).empty()) {
        return Problem {Reason::NotFound, {{"cause", "projectless"}, {"what", "project"}}, {}};
    }
    return std::nullopt;
}

void EvacuationPlan::add(ObjectKind kind, const Row &row)
{
    if (kind == ObjectKind::Volume && !m_federation.inventory().text(row.owner).empty()) {
        return; // goes with its instance
    }
    if (row.custody != Custody::Owner) {
        m_busy += row.custody == Custody::Retained ? 0 : 1;
        return;
    }
    auto movable = movableOf(kind, row);
    if (auto why = fixture(kind, row)) {
        m_nextStaying.push_back({std::move(movable), std::move(*why)});
        return;
    }
    const auto id = movable.object;
    if (const auto its = m_choices.exceptions.find(id); its != m_choices.exceptions.end()) {
        movable.only = its->second.to.toStdString();
        if (its->second.stays) {
            m_nextLeftOut.push_back(std::move(movable));
            return;
        }
    }
    if (const auto known = m_surveyed.find(id); known == m_surveyed.end() || known->second.version != row.version) {
        m_toAsk.emplace_back(id, row.version);
    }
    m_next->movables.push_back(std::move(movable));
}

void EvacuationPlan::solve()
{
    become(Doing::Solving);
    const auto judged = judgeWaves(*m_next, m_federation.rulebook(), m_federation.today());
    if (!judged) {
        end(tl::unexpected(judged.error()));
        return;
    }
    // The solver's thread may outlive this plan: it holds what it reads.
    const auto work = [evacuation = m_next, board = *judged] { return std::make_shared<Result<WavePlan>>(planWaves(*evacuation, *board)); };
    inBackground(work, this, [this, asked = m_generation](const std::shared_ptr<Result<WavePlan>> &answer) {
        if (asked != m_generation) {
            return;
        }
        if (!*answer) {
            end(tl::unexpected(answer->error()));
            return;
        }
        m_found = std::make_shared<WavePlan>(std::move(**answer));
        findLive();
        checkNext();
    });
}

void EvacuationPlan::adopt()
{
    m_plan = std::move(m_found);
    m_evacuation = m_next;
    m_beginning = m_nextBeginning;
    m_keepsHours = m_beginning > m_federation.now() || std::ranges::any_of(m_evacuation->movables, [](const Movable &its) {
        return !its.allowance.hours.isAlways() || !its.allowance.hourly.empty() || its.earliest > 0;
    });
    m_leftOut = m_nextLeftOut;
    m_staying = m_nextStaying;
    m_isCurrent = true;
    m_waves.assign(m_evacuation->movables.size(), 0);
    for (std::size_t wave = 0; wave < m_plan->waves.size(); ++wave) {
        for (const std::size_t movable : m_plan->waves[wave].movables) {
            m_waves[movable] = int(wave) + 1;
        }
    }
}

void EvacuationPlan::end(const Result<> &how)
{
    QMetaObject::invokeMethod(
        this,
        [this, how, asked = m_generation] {
            if (asked != m_generation) {
                return;
            }
            become(Doing::Nothing);
            if (how) {
                Q_EMIT planned();
            } else {
                Q_EMIT failed(how.error());
            }
        },
        Qt::QueuedConnection);
}

}
