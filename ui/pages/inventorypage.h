// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/objectid.h"
#include "ui/desk.h"

#include <QWidget>
#include <map>

class QLabel;
class QLineEdit;
class QPushButton;
class QTabBar;
class QTableView;
class QToolButton;

namespace portulan {

class ColumnChoice;
class ObjectPanel;
class WorkloadModel;

/// What the inventory shows, so that one rebuilt shows the same.
struct InventoryView {
    ObjectKind kind = ObjectKind::Instance;
    std::map<ObjectKind, QString> queries;
    QVector<ObjectId> selection;
    int sortColumn = 0;
    Qt::SortOrder sortOrder = Qt::AscendingOrder;
};

/// One list over all sites, a tab for each kind of object; a query narrows it, the panel beside it tells all of the chosen one.
class InventoryPage : public QWidget {
    Q_OBJECT
public:
    explicit InventoryPage(const Desk &desk, QWidget *parent = nullptr);

    void show(ObjectKind kind, const QString &query);
    void select(const ObjectId &object);
    ObjectKind kind() const;
    QString query() const;
    QVector<ObjectId> selection() const;
    InventoryView view() const;
    void restore(const InventoryView &view);
    /// Opens the menu of columns.
    void chooseColumns();

Q_SIGNALS:
    void migrationWanted(const QVector<portulan::ObjectId> &objects);
    void provisionWanted(const QString &siteId);
    void siteWanted(const QString &siteId);
    void said(const QString &words);

private:
    QWidget *bar();
    QWidget *actions();
    void chooseKind(int tab);
    void applyQuery();
    void count();
    void selectWanted();
    void selectionChanged();
    void power(bool start);
    void remove();
    void exportTable();
    WorkloadModel *model(ObjectKind kind);

    Desk m_desk;
    std::map<ObjectKind, WorkloadModel *> m_models; ///< made when first shown
    QTabBar *m_kinds;
    QLineEdit *m_query;
    QLabel *m_problem;
    QLabel *m_count;
    QLabel *m_empty;
    QTableView *m_table;
    ColumnChoice *m_columns;
    ObjectPanel *m_panel;
    QPushButton *m_start = nullptr;
    QPushButton *m_stop = nullptr;
    QPushButton *m_migrate = nullptr;
    QPushButton *m_delete = nullptr;
    QToolButton *m_columnsButton = nullptr;
    QVector<ObjectId> m_wanted; ///< to be selected once they are shown
};

}
