// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What an evacuation that was planned comes to: how each thing moves, and the orders.
#include "models/evacuationplan.h"

#include <algorithm>
#include <cmath>

namespace portulan {

QStringList EvacuationChoices::sources() const
{
    return QStringList {site} + others;
}

MoveOptions EvacuationChoices::options() const
{
    return {mode, cutOver, window, bandwidth, hourly, notBefore, retentionSeconds, start, toProject};
}

void EvacuationChoices::setOptions(const MoveOptions &options)
{
    mode = options.mode;
    cutOver = options.cutOver;
    window = options.window;
    bandwidth = options.bandwidth;
    hourly = options.hourly;
    notBefore = options.notBefore;
    retentionSeconds = options.retentionSeconds;
    start = options.start;
    toProject = options.toProject;
}

void EvacuationPlan::setOptions(const ObjectId &object, const MoveOptions &options)
{
    m_special.insert_or_assign(object, options);
}

MoveOptions EvacuationPlan::optionsOf(const ObjectId &object) const
{
    const auto own = m_special.find(object);
    auto options = own == m_special.end() ? m_choices.options() : own->second;
    if (object.kind != ObjectKind::Instance) { // only what runs has anything to be followed
        options.mode = MoveMode::Cold;
        options.cutOver = CutOver::Automatic;
    }
    return options;
}

Forecast EvacuationPlan::forecast() const
{
    Forecast forecast;
    for (const auto &wave : m_plan->waves) {
        forecast.bytes += wave.bytes;
    }
    forecast.durationMs = std::llround(m_plan->seconds * 1000);
    forecast.durationErrorMs = std::llround(m_plan->secondsError * 1000);
    return forecast;
}

std::vector<Evacuate> EvacuationPlan::orders() const
{
    std::vector<Evacuate> orders;
    for (const auto &source : m_choices.sources()) {
        if (auto order = orderTo(source); !order.moves.empty()) {
            orders.push_back(std::move(order));
        }
    }
    return orders;
}

Evacuate EvacuationPlan::orderTo(const QString &source) const
{
    Evacuate order;
    order.site = {source.toStdString(), ObjectKind::Site, {}};
    order.atOnce = std::clamp(m_choices.atOnce, 1, 64);
    order.atOncePerSite = std::min(order.atOnce, atOncePerSite);
    order.forecast = forecast();
    order.forecast.bytes = 0; // of this source
    for (std::size_t wave = 0; wave < m_plan->waves.size(); ++wave) {
        for (const std::size_t movable : m_plan->waves[wave].movables) {
            const auto &its = m_evacuation->movables[movable];
            if (its.object.site != order.site.site) {
                continue;
            }
            Migrate migrate;
            optionsOf(its.object).applyTo(migrate);
            migrate.object = its.object;
            migrate.toSite = destinationOf(movable).toStdString();
            migrate.toEndpoint = m_federation.profile(destinationOf(movable)).endpoint.toStdString();
            const bool isCircular = std::ranges::find(m_plan->circular, its.object) != m_plan->circular.end();
            order.forecast.bytes += its.bytes;
            order.moves.push_back({migrate, std::int32_t(wave), isCircular ? std::vector<ObjectId> {} : its.after, its.bytes});
        }
    }
    return order;
}

}
