// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "models/migrationplan.h"

#include <QAbstractTableModel>

namespace portulan {

/// The objects of one batch, a row each, with what holds for it: its own choice (OwnRole), or that of all; and what stands against it alone.
class MigrationMoves : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { What, To, Mode, SwitchOver, Hours, Bandwidth, Begin, Keep, Note, ColumnCount };

    MigrationMoves(const Federation &federation, const MigrationPlan &plan, QObject *parent = nullptr);
    void refresh(); ///< after its choices or what is known of them changed

    const ObjectId &object(int row) const { return m_objects[std::size_t(row)]; }
    bool differs(int row) const; ///< something of it is its own
    int differing() const;

    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(m_objects.size()); }
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : ColumnCount; }
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    static QString word(MoveMode mode);
    static QString word(CutOver cutOver);
    static QString wordOfRetention(qint64 seconds);

private:
    QString text(const ObjectId &object, int column) const;
    bool isOwn(const ObjectId &object, int column) const;

    const Federation &m_federation;
    const MigrationPlan &m_plan;
    std::vector<ObjectId> m_objects;
};

}
