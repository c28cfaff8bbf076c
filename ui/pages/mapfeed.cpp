// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/pages/mapfeed.h"

#include "models/censustaker.h"
#include "models/federation.h"
#include "models/formats.h"
#include "models/phrases.h"

#include <QCoreApplication>

namespace portulan {

namespace {

struct MapFeed {
    Q_DECLARE_TR_FUNCTIONS(portulan::MapFeed)
};

Exposure exposureTo(const Rulebook &rulebook, std::string_view country)
{
    return country.empty()                   ? Exposure::Unknown
        : rulebook.isIn("EEA", country)      ? Exposure::European
        : rulebook.isIn("ADEQUATE", country) ? Exposure::Adequate
                                             : Exposure::ThirdCountry;
}

QString verdictWords(const Census::Tally &tally)
{
    const auto judged = int(tally.judged());
    if (judged == 0) {
        return MapFeed::tr("nothing lies here yet");
    }
    const Status worst = tally.worst();
    if (worst == Status::Compliant) {
        return MapFeed::tr("all %n object(s) compliant", nullptr, judged);
    }
    return MapFeed::tr("%1: %2 of %3", "verdict: how many of how many")
        .arg(Phrases::of(worst), Formats::number(qint64(tally.of(worst))), Formats::number(qint64(judged)));
}

QString capacityWords(const Capacity &capacity)
{
    const Amounts total = capacity.total();
    return MapFeed::tr("%1 of %2 vCPU, %3 of %4")
        .arg(Formats::number(qint64(capacity.used.vcpus)), Formats::number(qint64(total.vcpus)), Formats::bytes(capacity.used.storageBytes),
            Formats::bytes(total.storageBytes));
}

MapSite bare(const Desk &desk, const QString &id)
{
    MapSite shown;
    shown.id = id;
    shown.name = desk.federation.siteName(id);
    const Standing standing = desk.federation.standing(id);
    const qint64 age = standing.lastHeard == Instant {} ? -1 : (desk.federation.now() - standing.lastHeard).count();
    shown.live = standing.isLive();
    shown.ageText = Phrases::standing(standing.state, age);
    return shown;
}

FlowState flowState(const Operation &operation)
{
    return operation.state == OperationState::Failed ? (operation.problem.reason == Reason::Refused ? FlowState::Refused : FlowState::Failed)
        : operation.state == OperationState::Running && operation.phase != toString(MigrationStep::Planned) ? FlowState::Running
                                                                                                            : FlowState::Waiting;
}

}

std::vector<MapSite> mapSites(const Desk &desk)
{
    std::map<std::string, int> alerts;
    for (const Alert *alert : desk.federation.inventory().alerts()) {
        ++alerts[alert->id.site];
    }
    std::vector<MapSite> list;
    for (const auto &id : desk.federation.siteIds()) {
        const portulan::Site *site = desk.federation.site(id);
        if (site == nullptr) {
            continue; // has never spoken: nobody knows where it is; the list beside the map shows it
        }
        MapSite shown = bare(desk, id);
        shown.operatorName = QString::fromStdString(site->operatedBy.name);
        shown.latitude = site->place.latitude;
        shown.longitude = site->place.longitude;
        shown.country = QString::fromStdString(site->place.country);
        const Census::Tally &tally = desk.census.census().site(site->id);
        shown.status = tally.worst();
        shown.statusText = verdictWords(tally);
        shown.load = site->capacity.load();
        shown.capacityText = capacityWords(site->capacity);
        shown.alerts = alerts[site->id];
        shown.recordedOnly = site->lifecycleRecordedOnly;
        shown.exposure = exposureTo(desk.federation.rulebook(), site->operatedBy.ultimateParentCountry);
        shown.law = QString::fromStdString(site->operatedBy.ultimateParentCountry);
        shown.exposureText = site->operatedBy.ultimateParent.empty()
            ? MapFeed::tr("no parent above the operator (%1)").arg(Phrases::country(site->operatedBy.country))
            : MapFeed::tr("ultimate parent: %1, %2")
                  .arg(QString::fromStdString(site->operatedBy.ultimateParent), Phrases::country(site->operatedBy.ultimateParentCountry));
        list.push_back(std::move(shown));
    }
    return list;
}

std::vector<MapFlow> mapFlows(const Desk &desk)
{
    std::vector<MapFlow> list;
    for (const Operation *operation : desk.federation.inventory().operations()) {
        const bool recent = operation->state == OperationState::Failed && desk.federation.now() - operation->endedAt < std::chrono::minutes(10);
        if (operation->kind != "migrate" || (isOver(operation->state) && !recent)) {
            continue;
        }
        list.push_back({QString::fromStdString(operation->migration.empty() ? operation->id.id : operation->migration),
            QString::fromStdString(operation->fromSite), QString::fromStdString(operation->toSite), operation->progress(),
            QString::fromStdString(operation->objectName), Phrases::phase(*operation), flowState(*operation)});
    }
    return list;
}

std::vector<MapFigure> mapFigures(const Desk &desk, Classification classification)
{
    const Census &census = desk.census.census();
    const auto total = double(census.all.bytesOf(classification));
    std::vector<MapFigure> list;
    for (const auto &[country, tally] : census.byCountry) {
        const auto bytes = tally.bytesOf(classification);
        if (bytes > 0 && !country.empty()) {
            list.push_back({QString::fromStdString(country), double(bytes) / total, Formats::bytes(bytes)});
        }
    }
    return list;
}

MapHeader mapHeader(const Desk &desk, Classification classification)
{
    MapHeader header;
    const QStringList ids = desk.federation.siteIds();
    std::set<std::string> countries;
    for (const auto &id : ids) {
        if (const portulan::Site *site = desk.federation.site(id)) {
            countries.insert(site->place.country);
        }
    }
    const Census::Tally &all = desk.census.census().all;
    int moving = 0;
    for (const MapFlow &flow : mapFlows(desk)) {
        moving += flow.state == FlowState::Running || flow.state == FlowState::Waiting ? 1 : 0;
    }
    header.title = MapFeed::tr("%1, %2", "sites, countries")
                       .arg(MapFeed::tr("%Ln site(s)", nullptr, int(ids.size())), MapFeed::tr("%Ln countr(y/ies)", nullptr, int(countries.size())));
    QStringList parts {Phrases::counted(ObjectKind::Instance, int(all.of(ObjectKind::Instance))), Formats::bytes(all.bytes)};
    if (moving > 0) {
        parts += MapFeed::tr("%Ln migration(s) under way", nullptr, moving);
    }
    header.subtitle = parts.join(QStringLiteral(" · "));
    header.figuresTitle = Phrases::of(classification);
    return header;
}

}
