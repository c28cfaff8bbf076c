// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Evacuations, how far they are, and what was expected.
#include "proto/wireparts.h"

namespace portulan::wire {

namespace {
constexpr int maxMoves = 10'000;
constexpr int maxAfter = 64;
constexpr std::int64_t maxAtOnce = 64;

std::int32_t count(Reader &reader, std::string_view field, std::int64_t value, std::int64_t limit)
{
    return std::int32_t(reader.amount(field, value, limit));
}
}

void write(v1::Parts &message, const Parts &parts)
{
    message.set_total(parts.total);
    message.set_done(parts.done);
    message.set_failed(parts.failed);
    message.set_running(parts.running);
    message.set_wave(parts.wave);
    message.set_waves(parts.waves);
}

Parts read(Reader &reader, const v1::Parts &message)
{
    Parts parts;
    parts.total = count(reader, "parts.total", message.total(), maxMoves);
    parts.done = count(reader, "parts.done", message.done(), maxMoves);
    parts.failed = count(reader, "parts.failed", message.failed(), maxMoves);
    parts.running = count(reader, "parts.running", message.running(), maxMoves);
    parts.wave = count(reader, "parts.wave", message.wave(), maxMoves);
    parts.waves = count(reader, "parts.waves", message.waves(), maxMoves);
    return parts;
}

void write(v1::Forecast &message, const Forecast &forecast)
{
    message.set_bytes(forecast.bytes);
    message.set_duration_milliseconds(forecast.durationMs);
    message.set_duration_error_milliseconds(forecast.durationErrorMs);
    message.set_outage_milliseconds(forecast.outageMs);
    message.set_outage_error_milliseconds(forecast.outageErrorMs);
}

Forecast read(Reader &reader, const v1::Forecast &message)
{
    return {reader.amount("forecast.bytes", message.bytes()), reader.amount("forecast.duration_milliseconds", message.duration_milliseconds()),
        reader.amount("forecast.duration_error_milliseconds", message.duration_error_milliseconds()),
        reader.amount("forecast.outage_milliseconds", message.outage_milliseconds()),
        reader.amount("forecast.outage_error_milliseconds", message.outage_error_milliseconds())};
}

void write(v1::EvacuateRequest &message, const Request &request, const Evacuate &order)
{
    message.set_name(order.site.resourceName());
    message.set_at_once(order.atOnce);
    message.set_at_once_per_site(order.atOncePerSite);
    for (const auto &move : order.moves) {
        auto &written = *message.add_moves();
        const auto migrate = toWire({request.requestId, request.etag, request.validateOnly, move.order});
        written.mutable_migrate()->Swap(static_cast<v1::MigrateRequest *>(migrate.get()));
        written.set_wave(move.wave);
        for (const auto &before : move.after) {
            written.add_after(before.resourceName());
        }
        written.set_bytes(move.bytes);
    }
    if (order.forecast != Forecast {}) {
        write(*message.mutable_forecast(), order.forecast);
    }
    if (!order.retryOf.empty()) {
        message.set_retry_of(ObjectId {order.site.site, ObjectKind::Operation, order.retryOf}.resourceName());
    }
}

Result<Request> fromWire(const v1::EvacuateRequest &message, std::string_view site)
{
    auto request = fromWire(message.header());
    if (!request) {
        return request;
    }
    Reader reader;
    Evacuate order;
    order.site = reader.object("name", message.name(), {ObjectKind::Site}, site);
    order.atOnce = message.at_once() == 0 ? order.atOnce : count(reader, "at_once", message.at_once(), maxAtOnce);
    order.atOncePerSite
        = message.at_once_per_site() == 0 ? order.atOncePerSite : count(reader, "at_once_per_site", message.at_once_per_site(), maxAtOnce);
    if (!message.retry_of().empty()) {
        order.retryOf = reader.object("retry_of", message.retry_of(), {ObjectKind::Operation}, site).id;
    }
    if (message.has_forecast()) {
        order.forecast = read(reader, message.forecast());
    }
    if (message.moves().empty() != !order.retryOf.empty()) {
        reader.refuseField("moves", order.retryOf.empty() ? "1 to 10 000" : "none, with retry_of");
    }
    for (int i = 0; reader.fits("moves", message.moves_size(), maxMoves) && reader.ok() && i < message.moves_size(); ++i) {
        const auto &written = message.moves(i);
        v1::MigrateRequest one = written.migrate();
        if (!one.has_header()) { // it may be left out; one that is there must at least be sound
            *one.mutable_header() = message.header();
        }
        Evacuate::Move move;
        if (const auto migrate = reader.take(fromWire(one, {})); reader.ok()) {
            move.order = std::get<Migrate>(migrate.order);
        }
        if (const auto &its = move.order; reader.ok() && its.object.site != site && its.toSite != its.object.site) { // else it is only waited for
            reader.fail({Reason::NotFound, {{"field", "name"}, {"id", its.object.text()}}, {}});
        }
        move.wave = count(reader, "wave", written.wave(), maxMoves);
        for (int j = 0; reader.fits("after", written.after_size(), maxAfter) && j < written.after_size(); ++j) {
            move.after.push_back(
                reader.object("after", written.after(j), {ObjectKind::Instance, ObjectKind::Volume, ObjectKind::Image, ObjectKind::DataSet}));
        }
        move.bytes = reader.amount("moves.bytes", written.bytes());
        order.moves.push_back(std::move(move));
    }
    request->order = std::move(order);
    return reader.done(std::move(*request));
}

}
