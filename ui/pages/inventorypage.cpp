// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/pages/inventorypage.h"

#include "models/formats.h"
#include "models/phrases.h"
#include "models/roles.h"
#include "models/tableexport.h"
#include "models/workloadmodel.h"
#include "ui/delegates.h"
#include "ui/dialogs/confirmdialog.h"
#include "ui/pages/bulkorder.h"
#include "ui/pages/columnchoice.h"
#include "ui/pages/objectpanel.h"
#include "ui/tables.h"
#include "ui/theme.h"

#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QTabBar>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace portulan {

namespace {
constexpr ObjectKind kinds[] = {ObjectKind::Instance, ObjectKind::Volume, ObjectKind::DataSet, ObjectKind::Image, ObjectKind::Snapshot,
    ObjectKind::Network, ObjectKind::KubernetesCluster};
}

InventoryPage::InventoryPage(const Desk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_kinds(new QTabBar(this))
    , m_query(new QLineEdit(this))
    , m_problem(new QLabel(this))
    , m_count(new QLabel(this))
    , m_empty(new QLabel(this))
    , m_table(new QTableView(this))
    , m_columns(new ColumnChoice(m_table, desk.settings))
    , m_panel(new ObjectPanel(desk, this))
{
    setObjectName(QStringLiteral("inventory"));
    m_table->setObjectName(QStringLiteral("inventory-table"));
    dressTable(*m_table);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setSortingEnabled(true);
    m_table->setAlternatingRowColors(false);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->setItemDelegateForColumn(WorkloadModel::Verdict, new VerdictDelegate(desk.theme, m_table));
    auto *left = new QWidget(this);
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins(16, 12, 8, 12);
    column->setSpacing(10);
    column->addWidget(bar());
    m_problem->setObjectName(QStringLiteral("inventory-problem"));
    m_problem->setProperty("problem", true);
    m_problem->setWordWrap(true);
    m_problem->hide();
    column->addWidget(m_problem);
    m_empty->setObjectName(QStringLiteral("inventory-empty"));
    m_empty->setWordWrap(true);
    m_empty->setProperty("dim", true);
    column->addWidget(m_empty);
    column->addWidget(m_table, 1);
    column->addWidget(actions());
    auto *split = new QSplitter(this);
    split->addWidget(left);
    split->addWidget(m_panel);
    split->setStretchFactor(0, 1);
    split->setSizes({900, 380});
    split->setChildrenCollapsible(false);
    m_panel->setMinimumWidth(320);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(split);
    connect(m_panel, &ObjectPanel::migrationWanted, this, [this](const ObjectId &object) { Q_EMIT migrationWanted({object}); });
    connect(m_panel, &ObjectPanel::siteWanted, this, &InventoryPage::siteWanted);
    QWidget *const order[] = {m_kinds, m_query, m_columnsButton, m_table};
    for (std::size_t i = 1; i < std::size(order); ++i) {
        setTabOrder(order[i - 1], order[i]);
    }
    chooseKind(0);
}

QWidget *InventoryPage::bar()
{
    auto *box = new QWidget(this);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    m_kinds->setObjectName(QStringLiteral("inventory-kinds"));
    m_kinds->setAccessibleName(tr("Kind of object"));
    m_kinds->setDrawBase(false);
    m_kinds->setExpanding(false);
    for (const ObjectKind kind : kinds) {
        m_kinds->addTab(Phrases::plural(kind));
    }
    connect(m_kinds, &QTabBar::currentChanged, this, &InventoryPage::chooseKind);
    auto *row = new QHBoxLayout;
    m_query->setObjectName(QStringLiteral("inventory-query"));
    m_query->setAccessibleName(tr("Filter"));
    m_query->setAccessibleDescription(tr("For example: site:lyon class:health state:running cpu>8"));
    m_query->setPlaceholderText(tr("Filter: site:lyon class:health verdict:non cpu>8 …"));
    m_query->setClearButtonEnabled(true);
    connect(m_query, &QLineEdit::textChanged, this, &InventoryPage::applyQuery);
    auto *find = new QShortcut(QKeySequence::Find, this);
    connect(find, &QShortcut::activated, this, [this] { m_query->setFocus(Qt::ShortcutFocusReason); });
    m_count->setObjectName(QStringLiteral("inventory-count"));
    row->addWidget(m_query, 1);
    row->addWidget(m_count);
    m_columnsButton = new QToolButton(box);
    m_columnsButton->setObjectName(QStringLiteral("inventory-columns"));
    m_columnsButton->setIcon(m_desk.theme.icon(QStringLiteral("columns")));
    m_columnsButton->setAccessibleName(tr("Columns shown"));
    m_columnsButton->setToolTip(m_columnsButton->accessibleName());
    m_columnsButton->setAutoRaise(true);
    connect(m_columnsButton, &QToolButton::clicked, this, &InventoryPage::chooseColumns);
    row->addWidget(m_columnsButton);
    layout->addWidget(m_kinds);
    layout->addLayout(row);
    return box;
}

QWidget *InventoryPage::actions()
{
    auto *box = new QWidget(this);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    const auto button = [&](const QString &text, const QString &name, auto act) {
        auto *push = new QPushButton(text, box);
        push->setObjectName(name);
        connect(push, &QPushButton::clicked, this, act);
        row->addWidget(push);
        return push;
    };
    auto *create = button(tr("&Create…"), QStringLiteral("inventory-create"), [this] { Q_EMIT provisionWanted(QString()); });
    create->setProperty("primary", true);
    m_migrate = button(tr("&Migrate…"), QStringLiteral("inventory-migrate"), [this] { Q_EMIT migrationWanted(selection()); });
    m_start = button(tr("&Start"), QStringLiteral("inventory-start"), [this] { power(true); });
    m_stop = button(tr("S&top"), QStringLiteral("inventory-stop"), [this] { power(false); });
    m_delete = button(tr("&Delete…"), QStringLiteral("inventory-delete"), [this] { remove(); });
    row->addStretch(1);
    button(tr("E&xport…"), QStringLiteral("inventory-export"), [this] { exportTable(); });
    return box;
}

WorkloadModel *InventoryPage::model(ObjectKind kind)
{
    auto &model = m_models[kind];
    if (model == nullptr) {
        model = new WorkloadModel(m_desk.federation, kind, this);
        connect(model, &WorkloadModel::settled, this, &InventoryPage::count);
        connect(model, &QAbstractItemModel::rowsInserted, this, &InventoryPage::count);
        connect(model, &QAbstractItemModel::rowsRemoved, this, &InventoryPage::count);
    }
    return model;
}

void InventoryPage::chooseKind(int tab)
{
    WorkloadModel *chosen = model(kinds[tab]);
    auto *old = m_table->selectionModel();
    m_table->setModel(chosen);
    delete old;
    m_table->setAccessibleName(Phrases::plural(kinds[tab]));
    m_table->sortByColumn(chosen->sortColumn(), chosen->sortOrder());
    m_columns->setKind(kinds[tab]);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &InventoryPage::selectionChanged);
    const QSignalBlocker blocker(m_query);
    m_query->setText(chosen->query());
    m_problem->hide();
    const bool machines = kinds[tab] == ObjectKind::Instance;
    m_start->setVisible(machines);
    m_stop->setVisible(machines);
    m_migrate->setVisible(machines || kinds[tab] == ObjectKind::Volume || kinds[tab] == ObjectKind::Image || kinds[tab] == ObjectKind::DataSet);
    selectionChanged();
    count();
}

void InventoryPage::applyQuery()
{
    const auto understood = model(kind())->setQuery(m_query->text());
    m_problem->setVisible(!understood);
    if (!understood) {
        m_problem->setText(Phrases::sentence(understood.error()));
    }
    count();
}

void InventoryPage::count()
{
    const WorkloadModel *shown = model(kind());
    const int rows = shown->rowCount();
    m_count->setText(rows == shown->total() ? Phrases::counted(kind(), rows)
                                            : tr("%1 of %2").arg(Formats::number(qint64(rows)), Phrases::counted(kind(), int(shown->total()))));
    m_empty->setVisible(rows == 0 && shown->isSettled());
    m_empty->setText(m_desk.federation.siteIds().isEmpty() ? tr("No federation is open. Connect to one to see what its sites hold.")
            : shown->total() > 0                           ? tr("Nothing matches this filter. Clear it to see everything.")
                                 : tr("There is nothing of this kind yet. “Create…” makes the first one, on the best site that may hold it."));
    selectWanted();
}

void InventoryPage::selectWanted()
{
    const WorkloadModel *shown = model(kind());
    QItemSelection rows;
    QModelIndex first;
    for (const ObjectId &wanted : std::as_const(m_wanted)) {
        const int row = shown->rowOfObject(wanted);
        if (row >= 0) {
            rows.select(shown->index(row, 0), shown->index(row, WorkloadModel::ColumnCount - 1));
            first = first.isValid() ? first : shown->index(row, 0);
        }
    }
    if (first.isValid()) {
        m_wanted.clear();
        m_table->setCurrentIndex(first);
        m_table->selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect);
        m_table->scrollTo(first);
    }
}

void InventoryPage::chooseColumns()
{
    m_columns->menu()->popup(m_columnsButton->mapToGlobal(m_columnsButton->rect().bottomLeft()));
}

InventoryView InventoryPage::view() const
{
    const auto *shown = static_cast<const WorkloadModel *>(m_table->model());
    InventoryView view {kind(), {}, selection(), shown->sortColumn(), shown->sortOrder()};
    for (const auto &[kind, model] : m_models) {
        view.queries[kind] = model->query();
    }
    return view;
}

void InventoryPage::restore(const InventoryView &view)
{
    for (const auto &[kind, query] : view.queries) {
        (void)model(kind)->setQuery(query); // it was understood before
    }
    const auto query = view.queries.find(view.kind);
    show(view.kind, query == view.queries.end() ? QString() : query->second);
    m_table->sortByColumn(view.sortColumn, view.sortOrder);
    m_wanted = view.selection;
    count();
}

void InventoryPage::show(ObjectKind kind, const QString &query)
{
    const auto at = std::ranges::find(kinds, kind);
    m_kinds->setCurrentIndex(at == std::end(kinds) ? 0 : int(at - std::begin(kinds)));
    m_query->setText(query);
}

void InventoryPage::select(const ObjectId &object)
{
    show(object.kind, QString());
    m_wanted = {object};
    count();
}

ObjectKind InventoryPage::kind() const
{
    return kinds[m_kinds->currentIndex()];
}
QString InventoryPage::query() const
{
    return m_query->text();
}

QVector<ObjectId> InventoryPage::selection() const
{
    QVector<ObjectId> chosen;
    const auto *shown = static_cast<const WorkloadModel *>(m_table->model());
    const auto rows = m_table->selectionModel()->selectedRows();
    for (const QModelIndex &row : rows) {
        chosen.append(shown->objectId(row.row()));
    }
    return chosen;
}

void InventoryPage::selectionChanged()
{
    const auto chosen = selection();
    m_panel->setObject(chosen.size() == 1 ? std::optional(chosen.front()) : std::nullopt);
    const bool isOrdered = kind() != ObjectKind::KubernetesCluster; // those are only looked at
    for (auto *button : {m_migrate, m_start, m_stop, m_delete}) {
        button->setEnabled(!chosen.isEmpty() && isOrdered);
    }
}

void InventoryPage::power(bool start)
{
    std::vector<BulkOrder::Item> orders;
    for (const ObjectId &id : selection()) {
        orders.push_back({id, start ? Order(StartInstance {id}) : Order(StopInstance {id, false})});
    }
    BulkOrder::submit(m_desk.federation, this, std::move(orders), [this](const QString &words) { Q_EMIT said(words); });
}

void InventoryPage::remove()
{
    const auto chosen = selection();
    const QString name = chosen.size() == 1 ? m_table->selectionModel()->selectedRows().front().siblingAtColumn(WorkloadModel::Name).data().toString()
                                            : Formats::number(qint64(chosen.size()));
    auto *dialog = new ConfirmDialog(
        tr("This deletes %1 and its bytes. It cannot be undone.").arg(Phrases::counted(kind(), int(chosen.size()))), name, tr("Delete"), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, chosen] {
        std::vector<BulkOrder::Item> orders;
        for (const ObjectId &id : chosen) {
            orders.push_back({id, BulkOrder::deletion(id)});
        }
        BulkOrder::submit(m_desk.federation, this, std::move(orders), [this](const QString &words) { Q_EMIT said(words); });
    });
    dialog->open();
}

void InventoryPage::exportTable()
{
    auto *dialog = new QFileDialog(this, tr("Export the list"), QString(), tr("Spreadsheet (*.csv);;JSON (*.json)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        const auto written = writeTable(*m_table->model(), WorkloadModel::columnsOf(kind()), path);
        Q_EMIT said(written ? tr("Written: %1").arg(path) : Phrases::sentence(written.error()));
    });
    dialog->open();
}

}
