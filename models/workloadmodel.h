// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/query.h"
#include "models/federation.h"
#include "models/roworder.h"

#include <QAbstractTableModel>
#include <QElapsedTimer>

namespace portulan {

/// One kind of object over all sites: instances, volumes, data sets… Reads the inventory in place; keeps only which rows it shows and in
/// what order. Filtering and sorting happen in another thread where there are many rows and are swapped in whole; what changes meanwhile
/// is shown in place. Selections survive all of it.
class WorkloadModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Site, Project, Country, Class, Verdict, State, Count, Ram, Size, Detail, Owner, Changed, Id, ColumnCount };

    WorkloadModel(Federation &federation, ObjectKind kind, QObject *parent = nullptr);
    ~WorkloadModel() override;

    ObjectKind kind() const { return m_kind; }
    /// The columns that say something about this kind, in their usual order.
    static QList<int> columnsOf(ObjectKind kind);
    /// Title of a column for this kind.
    static QString columnTitle(ObjectKind kind, int column);

    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(m_order.size()); }
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : ColumnCount; }
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    int sortColumn() const { return m_sortColumn; }
    Qt::SortOrder sortOrder() const { return m_descending ? Qt::DescendingOrder : Qt::AscendingOrder; }

    /// Shows only what matches (core/query.h). InvalidArgument, with the rows as they were, if it cannot be understood.
    Result<> setQuery(const QString &text);
    QString query() const { return m_queryText; }
    qint64 total() const { return qint64(m_federation.inventory().count(m_kind)); } ///< without the query
    bool isSettled() const; ///< false while a query or an order is being worked out

    ObjectId objectId(int row) const;
    const Row &row(int row) const;
    int rowOfObject(const ObjectId &id) const; ///< -1 if not shown
    std::size_t memoryBytes() const { return m_order.memoryBytes(); }

Q_SIGNALS:
    /// The rows are those of the present query and order.
    void settled();

private:
    void notice(const Differences &what);
    void removeGone(const Differences::Rows &rows);
    void noticeTouched(Slot slot);
    bool isInPlace(std::uint32_t row) const;
    void siteChanged();
    void markDirty(std::uint32_t row);
    void flush();
    void settleSoon();
    void settle();
    void take(const std::vector<Slot> &wanted);
    void become(const std::vector<Slot> &wanted);
    void removeRanges(const std::vector<std::uint32_t> &rows);
    void permute(std::vector<Slot> wanted);
    bool isMany() const { return m_federation.inventory().rows(m_kind).size() > 20'000; }
    QVariant display(const Row &row, int column) const;
    QVariant sortValue(const Row &row, int column) const;
    QVariant stateOf(const Row &row) const;
    QString text(Ref ref) const;

    Federation &m_federation;
    const ObjectKind m_kind;
    RowOrder m_order;
    std::shared_ptr<const Query> m_query = std::make_shared<const Query>();
    QString m_queryText;
    int m_sortColumn = Name;
    bool m_descending = false;
    bool m_isUnsettled = true;
    bool m_isSettling = false;
    Reading m_reading; ///< held from the start of a background settling until its rows are shown
    QElapsedTimer m_settling;
    qint64 m_settlingTook = 0; ///< ms
    std::uint32_t m_dirtyFirst = RowOrder::nowhere;
    std::uint32_t m_dirtyLast = 0;
    QTimer m_flush;
    QTimer m_settle;
};

}
