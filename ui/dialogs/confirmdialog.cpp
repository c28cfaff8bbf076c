// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/dialogs/confirmdialog.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace portulan {

ConfirmDialog::ConfirmDialog(const QString &what, const QString &word, const QString &action, QWidget *parent)
    : QDialog(parent)
    , m_edit(new QLineEdit(this))
{
    setObjectName(QStringLiteral("confirm"));
    setWindowTitle(action);
    setMinimumWidth(440);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(12);
    auto *sentence = new QLabel(what, this);
    sentence->setTextFormat(Qt::PlainText);
    sentence->setWordWrap(true);
    layout->addWidget(sentence);
    auto *ask = new QLabel(tr("Type %1 to confirm:").arg(word), this);
    ask->setTextFormat(Qt::PlainText);
    ask->setBuddy(m_edit);
    layout->addWidget(ask);
    m_edit->setObjectName(QStringLiteral("confirm-word"));
    m_edit->setAccessibleName(ask->text());
    layout->addWidget(m_edit);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    auto *go = buttons->addButton(action, QDialogButtonBox::AcceptRole);
    go->setObjectName(QStringLiteral("confirm-go"));
    go->setProperty("danger", true);
    go->setEnabled(false);
    connect(m_edit, &QLineEdit::textChanged, this, [go, word](const QString &typed) { go->setEnabled(typed.trimmed() == word); });
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
}

}
