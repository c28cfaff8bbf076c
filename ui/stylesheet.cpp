// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// The style sheet of the whole application: a text with @names of tones, filled in from them. Widgets opt into special looks by a
// dynamic property or an object name: QFrame[card="true"], QPushButton[primary="true"], QPushButton[danger="true"], QLabel[title="true"],
// QLabel[dim="true"], QToolButton[segment="true"].
#include "ui/theme.h"

#include <QMap>

namespace portulan {

using namespace Qt::StringLiterals;

namespace {

constexpr auto sheet = R"(
QWidget { color: @text; }
QMainWindow, QDialog, QWizard { background: @window; }
QToolTip { background: @card; color: @text; border: 1px solid @edge; border-radius: 6px; padding: 6px 8px; }
QFrame[card="true"] { background: @card; border: 1px solid @line; border-radius: 10px; }
QLabel { background: transparent; }
QLabel[title="true"] { font-size: 15pt; font-weight: 600; }
QLabel[heading="true"] { font-size: 11pt; font-weight: 600; }
QLabel[dim="true"] { color: @dim; }
QLabel[problem="true"] { color: @bad; }
QLabel[warning="true"] { color: @warn; }
QLabel[figure="true"] { font-size: 22pt; font-weight: 600; }
QLabel[dim="true"][large="false"] { font-size: 10pt; }
QLabel[title="true"][large="true"] { font-size: 26pt; }
QLabel[heading="true"][large="true"] { font-size: 18pt; }
QLabel[figure="true"][large="true"] { font-size: 40pt; }
QLabel[dim="true"][large="true"] { font-size: 14pt; }

QPushButton { background: @card; color: @text; border: 1px solid @edge; border-radius: 7px; padding: 6px 14px; min-height: 18px; }
QPushButton:hover { background: @raised; }
QPushButton:pressed { background: @chosen; }
QPushButton:focus { border: 2px solid @accent; padding: 5px 13px; }
QPushButton:disabled { color: @faded; border-color: @line; background: @window; }
QPushButton[primary="true"], QDialog QPushButton:default { background: @accent; color: @onAccent; border: 1px solid @accent; font-weight: 600; }
QPushButton[primary="true"]:hover, QDialog QPushButton:default:hover { background: @accentHover; }
QPushButton[primary="true"]:focus, QDialog QPushButton:default:focus { border: 2px solid @text; padding: 5px 13px; }
QPushButton[primary="true"]:disabled, QDialog QPushButton:default:disabled { background: @line; color: @faded; border-color: @line; }
QPushButton[danger="true"] { color: @bad; border-color: @bad; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: 7px; padding: 5px; }
QToolButton:hover { background: @raised; border-color: @line; }
QToolButton:pressed, QToolButton:checked { background: @chosen; }
QToolButton:focus { border: 2px solid @accent; padding: 4px; }
QToolButton:disabled { color: @faded; }
QToolButton[segment="true"] { padding: 6px 12px; font-weight: 500; }
QToolButton[segment="true"]:focus { padding: 5px 11px; }
QToolButton[segment="true"]:checked { background: @accent; color: @onAccent; }
QToolBar { background: @card; border: 0; border-bottom: 1px solid @line; spacing: 4px; padding: 4px 8px; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QDateTimeEdit, QComboBox {
  background: @card; color: @text; border: 1px solid @edge; border-radius: 7px; padding: 5px 8px; selection-background-color: @accent;
  selection-color: @onAccent; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QDateTimeEdit:focus, QComboBox:focus {
  border: 2px solid @accent; padding: 4px 7px; }
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled { color: @faded; border-color: @line; background: @window; }
QSpinBox, QDoubleSpinBox { padding-right: 26px; }
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button {
  subcontrol-origin: border; width: 24px; border: 0; border-left: 1px solid @line; background: transparent; }
QSpinBox::up-button, QDoubleSpinBox::up-button { subcontrol-position: top right; }
QSpinBox::down-button, QDoubleSpinBox::down-button { subcontrol-position: bottom right; }
QSpinBox::up-button:hover, QSpinBox::down-button:hover, QDoubleSpinBox::up-button:hover, QDoubleSpinBox::down-button:hover { background: @raised; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url(:/icons/@up.svg); width: 12px; height: 12px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url(:/icons/@down.svg); width: 12px; height: 12px; }
QComboBox::drop-down { border: 0; width: 24px; }
QComboBox::down-arrow { image: url(:/icons/@down.svg); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: @card; border: 1px solid @edge; selection-background-color: @chosen; selection-color: @text; }
QCheckBox, QRadioButton { spacing: 8px; border: 2px solid transparent; border-radius: 5px; padding: 2px; }
QCheckBox::indicator, QTreeView::indicator { width: 15px; height: 15px; border: 1px solid @edge; border-radius: 4px; background: @card; }
QCheckBox::indicator:checked, QTreeView::indicator:checked { background: @accent; border-color: @accent; image: url(:/icons/@check.svg); }
QCheckBox::indicator:disabled, QTreeView::indicator:disabled { border-color: @line; background: @window; }
QCheckBox:focus, QRadioButton:focus { border-color: @accent; }

QAbstractItemView { background: @card; alternate-background-color: @raised; border: 1px solid @line; border-radius: 8px; outline: 0;
  gridline-color: @line; selection-background-color: @chosen; selection-color: @text; }
QAbstractItemView:focus { border: 2px solid @accent; }
QScrollArea { border: 2px solid transparent; }
QScrollArea:focus { border: 2px solid @accent; border-radius: 8px; }
QAbstractItemView::item { padding: 4px 8px; border: 0; }
QAbstractItemView::item:hover { background: @raised; }
QAbstractItemView::item:selected { background: @chosen; color: @text; }
QAbstractItemView::item:focus { border: 1px solid @accent; }
QHeaderView { background: @raised; border: 0; }
QHeaderView::section { background: @raised; color: @dim; border: 0; border-bottom: 1px solid @line; padding: 7px 11px; font-weight: 600; }
QHeaderView::section:hover { color: @text; }
QTableCornerButton::section { background: @raised; border: 0; }

QTabWidget::pane { border: 0; border-top: 1px solid @line; }
QTabBar::tab { background: transparent; color: @dim; padding: 8px 14px; border: 0; border-bottom: 3px solid transparent; font-weight: 500; }
QTabBar::tab:selected { color: @text; border-bottom: 3px solid @accent; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:focus { border-bottom: 3px solid @text; }
QGroupBox { border: 1px solid @line; border-radius: 8px; margin-top: 20px; padding: 10px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 4px; padding: 0 4px; }

QMenuBar { background: @card; border-bottom: 1px solid @line; }
QMenuBar::item { padding: 6px 10px; background: transparent; border-radius: 6px; }
QMenuBar::item:selected { background: @chosen; }
QMenu { background: @card; border: 1px solid @edge; border-radius: 8px; padding: 5px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 6px; }
QMenu::item:selected { background: @chosen; }
QMenu::item:disabled { color: @faded; }
QMenu::separator { height: 1px; background: @line; margin: 5px 8px; }
QMenu::icon { padding-left: 8px; }
QStatusBar { background: @card; color: @dim; border-top: 1px solid @line; }
QStatusBar::item { border: 0; }
QDockWidget::title { background: @raised; padding: 8px; }
QSplitter::handle { background: @line; }

QProgressBar { background: @line; border: 0; border-radius: 4px; text-align: center; color: @text; min-height: 8px; }
QProgressBar::chunk { background: @accent; border-radius: 4px; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; }
QScrollBar::handle { background: @edge; border-radius: 4px; min-height: 28px; min-width: 28px; }
QScrollBar::handle:hover { background: @dim; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSlider::groove:horizontal { height: 4px; background: @line; border-radius: 2px; }
QSlider::handle:horizontal { width: 16px; margin: -6px 0; border-radius: 8px; background: @accent; }
)";

}

QString Theme::styleSheet() const
{
    const auto &t = m_tones;
    // Longest names first, so that @accent does not eat @accentHover.
    const QList<QPair<QString, QString>> words = {{u"@accentHover"_s, mixed(t.accent, t.text, 0.15).name()}, {u"@onAccent"_s, t.onAccent.name()},
        {u"@accent"_s, t.accent.name()}, {u"@window"_s, t.window.name()}, {u"@raised"_s, t.raised.name()}, {u"@chosen"_s, t.chosen.name()},
        {u"@faded"_s, mixed(t.text, t.card, 0.5).name()}, {u"@card"_s, t.card.name()}, {u"@text"_s, t.text.name()}, {u"@line"_s, t.line.name()},
        {u"@edge"_s, t.edge.name()}, {u"@down"_s, t.dark ? u"down-dark"_s : u"down"_s}, {u"@warn"_s, t.warn.name()},
        {u"@check"_s, t.dark ? u"check-dark"_s : u"check"_s}, {u"@up"_s, t.dark ? u"up-dark"_s : u"up"_s}, {u"@dim"_s, t.dim.name()},
        {u"@bad"_s, t.bad.name()}};
    auto text = QString::fromLatin1(sheet);
    for (const auto &[name, value] : words)
        text.replace(name, value);
    return text;
}

}
