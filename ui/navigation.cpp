// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/navigation.h"

#include <QButtonGroup>
#include <QIcon>
#include <QLocale>
#include <QShortcut>
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
    connect(m_buttons, &QButtonGroup::idClicked, this, &Navigation::pageWanted);
}

void Navigation::add(const QString &key, const QIcon &icon, const QString &text)
{
    const int page = int(m_texts.size());
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
    const QKeySequence keys(QStringLiteral("Ctrl+%1").arg(page + 1));
    button->setToolTip(QStringLiteral("%1 (%2)").arg(text, keys.toString(QKeySequence::NativeText)));
    m_buttons->addButton(button, page);
    m_layout->insertWidget(page, button);
    m_texts.append(text);
    auto *shortcut = new QShortcut(keys, this);
    connect(shortcut, &QShortcut::activated, this, [this, page] { Q_EMIT pageWanted(page); });
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
        const QString text = count == 0 ? m_texts.at(page) : tr("%1 (%2)", "page name and how many").arg(m_texts.at(page), QLocale().toString(count));
        if (button->text() != text) {
            button->setText(text);
            button->setAccessibleName(text);
        }
    }
}

}
