// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/moveoptions.h"

#include "models/formats.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QStringList>
#include <algorithm>
#include <map>

namespace portulan {

namespace {

tl::unexpected<Problem> notSo(const QString &field, const QString &value, const char *expected)
{
    return refuse(
        Reason::InvalidArgument, {{"field", field.toStdString()}, {"value", value.left(64).toStdString()}, {"expected", std::string(expected)}});
}

}

void MoveOptions::applyTo(Migrate &order) const
{
    order.mode = mode;
    order.cutOver = cutOver;
    order.window = window;
    order.bandwidth = bandwidth;
    order.hourly = hourly;
    order.notBefore = notBefore;
    order.retentionSeconds = retentionSeconds;
    order.start = start;
    order.toProject = toProject.toStdString();
}

MoveOptions MoveOptions::of(const Migrate &order)
{
    return {order.mode, order.cutOver, order.window, order.bandwidth, order.hourly, order.notBefore, order.retentionSeconds, order.start,
        QString::fromStdString(order.toProject)};
}

void MoveOverrides::applyTo(MoveOptions &options) const
{
    options.mode = mode.value_or(options.mode);
    options.cutOver = cutOver.value_or(options.cutOver);
    options.window = window.value_or(options.window);
    options.notBefore = notBefore.value_or(options.notBefore);
    options.retentionSeconds = retentionSeconds.value_or(options.retentionSeconds);
    if (bandwidth) {
        options.bandwidth = *bandwidth;
        options.hourly.clear();
    }
}

Evacuate evacuateBy(const PlannedMoves &plan, const QString &site)
{
    Evacuate order;
    order.site = {site.toStdString(), ObjectKind::Site, {}};
    order.atOnce = plan.atOnce;
    order.atOncePerSite = std::min(order.atOnce, order.atOncePerSite);
    order.forecast = plan.forecast;
    for (const auto &planned : plan.moves) {
        if (planned.to.isEmpty()) {
            continue;
        }
        Evacuate::Move move;
        planned.options.applyTo(move.order);
        move.order.object = planned.object;
        move.order.toSite = planned.to.toStdString();
        move.wave = planned.wave - 1;
        move.after = planned.after;
        move.bytes = planned.bytes;
        order.moves.push_back(std::move(move));
    }
    awaitOtherSites(order);
    return order;
}

bool isAwaited(const Evacuate &order, const Evacuate::Move &move)
{
    return move.order.object.site != order.site.site;
}

int ownMoves(const Evacuate &order)
{
    return int(std::ranges::count_if(order.moves, [&order](const Evacuate::Move &move) { return !isAwaited(order, move); }));
}

void awaitOtherSites(Evacuate &order)
{
    std::map<ObjectId, std::int32_t> waves; // the first in which something waits for it
    for (const auto &move : order.moves) {
        for (const auto &before : move.after) {
            if (before.site != order.site.site) {
                const auto [at, isNew] = waves.try_emplace(before, move.wave);
                at->second = std::min(at->second, move.wave);
            }
        }
    }
    for (const auto &[object, wave] : waves) {
        Migrate awaited;
        awaited.object = object;
        awaited.toSite = object.site;
        order.moves.push_back({awaited, wave, {}});
    }
}

Result<Evacuate> retryOf(const Operation &evacuation)
{
    const auto id = evacuation.id.text();
    if (evacuation.kind != "evacuate") {
        return refuse(Reason::InvalidArgument, {{"field", "operation"}, {"value", id}, {"expected", "an evacuation"}});
    }
    if (!isOver(evacuation.state)) {
        return refuse(Reason::NotReady, {{"id", id}, {"state", std::string(toString(evacuation.state))}});
    }
    if (evacuation.parts.total > 0 && evacuation.parts.done == evacuation.parts.total) {
        return refuse(Reason::NotReady, {{"id", id}, {"cause", "nothing-to-retry"}, {"state", "done"}});
    }
    Evacuate order;
    order.site = {evacuation.id.site, ObjectKind::Site, {}};
    order.retryOf = evacuation.id.id;
    return order;
}

Result<HourlyRate> hourlyRateFrom(const QString &text, const QString &field)
{
    const auto hours = dayWindowFrom(text.section(u'=', 0, 0).trimmed().toStdString());
    auto rate = text.section(u'=', 1).trimmed();
    if (rate.endsWith(u"/s")) {
        rate.chop(2);
    }
    const auto bytes = bytesFrom(rate, field);
    if (!hours || hours->isAlways() || !bytes) {
        return notSo(field, text, "HH:MM-HH:MM=RATE");
    }
    return HourlyRate {*hours, *bytes};
}

Result<std::vector<HourlyRate>> hourlyRatesFrom(const QString &text, const QString &field)
{
    static const QRegularExpression separators(QStringLiteral("[;,]\\s*(?=[0-9]{2}:)|;"));
    std::vector<HourlyRate> rates;
    for (const auto &part : text.split(separators, Qt::SkipEmptyParts)) {
        if (part.trimmed().isEmpty()) {
            continue;
        }
        const auto rate = hourlyRateFrom(part, field);
        if (!rate) {
            return tl::unexpected(rate.error());
        }
        rates.push_back(*rate);
    }
    return rates;
}

QString toText(const std::vector<HourlyRate> &rates)
{
    QStringList parts;
    for (const auto &rate : rates) {
        parts += QStringLiteral("%1=%2").arg(QString::fromStdString(toString(rate.hours))).arg(rate.bytesPerSecond);
    }
    return parts.join(QStringLiteral(", "));
}

Result<Instant> momentFrom(const QString &text, const QString &field)
{
    const auto typed = text.trimmed();
    if (typed.isEmpty()) {
        return Instant {};
    }
    if (const auto exact = instantFrom(typed.toStdString())) {
        return *exact;
    }
    auto local = QDateTime::fromString(typed, QStringLiteral("yyyy-MM-dd HH:mm"));
    if (!local.isValid()) {
        local = QDateTime::fromString(typed, QStringLiteral("yyyy-MM-ddTHH:mm"));
    }
    if (!local.isValid()) {
        return notSo(field, text, "YYYY-MM-DD HH:MM, or RFC 3339");
    }
    return Instant(std::chrono::milliseconds(local.toMSecsSinceEpoch()));
}

}
