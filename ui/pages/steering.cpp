// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/pages/steering.h"

#include "models/await.h"
#include "models/federation.h"
#include "models/phrases.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace portulan {

Steering::Steering(const Desk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_pause(button(QStringLiteral("operation-pause"), tr("Pa&use"), tr("No data is sent until it is resumed; a machine that runs goes on")))
    , m_cutOver(
          button(QStringLiteral("operation-cutover"), tr("Cu&t over now"), tr("Stop the machine, send what is left and start it at the destination")))
    , m_cancel(button(QStringLiteral("operation-cancel"), tr("&Cancel the operation"), tr("End it and undo what it did")))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    for (auto *made : {m_pause, m_cutOver, m_cancel}) {
        row->addWidget(made);
    }
    connect(m_pause, &QPushButton::clicked, this, [this] {
        if (m_isPaused) {
            submit<ResumeOperation>(tr("The migration goes on."));
        } else {
            submit<PauseOperation>(tr("The migration is paused: nothing more is sent until you resume it."));
        }
    });
    connect(m_cutOver, &QPushButton::clicked, this, [this] { submit<CutOverOperation>(tr("The machine is being stopped for the last pass.")); });
    connect(
        m_cancel, &QPushButton::clicked, this, [this] { submit<CancelOperation>(tr("The operation is being cancelled; what it did is undone.")); });
    steer(nullptr);
}

QPushButton *Steering::button(const QString &objectName, const QString &text, const QString &tip)
{
    auto *made = new QPushButton(text, this);
    made->setObjectName(objectName);
    made->setToolTip(tip);
    return made;
}

void Steering::steer(const Operation *operation)
{
    m_operation = operation == nullptr ? ObjectId() : operation->id;
    const bool may = operation != nullptr && operation->cancellable && !isOver(operation->state);
    const bool isMigration = may && operation->kind == "migrate";
    const bool isPaused = isMigration && operation->state == OperationState::Paused;
    if (isPaused != m_isPaused) {
        m_isPaused = isPaused;
        m_pause->setText(isPaused ? tr("Res&ume") : tr("Pa&use"));
    }
    m_pause->setEnabled(isMigration);
    m_cutOver->setEnabled(isMigration && !isPaused && operation->mode == "warm" && operation->passes.readySince != Instant {});
    m_cancel->setEnabled(may);
}

template <typename O>
void Steering::submit(const QString &words)
{
    await(m_desk.federation.submit(QString::fromStdString(m_operation.site), O {m_operation}), this,
        [this, words](const Result<Operation> &answer) { Q_EMIT said(answer ? words : Phrases::sentence(answer.error())); });
}

}
