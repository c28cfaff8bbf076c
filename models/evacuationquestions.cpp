// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What sites are asked before an evacuation is ordered: labels, how fast their links are, what can move live; evacuationplan.cpp plans it.
#include "models/await.h"
#include "models/evacuationplan.h"

#include <QRegularExpression>
#include <algorithm>

namespace portulan {

namespace {

constexpr std::size_t questionsAtOnce = 32; // a site answers 64 of one caller

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
            Lane lane {from.toStdString(), to.toStdString(), measured > 0 ? measured : assumedBytesPerSecond, {}};
            for (const auto &limit : m_choices.hourly) {
                lane.hourly.push_back({limit.hours, limit.bytesPerSecond * atOncePerSite});
            }
            if (m_choices.bandwidth > 0) { // in all other hours
                lane.hourly.push_back({{}, m_choices.bandwidth * atOncePerSite});
            }
            m_next->lanes.push_back(std::move(lane));
        }
    }
    std::erase_if(m_rates, [](const auto &its) { return !its.second; }); // who was silent may speak the next time
}

/// As a migration of it alone would be ordered.
Migrate EvacuationPlan::orderOf(const ObjectId &object, const QString &to) const
{
    Migrate order;
    order.object = object;
    order.toSite = to.toStdString();
    order.toEndpoint = m_federation.profile(to).endpoint.toStdString();
    optionsOf(object).applyTo(order);
    return order;
}

std::uint32_t EvacuationPlan::versionOf(const ObjectId &object) const
{
    const auto &inventory = m_federation.inventory();
    const Slot slot = inventory.find(object);
    return slot == noSlot ? 0 : inventory.rows(object.kind)[slot].version;
}

/// Of what was found for now: what is to move live, and is not known to be able to.
void EvacuationPlan::findLive()
{
    m_toCheck.clear();
    m_asked = m_open = 0;
    for (std::size_t i = 0; i < m_next->movables.size(); ++i) {
        const auto &object = m_next->movables[i].object;
        if (m_found->destinations[i] == WavePlan::nowhere || optionsOf(object).mode != MoveMode::Live) {
            continue;
        }
        const auto to = QString::fromStdString(m_next->destinations[m_found->destinations[i]].site->id);
        const auto known = m_checks.find(object);
        if (known == m_checks.end() || known->second.version != versionOf(object) || known->second.to != to) {
            m_toCheck.emplace_back(object, to);
        }
    }
}

/// Whether a machine can be made again elsewhere only its own gateway and that one know: of what is to move live both are asked.
void EvacuationPlan::checkNext()
{
    if (m_asked == 0 && !m_toCheck.empty()) {
        become(Doing::Checking);
    }
    while (m_asked < m_toCheck.size() && m_open < questionsAtOnce) {
        const auto &[object, to] = m_toCheck[m_asked++];
        preflight(object, to);
    }
    if (m_open == 0) {
        adopt();
        end({});
    }
}

void EvacuationPlan::preflight(const ObjectId &object, const QString &to)
{
    SiteLink *source = m_federation.link(QString::fromStdString(object.site));
    if (source == nullptr) {
        return; // forgotten while the solver was at it
    }
    ++m_open;
    const auto store = [this, object, to, version = versionOf(object), asked = m_generation](const Result<MigrationAssessment> &answer) {
        if (asked != m_generation) {
            return;
        }
        Check check {version, to, answer ? std::nullopt : std::optional(answer.error())};
        if (answer && !answer->blockers.empty()) {
            const auto mode = std::ranges::find(answer->blockers, Reason::Unsupported, &Problem::reason);
            check.hindrance = mode == answer->blockers.end() ? answer->blockers.front() : *mode;
        }
        m_checks.insert_or_assign(object, std::move(check));
        --m_open;
        Q_EMIT progressed();
        checkNext();
    };
    await(source->planMigration(orderOf(object, to)), this, store);
}

}
