// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/keyedtable.h"

#include <algorithm>
#include <set>

namespace portulan {

int KeyedTable::rowOf(const std::string &key) const
{
    const auto at = std::ranges::find(m_keys, key);
    return at == m_keys.end() ? -1 : int(at - m_keys.begin());
}

void KeyedTable::become(const std::vector<std::string> &wanted)
{
    const std::set<std::string> kept(wanted.begin(), wanted.end());
    for (int last = int(m_keys.size()) - 1; last >= 0; --last) {
        int first = last;
        if (kept.contains(m_keys[std::size_t(last)])) {
            continue;
        }
        while (first > 0 && !kept.contains(m_keys[std::size_t(first) - 1])) {
            --first;
        }
        beginRemoveRows({}, first, last);
        m_keys.erase(m_keys.begin() + first, m_keys.begin() + last + 1);
        endRemoveRows();
        last = first;
    }
    const std::set<std::string> had(m_keys.begin(), m_keys.end());
    for (int row = 0; row < int(wanted.size()); ++row) {
        const auto &key = wanted[std::size_t(row)];
        if (row < int(m_keys.size()) && m_keys[std::size_t(row)] == key) {
            continue;
        }
        if (had.contains(key)) {
            const auto from = std::find(m_keys.begin() + row, m_keys.end(), key);
            beginMoveRows({}, int(from - m_keys.begin()), int(from - m_keys.begin()), {}, row);
            std::rotate(m_keys.begin() + row, from, from + 1);
            endMoveRows();
            continue;
        }
        int last = row;
        while (last + 1 < int(wanted.size()) && !had.contains(wanted[std::size_t(last) + 1])) {
            ++last;
        }
        beginInsertRows({}, row, last);
        m_keys.insert(m_keys.begin() + row, wanted.begin() + row, wanted.begin() + last + 1);
        endInsertRows();
        row = last;
    }
}

void KeyedTable::allChanged()
{
    if (rowCount() > 0) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    }
}

}
