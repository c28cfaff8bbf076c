// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "ui/charts/charttable.h"
#include "ui/charts/series.h"
#include "ui/theme.h"

#include <QFrame>
#include <QTimer>

class QChart;
class QChartView;
class QLabel;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace portulan {

/// A card with a title, a chart and, at the press of a button, the same figures as a table. Redraws at most ten times a second, however
/// often it is given figures.
class ChartCard : public QFrame {
    Q_OBJECT
public:
    ChartCard(const Theme &theme, const QString &title, QWidget *parent = nullptr);
    void setTitle(const QString &title);
    /// What is said where there are no figures.
    void setEmptyText(const QString &text);
    /// Words that are read from the back of a room.
    void setLarge(bool large);
    bool showsTable() const;
    const ChartTable &table() const { return *m_table; }
    QSize sizeHint() const override { return {420, 280}; }

public slots:
    void setShowsTable(bool table);

protected:
    /// Puts the figures into chart() and the table; called when it is time to.
    virtual void redraw() = 0;
    void soon(); ///< redraw() within a tenth of a second
    void setEmpty(bool empty);
    void setNote(const QString &note); ///< small words under the chart; empty: none
    QChart &chart() const { return *m_chart; }
    int plotPixels() const;
    void setTable(const QStringList &headers, const QList<QStringList> &rows);
    const Theme &theme() const { return m_theme; }

private:
    void dress();
    void turn();

    Theme m_theme;
    QChart *m_chart;
    QChartView *m_view;
    ChartTable *m_table;
    QTableView *m_tableView;
    QLabel *m_title;
    QLabel *m_none;
    QLabel *m_note;
    QToolButton *m_turn;
    QStackedWidget *m_stack;
    QTimer m_pause;
    bool m_isEmpty = true;
};

}
