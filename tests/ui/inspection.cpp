// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/ui/inspection.h"

#include <QAbstractSpinBox>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QButtonGroup>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QStyleOptionComboBox>
#include <QTabBar>
#include <QTest>
#include <QToolButton>

namespace portulan::test {

namespace {

QString called(const QWidget &widget, const QString &words = {})
{
    QString path;
    for (const QWidget *at = &widget; at != nullptr && !at->isWindow(); at = at->parentWidget()) {
        if (!at->objectName().isEmpty() && at->objectName() != u"qt_scrollarea_viewport") {
            path = at->objectName() + (path.isEmpty() ? QString() : u'/' + path);
        }
    }
    return QStringLiteral("%1 %2 \"%3\"").arg(QString::fromLatin1(widget.metaObject()->className()), path, words);
}

/// Parts a control is made of, which are not controls for a person: the clear button in a field, the field in a spin box.
bool isPart(const QWidget &widget)
{
    const auto *parent = widget.parentWidget();
    return qobject_cast<const QHeaderView *>(&widget) || qobject_cast<const QLineEdit *>(parent) || qobject_cast<const QAbstractSpinBox *>(parent)
        || qobject_cast<const QComboBox *>(parent) || qobject_cast<const QTabBar *>(parent) || qobject_cast<const QMenuBar *>(&widget)
        || qobject_cast<const QMenuBar *>(parent) || widget.inherits("QTableCornerButton") || widget.inherits("QScrollBar");
}

bool isControl(const QWidget &widget)
{
    if (!widget.isVisible() || !widget.isEnabled() || isPart(widget)) {
        return false;
    }
    const bool takesKeys = (widget.focusPolicy() & Qt::TabFocus) == Qt::TabFocus && widget.focusProxy() == nullptr;
    return takesKeys || qobject_cast<const QAbstractButton *>(&widget) || qobject_cast<const QLineEdit *>(&widget)
        || qobject_cast<const QComboBox *>(&widget) || qobject_cast<const QTabBar *>(&widget) || qobject_cast<const QAbstractSpinBox *>(&widget)
        || qobject_cast<const QPlainTextEdit *>(&widget);
}

QWidgetList controls(const QWidget &root)
{
    QWidgetList found;
    for (auto *widget : root.findChildren<QWidget *>()) {
        if (isControl(*widget) && widget->window() == &root) {
            found.append(widget);
        }
    }
    return found;
}

/// On this platform Qt names a combo box after its choice; what it is for, a screen reader takes from the label that has it as its buddy.
bool hasLabel(const QWidget &widget)
{
    for (const auto *label : widget.window()->findChildren<QLabel *>()) {
        if (label->buddy() == &widget && label->isVisible()) {
            return true;
        }
    }
    return false;
}

int shortfall(const QLabel &label)
{
    if (label.text().isEmpty()) {
        return 0;
    }
    const auto margins = label.contentsMargins();
    const int needed = label.wordWrap() ? label.heightForWidth(label.width()) - label.height()
                                        : label.sizeHint().width() - label.width() - margins.left() - margins.right();
    return std::max(needed,
        label.minimumSizeHint().height() > label.height() + 1 && !label.wordWrap() ? 1 + label.minimumSizeHint().height() - label.height() : 0);
}

int shortfall(const QComboBox &combo)
{
    QStyleOptionComboBox option;
    option.initFrom(&combo);
    option.editable = combo.isEditable();
    const auto room = combo.style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, &combo);
    return combo.fontMetrics().horizontalAdvance(combo.currentText()) - room.width();
}

int shortfall(const QTabBar &bar)
{
    const int count = bar.count();
    return count == 0 ? 0 : std::max(bar.tabRect(count - 1).right() - bar.width(), -bar.tabRect(0).left());
}

/// A layout with too little room lets children stand out of their parents, which cut them off.
int standsOut(const QWidget &widget)
{
    const auto *parent = widget.parentWidget();
    const bool scrolls = parent == nullptr || parent->objectName() == u"qt_scrollarea_viewport";
    return scrolls ? 0 : std::max(widget.geometry().bottom() - parent->rect().bottom(), widget.geometry().right() - parent->rect().right());
}

int shortfall(const QWidget &widget)
{
    if (const auto *label = qobject_cast<const QLabel *>(&widget)) {
        return shortfall(*label);
    }
    if (const auto *combo = qobject_cast<const QComboBox *>(&widget)) {
        return shortfall(*combo);
    }
    if (const auto *bar = qobject_cast<const QTabBar *>(&widget)) {
        return shortfall(*bar);
    }
    if (const auto *edit = qobject_cast<const QLineEdit *>(&widget)) {
        const auto &words = edit->text().isEmpty() ? edit->placeholderText() : QString();
        return words.isEmpty() ? standsOut(widget) : edit->fontMetrics().horizontalAdvance(words) + 22 - edit->width();
    }
    if (const auto *button = qobject_cast<const QAbstractButton *>(&widget)) {
        return button->text().isEmpty()
            ? standsOut(widget)
            : std::max({standsOut(widget), button->sizeHint().width() - button->width(), button->sizeHint().height() - button->height()});
    }
    return 0;
}

QStringList cutHeads(const QHeaderView &header)
{
    QStringList complaints;
    for (int section = 0; header.orientation() == Qt::Horizontal && section < header.count(); ++section) {
        const auto words = header.model()->headerData(section, Qt::Horizontal).toString();
        if (!header.isSectionHidden(section) && !words.isEmpty() && header.sectionSizeHint(section) > header.sectionSize(section) + 1) {
            complaints
                += QStringLiteral("%1: lacks %2 px").arg(called(header, words)).arg(header.sectionSizeHint(section) - header.sectionSize(section));
        }
    }
    return complaints;
}

/// Of buttons that exclude each other Tab comes to one, and the arrow keys go on from there.
bool isReachedByArrows(const QWidget &widget, const QSet<const QWidget *> &reached)
{
    const auto *button = qobject_cast<const QAbstractButton *>(&widget);
    if (button == nullptr || button->group() == nullptr || !button->group()->exclusive()) {
        return false;
    }
    return std::ranges::any_of(button->group()->buttons(), [&](const QAbstractButton *other) { return reached.contains(other); });
}

QString wordsOf(const QWidget &widget)
{
    auto *face = QAccessible::queryAccessibleInterface(const_cast<QWidget *>(&widget));
    return face == nullptr ? QString() : face->text(QAccessible::Name);
}

}

QStringList unnamed(const QWidget &root)
{
    QStringList complaints;
    for (const auto *control : controls(root)) {
        const bool named = qobject_cast<const QComboBox *>(control) ? hasLabel(*control) : !wordsOf(*control).trimmed().isEmpty();
        if (!named) {
            complaints += called(*control);
        }
    }
    return complaints;
}

QStringList cut(const QWidget &root)
{
    QStringList complaints;
    for (const auto *widget : root.findChildren<QWidget *>()) {
        if (!widget->isVisible() || widget->window() != &root) {
            continue;
        }
        if (const auto *header = qobject_cast<const QHeaderView *>(widget)) {
            complaints += cutHeads(*header);
        } else if (const int lacking = shortfall(*widget); lacking > 1) {
            complaints += QStringLiteral("%1: lacks %2 px of %3")
                              .arg(called(*widget, widget->property("text").toString()))
                              .arg(lacking)
                              .arg(widget->width());
        }
    }
    return complaints;
}

QStringList unreachable(QWidget &root)
{
    const auto wanted = controls(root);
    QSet<const QWidget *> reached;
    int stays = 0;
    for (int step = 0; step < 200; ++step) {
        QWidget *before = QApplication::focusWidget();
        reached.insert(before);
        QTest::keyClick(before != nullptr ? before : &root, Qt::Key_Tab);
        stays = QApplication::focusWidget() == before ? stays + 1 : 0;
        if (stays > 30) {
            return {QStringLiteral("Tab does not leave ") + (before == nullptr ? QStringLiteral("the window") : called(*before))};
        }
    }
    QStringList complaints;
    for (const auto *control : wanted) {
        if (!reached.contains(control) && !reached.contains(control->focusProxy()) && !isReachedByArrows(*control, reached)) {
            complaints += called(*control, wordsOf(*control));
        }
    }
    return complaints;
}

QStringList unlit(QWidget &root)
{
    QStringList complaints;
    for (auto *control : controls(root)) {
        control->setFocus(Qt::TabFocusReason);
        const auto *with = QApplication::focusWidget();
        if (with != control && with != control->focusProxy()) {
            continue; // unreachable() complains of it
        }
        const auto lit = control->grab().toImage();
        root.setFocus(Qt::OtherFocusReason); // takes it away without giving it to another control
        control->clearFocus();
        if (const auto *still = QApplication::focusWidget(); still != nullptr) {
            const_cast<QWidget *>(still)->clearFocus();
        }
        if (control->grab().toImage() == lit) {
            complaints += called(*control, wordsOf(*control));
        }
    }
    return complaints;
}

QStringList contested(const QWidget &root)
{
    QMultiMap<QString, QString> claims;
    const auto claim = [&](const QString &text, const QString &who) {
        const auto key = QKeySequence::mnemonic(text).toString();
        if (!key.isEmpty()) {
            claims.insert(key, who);
        }
    };
    for (const auto *widget : root.findChildren<QWidget *>()) {
        if (!widget->isVisible() || widget->window() != &root) {
            continue;
        }
        if (const auto *button = qobject_cast<const QAbstractButton *>(widget)) {
            claim(button->text(), called(*widget, button->text()));
        } else if (const auto *label = qobject_cast<const QLabel *>(widget); label != nullptr && label->buddy() != nullptr) {
            claim(label->text(), called(*widget, label->text()));
        } else if (const auto *menus = qobject_cast<const QMenuBar *>(widget)) {
            for (const auto *menu : menus->actions()) {
                claim(menu->text(), QStringLiteral("menu \"%1\"").arg(menu->text()));
            }
        } else if (const auto *tabs = qobject_cast<const QTabBar *>(widget)) {
            for (int tab = 0; tab < tabs->count(); ++tab) {
                claim(tabs->tabText(tab), QStringLiteral("tab \"%1\"").arg(tabs->tabText(tab)));
            }
        }
    }
    QStringList complaints;
    for (const auto &key : claims.uniqueKeys()) {
        if (claims.count(key) > 1) {
            complaints += QStringLiteral("%1: %2").arg(key, QStringList(claims.values(key)).join(QStringLiteral(", ")));
        }
    }
    return complaints;
}

}
