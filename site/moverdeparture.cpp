// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/moverdeparture.h"

#include "site/token.h"

#include <nlohmann/json.hpp>

namespace portulan::site {

namespace {
constexpr std::size_t pageObjects = 1000;

std::string textOf(const ObjectId &id)
{
    return id.id.empty() ? std::string() : id.text();
}
ObjectId idFrom(const nlohmann::json &json)
{
    return ObjectId::fromText(json.get<std::string>()).value_or(ObjectId {});
}

Result<> addVolume(Driver &driver, const ObjectId &id, Arrival &arrival)
{
    const auto found = driver.find(id);
    const auto *volume = found ? std::get_if<Volume>(&*found) : nullptr;
    if (!volume) {
        return found ? refuse(Reason::NotFound, {{"id", id.text()}}) : Result<>(unexpected(found.error()));
    }
    arrival.volumes.push_back(*volume);
    return {};
}

Result<> addObjects(Driver &driver, const ObjectId &id, Arrival &arrival)
{
    for (bool more = true; more;) {
        const auto after = arrival.objects.empty() ? std::string() : arrival.objects.back().key;
        const auto page = driver.dataObjects(id, after, pageObjects);
        if (!page) {
            return unexpected(page.error());
        }
        arrival.objects.insert(arrival.objects.end(), page->begin(), page->end());
        more = page->size() == pageObjects;
    }
    return {};
}
}

MigrationRecord recordOf(const Departure &departure)
{
    const auto &order = departure.order;
    nlohmann::json json = {{"object", textOf(order.object)}, {"to_site", order.toSite}, {"to_endpoint", order.toEndpoint},
        {"to_project", order.toProject}, {"bandwidth", order.bandwidth}, {"retention_seconds", order.retentionSeconds}, {"start", order.start},
        {"operation", textOf(departure.operation)}, {"requested_by", departure.requestedBy}, {"ran", departure.ran}, {"asked", departure.asked},
        {"followed", departure.followed}, {"lot", departure.lot}, {"has_many", departure.hasMany}, {"mode", toString(order.mode)},
        {"cut_over", toString(order.cutOver)}, {"window", toString(order.window)}, {"arrived", textOf(departure.arrived)},
        {"arrived_volumes", departure.arrivedVolumes}, {"draft", nlohmann::json::parse(statementOf(departure.draft))}};
    for (const auto &rate : order.hourly) {
        json["hourly"].push_back({toString(rate.hours), rate.bytesPerSecond});
    }
    if (departure.memory) {
        json["memory"] = true;
    }
    if (order.notBefore != Instant {}) {
        json["not_before"] = toRfc3339(order.notBefore);
    }
    if (departure.aborting) {
        json["aborting"]
            = {{"reason", toString(departure.aborting->reason)}, {"facts", departure.aborting->facts}, {"detail", departure.aborting->detail}};
    }
    return {departure.migration, true, departure.step, json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)};
}

Result<Departure> departureFrom(const MigrationRecord &record)
{
    Departure departure;
    departure.migration = record.migration;
    departure.step = record.step;
    try {
        const auto json = nlohmann::json::parse(record.payload);
        auto &order = departure.order;
        order.object = idFrom(json.at("object"));
        order.toSite = json.at("to_site").get<std::string>();
        order.toEndpoint = json.at("to_endpoint").get<std::string>();
        order.toProject = json.at("to_project").get<std::string>();
        order.bandwidth = json.at("bandwidth").get<std::int64_t>();
        order.retentionSeconds = json.at("retention_seconds").get<std::int64_t>();
        order.start = json.at("start").get<bool>();
        departure.operation = idFrom(json.at("operation"));
        departure.requestedBy = json.at("requested_by").get<std::string>();
        departure.ran = json.at("ran").get<bool>();
        departure.asked = json.at("asked").get<bool>();
        departure.hasMany = json.value("has_many", false);
        if (json.contains("mode")) { // not in a journal older than warm moves
            departure.followed = json.at("followed").get<bool>();
            order.mode = moveModeFrom(json.at("mode").get<std::string>()).value_or(MoveMode::Cold);
            order.cutOver = cutOverFrom(json.at("cut_over").get<std::string>()).value_or(CutOver::Automatic);
            order.window = dayWindowFrom(json.at("window").get<std::string>()).value_or(DayWindow {});
        }
        for (const auto &rate : json.value("hourly", nlohmann::json::array())) {
            order.hourly.push_back({dayWindowFrom(rate.at(0).get<std::string>()).value_or(DayWindow {}), rate.at(1).get<std::int64_t>()});
        }
        departure.lot = json.value("lot", std::uint64_t(0));
        order.notBefore = instantFrom(json.value("not_before", std::string())).value_or(Instant {});
        departure.memory = json.value("memory", false);
        departure.arrived = idFrom(json.at("arrived"));
        departure.arrivedVolumes = json.value("arrived_volumes", departure.arrivedVolumes);
        if (json.contains("draft")) { // not in a journal older than certificates
            departure.draft = statementFrom(json.at("draft").dump()).value_or(MigrationCertificate {});
        }
        if (json.contains("aborting")) {
            const auto &why = json.at("aborting");
            departure.aborting = Problem {reasonFrom(why.at("reason").get<std::string>()), why.at("facts").get<std::map<std::string, std::string>>(),
                why.at("detail").get<std::string>()};
        }
    } catch (const nlohmann::json::exception &error) {
        return refuse(Reason::Malformed, {{"file", "journal"}, {"expected", "migration " + record.migration}}, error.what());
    }
    return departure;
}

Result<Arrival> arrivalOf(Driver &driver, const ObjectId &object, bool withObjects)
{
    const auto found = driver.find(object);
    if (!found) {
        return unexpected(found.error());
    }
    Arrival arrival;
    if (const auto *instance = std::get_if<Instance>(&*found)) {
        arrival.instance = *instance;
        arrival.project = instance->project;
        for (const auto &volume : instance->volumeIds) {
            if (auto added = addVolume(driver, {object.site, ObjectKind::Volume, volume}, arrival); !added) {
                return unexpected(added.error());
            }
        }
    } else if (const auto *volume = std::get_if<Volume>(&*found)) {
        if (!volume->instanceId.empty()) {
            return refuse(Reason::NotReady, {{"id", object.text()}, {"state", "attached"}, {"instance", volume->instanceId}});
        }
        arrival.project = volume->project;
        arrival.volumes.push_back(*volume);
    } else if (const auto *image = std::get_if<Image>(&*found)) {
        arrival.project = image->project;
        arrival.image = *image;
    } else if (const auto *dataSet = std::get_if<DataSet>(&*found)) {
        arrival.dataSet = *dataSet;
        arrival.project = dataSet->project;
        if (auto added = withObjects ? addObjects(driver, object, arrival) : Result<>(); !added) {
            return unexpected(added.error());
        }
    } else {
        return refuse(Reason::Unsupported, {{"what", "migrate " + std::string(toString(object.kind))}});
    }
    return arrival;
}

std::string newMigrationId()
{
    auto hex = randomHex(16);
    hex[12] = '4';
    hex[16] = "89ab"[static_cast<unsigned char>(hex[16]) & 3];
    for (const auto at : {20, 16, 12, 8}) {
        hex.insert(std::size_t(at), 1, '-');
    }
    return hex;
}

}
