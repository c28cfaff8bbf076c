// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <QAbstractTableModel>
#include <vector>

namespace portulan {

/// A table of few things (hundreds) known by a key: given the rows wanted, it gets there by the fewest removals, moves and insertions, so
/// that selection and scroll position stay where they were.
class KeyedTable : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;
    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(m_keys.size()); }
    const std::string &key(int row) const { return m_keys[std::size_t(row)]; }
    int rowOf(const std::string &key) const; ///< -1 if not there

protected:
    void become(const std::vector<std::string> &wanted);
    void rowChanged(int row) { Q_EMIT dataChanged(index(row, 0), index(row, columnCount() - 1)); }
    void allChanged();

private:
    std::vector<std::string> m_keys;
};

}
