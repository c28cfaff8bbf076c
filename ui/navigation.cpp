// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/navigation.h"

#include <QButtonGroup>
#include <QIcon>
#include <QLocale>
#include <QToolButton>
#include <QVBoxLayout>

namespace portulan {

Navigation::Navigation(QWidget *parent)
    : QFrame(parent)
    , m_buttons(new QButtonGroup(this))
    , m_layout(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("navigation"));
    setAccessibleName(tr("Pages"));
    m_layout->setContentsMargins(8, 12, 8, 12);
    m_layout->setSpacing(4);
    m_layout->addStretch(1);
    // Toggled, not clicked: a screen reader toggles.
    connect(m_buttons, &QButtonGroup::idToggled, this, [this](int page, bool on) {
        if (on) {
            Q_EMIT pageWanted(page);
        }
    });
}

void Navigation::add(const QString &key, const QIcon &icon, const QString &text)
{
    const int page = int(m_entries.size());
    auto *button = new QToolButton(this);
    button->setObjectName(QStringLiteral("page-") + key);
    button->setText(text);
    button->setIcon(icon);
    button->setIconSize({20, 20});
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    button->setCheckable(true);
    button->setAutoRaise(true);
    button->setAccessibleName(text);
    button->setToolTip(QStringLiteral("%1 (%2)").arg(text, keysOf(page).toString(QKeySequence::NativeText)));
    m_buttons->addButton(button, page);
    m_layout->insertWidget(page, button);
    m_entries.append({key, text});
}

QKeySequence Navigation::keysOf(int page)
{
    return QKeySequence(QStringLiteral("Ctrl+%1").arg(page + 1));
}

void Navigation::setCurrent(int page)
{
    if (auto *button = m_buttons->button(page)) {
        button->setChecked(true);
    }
}

void Navigation::setCount(int page, int count)
{
    if (auto *button = m_buttons->button(page)) {
        const QString text
            = count == 0 ? m_entries.at(page).text : tr("%1 (%2)", "page name and how many").arg(m_entries.at(page).text, QLocale().toString(count));
        if (button->text() != text) {
            button->setText(text);
            button->setAccessibleName(text);
        }
    }
}

}
