// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "ui/desk.h"

#include <QWidget>

namespace portulan {

class BarChart;

/// The charts under the ten figures: how full each site is, what may be where it is, where which data lies, machines by country.
class OverviewCharts : public QWidget {
    Q_OBJECT
public:
    explicit OverviewCharts(const Desk &desk, QWidget *parent = nullptr);
    void refresh();
    void setLarge(bool large); ///< words that are read from the back of a room

private:
    void refreshCapacity();
    void refreshVerdicts();
    void refreshData();

    Desk m_desk;
    BarChart *m_capacity;
    BarChart *m_verdicts;
    BarChart *m_data;
};

}
