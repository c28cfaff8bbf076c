// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/objectid.h"
#include "ui/desk.h"

#include <QTimer>
#include <QWidget>
#include <map>

class QGridLayout;
class QLabel;

namespace portulan {

class FigureCard;
class OverviewCharts;

/// The ten figures a decision maker asks for, and the charts behind them.
class OverviewPage : public QWidget {
    Q_OBJECT
public:
    explicit OverviewPage(const Desk &desk, QWidget *parent = nullptr);
    /// Figures large enough for a room to read, or as large as a desk needs.
    void setPresenting(bool presenting);

Q_SIGNALS:
    void inventoryWanted(portulan::ObjectKind kind, const QString &query);

private:
    FigureCard *card(const QString &key, const QString &what, ObjectKind kind, const QString &query);
    void buildCards(QGridLayout *grid);
    void refresh();
    void refreshPlaces();
    void refreshRisks();

    Desk m_desk;
    std::map<QString, FigureCard *> m_cards;
    OverviewCharts *m_charts;
    QLabel *m_title;
    QLabel *m_demonstration;
    QTimer m_soon;
};

}
