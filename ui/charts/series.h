// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <QColor>
#include <QString>
#include <QStringList>
#include <vector>

namespace portulan {

/// A value at a moment.
struct TimePoint {
    qint64 at = 0; ///< milliseconds since 1970, UTC
    double value = 0;
    bool operator==(const TimePoint &) const = default;
};

struct TimeSeries {
    QString name;
    std::vector<TimePoint> points; ///< in order of time
};

/// One colour of bars: a value per category.
struct BarSeries {
    QString name;
    std::vector<double> values;
    QColor colour {}; ///< not valid: the theme's next
    Qt::BrushStyle pattern = Qt::SolidPattern; ///< tells apart what shares a colour
};

struct BarData {
    QStringList categories;
    std::vector<BarSeries> series;
};

/// At most `most` points (≥ 4) that look the same drawn: of each stretch of time its lowest and its highest, in order. First and last stay.
std::vector<TimePoint> thinned(const std::vector<TimePoint> &points, std::size_t most);

}
