// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/dialogs/batchlist.h"

#include "models/formats.h"
#include "models/migrationmoves.h"
#include "models/phrases.h"
#include "models/roles.h"
#include "ui/tables.h"
#include "ui/theme.h"

#include <QComboBox>
#include <QDateTime>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

namespace portulan {

namespace {

/// What is its own stands out, what is as for all is dim.
class OwnDelegate : public QStyledItemDelegate {
public:
    OwnDelegate(const Theme &theme, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {
    }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const auto own = index.data(OwnRole);
        option->font.setBold(own.toBool());
        if (own.isValid() && !own.toBool()) {
            option->palette.setColor(QPalette::Text, m_theme.tones().dim);
        }
    }

private:
    Theme m_theme;
};

QString clock(const std::optional<Instant> &moment)
{
    return moment && *moment != Instant {}
        ? QDateTime::fromMSecsSinceEpoch(moment->time_since_epoch().count()).toString(QStringLiteral("yyyy-MM-dd HH:mm"))
        : QString();
}

}

BatchList::BatchList(const Desk &desk, const MigrationPlan &plan, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_plan(plan)
    , m_moves(new MigrationMoves(desk.federation, plan, this))
    , m_table(new QTableView(this))
    , m_what(new QLabel(this))
    , m_to(new QComboBox(this))
    , m_mode(new QComboBox(this))
    , m_cutOver(new QComboBox(this))
    , m_hours(new QLineEdit(this))
    , m_bandwidth(new QLineEdit(this))
    , m_begin(new QLineEdit(this))
    , m_keep(new QComboBox(this))
    , m_clear(new QPushButton(tr("&As all the others"), this))
    , m_problem(new QLabel(this))
{
    dress();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 0);
    column->addWidget(m_table, 1);
    column->addWidget(m_what);
    column->addWidget(form());
    column->addWidget(m_problem);
    m_what->setObjectName(QStringLiteral("batch-what"));
    m_what->setTextFormat(Qt::PlainText);
    m_what->setProperty("dim", true);
    m_problem->setObjectName(QStringLiteral("batch-problem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setProperty("problem", true);
    m_problem->hide();
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &BatchList::showSelected);
    showSelected();
}

QString BatchList::anyHour()
{
    //: typed where hours are asked for: at any hour
    return tr("any");
}

bool BatchList::isReadable() const
{
    return m_problem->isHidden();
}

void BatchList::dress()
{
    m_table->setObjectName(QStringLiteral("batch-moves"));
    m_table->setAccessibleName(tr("Objects to move, and what is different for each"));
    m_table->setModel(m_moves);
    dressTable(*m_table, 30);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setItemDelegate(new OwnDelegate(m_desk.theme, m_table));
    m_table->horizontalHeader()->setStretchLastSection(true);
    constexpr std::pair<int, int> widths[]
        = {{MigrationMoves::What, 140}, {MigrationMoves::To, 130}, {MigrationMoves::Mode, 95}, {MigrationMoves::SwitchOver, 115},
            {MigrationMoves::Hours, 100}, {MigrationMoves::Bandwidth, 100}, {MigrationMoves::Begin, 125}, {MigrationMoves::Keep, 120}};
    for (const auto &[its, width] : widths) {
        m_table->setColumnWidth(its, width);
    }
}

QWidget *BatchList::form()
{
    auto *box = new QWidget(this);
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(10);
    int place = 0;
    const auto add = [&](const QString &words, QWidget *control, const char *name, const QString &spoken) {
        control->setObjectName(QString::fromLatin1(name));
        control->setAccessibleName(spoken);
        control->setMinimumWidth(120);
        auto *label = new QLabel(words, box);
        label->setBuddy(control);
        grid->addWidget(label, place % 2 * 2, place / 2);
        grid->addWidget(control, place % 2 * 2 + 1, place / 2);
        grid->setColumnStretch(place / 2, 1);
        ++place;
    };
    add(tr("&To:"), m_to, "batch-to", tr("Where the selected objects go"));
    add(tr("H&ours:"), m_hours, "batch-hours", tr("Hours in which the selected objects may move"));
    add(tr("Mo&de:"), m_mode, "batch-mode", tr("How the selected objects are moved"));
    add(tr("&Bandwidth a second:"), m_bandwidth, "batch-bandwidth", tr("Bandwidth limit of each selected object"));
    add(tr("C&ut-over:"), m_cutOver, "batch-cutover", tr("When the selected objects switch over"));
    add(tr("Begin not be&fore:"), m_begin, "batch-begin", tr("When the selected objects may begin"));
    add(tr("&Keep the copy:"), m_keep, "batch-keep", tr("How long the copies of the selected objects are kept"));
    m_clear->setObjectName(QStringLiteral("batch-clear"));
    grid->addWidget(m_clear, 3, 3);
    m_hours->setPlaceholderText(tr("as all; or “%1”").arg(anyHour()));
    m_bandwidth->setPlaceholderText(tr("as all; 0: no limit"));
    m_begin->setPlaceholderText(tr("as all"));
    addChoices();
    for (auto *combo : {m_to, m_mode, m_cutOver, m_keep}) {
        combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        connect(combo, &QComboBox::activated, this, &BatchList::decide);
    }
    for (auto *line : {m_hours, m_bandwidth, m_begin}) {
        connect(line, &QLineEdit::textEdited, this, &BatchList::decide);
    }
    connect(m_clear, &QPushButton::clicked, this, &BatchList::clear);
    return box;
}

void BatchList::addChoices()
{
    const QString same = tr("As all");
    for (auto *combo : {m_to, m_mode, m_cutOver, m_keep}) {
        combo->addItem(same);
    }
    const auto sites = m_desk.federation.siteIds();
    for (const auto &site : sites) {
        m_to->addItem(m_desk.federation.siteName(site), site);
    }
    for (const auto mode : {MoveMode::Cold, MoveMode::Warm, MoveMode::Live}) {
        m_mode->addItem(MigrationMoves::word(mode), int(mode));
    }
    for (const auto cutOver : {CutOver::Automatic, CutOver::Manual}) {
        m_cutOver->addItem(MigrationMoves::word(cutOver), int(cutOver));
    }
    for (const int days : {0, 1, 7, 30}) {
        m_keep->addItem(MigrationMoves::wordOfRetention(days * 24 * 3600), days * 24 * 3600);
    }
}

std::vector<ObjectId> BatchList::selected() const
{
    std::vector<ObjectId> objects;
    const auto rows = m_table->selectionModel()->selectedRows();
    std::ranges::transform(rows, std::back_inserter(objects), [this](const QModelIndex &row) { return m_moves->object(row.row()); });
    return objects;
}

void BatchList::setExceptions(std::map<ObjectId, MigrationException> exceptions)
{
    m_exceptions = std::move(exceptions);
    showSelected();
}

int BatchList::differing() const
{
    return m_moves->differing();
}

void BatchList::refresh()
{
    m_moves->refresh();
}

/// Of several the first one's choices are shown; what is then changed is changed for all of them.
void BatchList::showSelected()
{
    const auto objects = selected();
    const bool isNothing = objects.empty();
    const auto its = isNothing ? m_exceptions.end() : m_exceptions.find(objects.front());
    const auto &[to, how] = its == m_exceptions.end() ? MigrationException {} : its->second;
    m_isShowing = true;
    m_what->setText(isNothing ? tr("Select what is to be moved otherwise than the others.")
            : objects.size() == 1
            ? tr("Different for %1:")
                  .arg(m_moves->index(m_table->selectionModel()->selectedRows().front().row(), MigrationMoves::What).data().toString())
            : tr("Different for %Ln object(s):", nullptr, int(objects.size())));
    const auto pick
        = [](QComboBox &combo, const QVariant &value) { combo.setCurrentIndex(value.isValid() ? std::max(0, combo.findData(value)) : 0); };
    pick(*m_to, to.isEmpty() ? QVariant() : QVariant(to));
    pick(*m_mode, how.mode ? QVariant(int(*how.mode)) : QVariant());
    pick(*m_cutOver, how.cutOver ? QVariant(int(*how.cutOver)) : QVariant());
    pick(*m_keep, how.retentionSeconds ? QVariant(int(*how.retentionSeconds)) : QVariant());
    m_hours->setText(!how.window ? QString() : how.window->isAlways() ? anyHour() : QString::fromStdString(toString(*how.window)));
    m_bandwidth->setText(how.bandwidth ? QString::number(*how.bandwidth) : QString());
    m_begin->setText(clock(how.notBefore));
    for (auto *control : std::initializer_list<QWidget *> {m_to, m_mode, m_cutOver, m_keep, m_hours, m_bandwidth, m_begin, m_clear}) {
        control->setEnabled(!isNothing);
    }
    m_problem->hide();
    m_isShowing = false;
}

template <typename Change>
void BatchList::change(Change make)
{
    for (const auto &object : selected()) {
        make(m_exceptions[object]);
        if (m_exceptions[object] == MigrationException {}) {
            m_exceptions.erase(object);
        }
    }
    Q_EMIT choiceChanged();
}

/// Only what was touched is changed: several may differ in the rest.
void BatchList::decide()
{
    if (m_isShowing) {
        return;
    }
    const auto *touched = sender();
    std::optional<Problem> problem;
    const auto typed = [&](QLineEdit *line) { return line->text().trimmed(); };
    const auto read = [&](auto result) { // an empty text is no choice
        if (!result) {
            problem = result.error();
        }
        return result ? std::optional(*result) : std::nullopt;
    };
    const bool isAny = typed(m_hours).compare(anyHour(), Qt::CaseInsensitive) == 0;
    const auto window = isAny      ? std::optional(DayWindow {})
        : typed(m_hours).isEmpty() ? std::nullopt
                                   : read(dayWindowFrom(typed(m_hours).toStdString()));
    const auto bandwidth = typed(m_bandwidth).isEmpty() ? std::nullopt : read(bytesFrom(typed(m_bandwidth), m_bandwidth->accessibleName()));
    const auto begin = typed(m_begin).isEmpty() ? std::nullopt : read(momentFrom(typed(m_begin), m_begin->accessibleName()));
    m_problem->setText(problem ? Phrases::sentence(*problem) : QString());
    m_problem->setVisible(problem.has_value());
    change([&](MigrationException &its) {
        const auto chosen = [](const QComboBox *combo) { return combo->currentData(); };
        if (touched == m_to) {
            its.to = chosen(m_to).toString();
        } else if (touched == m_mode) {
            its.how.mode = chosen(m_mode).isValid() ? std::optional(MoveMode(chosen(m_mode).toInt())) : std::nullopt;
        } else if (touched == m_cutOver) {
            its.how.cutOver = chosen(m_cutOver).isValid() ? std::optional(CutOver(chosen(m_cutOver).toInt())) : std::nullopt;
        } else if (touched == m_keep) {
            its.how.retentionSeconds = chosen(m_keep).isValid() ? std::optional(chosen(m_keep).toLongLong()) : std::nullopt;
        } else if (touched == m_hours) {
            its.how.window = window;
        } else if (touched == m_bandwidth) {
            its.how.bandwidth = bandwidth;
        } else if (touched == m_begin) {
            its.how.notBefore = begin;
        }
    });
}

void BatchList::clear()
{
    change([](MigrationException &its) { its = {}; });
    showSelected();
}

}
