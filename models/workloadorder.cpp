// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Which rows a WorkloadModel shows and in what order, and how it gets from one order to the next.
#include "models/background.h"
#include "models/workloadmodel.h"

#include <algorithm>

namespace portulan {

using namespace std::chrono_literals;

namespace {

constexpr auto flushPause = 100ms;
constexpr qint64 manyPauseMs = 1000;
constexpr qint64 settlingShare = 10; ///< at most a tenth of a core goes into sorting what keeps changing
constexpr std::size_t fewRanges = 32;

SortKey sortKeyOf(int column)
{
    switch (column) {
    case WorkloadModel::Site:
        return SortKey::Site;
    case WorkloadModel::Project:
        return SortKey::Project;
    case WorkloadModel::Country:
        return SortKey::Country;
    case WorkloadModel::Class:
        return SortKey::Classification;
    case WorkloadModel::Verdict:
        return SortKey::Verdict;
    case WorkloadModel::State:
        return SortKey::State;
    case WorkloadModel::Count:
        return SortKey::Count;
    case WorkloadModel::Ram:
        return SortKey::Ram;
    case WorkloadModel::Size:
        return SortKey::Bytes;
    case WorkloadModel::Changed:
        return SortKey::Changed;
    default:
        return SortKey::Name;
    }
}

std::vector<Slot> ordered(const Inventory &inventory, ObjectKind kind, const Query &query, SortKey key, bool descending)
{
    auto order = query.select(inventory, kind);
    sort(order, inventory, kind, key, descending);
    return order;
}

}

WorkloadModel::WorkloadModel(Federation &federation, ObjectKind kind, QObject *parent)
    : QAbstractTableModel(parent)
    , m_federation(federation)
    , m_kind(kind)
{
    m_flush.setSingleShot(true);
    m_settle.setSingleShot(true);
    connect(&m_flush, &QTimer::timeout, this, &WorkloadModel::flush);
    connect(&m_settle, &QTimer::timeout, this, &WorkloadModel::settle);
    connect(&federation, &Federation::differed, this, &WorkloadModel::notice);
    if (isMany()) {
        settleSoon();
    } else {
        settle();
    }
}

WorkloadModel::~WorkloadModel() = default;

bool WorkloadModel::isSettled() const
{
    return !m_isUnsettled && !m_isSettling;
}

Result<> WorkloadModel::setQuery(const QString &text)
{
    auto query = Query::parse(text.toStdString());
    if (!query) {
        return tl::unexpected(query.error());
    }
    m_query = std::make_shared<const Query>(std::move(*query));
    m_queryText = text;
    m_isUnsettled = true;
    settle();
    return {};
}

void WorkloadModel::sort(int column, Qt::SortOrder order)
{
    const bool descending = order == Qt::DescendingOrder;
    if (column < 0 || column >= ColumnCount || (column == m_sortColumn && descending == m_descending)) {
        return;
    }
    m_sortColumn = column;
    m_descending = descending;
    m_isUnsettled = true;
    settle();
}

void WorkloadModel::notice(const Differences &what)
{
    const auto &rows = what.of(m_kind);
    removeGone(rows);
    for (const Slot slot : rows.touched) {
        noticeTouched(slot);
    }
    if (!what.sites.empty()) {
        siteChanged();
    }
}

void WorkloadModel::removeGone(const Differences::Rows &rows)
{
    std::vector<std::uint32_t> gone;
    const auto all = m_federation.inventory().rows(m_kind);
    if (rows.swept) {
        for (std::uint32_t row = 0; row < m_order.size(); ++row) {
            if (!all[m_order.at(row)].alive) {
                gone.push_back(row);
            }
        }
    }
    for (const Slot slot : rows.vanished) {
        if (const auto row = m_order.rowOf(slot); row != RowOrder::nowhere) {
            gone.push_back(row);
        }
    }
    std::ranges::sort(gone);
    gone.erase(std::unique(gone.begin(), gone.end()), gone.end());
    if (!gone.empty()) {
        removeRanges(gone);
    }
}

void WorkloadModel::noticeTouched(Slot slot)
{
    const auto all = m_federation.inventory().rows(m_kind);
    const Row &touched = all[slot];
    const auto row = m_order.rowOf(slot);
    if (row != RowOrder::nowhere) {
        markDirty(row);
    }
    if (m_isUnsettled || !touched.alive) {
        return;
    }
    const bool isShown = m_query->isEmpty() || m_query->matches(m_federation.inventory(), touched);
    if (isShown != (row != RowOrder::nowhere) || (isShown && !isInPlace(row))) {
        m_isUnsettled = true;
        settleSoon();
    }
}

/// Whether a row stands rightly between its neighbours.
bool WorkloadModel::isInPlace(std::uint32_t row) const
{
    std::vector<Slot> around;
    for (std::size_t near = row == 0 ? 0 : row - 1; near < std::min<std::size_t>(row + 2, m_order.size()); ++near) {
        around.push_back(m_order.at(near));
    }
    auto right = around;
    portulan::sort(right, m_federation.inventory(), m_kind, sortKeyOf(m_sortColumn), m_descending);
    return right == around;
}

void WorkloadModel::siteChanged()
{
    if (m_order.size() > 0) { // names, countries and staleness hang on it
        markDirty(0);
        markDirty(std::uint32_t(m_order.size() - 1));
    }
}

void WorkloadModel::markDirty(std::uint32_t row)
{
    m_dirtyFirst = std::min(m_dirtyFirst, row);
    m_dirtyLast = std::max(m_dirtyLast, row);
    if (!m_flush.isActive()) {
        m_flush.start(flushPause);
    }
}

void WorkloadModel::flush()
{
    if (m_dirtyFirst != RowOrder::nowhere && m_dirtyFirst < m_order.size()) {
        const int last = int(std::min<std::size_t>(m_dirtyLast, m_order.size() - 1));
        Q_EMIT dataChanged(index(int(m_dirtyFirst), 0), index(last, ColumnCount - 1));
    }
    m_dirtyFirst = RowOrder::nowhere;
    m_dirtyLast = 0;
}

void WorkloadModel::settleSoon()
{
    if (!m_settle.isActive() && !m_isSettling) {
        const bool isFirst = m_order.size() == 0;
        m_settle.start(isFirst ? 0 : isMany() ? int(std::max(manyPauseMs, settlingShare * m_settlingTook)) : int(flushPause.count()));
    }
}

void WorkloadModel::settle()
{
    if (m_isSettling) {
        return; // take() looks whether it has to go again
    }
    m_settle.stop();
    m_isUnsettled = false;
    const auto key = sortKeyOf(m_sortColumn);
    if (!isMany()) {
        take(ordered(m_federation.inventory(), m_kind, *m_query, key, m_descending));
        return;
    }
    m_isSettling = true;
    m_settling.start();
    m_reading = m_federation.reading();
    inBackground([reading = m_reading, kind = m_kind, query = m_query, key,
                     descending = m_descending] { return ordered(*reading.inventory, kind, *query, key, descending); },
        this, [this](const std::vector<Slot> &wanted) { take(wanted); });
}

void WorkloadModel::take(const std::vector<Slot> &wanted)
{
    if (m_isSettling) {
        m_isSettling = false;
        m_settlingTook = m_settling.elapsed();
    }
    const bool isOutdated = m_isUnsettled; // another query or order was asked for meanwhile
    if (!isOutdated) {
        become(wanted);
    }
    m_reading = {};
    if (isOutdated) {
        settle();
    } else {
        Q_EMIT settled();
    }
}

void WorkloadModel::become(const std::vector<Slot> &wanted)
{
    if (wanted == m_order.all()) {
        return;
    }
    flush();
    std::vector<bool> isWanted(m_federation.inventory().rows(m_kind).size());
    std::vector<Slot> kept;
    std::vector<std::uint32_t> fresh;
    for (std::uint32_t row = 0; row < wanted.size(); ++row) {
        isWanted[wanted[row]] = true;
        if (m_order.rowOf(wanted[row]) == RowOrder::nowhere) {
            fresh.push_back(row);
        } else {
            kept.push_back(wanted[row]);
        }
    }
    std::vector<std::uint32_t> gone;
    for (std::uint32_t row = 0; row < m_order.size(); ++row) {
        if (!isWanted[m_order.at(row)]) {
            gone.push_back(row);
        }
    }
    if (!gone.empty()) {
        removeRanges(gone);
    }
    permute(kept);
    auto ranges = stretches(fresh);
    if (ranges.size() > fewRanges) {
        auto behind = kept;
        for (const auto row : fresh) {
            behind.push_back(wanted[row]);
        }
        beginInsertRows({}, int(kept.size()), int(behind.size()) - 1);
        m_order.insert(kept.size(), behind, kept.size(), fresh.size());
        endInsertRows();
        permute(wanted);
        return;
    }
    for (const auto &range : ranges) {
        beginInsertRows({}, int(range.first), int(range.last));
        m_order.insert(range.first, wanted, range.first, range.last - range.first + 1);
        endInsertRows();
    }
}

/// Removes ascending rows: each stretch by itself if they are few, else all at once after bringing them to the end.
void WorkloadModel::removeRanges(const std::vector<std::uint32_t> &rows)
{
    flush();
    auto ranges = stretches(rows);
    if (ranges.size() > fewRanges) {
        std::vector<Slot> kept;
        std::vector<Slot> gone;
        auto next = rows.begin();
        for (std::uint32_t row = 0; row < m_order.size(); ++row) {
            const bool goes = next != rows.end() && *next == row;
            next += goes ? 1 : 0;
            (goes ? gone : kept).push_back(m_order.at(row));
        }
        ranges = {{kept.size(), m_order.size() - 1}};
        kept.insert(kept.end(), gone.begin(), gone.end());
        permute(std::move(kept));
    }
    for (auto range = ranges.rbegin(); range != ranges.rend(); ++range) {
        beginRemoveRows({}, int(range->first), int(range->last));
        m_order.erase(range->first, range->last);
        endRemoveRows();
    }
}

void WorkloadModel::permute(std::vector<Slot> wanted)
{
    if (wanted == m_order.all()) {
        return;
    }
    Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const auto before = persistentIndexList();
    std::vector<Slot> held;
    held.reserve(std::size_t(before.size()));
    for (const auto &index : before) {
        held.push_back(m_order.at(std::size_t(index.row())));
    }
    m_order.assign(std::move(wanted));
    QModelIndexList after;
    after.reserve(before.size());
    for (qsizetype i = 0; i < before.size(); ++i) {
        after.append(index(int(m_order.rowOf(held[std::size_t(i)])), before.at(i).column()));
    }
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

}
