// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/objectid.h"

#include <QObject>

class QMenu;
class QTableView;

namespace portulan {

class Settings;

/// Which columns the inventory shows. Until the user chooses, as many as fit without scrolling, the verdict among the first; a choice is
/// made in a menu (of the headers, or of the button), holds for one kind of object and is remembered.
class ColumnChoice : public QObject {
    Q_OBJECT
public:
    ColumnChoice(QTableView *table, Settings &settings);
    /// After the table was given that kind's model.
    void setKind(ObjectKind kind);
    /// A box to tick for each column of the kind, and "as many as fit".
    QMenu *menu() const { return m_menu; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fillMenu();
    void show();
    QList<int> chosen() const; ///< empty: nothing was chosen
    void choose(const QList<int> &columns);
    QList<int> fitting() const;
    bool isVisible(int column) const;

    QTableView *m_table;
    Settings &m_settings;
    ObjectKind m_kind = ObjectKind::Instance;
    QMenu *m_menu;
};

}
