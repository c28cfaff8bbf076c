// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/operationrow.h"

#include <nlohmann/json.hpp>

namespace portulan::site {

namespace {

using Json = nlohmann::json;

std::int64_t ms(Instant moment)
{
    return moment.time_since_epoch().count();
}
Instant instant(const Json &row, const char *key)
{
    return Instant(std::chrono::milliseconds(row.at(key).get<std::int64_t>()));
}
ObjectId object(const Json &row, const char *key)
{
    const auto text = row.at(key).get<std::string>();
    return ObjectId::fromText(text).value_or(ObjectId {{}, ObjectKind::Operation, text});
}

Operation read(const Json &row)
{
    Operation o;
    o.id = object(row, "id");
    o.kind = row.at("kind");
    o.project = row.at("project");
    o.object = object(row, "object");
    o.objectName = row.at("object_name");
    o.state = operationStateFrom(row.at("state").get<std::string>());
    o.phase = row.at("phase");
    o.bytesDone = row.at("bytes_done");
    o.bytesTotal = row.at("bytes_total");
    o.bytesOnWire = row.at("bytes_on_wire");
    o.requestedBy = row.at("requested_by");
    o.requestId = row.at("request_id");
    o.fromSite = row.at("from_site");
    o.toSite = row.at("to_site");
    o.migration = row.at("migration");
    o.startedAt = instant(row, "started");
    o.changedAt = instant(row, "changed");
    o.endedAt = instant(row, "ended");
    o.cancellable = row.at("cancellable");
    o.problem = {reasonFrom(row.at("reason").get<std::string>()), row.at("facts"), row.at("detail")};
    o.log = row.at("log");
    o.digests = row.at("digests");
    if (row.contains("mode")) { // not in a journal older than warm migrations
        o.mode = row.at("mode");
        const auto &passes = row.at("passes");
        o.passes = {passes.at("bytes"), passes.at("dirty_rate"), passes.at("left"), passes.at("last_ms"), instant(passes, "ready")};
        o.outageMs = row.at("outage_ms");
    }
    if (row.contains("parts")) { // only of evacuations and what they ordered
        const auto &parts = row.at("parts");
        o.partOf = row.at("part_of");
        o.parts = {parts.at(0), parts.at(1), parts.at(2), parts.at(3), parts.at(4), parts.at(5)};
    }
    if (row.contains("forecast")) { // only of migrations at their source
        const auto &forecast = row.at("forecast");
        o.forecast = {forecast.at(0), forecast.at(1), forecast.at(2), forecast.at(3), forecast.at(4)};
    }
    if (row.contains("course")) {
        const auto &course = row.at("course");
        o.permille = course.at("permille");
        o.workedMs = course.at("worked_ms");
        if (course.contains("waiting")) {
            const auto &why = course.at("waiting");
            o.waiting = {reasonFrom(why.at(0).get<std::string>()), why.at(1), why.at(2)};
        }
    }
    if (row.contains("test_boot")) {
        const auto &boot = row.at("test_boot");
        o.testBoot = {boot.at("state"), instant(boot, "started"), instant(boot, "ended"), boot.at("console"),
            {reasonFrom(boot.at("reason").get<std::string>()), boot.at("facts"), boot.at("detail")}};
    }
    return o;
}

}

std::string toRow(const Operation &o)
{
    const auto named = [](const ObjectId &id) { return id.site.empty() ? id.id : id.text(); };
    Json row = {{"id", o.id.text()}, {"kind", o.kind}, {"project", o.project}, {"object", named(o.object)}, {"object_kind", toString(o.object.kind)},
        {"object_name", o.objectName}, {"state", toString(o.state)}, {"phase", o.phase}, {"bytes_done", o.bytesDone}, {"bytes_total", o.bytesTotal},
        {"bytes_on_wire", o.bytesOnWire}, {"requested_by", o.requestedBy}, {"request_id", o.requestId}, {"from_site", o.fromSite},
        {"to_site", o.toSite}, {"migration", o.migration}, {"started", ms(o.startedAt)}, {"changed", ms(o.changedAt)}, {"ended", ms(o.endedAt)},
        {"cancellable", o.cancellable}, {"reason", toString(o.problem.reason)}, {"facts", o.problem.facts}, {"detail", o.problem.detail},
        {"log", o.log}, {"digests", o.digests}, {"mode", o.mode},
        {"passes",
            {{"bytes", o.passes.bytes}, {"dirty_rate", o.passes.dirtyBytesPerSecond}, {"left", o.passes.leftBytes}, {"last_ms", o.passes.lastPassMs},
                {"ready", ms(o.passes.readySince)}}},
        {"outage_ms", o.outageMs}};
    if (!o.partOf.empty() || o.parts.total > 0) {
        row["part_of"] = o.partOf;
        row["parts"] = {o.parts.total, o.parts.done, o.parts.failed, o.parts.running, o.parts.wave, o.parts.waves};
    }
    if (o.forecast != Forecast {}) {
        row["forecast"] = {o.forecast.bytes, o.forecast.durationMs, o.forecast.durationErrorMs, o.forecast.outageMs, o.forecast.outageErrorMs};
    }
    if (o.permille > 0 || o.workedMs > 0 || o.waiting != Problem {}) { // speed and what remains are of the moment
        row["course"] = {{"permille", o.permille}, {"worked_ms", o.workedMs}};
        if (o.waiting != Problem {}) {
            row["course"]["waiting"] = {toString(o.waiting.reason), o.waiting.facts, o.waiting.detail};
        }
    }
    if (const auto &boot = o.testBoot; !boot.state.empty()) {
        row["test_boot"] = {{"state", boot.state}, {"started", ms(boot.startedAt)}, {"ended", ms(boot.endedAt)}, {"console", boot.console},
            {"reason", toString(boot.problem.reason)}, {"facts", boot.problem.facts}, {"detail", boot.problem.detail}};
    }
    return row.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<Operation> operationFrom(std::string_view text)
{
    try {
        const Json row = Json::parse(text);
        Operation operation = read(row);
        if (operation.object.site.empty()) { // a creation that never got as far as an object
            operation.object.kind = objectKindFrom(row.at("object_kind").get<std::string>()).value_or(ObjectKind::Instance);
        }
        return operation;
    } catch (const Json::exception &error) {
        return refuse(Reason::Malformed, {{"expected", "an operation"}}, error.what());
    }
}

}
