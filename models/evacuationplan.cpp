// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/evacuationplan.h"

#include "models/await.h"
#include "models/background.h"

#include <QRegularExpression>
#include <algorithm>

namespace portulan {

namespace {

constexpr std::size_t questionsAtOnce = 32; // a site answers 64 of one caller

constexpr ObjectKind movableKinds[] = {ObjectKind::Instance, ObjectKind::Volume, ObjectKind::DataSet};

std::string label(const Common &thing, const char *name)
{
    const auto at = thing.labels.find(name);
    return at == thing.labels.end() ? std::string() : at->second;
}

/// The things a label names: "instance/db", "db".
std::vector<ObjectId> named(const std::string &words, const Evacuation &evacuation)
{
    std::vector<ObjectId> found;
    static const QRegularExpression separators(QStringLiteral("[,; ]+"));
    for (const auto &word : QString::fromStdString(words).split(separators, Qt::SkipEmptyParts)) {
        for (const auto &movable : evacuation.movables) {
            const auto &id = movable.object;
            const auto text = word.toStdString();
            if (text == id.id || text == id.text() || text == std::string(toString(id.kind)) + '/' + id.id) {
                found.push_back(id);
            }
        }
    }
    return found;
}

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
    m_toAsk.clear();
    m_assumed.clear();
    m_asked = m_open = m_questions = 0;
    m_staying = m_busy = 0;
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
    const bool isAsking = m_doing == Doing::Asking;
    const std::size_t all = isAsking ? m_toAsk.size() : m_questions;
    return {int((isAsking ? m_asked : all) - m_open), int(all)};
}

void EvacuationPlan::gather()
{
    const auto &inventory = m_federation.inventory();
    std::set<Ref> sites;
    const auto emptied = m_choices.sources();
    for (const auto &site : emptied) {
        sites.insert(inventory.ref(site.toStdString()));
    }
    for (const ObjectKind kind : movableKinds) {
        for (const Row &row : inventory.rows(kind)) {
            if (row.alive && sites.contains(row.site)) {
                add(kind, row);
            }
        }
    }
    for (const ObjectKind kind : {ObjectKind::Image, ObjectKind::Snapshot}) {
        m_staying += int(std::ranges::count_if(inventory.rows(kind), [&sites](const Row &row) { return row.alive && sites.contains(row.site); }));
    }
    m_next->limits.waveSize = std::size_t(std::max(m_choices.waveSize, 1));
    m_next->limits.atOnce = std::size_t(std::max(m_choices.atOnce, 1));
}

void EvacuationPlan::add(ObjectKind kind, const Row &row)
{
    const auto &inventory = m_federation.inventory();
    const auto id = inventory.idOf(row);
    const bool isInstance = kind == ObjectKind::Instance;
    if (kind == ObjectKind::Volume && !inventory.text(row.owner).empty()) {
        return; // goes with its instance
    }
    if (row.custody != Custody::Owner) {
        m_busy += row.custody == Custody::Retained ? 0 : 1;
        return;
    }
    Movable movable;
    movable.object = id;
    movable.name = inventory.text(row.name);
    movable.need.subject = m_federation.subject(id).value_or(Subject {});
    movable.need.projectId = m_choices.toProject.isEmpty() ? std::string(inventory.text(row.project)) : m_choices.toProject.toStdString();
    movable.need.amounts = {isInstance ? row.count : 0, isInstance ? row.ramBytes : 0, row.bytes};
    movable.runs = isInstance && row.state == PowerState::Running;
    movable.need.needsHypervisor = movable.runs && m_choices.start;
    movable.bytes = row.allocatedBytes > 0 ? std::min(row.allocatedBytes, row.bytes) : row.bytes;
    movable.instances = isInstance ? 1 : 0;
    movable.volumes = isInstance ? std::int64_t(inventory.ownedBy(ObjectKind::Volume, id).size()) : kind == ObjectKind::Volume ? 1 : 0;
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

EvacuationPlan::Survey EvacuationPlan::surveyOf(const Thing &thing, std::uint32_t version)
{
    return std::visit(
        [version](const auto &its) {
            if constexpr (std::is_base_of_v<Common, std::decay_t<decltype(its)>>) {
                return Survey {version, label(its, "affinity"), label(its, "anti-affinity"), label(its, "move-after")};
            } else {
                return Survey {version, {}, {}, {}};
            }
        },
        thing);
}

/// The inventory keeps no labels: they are asked for, so many at a time.
void EvacuationPlan::askNext()
{
    while (m_asked < m_toAsk.size() && m_open < questionsAtOnce) {
        ++m_open;
        const auto [id, version] = m_toAsk[m_asked++];
        SiteLink *link = m_federation.link(QString::fromStdString(id.site));
        await(link->object(id), this, [this, id = id, version = version, asked = m_generation](const Result<Thing> &answer) {
            if (asked != m_generation) {
                return;
            }
            --m_open;
            if (answer) {
                m_surveyed.insert_or_assign(id, surveyOf(*answer, version));
            } else if (answer.error().reason != Reason::NotFound) {
                ++m_generation;
                end(tl::unexpected(answer.error()));
                return;
            }
            Q_EMIT progressed();
            askNext();
        });
    }
    if (m_open == 0) {
        useLabels();
        measure();
    }
}

void EvacuationPlan::useLabels()
{
    for (auto &movable : m_next->movables) {
        if (const auto its = m_surveyed.find(movable.object); its != m_surveyed.end()) {
            movable.together = its->second.together;
            movable.apart = its->second.apart;
            movable.after = named(its->second.after, *m_next);
        }
    }
}

/// Asks each site how fast it reaches each destination, by the preflight of one move.
void EvacuationPlan::measure()
{
    const auto &inventory = m_federation.inventory();
    const auto to = candidates();
    for (const auto &id : to) {
        Destination destination {inventory.site(id.toStdString()), m_federation.standing(id).isLive(), {}, 0, 0};
        if (destination.site == nullptr) {
            continue; // has never spoken
        }
        for (const Project *project : inventory.projects(id.toStdString())) {
            destination.projects.emplace(project->id.id, project);
        }
        m_next->destinations.push_back(std::move(destination));
    }
    become(Doing::Measuring);
    const auto emptied = m_choices.sources();
    for (const auto &from : emptied) {
        const auto first = std::ranges::find(m_next->movables, from.toStdString(), [](const Movable &movable) { return movable.object.site; });
        for (const auto &destination : m_next->destinations) {
            const auto there = QString::fromStdString(destination.site->id);
            if (first != m_next->movables.end() && !m_rates.contains({from, there})) {
                probe(from, there, first->object);
            }
        }
    }
    m_questions = m_open;
    if (m_open == 0) {
        addLanes();
        solve();
    }
}

void EvacuationPlan::probe(const QString &from, const QString &to, const ObjectId &object)
{
    ++m_open;
    Migrate order;
    order.object = object;
    order.toSite = to.toStdString();
    order.toEndpoint = m_federation.profile(to).endpoint.toStdString();
    await(m_federation.link(from)->planMigration(order), this, [this, from, to, asked = m_generation](const Result<MigrationAssessment> &answer) {
        if (asked != m_generation) {
            return;
        }
        const auto isSilence = [](const Problem &problem) { return problem.reason == Reason::Unreachable || problem.reason == Reason::TimedOut; };
        const bool hasWay = !answer || std::ranges::none_of(answer->blockers, isSilence);
        m_rates[{from, to}] = hasWay ? std::optional(answer ? std::max<qint64>(answer->linkBytesPerSecond, 0) : 0) : std::nullopt;
        --m_open;
        Q_EMIT progressed();
        if (m_open == 0) {
            addLanes();
            solve();
        }
    });
}

void EvacuationPlan::addLanes()
{
    const auto emptied = m_choices.sources();
    for (const auto &destination : m_next->destinations) {
        const auto to = QString::fromStdString(destination.site->id);
        for (const auto &from : emptied) {
            const auto known = m_rates.find({from, to});
            if (known == m_rates.end() || !known->second) {
                continue; // no way there
            }
            const qint64 measured = *known->second;
            if (measured == 0 && !m_assumed.contains(to)) {
                m_assumed.append(to);
            }
            qint64 rate = measured > 0 ? measured : assumedBytesPerSecond;
            if (m_choices.bandwidth > 0) {
                rate = std::min(rate, m_choices.bandwidth * atOncePerSite);
            }
            m_next->lanes.push_back({from.toStdString(), to.toStdString(), rate});
        }
    }
    std::erase_if(m_rates, [](const auto &its) { return !its.second; }); // who was silent may speak the next time
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
        adopt(std::move(**answer));
        end({});
    });
}

void EvacuationPlan::adopt(WavePlan plan)
{
    m_plan = std::make_shared<WavePlan>(std::move(plan));
    m_evacuation = m_next;
    m_leftOut = m_nextLeftOut;
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
