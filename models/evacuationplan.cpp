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
    for (const auto &source : m_choices.sources()) {
        sites.removeAll(source);
    }
    sites.removeDuplicates();
    return sites;
}

void EvacuationPlan::prepare(const EvacuationChoices &choices)
{
    ++m_generation;
    m_choices = choices;
    m_evacuation = std::make_shared<Evacuation>();
    m_plan.reset();
    m_waves.clear();
    m_assumed.clear();
    m_special.clear();
    m_next = m_open = 0;
    m_staying = m_busy = 0;
    for (const auto &source : m_choices.sources()) {
        if (m_federation.link(source) == nullptr) {
            end(refuse(Reason::NotFound, {{"what", "site"}, {"id", source.toStdString()}}));
            return;
        }
        if (!m_federation.standing(source).isLive()) {
            end(refuse(Reason::Unreachable, {{"site", source.toStdString()}}));
            return;
        }
    }
    for (const auto &to : candidates()) {
        if (m_federation.link(to) == nullptr) {
            end(refuse(Reason::NotFound, {{"what", "site"}, {"id", to.toStdString()}}));
            return;
        }
    }
    gather();
    askNext();
}

void EvacuationPlan::gather()
{
    const auto &inventory = m_federation.inventory();
    for (const auto &source : m_choices.sources()) {
        const Ref site = inventory.ref(source.toStdString());
        for (const ObjectKind kind : movableKinds) {
            for (const Row &row : inventory.rows(kind)) {
                if (row.alive && row.site == site) {
                    add(kind, row);
                }
            }
        }
        for (const ObjectKind kind : {ObjectKind::Image, ObjectKind::Snapshot}) {
            m_staying += int(std::ranges::count_if(inventory.rows(kind), [site](const Row &row) { return row.alive && row.site == site; }));
        }
    }
    m_evacuation->limits.waveSize = std::size_t(std::max(m_choices.waveSize, 1));
    m_evacuation->limits.atOnce = std::size_t(std::max(m_choices.atOnce, 1));
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
    m_evacuation->movables.push_back(std::move(movable));
}

/// The inventory keeps no labels: they are asked for, so many at a time.
void EvacuationPlan::askNext()
{
    while (m_next < m_evacuation->movables.size() && m_open < questionsAtOnce) {
        ++m_open;
        const std::size_t movable = m_next++;
        const auto id = m_evacuation->movables[movable].object;
        await(
            m_federation.link(QString::fromStdString(id.site))->object(id), this, [this, movable, asked = m_generation](const Result<Thing> &answer) {
                if (asked != m_generation) {
                    return;
                }
                --m_open;
                if (answer) {
                    takeLabels(movable, *answer);
                } else if (answer.error().reason != Reason::NotFound) {
                    ++m_generation;
                    end(tl::unexpected(answer.error()));
                    return;
                }
                askNext();
            });
    }
    if (m_open == 0) {
        measure();
    }
}

void EvacuationPlan::takeLabels(std::size_t movable, const Thing &thing)
{
    auto &its = m_evacuation->movables[movable];
    const auto take = [&](const Common &common) {
        its.together = label(common, "affinity");
        its.apart = label(common, "anti-affinity");
        its.after = named(label(common, "move-after"), *m_evacuation);
    };
    if (const auto *instance = std::get_if<Instance>(&thing)) {
        take(*instance);
    } else if (const auto *volume = std::get_if<Volume>(&thing)) {
        take(*volume);
    } else if (const auto *dataSet = std::get_if<DataSet>(&thing)) {
        take(*dataSet);
    }
}

/// Asks each site how fast it reaches each destination, by the preflight of one move.
void EvacuationPlan::measure()
{
    const auto &inventory = m_federation.inventory();
    for (const auto &id : candidates()) {
        Destination destination {inventory.site(id.toStdString()), m_federation.standing(id).isLive(), {}, 0, 0};
        if (destination.site == nullptr) {
            continue; // has never spoken
        }
        for (const Project *project : inventory.projects(id.toStdString())) {
            destination.projects.emplace(project->id.id, project);
        }
        m_evacuation->destinations.push_back(std::move(destination));
    }
    std::map<std::string, ObjectId> samples; // something to ask about, by source
    for (const auto &movable : m_evacuation->movables) {
        samples.emplace(movable.object.site, movable.object);
    }
    m_open = samples.size() * m_evacuation->destinations.size();
    if (m_open == 0) {
        solve();
        return;
    }
    for (const auto &[from, object] : samples) {
        for (const auto &destination : m_evacuation->destinations) {
            ask(object, QString::fromStdString(destination.site->id));
        }
    }
}

void EvacuationPlan::ask(const ObjectId &object, const QString &to)
{
    Migrate probe;
    probe.object = object;
    probe.toSite = to.toStdString();
    probe.toEndpoint = m_federation.profile(to).endpoint.toStdString();
    const auto from = QString::fromStdString(object.site);
    await(m_federation.link(from)->planMigration(probe), this, [this, from, to, asked = m_generation](const Result<MigrationAssessment> &answer) {
        if (asked == m_generation) {
            addLane(from, to, answer);
            if (--m_open == 0) {
                solve();
            }
        }
    });
}

void EvacuationPlan::addLane(const QString &from, const QString &to, const Result<MigrationAssessment> &answer)
{
    const auto isSilence = [](const Problem &problem) { return problem.reason == Reason::Unreachable || problem.reason == Reason::TimedOut; };
    if (answer && std::ranges::any_of(answer->blockers, isSilence)) {
        return; // no way there
    }
    const qint64 measured = answer ? answer->linkBytesPerSecond : 0;
    if (measured <= 0 && !m_assumed.contains(to)) {
        m_assumed.append(to);
    }
    qint64 rate = measured > 0 ? measured : assumedBytesPerSecond;
    if (m_choices.bandwidth > 0) {
        rate = std::min(rate, m_choices.bandwidth * atOncePerSite);
    }
    m_evacuation->lanes.push_back({from.toStdString(), to.toStdString(), rate});
}

void EvacuationPlan::solve()
{
    const auto judged = judgeWaves(*m_evacuation, m_federation.rulebook(), m_federation.today());
    if (!judged) {
        end(tl::unexpected(judged.error()));
        return;
    }
    // The solver's thread may outlive this plan: it holds what it reads.
    const auto work = [evacuation = m_evacuation, board = *judged] { return std::make_shared<Result<WavePlan>>(planWaves(*evacuation, *board)); };
    inBackground(work, this, [this, asked = m_generation](const std::shared_ptr<Result<WavePlan>> &answer) {
        if (asked != m_generation) {
            return;
        }
        if (!*answer) {
            end(tl::unexpected(answer->error()));
            return;
        }
        m_plan = std::make_shared<WavePlan>(std::move(**answer));
        m_waves.assign(m_evacuation->movables.size(), 0);
        for (std::size_t wave = 0; wave < m_plan->waves.size(); ++wave) {
            for (const std::size_t movable : m_plan->waves[wave].movables) {
                m_waves[movable] = int(wave) + 1;
            }
        }
        end({});
    });
}

void EvacuationPlan::end(const Result<> &how)
{
    QMetaObject::invokeMethod(
        this,
        [this, how] {
            if (how) {
                Q_EMIT planned();
            } else {
                Q_EMIT failed(how.error());
            }
        },
        Qt::QueuedConnection);
}

QString EvacuationPlan::destinationOf(std::size_t movable) const
{
    const auto to = m_plan->destinations[movable];
    return to == WavePlan::nowhere ? QString() : QString::fromStdString(m_evacuation->destinations[to].site->id);
}

int EvacuationPlan::waveOf(std::size_t movable) const
{
    return m_waves[movable];
}

Problem EvacuationPlan::obstacleOf(std::size_t movable) const
{
    // A site that is only full is nearer than one that is out of reach, and that than one that is forbidden.
    const auto distance = [](const Alternative &its) {
        return its.why == NotTaken::NoRoom || its.why == NotTaken::Separated ? 1
            : its.why == NotTaken::NoLink                                    ? 2
            : its.why == NotTaken::Forbidden                                 ? 3
                                                                             : 0;
    };
    const auto alternatives = m_plan->alternatives(movable);
    const auto nearest = std::ranges::min_element(alternatives, {}, distance);
    if (nearest == alternatives.end()) {
        return {Reason::NotFound, {{"what", "site"}, {"id", m_choices.to.join(u' ').toStdString()}}, {}};
    }
    // It would fit, but something it has to come after has no place.
    return distance(*nearest) == 0 ? Problem {Reason::NotReady, {{"id", m_evacuation->movables[movable].object.text()}, {"state", "waiting"}}, {}}
                                   : nearest->problem;
}

}
