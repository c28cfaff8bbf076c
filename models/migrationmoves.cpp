// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/migrationmoves.h"

#include "models/formats.h"
#include "models/phrases.h"
#include "models/roles.h"

#include <algorithm>

namespace portulan {

MigrationMoves::MigrationMoves(const Federation &federation, const MigrationPlan &plan, QObject *parent)
    : QAbstractTableModel(parent)
    , m_federation(federation)
    , m_plan(plan)
{
    m_objects = plan.choices().objects;
}

void MigrationMoves::refresh()
{
    if (m_plan.choices().objects != m_objects) {
        beginResetModel();
        m_objects = m_plan.choices().objects;
        endResetModel();
    } else if (!m_objects.empty()) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
}

bool MigrationMoves::differs(int row) const
{
    return m_plan.choices().exceptions.contains(object(row));
}

int MigrationMoves::differing() const
{
    int count = 0;
    for (int row = 0; row < rowCount(); ++row) {
        count += differs(row) ? 1 : 0;
    }
    return count;
}

QString MigrationMoves::word(MoveMode mode)
{
    return mode == MoveMode::Warm ? tr("Warm") : mode == MoveMode::Live ? tr("Live") : tr("Cold");
}

QString MigrationMoves::word(CutOver cutOver)
{
    //: when a migration switches over to the destination
    return cutOver == CutOver::Manual ? tr("When I say so") : tr("By itself");
}

QString MigrationMoves::wordOfRetention(qint64 seconds)
{
    constexpr qint64 day = 24 * 3600;
    return seconds == 0 ? tr("Not kept") : seconds % day == 0 ? tr("%Ln day(s)", nullptr, int(seconds / day)) : Formats::duration(double(seconds));
}

bool MigrationMoves::isOwn(const ObjectId &object, int column) const
{
    const auto &exceptions = m_plan.choices().exceptions;
    const auto its = exceptions.find(object);
    if (its == exceptions.end()) {
        return false;
    }
    const auto &[to, how] = its->second;
    switch (column) {
    case To:
        return !to.isEmpty();
    case Mode:
        return how.mode.has_value();
    case SwitchOver:
        return how.cutOver.has_value();
    case Hours:
        return how.window.has_value();
    case Bandwidth:
        return how.bandwidth.has_value();
    case Begin:
        return how.notBefore.has_value();
    case Keep:
        return how.retentionSeconds.has_value();
    default:
        return false;
    }
}

QString MigrationMoves::text(const ObjectId &object, int column) const
{
    const auto options = m_plan.optionsOf(object);
    switch (column) {
    case What: {
        const auto &inventory = m_federation.inventory();
        const Slot slot = inventory.find(object);
        const auto name = slot == noSlot ? std::string_view() : std::string_view(inventory.text(inventory.rows(object.kind)[slot].name));
        return name.empty() ? QString::fromStdString(object.text()) : QString::fromUtf8(name.data(), qsizetype(name.size()));
    }
    case To: {
        const auto to = m_plan.choices().destinationOf(object);
        return to.isEmpty() ? tr("not chosen yet") : m_federation.siteName(to);
    }
    case Mode:
        return word(options.mode);
    case SwitchOver:
        return word(options.cutOver);
    case Hours:
        return options.window.isAlways() ? tr("Any") : QString::fromStdString(toString(options.window));
    case Bandwidth:
        return !options.hourly.empty() ? tr("By the hour") : options.bandwidth > 0 ? Formats::rate(double(options.bandwidth)) : tr("No limit");
    case Begin:
        return options.notBefore == Instant {} ? tr("At once") : Formats::dateTime(options.notBefore);
    case Keep:
        return wordOfRetention(options.retentionSeconds);
    case Note: {
        const auto blockers = m_plan.blockersOf(object);
        return blockers.empty() ? QString() : Phrases::sentence(blockers.front());
    }
    default:
        return {};
    }
}

QVariant MigrationMoves::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto &its = object(index.row());
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return text(its, column);
    case Qt::ToolTipRole:
        return column == What ? QVariant(QString::fromStdString(its.text())) : column == Note ? QVariant(text(its, Note)) : QVariant();
    case Qt::AccessibleTextRole:
        //: %1 is how one thing is moved: "Warm"
        return column == What || column == Note ? QVariant(text(its, column))
            : isOwn(its, column)                ? QVariant(tr("%1, its own").arg(text(its, column)))
                                                : QVariant(tr("%1, as all").arg(text(its, column)));
    case OwnRole:
        return column == What || column == Note ? QVariant() : QVariant(isOwn(its, column));
    case IdRole:
        return QString::fromStdString(its.text());
    default:
        return {};
    }
}

QVariant MigrationMoves::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case What:
        return tr("Object");
    case To:
        return tr("To");
    case Mode:
        return tr("Mode");
    case SwitchOver:
        return tr("Cut-over");
    case Hours:
        return tr("Hours");
    case Bandwidth:
        return tr("Bandwidth");
    case Begin:
        return tr("Begins");
    case Keep:
        return tr("Copy kept");
    case Note:
        return tr("In its way");
    default:
        return {};
    }
}

}
