// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "models/evacuationplan.h"
#include "ui/desk.h"

#include <QDialog>
#include <QTimer>
#include <optional>

class QLabel;
class QProgressBar;
class QPushButton;
class QTabWidget;
class QTreeView;
class QVBoxLayout;

namespace portulan {

class BarChart;
class DestinationList;
class EvacuateException;
class EvacuateOptions;
class WavePlanModel;

/// Composes the emptying of a site, or of all sites of an operator: where things may go, how, what is different for one alone; shows what the solver
/// finds – waves, what has no place and why, how good it is – and orders it.
class EvacuateDialog : public QDialog {
    Q_OBJECT
public:
    /// `sites` are emptied together; `what` is how they are called: a site's name, an operator's.
    EvacuateDialog(const Desk &desk, const QStringList &sites, const QString &what, QWidget *parent = nullptr);
    EvacuationPlan *plan() const { return m_plan; }

Q_SIGNALS:
    void ordered(const QString &words, const QString &operation); ///< ObjectId::text() of the (first) evacuation

private:
    void addHeading(QVBoxLayout *layout, const QString &what);
    void followPlan();
    QWidget *choices();
    QWidget *moves();
    QWidget *progress();
    void planSoon();
    void planNow();
    void showPlan();
    void showProgress();
    void showChosen();
    void showChart();
    void decide();
    QString figures() const;
    QStringList warnings() const;
    void say(const QString &problem);
    void go();

    Desk m_desk;
    QStringList m_emptied;
    EvacuationPlan *m_plan;
    WavePlanModel *m_model;
    DestinationList *m_sites;
    QLabel *m_siteNote;
    EvacuateOptions *m_options;
    QTabWidget *m_tabs;
    QTreeView *m_moves;
    EvacuateException *m_exception;
    BarChart *m_chart;
    QProgressBar *m_bar;
    QLabel *m_doing;
    QPushButton *m_stop;
    QLabel *m_figures;
    QLabel *m_warnings;
    QLabel *m_problem;
    QPushButton *m_go = nullptr;
    QTimer m_soon; ///< not at every key
    std::optional<ObjectId> m_chosen;
    std::map<ObjectId, EvacuationException> m_exceptions;
    QString m_operation; ///< ordered
    QString m_refused;
    int m_taken = 0;
};

}
