// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What the evacuation dialog says of its plan: the chart, the figures, the warnings.
#include "models/formats.h"
#include "ui/charts/barchart.h"
#include "ui/dialogs/evacuatedialog.h"

#include <algorithm>

namespace portulan {

void EvacuateDialog::showChart()
{
    BarData bars;
    const auto &waves = m_plan->plan().waves;
    std::map<QString, std::vector<double>> to;
    for (std::size_t wave = 0; wave < waves.size(); ++wave) {
        bars.categories += tr("Wave %1").arg(Formats::number(qint64(wave + 1)));
        for (const std::size_t movable : waves[wave].movables) {
            auto &values = to[m_plan->destinationOf(movable)];
            values.resize(waves.size());
            values[wave] += double(m_plan->thing(movable).bytes);
        }
    }
    double most = 0;
    for (auto &[site, values] : to) {
        most = std::max(most, *std::ranges::max_element(values));
        bars.series.push_back({m_desk.federation.siteName(site), std::move(values)});
    }
    const bool isLarge = most >= 1e9;
    m_chart->setScale(0, isLarge ? 1e-9 : 1e-6, isLarge ? tr("GB") : tr("MB"));
    m_chart->setData(std::move(bars));
}

QString EvacuateDialog::figures() const
{
    const WavePlan &plan = m_plan->plan();
    if (plan.waves.empty()) {
        return tr("There is nothing to move.");
    }
    const auto count = int(m_plan->evacuation().movables.size() - plan.unplaced);
    QStringList parts {tr("%Ln thing(s)", nullptr, count), Formats::bytes(plan.bytes), tr("%Ln wave(s)", nullptr, int(plan.waves.size())),
        tr("about %1 (give or take %2)").arg(Formats::duration(plan.seconds), Formats::duration(plan.secondsError))};
    if (m_plan->keepsHours()) {
        parts += tr("ends about %1").arg(Formats::dateTime(m_plan->timesOf(int(plan.waves.size())).second));
        parts += tr("the last byte is there after %1; proven: no plan could have it there in less than %2 (gap %3)")
                     .arg(Formats::duration(plan.transferSeconds), Formats::duration(plan.leastTransferSeconds), Formats::percent(plan.gap()));
    } else if (plan.gap() < 0.005) {
        parts += tr("links busy for %1: proven, no plan is faster").arg(Formats::duration(plan.transferSeconds));
    } else {
        parts += tr("links busy for %1; proven: no plan could do with less than %2 (gap %3)")
                     .arg(Formats::duration(plan.transferSeconds), Formats::duration(plan.leastTransferSeconds), Formats::percent(plan.gap()));
    }
    return parts.join(QStringLiteral(" · "));
}

QStringList EvacuateDialog::warnings() const
{
    const WavePlan &plan = m_plan->plan();
    QStringList lines;
    if (plan.unplaced > 0) {
        lines += tr("%Ln thing(s) have no place and stay: the list says why.", nullptr, int(plan.unplaced));
    }
    if (!m_plan->staying().empty()) {
        lines += tr("%Ln thing(s) stay because they cannot move: the list says why.", nullptr, int(m_plan->staying().size()));
    }
    if (m_plan->hindered() > 0) {
        lines += tr(
            "%Ln machine(s) cannot move live and will be refused: the list says why. Choose another mode for them.", nullptr, m_plan->hindered());
    }
    if (!plan.overruns.empty()) {
        lines += tr(
            "%Ln machine(s) would be down past their hours: the list says how long. Move them warm, or give them longer hours or more bandwidth.",
            nullptr, int(plan.overruns.size()));
    }
    if (m_plan->busy() > 0) {
        lines += tr("%Ln thing(s) are moving already and are left alone.", nullptr, m_plan->busy());
    }
    if (m_plan->leavesForbiddenCopy()) {
        lines += tr("Something may not be where it is: a copy kept here stays non-compliant until its retention ends.");
    }
    if (!m_plan->assumed().isEmpty()) {
        QStringList names;
        for (const auto &site : m_plan->assumed()) {
            names += m_desk.federation.siteName(site);
        }
        lines += tr("Not measured, taken for %1: the link to %2.").arg(Formats::rate(EvacuationPlan::assumedBytesPerSecond), Formats::list(names));
    }
    if (!plan.circular.empty()) {
        lines += tr("Some things wait for each other: their order was dropped.");
    }
    return lines;
}

}
