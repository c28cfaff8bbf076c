// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "models/federation.h"
#include "models/keyedtable.h"

namespace portulan {

/// What runs and what ran, newest first. A migration is one row, that of its source, as long as the source is known.
class OperationModel : public KeyedTable {
    Q_OBJECT
public:
    enum Column { What, State, Progress, Phase, Site, Started, Ended, By, ColumnCount };

    explicit OperationModel(Federation &federation, QObject *parent = nullptr);
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : ColumnCount; }
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    /// nullptr if the row is gone.
    const Operation *operation(int row) const;
    int rowOfOperation(const ObjectId &id) const { return rowOf(id.text()); }
    int running() const; ///< rows that are not over
    /// Bytes a second, lately if its site says so, else since it started; 0 while unknown.
    static double rate(const Operation &operation, Instant now);
    /// Seconds to go, by its site if that says so, else at that rate; -1 while unknown, or while it waits.
    static double remaining(const Operation &operation, Instant now);

private:
    void list();
    QVariant display(const Operation &operation, int column) const;
    QVariant sortValue(const Operation &operation, int column) const;

    Federation &m_federation;
    std::map<std::string, Operation> m_shown;
};

}
