// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/provisionplan.h"

#include "models/answer.h"

#include <algorithm>

namespace portulan {

using namespace std::chrono_literals;

namespace {

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), qsizetype(utf8.size()));
}

void offer(std::map<QString, ProvisionPlan::Offer> &offers, const QString &id, const QString &name, const QString &site)
{
    auto &known = offers[id];
    known.id = id;
    known.name = name.isEmpty() ? id : name;
    known.sites.append(site);
}

std::vector<ProvisionPlan::Offer> byName(std::map<QString, ProvisionPlan::Offer> offers)
{
    std::vector<ProvisionPlan::Offer> list;
    for (auto &[id, known] : offers) {
        list.push_back(std::move(known));
    }
    std::ranges::stable_sort(list, [](const auto &a, const auto &b) { return QString::localeAwareCompare(a.name, b.name) < 0; });
    return list;
}

Problem missing(const char *field, const char *expected)
{
    return {Reason::InvalidArgument, {{"field", field}, {"expected", expected}}, {}};
}

}

ProvisionPlan::ProvisionPlan(Federation &federation, QObject *parent)
    : QObject(parent)
    , m_federation(federation)
{
    m_later.setSingleShot(true);
    connect(&m_later, &QTimer::timeout, this, &ProvisionPlan::rankAgain);
    connect(&federation, &Federation::differed, this, [this](const Differences &what) {
        const bool matters = !what.sites.empty() || !what.projects.empty() || !what.of(ObjectKind::Image).isEmpty();
        if (matters && !m_later.isActive()) {
            m_later.start(250ms);
        }
    });
    rankAgain();
}

void ProvisionPlan::setChoices(const ProvisionChoices &choices)
{
    if (choices == m_choices) {
        return;
    }
    ProvisionChoices renamed = m_choices; // a name, its labels, whether to start: no site ranks otherwise for them
    renamed.id = choices.id;
    renamed.name = choices.name;
    renamed.labels = choices.labels;
    renamed.start = choices.start;
    const bool ranksAlike = renamed == choices;
    m_choices = choices;
    if (ranksAlike && !m_candidates.empty()) {
        Q_EMIT changed();
    } else {
        rankAgain();
    }
}

Need ProvisionPlan::need() const
{
    Need need;
    const auto project = m_choices.project.toStdString();
    const Project *known = nullptr;
    for (const auto &site : m_federation.inventory().siteIds()) {
        if (known = m_federation.inventory().project(site, project); known != nullptr) {
            break;
        }
    }
    need.subject = subjectOf(m_choices.classification, known);
    need.projectId = project;
    need.capability = m_choices.kind == ObjectKind::Instance ? "instance.create"
        : m_choices.kind == ObjectKind::Volume               ? "volume.create"
                                                             : "dataset.create";
    if (m_choices.kind == ObjectKind::Instance) {
        need.amounts = {m_choices.vcpus, m_choices.ramBytes, m_choices.diskBytes};
        need.needsHypervisor = m_choices.start;
    } else {
        need.amounts.storageBytes = m_choices.diskBytes;
    }
    if (const Site *near = m_federation.site(m_choices.near); near != nullptr) {
        need.near = near->place;
    }
    return need;
}

void ProvisionPlan::addObstacles(Candidate &candidate) const
{
    if (!m_choices.imageId.isEmpty()
        && m_federation.inventory().find({candidate.site, ObjectKind::Image, m_choices.imageId.toStdString()}) == noSlot) {
        candidate.obstacles.push_back({Reason::NotFound, {{"what", "image"}, {"id", m_choices.imageId.toStdString()}, {"site", candidate.site}}, {}});
        candidate.allowed = false;
        candidate.score = 0;
    }
}

void ProvisionPlan::rankAgain()
{
    std::vector<PlacementSite> sites;
    const Need wanted = need();
    for (const auto &id : m_federation.inventory().siteIds()) {
        if (const Site *site = m_federation.inventory().site(id); site != nullptr) {
            sites.push_back({site, m_federation.inventory().project(id, wanted.projectId), m_federation.standing(text(id)).isLive()});
        }
    }
    m_candidates = rank(wanted, sites, m_federation.rulebook(), m_federation.today());
    std::ranges::for_each(m_candidates, [this](Candidate &candidate) { addObstacles(candidate); });
    std::ranges::stable_partition(m_candidates, &Candidate::allowed);
    Q_EMIT changed();
}

const Candidate *ProvisionPlan::chosen() const
{
    const auto at = m_choices.site.isEmpty() ? std::ranges::find_if(m_candidates, &Candidate::allowed)
                                             : std::ranges::find(m_candidates, m_choices.site.toStdString(), &Candidate::site);
    return at == m_candidates.end() ? nullptr : &*at;
}

std::vector<Problem> ProvisionPlan::mistakes() const
{
    std::vector<Problem> found;
    if (const auto name = checkDisplayName("name", m_choices.name.toStdString()); !name) {
        found.push_back(name.error());
    }
    if (m_choices.project.isEmpty()) {
        found.push_back(missing("project", "a project"));
    }
    if (!m_choices.id.isEmpty() && !isId(m_choices.id.toStdString())) {
        found.push_back(missing("id", "1–63 a-z 0-9 -"));
    }
    if (m_choices.kind == ObjectKind::Instance && m_choices.imageId.isEmpty() && m_choices.diskBytes <= 0) {
        found.push_back(missing("image", "an image"));
    }
    if (m_choices.kind == ObjectKind::Instance && (m_choices.vcpus < 1 || m_choices.ramBytes < 1)) {
        found.push_back(missing("size", "vCPU ≥ 1, RAM > 0"));
    }
    if (m_choices.kind == ObjectKind::Volume && m_choices.imageId.isEmpty() && m_choices.diskBytes <= 0) {
        found.push_back(missing("size", "> 0"));
    }
    return found;
}

std::vector<Problem> ProvisionPlan::obstacles() const
{
    auto found = mistakes();
    const Candidate *site = chosen();
    if (site != nullptr) {
        found.insert(found.end(), site->obstacles.begin(), site->obstacles.end());
    } else if (!m_choices.site.isEmpty()) {
        const bool isKnown = m_federation.link(m_choices.site) != nullptr;
        found.push_back(
            {isKnown ? Reason::Unreachable : Reason::NotFound, {{"site", m_choices.site.toStdString()}, {"id", m_choices.site.toStdString()}}, {}});
    } else if (m_candidates.empty()) {
        found.push_back({Reason::Unreachable, {}, {}});
    } else { // the site nearest to being allowed says why not
        const auto &why = m_candidates.front().obstacles;
        found.insert(found.end(), why.begin(), why.end());
    }
    return found;
}

Order ProvisionPlan::order() const
{
    const auto id = m_choices.id.toStdString();
    const auto name = m_choices.name.toStdString();
    const auto project = m_choices.project.toStdString();
    if (m_choices.kind == ObjectKind::Volume) {
        return CreateVolume {id, name, project, m_choices.diskBytes, m_choices.classification, m_choices.imageId.toStdString(), m_choices.labels};
    }
    if (m_choices.kind == ObjectKind::DataSet) {
        return CreateDataSet {id, name, project, m_choices.classification, m_choices.labels};
    }
    std::vector<std::string> networks;
    for (const auto &network : m_choices.networkIds) {
        networks.push_back(network.toStdString());
    }
    return CreateInstance {id, name, project, m_choices.flavor.toStdString(), m_choices.vcpus, m_choices.ramBytes, m_choices.imageId.toStdString(),
        m_choices.diskBytes, m_choices.classification, std::move(networks), m_choices.labels, m_choices.start};
}

QFuture<Result<Operation>> ProvisionPlan::submit() const
{
    const auto why = obstacles();
    const Candidate *site = chosen();
    if (!why.empty() || site == nullptr) {
        return answered<Operation>(tl::unexpected(why.empty() ? Problem {Reason::NotReady, {}, {}} : why.front()));
    }
    return m_federation.submit(text(site->site), order());
}

std::vector<ProvisionPlan::Offer> ProvisionPlan::images() const
{
    const auto &inventory = m_federation.inventory();
    std::map<QString, Offer> offers;
    for (const Row &row : inventory.rows(ObjectKind::Image)) {
        if (row.alive) {
            const auto id = inventory.idOf(row);
            offer(offers, QString::fromStdString(id.id), text(inventory.text(row.name)), QString::fromStdString(id.site));
        }
    }
    return byName(std::move(offers));
}

std::vector<ProvisionPlan::Offer> ProvisionPlan::projects() const
{
    std::map<QString, Offer> offers;
    for (const auto &site : m_federation.inventory().siteIds()) {
        for (const Project *project : m_federation.inventory().projects(site)) {
            offer(offers, text(project->id.id), text(project->name), text(site));
        }
    }
    return byName(std::move(offers));
}

}
