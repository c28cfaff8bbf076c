// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/pages/columnchoice.h"

#include "models/settings.h"
#include "models/workloadmodel.h"

#include <QEvent>
#include <QHeaderView>
#include <QMenu>
#include <QTableView>

namespace portulan {

namespace {

struct Known {
    WorkloadModel::Column column;
    const char *key; ///< in the settings
    int width; ///< pixels, at least what its head needs
};

/// What matters most first: in this order columns are given room.
constexpr Known byImportance[] = {{WorkloadModel::Name, "name", 176}, {WorkloadModel::Verdict, "verdict", 150}, {WorkloadModel::Class, "class", 150},
    {WorkloadModel::Site, "site", 140}, {WorkloadModel::State, "state", 100}, {WorkloadModel::Size, "size", 90},
    {WorkloadModel::Project, "project", 120}, {WorkloadModel::Count, "count", 76}, {WorkloadModel::Ram, "memory", 90},
    {WorkloadModel::Country, "country", 110}, {WorkloadModel::Detail, "detail", 110}, {WorkloadModel::Owner, "owner", 130},
    {WorkloadModel::Changed, "changed", 140}, {WorkloadModel::Id, "id", 260}};

int widthOf(const QHeaderView &header, const Known &known)
{
    return std::max(known.width, header.sectionSizeHint(known.column));
}

}

ColumnChoice::ColumnChoice(QTableView *table, Settings &settings)
    : QObject(table)
    , m_table(table)
    , m_settings(settings)
    , m_menu(new QMenu(tr("Columns"), table))
{
    m_menu->setObjectName(QStringLiteral("columns"));
    connect(m_menu, &QMenu::aboutToShow, this, &ColumnChoice::fillMenu);
    auto *header = table->horizontalHeader();
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this, [this, header](const QPoint &at) { m_menu->popup(header->mapToGlobal(at)); });
    table->viewport()->installEventFilter(this);
}

void ColumnChoice::setKind(ObjectKind kind)
{
    m_kind = kind;
    const QList<int> order = WorkloadModel::columnsOf(kind);
    auto *header = m_table->horizontalHeader();
    for (int place = 0; place < order.size(); ++place) {
        header->moveSection(header->visualIndex(order[place]), place);
    }
    for (const Known &known : byImportance) {
        m_table->setColumnWidth(known.column, widthOf(*header, known));
    }
    show();
}

bool ColumnChoice::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && m_table->model() != nullptr) { // the viewport's; it also speaks when the table is half destroyed
        show();
    }
    return QObject::eventFilter(watched, event);
}

QList<int> ColumnChoice::chosen() const
{
    const QStringList keys = m_settings.value(Setting::InventoryColumns).toMap().value(QString::fromLatin1(toString(m_kind).data())).toStringList();
    QList<int> columns;
    for (const Known &known : byImportance) {
        if (keys.contains(QLatin1String(known.key)) && WorkloadModel::columnsOf(m_kind).contains(known.column)) {
            columns.append(known.column);
        }
    }
    return columns;
}

void ColumnChoice::choose(const QList<int> &columns)
{
    QStringList keys;
    for (const Known &known : byImportance) {
        if (columns.contains(known.column)) {
            keys.append(QString::fromLatin1(known.key));
        }
    }
    auto kinds = m_settings.value(Setting::InventoryColumns).toMap();
    const auto kind = QString::fromLatin1(toString(m_kind).data());
    if (keys.isEmpty()) {
        kinds.remove(kind);
    } else {
        kinds[kind] = keys;
    }
    m_settings.set(Setting::InventoryColumns, kinds);
    show();
}

QList<int> ColumnChoice::fitting() const
{
    const QList<int> existing = WorkloadModel::columnsOf(m_kind);
    int room = m_table->viewport()->width();
    QList<int> columns;
    for (const Known &known : byImportance) {
        if (!existing.contains(known.column)) {
            continue;
        }
        room -= widthOf(*m_table->horizontalHeader(), known);
        if (room < 0 && !columns.isEmpty()) {
            break;
        }
        columns.append(known.column);
    }
    return columns;
}

bool ColumnChoice::isVisible(int column) const
{
    return !m_table->isColumnHidden(column);
}

void ColumnChoice::show()
{
    const QList<int> own = chosen();
    const QList<int> columns = own.isEmpty() ? fitting() : own;
    for (int column = 0; column < WorkloadModel::ColumnCount; ++column) {
        if (isVisible(column) != columns.contains(column)) {
            m_table->setColumnHidden(column, !columns.contains(column));
        }
    }
}

void ColumnChoice::fillMenu()
{
    m_menu->clear();
    auto *fit = m_menu->addAction(tr("As many as &fit"), this, [this] { choose({}); });
    fit->setCheckable(true);
    fit->setChecked(chosen().isEmpty());
    m_menu->addSeparator();
    for (const int column : WorkloadModel::columnsOf(m_kind)) {
        auto *entry = m_menu->addAction(WorkloadModel::columnTitle(m_kind, column));
        entry->setCheckable(true);
        entry->setChecked(isVisible(column));
        entry->setEnabled(column != WorkloadModel::Name); // a row without its name is nobody's
        connect(entry, &QAction::toggled, this, [this, column](bool on) {
            QList<int> columns;
            for (const int other : WorkloadModel::columnsOf(m_kind)) {
                if (other == column ? on : isVisible(other)) {
                    columns.append(other);
                }
            }
            choose(columns);
        });
    }
}

}
