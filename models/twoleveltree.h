// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <QAbstractItemModel>
#include <optional>

namespace portulan {

/// A tree of groups and what is in them, no deeper. Whoever derives says how many there are.
class TwoLevelTree : public QAbstractItemModel {
    Q_OBJECT
public:
    using QAbstractItemModel::QAbstractItemModel;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const final
    {
        return hasIndex(row, column, parent) ? createIndex(row, column, quintptr(parent.isValid() ? parent.row() + 1 : 0)) : QModelIndex();
    }
    QModelIndex parent(const QModelIndex &index) const final
    {
        return index.isValid() && index.internalId() > 0 ? createIndex(int(index.internalId()) - 1, 0, quintptr(0)) : QModelIndex();
    }
    int rowCount(const QModelIndex &parent = {}) const final
    {
        if (!parent.isValid()) {
            return int(groups());
        }
        return parent.internalId() == 0 && parent.column() == 0 ? int(membersOf(std::size_t(parent.row()))) : 0;
    }

protected:
    virtual std::size_t groups() const = 0;
    virtual std::size_t membersOf(std::size_t group) const = 0;

    struct Place {
        std::size_t group = 0;
        std::optional<std::size_t> member; ///< none: the group itself
    };
    static Place placeOf(const QModelIndex &index) ///< of a valid one
    {
        return index.internalId() > 0 ? Place {std::size_t(index.internalId()) - 1, std::size_t(index.row())} : Place {std::size_t(index.row()), {}};
    }
    QModelIndex indexAt(std::size_t group, std::size_t member) const { return index(int(member), 0, index(int(group), 0)); }
};

}
