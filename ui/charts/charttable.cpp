// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/charts/charttable.h"

namespace portulan {

void ChartTable::set(const QStringList &headers, const QList<QStringList> &rows)
{
    if (headers == m_headers && rows.size() == m_rows.size()) { // the same table with other figures: keeps selection and scroll
        for (int row = 0; row < rows.size(); ++row)
            if (rows[row] != m_rows[row]) {
                m_rows[row] = rows[row];
                emit dataChanged(index(row, 0), index(row, columnCount() - 1));
            }
        return;
    }
    beginResetModel();
    m_headers = headers;
    m_rows = rows;
    endResetModel();
}

QVariant ChartTable::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (role == Qt::DisplayRole)
        return m_rows[index.row()].value(index.column());
    if (role == Qt::TextAlignmentRole && index.column() > 0)
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

QVariant ChartTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::DisplayRole)
        return m_headers.value(section);
    return QAbstractTableModel::headerData(section, orientation, role);
}

}
