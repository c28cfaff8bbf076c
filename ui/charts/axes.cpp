// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/charts/axes.h"

#include <QAbstractAxis>
#include <cmath>

namespace portulan {

void dressAxis(QAbstractAxis &axis, const Theme &theme, bool grid)
{
    const auto &tones = theme.tones();
    axis.setLabelsColor(tones.dim);
    axis.setLabelsFont(theme.font(axisPoints));
    axis.setTitleBrush(tones.dim);
    axis.setTitleFont(theme.font(axisPoints));
    axis.setLinePen(QPen(tones.edge, 1));
    axis.setGridLinePen(QPen(tones.line, 1));
    axis.setGridLineVisible(grid);
    axis.setLineVisible(!grid);
}

double roundedUp(double value)
{
    if (value <= 0)
        return 1;
    const double power = std::pow(10, std::floor(std::log10(value)));
    for (const double step : {1.0, 2.0, 5.0, 10.0})
        if (value <= step * power * (1 + 1e-9))
            return step * power;
    return 10 * power;
}

int ticks(double end)
{
    if (end <= 5 && end == std::floor(end))
        return static_cast<int>(end) + 1; // things that are counted
    const double digit = end / std::pow(10, std::floor(std::log10(end)));
    return std::abs(digit - 2) < 1e-9 ? 5 : 6; // fourths of 1 or 5 would be written as rounded halves
}

int decimals(double end)
{
    const double step = end / (ticks(end) - 1);
    return step >= 1 ? 0 : static_cast<int>(std::ceil(-std::log10(step) - 1e-9));
}

}
