// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/palette.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

namespace portulan {

namespace {
/// Every word typed is somewhere in the name, in any order and case.
bool matches(const QString &name, const QStringList &words)
{
    return std::all_of(words.begin(), words.end(), [&](const QString &word) { return name.contains(word, Qt::CaseInsensitive); });
}
}

Palette::Palette(QVector<Command> commands, std::function<QVector<Command>(const QString &)> objects, QWidget *parent)
    : QDialog(parent)
    , m_commands(std::move(commands))
    , m_objects(std::move(objects))
    , m_edit(new QLineEdit(this))
    , m_list(new QListWidget(this))
{
    setObjectName(QStringLiteral("palette"));
    setWindowTitle(tr("Command palette"));
    resize(560, 380);
    auto *layout = new QVBoxLayout(this);
    m_edit->setObjectName(QStringLiteral("palette-text"));
    m_edit->setAccessibleName(tr("Command, site or machine"));
    m_edit->setPlaceholderText(tr("Type a command, a site or a machine…"));
    m_edit->setClearButtonEnabled(true);
    m_edit->installEventFilter(this);
    m_list->setObjectName(QStringLiteral("palette-list"));
    m_list->setAccessibleName(tr("What matches"));
    m_list->setUniformItemSizes(true);
    layout->addWidget(m_edit);
    layout->addWidget(m_list, 1);
    auto *hint = new QLabel(tr("Up and Down choose, Enter runs, Escape closes."), this);
    hint->setProperty("dim", true);
    layout->addWidget(hint);
    connect(m_edit, &QLineEdit::textChanged, this, &Palette::show);
    connect(m_edit, &QLineEdit::returnPressed, this, &Palette::runCurrent);
    connect(m_list, &QListWidget::itemActivated, this, &Palette::runCurrent);
    show(QString());
    m_edit->setFocus();
}

bool Palette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_edit && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Up) {
            const int step = key == Qt::Key_Down ? 1 : -1;
            m_list->setCurrentRow(qBound(0, m_list->currentRow() + step, m_list->count() - 1));
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void Palette::show(const QString &text)
{
    const QStringList words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    m_shown.clear();
    for (const auto &command : std::as_const(m_commands)) {
        if (matches(command.name, words)) {
            m_shown.append(command);
        }
    }
    if (!words.isEmpty()) {
        m_shown += m_objects(text);
    }
    m_list->clear();
    for (const auto &command : std::as_const(m_shown)) {
        auto *item = new QListWidgetItem(
            command.hint.isEmpty() ? command.name : tr("%1 — %2", "command and its hint").arg(command.name, command.hint), m_list);
        item->setData(Qt::AccessibleTextRole, command.name);
    }
    m_list->setCurrentRow(0);
}

void Palette::runCurrent()
{
    const int row = m_list->currentRow();
    if (row >= 0 && row < m_shown.size()) {
        const auto run = m_shown.at(row).run;
        accept();
        run();
    }
}

}
