// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "ui/charts/chartcard.h"

class QDateTimeAxis;
class QLineSeries;
class QValueAxis;

namespace portulan {

/// Shares over time as filled curves on a scale of 0 to 100 %: how full a site was.
class HistoryChart : public ChartCard {
    Q_OBJECT
public:
    HistoryChart(const Theme &theme, const QString &title, QWidget *parent = nullptr);
    /// Values are shares, 0–1. Any number of points: they are thinned to what the width can show.
    void setSeries(std::vector<TimeSeries> series);

protected:
    void redraw() override;

private:
    void drawCurves();
    void fillTable();

    std::vector<TimeSeries> m_series;
    std::vector<QLineSeries *> m_lines; ///< one per series, the chart's
    QDateTimeAxis *m_time;
    QValueAxis *m_share;
};

}
