// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/migrationplan.h"

#include "models/await.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace portulan {

using namespace std::chrono_literals;

namespace {

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

/// What stands against a site for one object is held against it for all.
void merge(std::vector<Candidate> &into, const std::vector<Candidate> &from)
{
    for (auto &site : into) {
        const auto other = std::ranges::find(from, site.site, &Candidate::site);
        if (other == from.end()) {
            continue;
        }
        site.allowed = site.allowed && other->allowed;
        site.score = site.allowed ? std::min(site.score, other->score) : 0;
        site.headroom = std::min(site.headroom, other->headroom);
        if (other->verdict.status < site.verdict.status) {
            site.verdict = other->verdict;
        }
        for (const auto &obstacle : other->obstacles) {
            if (std::ranges::find(site.obstacles, obstacle) == site.obstacles.end()) {
                site.obstacles.push_back(obstacle);
            }
        }
    }
}

}

void MigrationChoices::setOptions(const MoveOptions &options)
{
    toProject = options.toProject;
    bandwidth = options.bandwidth;
    retentionSeconds = options.retentionSeconds;
    start = options.start;
    mode = options.mode;
    cutOver = options.cutOver;
    hours = text(toString(options.window));
    hourly = toText(options.hourly);
    notBefore = options.notBefore == Instant {} ? QString() : text(toRfc3339(options.notBefore));
}

QString MigrationChoices::destinationOf(const ObjectId &object) const
{
    const auto its = exceptions.find(object);
    return its == exceptions.end() || its->second.to.isEmpty() ? toSite : its->second.to;
}

MigrationPlan::MigrationPlan(Federation &federation, QObject *parent)
    : QObject(parent)
    , m_federation(federation)
{
    m_later.setSingleShot(true);
    connect(&m_later, &QTimer::timeout, this, &MigrationPlan::rankAgain);
    connect(&federation, &Federation::differed, this, [this](const Differences &what) {
        if ((!what.sites.empty() || !what.projects.empty()) && !m_later.isActive()) {
            m_later.start(250ms);
        }
    });
}

void MigrationPlan::setChoices(const MigrationChoices &choices)
{
    if (choices == m_choices) {
        return;
    }
    const auto whatRanks = [](const MigrationChoices &c) { return std::tie(c.objects, c.toProject, c.start); };
    const auto before = ranked();
    const bool ranksOtherwise = whatRanks(choices) != whatRanks(m_choices);
    m_choices = choices;
    if (ranksOtherwise || ranked() != before) { // a limit being typed changes no site's rank
        rankAgain();
    }
    assess();
}

/// The objects that go where all go; of those that go elsewhere their sources are asked.
std::vector<ObjectId> MigrationPlan::ranked() const
{
    std::vector<ObjectId> objects;
    std::ranges::copy_if(m_choices.objects, std::back_inserter(objects), [this](const ObjectId &object) {
        const auto its = m_choices.exceptions.find(object);
        return its == m_choices.exceptions.end() || its->second.to.isEmpty() || its->second.to == m_choices.toSite;
    });
    return objects.empty() ? m_choices.objects : objects;
}

/// One need for each kind of subject; the amounts of all objects together.
std::vector<Need> MigrationPlan::needs() const
{
    std::vector<Need> needs;
    Amounts all;
    const auto &inventory = m_federation.inventory();
    for (const auto &object : ranked()) {
        const Slot slot = inventory.find(object);
        const auto subject = m_federation.subject(object);
        if (slot == noSlot || !subject) {
            continue;
        }
        const Row &row = inventory.rows(object.kind)[slot];
        const bool isInstance = object.kind == ObjectKind::Instance;
        all = all + Amounts {isInstance ? row.count : 0, isInstance ? row.ramBytes : 0, row.bytes};
        Need need;
        need.subject = *subject;
        need.projectId = m_choices.toProject.isEmpty() ? std::string(inventory.text(row.project)) : m_choices.toProject.toStdString();
        need.capability = object.kind == ObjectKind::DataSet ? "dataset.create" : "migrate.in";
        need.needsHypervisor = isInstance && row.state == PowerState::Running && m_choices.start;
        const auto same = [&](const Need &known) {
            return known.subject == need.subject && known.projectId == need.projectId && known.capability == need.capability
                && known.needsHypervisor == need.needsHypervisor;
        };
        if (std::ranges::none_of(needs, same)) {
            needs.push_back(std::move(need));
        }
    }
    std::ranges::for_each(needs, [&all](Need &need) { need.amounts = all; });
    return needs;
}

void MigrationPlan::rankAgain()
{
    std::set<std::string> from;
    for (const auto &object : m_choices.objects) {
        from.insert(object.site);
    }
    m_candidates.clear();
    bool isFirst = true;
    for (const Need &need : needs()) {
        std::vector<PlacementSite> sites;
        for (const auto &id : m_federation.inventory().siteIds()) {
            const Site *site = m_federation.inventory().site(id);
            if (site != nullptr && !(from.size() == 1 && from.contains(id))) {
                sites.push_back({site, m_federation.inventory().project(id, need.projectId), m_federation.standing(text(id)).isLive()});
            }
        }
        auto ranked = rank(need, sites, m_federation.rulebook(), m_federation.today());
        if (std::exchange(isFirst, false)) {
            m_candidates = std::move(ranked);
        } else {
            merge(m_candidates, ranked);
        }
    }
    std::ranges::stable_sort(
        m_candidates, [](const Candidate &a, const Candidate &b) { return std::pair(a.allowed, a.score) > std::pair(b.allowed, b.score); });
    Q_EMIT changed();
}

const Candidate *MigrationPlan::candidate(const QString &siteId) const
{
    const auto at = std::ranges::find(m_candidates, siteId.toStdString(), &Candidate::site);
    return at == m_candidates.end() ? nullptr : &*at;
}

Result<DayWindow> MigrationPlan::hours() const
{
    return dayWindowFrom(m_choices.hours.trimmed().toStdString());
}

Migrate MigrationPlan::order(const ObjectId &object) const
{
    const auto to = m_choices.destinationOf(object);
    Migrate order;
    optionsOf(object).applyTo(order);
    order.object = object;
    order.toSite = to.toStdString();
    order.toEndpoint = m_federation.profile(to).endpoint.toStdString();
    return order;
}

MoveOptions MigrationPlan::optionsOf(const ObjectId &object) const
{
    MoveOptions options {m_choices.mode, m_choices.cutOver, hours().value_or(DayWindow {}), m_choices.bandwidth,
        hourlyRatesFrom(m_choices.hourly, {}).value_or(std::vector<HourlyRate> {}), momentFrom(m_choices.notBefore, {}).value_or(Instant {}),
        m_choices.retentionSeconds, m_choices.start, m_choices.toProject};
    if (const auto its = m_choices.exceptions.find(object); its != m_choices.exceptions.end()) {
        its->second.how.applyTo(options);
    }
    return options;
}

void MigrationPlan::assess()
{
    ++m_generation;
    m_assessments.clear();
    m_open.clear();
    for (const auto &object : m_choices.objects) {
        if (m_choices.destinationOf(object).isEmpty()) {
            continue;
        }
        SiteLink *source = m_federation.link(text(object.site));
        if (source == nullptr) {
            m_assessments.emplace(object, refuse(Reason::NotFound, {{"what", "site"}, {"id", object.site}}));
            continue;
        }
        m_open.insert(object);
        await(source->planMigration(order(object)), this, [this, object, asked = m_generation](const Result<MigrationAssessment> &answer) {
            if (asked != m_generation) {
                return;
            }
            m_open.erase(object);
            m_assessments.insert_or_assign(object, answer);
            Q_EMIT changed();
        });
    }
    Q_EMIT changed();
}

const Result<MigrationAssessment> *MigrationPlan::assessment(const ObjectId &object) const
{
    const auto at = m_assessments.find(object);
    return at == m_assessments.end() ? nullptr : &at->second;
}

std::vector<Problem> MigrationPlan::blockers() const
{
    std::vector<Problem> found;
    const auto add = [&found](const Problem &problem) {
        if (std::ranges::find(found, problem) == found.end()) {
            found.push_back(problem);
        }
    };
    if (m_choices.objects.empty()) {
        add({Reason::InvalidArgument, {{"field", "objects"}, {"expected", "an instance, a volume, an image or a data set"}}, {}});
    }
    for (const auto &object : m_choices.objects) {
        const auto to = m_choices.destinationOf(object);
        if (to.isEmpty() || text(object.site) == to) {
            add({Reason::InvalidArgument, {{"field", "to"}, {"expected", "another site"}, {"value", to.toStdString()}}, {}});
        } else if (const Candidate *destination = to == m_choices.toSite ? candidate(to) : nullptr; destination != nullptr) {
            std::ranges::for_each(destination->obstacles, add);
        } else if (to == m_choices.toSite || m_federation.link(to) == nullptr) {
            const bool isKnown = m_federation.link(to) != nullptr;
            add({isKnown ? Reason::Unreachable : Reason::NotFound, {{"site", to.toStdString()}, {"id", to.toStdString()}}, {}});
        }
    }
    if (const auto window = hours(); !window) {
        add(window.error());
    }
    if (const auto rates = hourlyRatesFrom(m_choices.hourly, QStringLiteral("bandwidth")); !rates) {
        add(rates.error());
    }
    if (const auto moment = momentFrom(m_choices.notBefore, QStringLiteral("not_before")); !moment) {
        add(moment.error());
    }
    for (const auto &[object, answer] : m_assessments) {
        if (!answer) {
            add(answer.error());
        } else {
            std::ranges::for_each(answer->blockers, add);
        }
    }
    return found;
}

std::vector<Problem> MigrationPlan::blockersOf(const ObjectId &object) const
{
    const auto *answer = assessment(object);
    if (answer == nullptr) {
        return {};
    }
    return *answer ? std::vector<Problem>((*answer)->blockers.begin(), (*answer)->blockers.end()) : std::vector<Problem> {answer->error()};
}

std::vector<Problem> MigrationPlan::warnings() const
{
    std::vector<Problem> found;
    for (const auto &[object, answer] : m_assessments) {
        if (answer) {
            found.insert(found.end(), answer->warnings.begin(), answer->warnings.end());
        }
    }
    return found;
}

qint64 MigrationPlan::bytes() const
{
    qint64 sum = 0;
    for (const auto &[object, answer] : m_assessments) {
        sum += answer ? answer->bytes : 0;
    }
    return sum;
}

double MigrationPlan::seconds() const
{
    double sum = 0;
    for (const auto &[object, answer] : m_assessments) {
        sum += answer ? answer->seconds : 0;
    }
    return sum;
}

/// Each is as wrong as it is whatever the others are.
double MigrationPlan::secondsError() const
{
    double squares = 0;
    for (const auto &[object, answer] : m_assessments) {
        squares += answer ? answer->secondsError * answer->secondsError : 0;
    }
    return std::sqrt(squares);
}

double MigrationPlan::outageSeconds() const
{
    double longest = 0;
    for (const auto &[object, answer] : m_assessments) {
        longest = std::max(longest, answer ? answer->outageSeconds : 0);
    }
    return longest;
}

double MigrationPlan::outageSecondsError() const
{
    double error = 0;
    for (const auto &[object, answer] : m_assessments) {
        error = answer && answer->outageSeconds >= outageSeconds() ? std::max(error, answer->outageSecondsError) : error;
    }
    return error;
}

int MigrationPlan::learnedFrom() const
{
    std::optional<int> least;
    for (const auto &[object, answer] : m_assessments) {
        least = answer ? std::min(least.value_or(answer->learnedFrom), answer->learnedFrom) : least;
    }
    return least.value_or(0);
}

bool MigrationPlan::isReady() const
{
    return m_open.empty() && !m_choices.objects.empty() && m_assessments.size() == m_choices.objects.size() && blockers().empty();
}

bool MigrationPlan::leavesForbiddenCopy() const
{
    const auto &inventory = m_federation.inventory();
    return std::ranges::any_of(m_choices.objects, [this, &inventory](const ObjectId &object) {
        if (optionsOf(object).retentionSeconds <= 0) {
            return false;
        }
        const Slot slot = inventory.find(object);
        return slot != noSlot && inventory.rows(object.kind)[slot].verdict == Status::NonCompliant;
    });
}

void MigrationPlan::submit()
{
    if (!isReady() || m_unanswered > 0) {
        return;
    }
    m_unanswered = m_choices.objects.size();
    m_refused.clear();
    for (const auto &object : m_choices.objects) {
        await(m_federation.submit(text(object.site), order(object)), this, [this, object, its = order(object)](const Result<Operation> &answer) {
            if (answer) {
                m_federation.keep(answer->id, its);
            } else {
                m_refused.push_back(object);
            }
            Q_EMIT submitted(object, answer);
            if (--m_unanswered == 0) {
                Q_EMIT finished();
            }
        });
    }
}

}
