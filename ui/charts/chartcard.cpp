// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/charts/chartcard.h"

#include "ui/charts/axes.h"

#include <QAbstractAxis>
#include <QChart>
#include <QChartView>
#include <QGraphicsLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLegend>
#include <QStackedWidget>
#include <QStyle>
#include <QTableView>
#include <QToolButton>

namespace portulan {

using namespace Qt::StringLiterals;

namespace {

constexpr int pauseMilliseconds = 100;
constexpr double legendPoints = 9;

}

ChartCard::ChartCard(const Theme &theme, const QString &title, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_chart(new QChart)
    , m_view(new QChartView(m_chart, this))
    , m_table(new ChartTable(this))
    , m_tableView(new QTableView(this))
    , m_title(new QLabel(this))
    , m_none(new QLabel(tr("There are no figures yet."), this))
    , m_note(new QLabel(this))
    , m_turn(new QToolButton(this))
    , m_stack(new QStackedWidget(this))
{
    setProperty("card", true);
    setAttribute(Qt::WA_StyledBackground);
    m_title->setProperty("heading", true);
    m_title->setWordWrap(true);
    m_none->setAlignment(Qt::AlignCenter);
    m_none->setWordWrap(true);
    m_none->setProperty("dim", true);
    m_tableView->setModel(m_table);
    m_tableView->setAlternatingRowColors(true);
    m_tableView->verticalHeader()->hide();
    m_tableView->setTabKeyNavigation(false);
    m_tableView->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_tableView->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setFocusPolicy(Qt::NoFocus); // nothing in it can be reached by keyboard: the table is for that
    m_turn->setCheckable(true);
    m_turn->setAutoRaise(true);
    m_turn->setIconSize(QSize(18, 18));
    connect(m_turn, &QToolButton::toggled, this, &ChartCard::turn);
    for (QWidget *page : {static_cast<QWidget *>(m_view), static_cast<QWidget *>(m_tableView), static_cast<QWidget *>(m_none)})
        m_stack->addWidget(page);

    auto *head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_turn, 0, Qt::AlignTop);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 12, 12);
    column->addLayout(head);
    column->addWidget(m_stack, 1);
    column->addWidget(m_note);
    m_note->setProperty("dim", true);
    m_note->setWordWrap(true);
    m_note->hide();
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseMilliseconds);
    connect(&m_pause, &QTimer::timeout, this, [this] { redraw(); });
    setTitle(title);
    dress();
    turn();
}

void ChartCard::setTitle(const QString &title)
{
    m_title->setText(title);
    m_view->setAccessibleName(title);
    m_view->setAccessibleDescription(tr("Chart; its figures are also shown as a table."));
    m_tableView->setAccessibleName(title);
    setAccessibleName(title);
}

void ChartCard::setEmptyText(const QString &text)
{
    m_none->setText(text);
}

void ChartCard::setLarge(bool large)
{
    m_title->setProperty("large", large);
    m_title->style()->unpolish(m_title);
    m_title->style()->polish(m_title);
    constexpr double largest = 12.5;
    m_chart->legend()->setFont(m_theme.font(large ? largest : legendPoints));
    const auto axes = m_chart->axes();
    for (auto *axis : axes) {
        axis->setLabelsFont(m_theme.font(large ? largest : axisPoints));
        axis->setTitleFont(m_theme.font(large ? largest : axisPoints));
    }
}

bool ChartCard::showsTable() const
{
    return m_turn->isChecked();
}

void ChartCard::setShowsTable(bool table)
{
    m_turn->setChecked(table);
}

void ChartCard::soon()
{
    if (!m_pause.isActive())
        m_pause.start();
}

void ChartCard::setEmpty(bool empty)
{
    m_isEmpty = empty;
    turn();
}

void ChartCard::setNote(const QString &note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

int ChartCard::plotPixels() const
{
    return std::max(100, m_view->width());
}

void ChartCard::setTable(const QStringList &headers, const QList<QStringList> &rows)
{
    m_table->set(headers, rows);
}

void ChartCard::turn()
{
    const bool table = m_turn->isChecked();
    m_turn->setIcon(m_theme.icon(table ? u"chart"_s : u"table"_s));
    const auto words = table ? tr("Show as a chart") : tr("Show as a table");
    m_turn->setAccessibleName(words);
    m_turn->setToolTip(words);
    m_turn->setEnabled(!m_isEmpty);
    m_stack->setCurrentWidget(m_isEmpty ? static_cast<QWidget *>(m_none) : table ? static_cast<QWidget *>(m_tableView) : m_view);
}

/// Qt Charts knows no style sheet: its colours are set by hand, and its light frame taken away.
void ChartCard::dress()
{
    const auto &tones = m_theme.tones();
    m_view->setFrameStyle(QFrame::NoFrame);
    m_view->setStyleSheet(u"background: transparent; border: 0"_s);
    m_view->setBackgroundBrush(Qt::NoBrush);
    m_view->setRenderHint(QPainter::Antialiasing);
    m_chart->setBackgroundVisible(false);
    m_chart->setPlotAreaBackgroundVisible(false);
    m_chart->setMargins(QMargins(0, 0, 6, 0));
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_chart->setLocalizeNumbers(true);
    m_chart->setLocale(QLocale());
    m_chart->setAnimationOptions(QChart::NoAnimation);
    m_chart->legend()->setLabelColor(tones.text);
    m_chart->legend()->setFont(m_theme.font(legendPoints));
    m_chart->legend()->setAlignment(Qt::AlignBottom);
    m_chart->legend()->setMarkerShape(QLegend::MarkerShapeCircle);
}

}
