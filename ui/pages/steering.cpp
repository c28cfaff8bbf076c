// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/pages/steering.h"

#include "models/await.h"
#include "models/federation.h"
#include "models/phrases.h"
#include "models/rollback.h"
#include "models/sourceoperation.h"

#include <QHBoxLayout>
#include <QMessageBox>
#include <QPushButton>
#include <algorithm>

namespace portulan {

namespace {

QString testTip()
{
    return Steering::tr("Boot a copy of the machine at the destination, without any network; the machine itself goes on");
}

/// There is a machine at the destination already: warm after a first pass, cold once all is verified and waits for an order.
bool hasCopy(const Operation &operation)
{
    const bool there = operation.mode == "cold" ? operation.phase == "verified" && operation.passes.readySince != Instant {}
                                                : operation.phase == "reserved" && !operation.passes.bytes.empty();
    return there && operation.state != OperationState::Paused;
}

bool canTest(const Site *site)
{
    return site == nullptr || std::ranges::find(site->capabilities, "migrate.testboot") != site->capabilities.end();
}

}

Steering::Steering(const Desk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_pause(button(QStringLiteral("operation-pause"), tr("Pa&use"), tr("No data is sent until it is resumed; a machine that runs goes on")))
    , m_test(button(QStringLiteral("operation-testboot"), tr("Test &boot"), testTip()))
    , m_cutOver(
          button(QStringLiteral("operation-cutover"), tr("Cu&t over now"), tr("Stop the machine, send what is left and start it at the destination")))
    , m_cancel(button(QStringLiteral("operation-cancel"), tr("&Cancel the operation"), tr("End it and undo what it did")))
    , m_rollback(button(QStringLiteral("operation-rollback"), tr("Brin&g it back…"),
          tr("Move it back to where it was: its copy is still kept there, so that only what changed travels")))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    for (auto *made : {m_pause, m_test, m_cutOver, m_cancel, m_rollback}) {
        row->addWidget(made);
    }
    connect(m_pause, &QPushButton::clicked, this, [this] {
        if (m_isPaused) {
            submit<ResumeOperation>(tr("The migration goes on."));
        } else {
            submit<PauseOperation>(tr("The migration is paused: nothing more is sent until you resume it."));
        }
    });
    connect(
        m_test, &QPushButton::clicked, this, [this] { submit<TestBootOperation>(tr("A copy of the machine is being booted at the destination.")); });
    connect(m_cutOver, &QPushButton::clicked, this, [this] { submit<CutOverOperation>(tr("The machine is being stopped for the last pass.")); });
    connect(
        m_cancel, &QPushButton::clicked, this, [this] { submit<CancelOperation>(tr("The operation is being cancelled; what it did is undone.")); });
    connect(m_rollback, &QPushButton::clicked, this, &Steering::confirmReturn);
    // Whether it can come back depends on what both sites say of it, which may come later than that it has moved.
    m_later.setSingleShot(true);
    m_later.setInterval(std::chrono::milliseconds(500));
    connect(&m_later, &QTimer::timeout, this, [this] { offerReturn(m_desk.federation.inventory().operation(m_operation)); });
    connect(&m_desk.federation, &Federation::differed, this, [this] {
        if (m_hasMoved && !m_later.isActive()) {
            m_later.start();
        }
    });
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
    m_cutOver->setEnabled(isMigration && hasCopy(*operation) && operation->passes.readySince != Instant {});
    steerTest(isMigration ? operation : nullptr);
    m_cancel->setEnabled(may);
    // Taking a move back is cancelling it until it is committed; then it is another move. Never both.
    m_cancel->setText(isMigration ? tr("Roll ba&ck: cancel it") : tr("&Cancel the operation"));
    offerReturn(operation);
}

void Steering::offerReturn(const Operation *operation)
{
    m_hasMoved = operation != nullptr && !operation->migration.empty() && operation->state == OperationState::Done;
    m_rollback->setVisible(m_hasMoved && rollbackOf(m_desk.federation, *operation).kind == RollbackWay::Return);
}

void Steering::confirmReturn()
{
    const auto *operation = m_desk.federation.inventory().operation(m_operation);
    if (operation == nullptr) {
        return;
    }
    const auto &moved = sourceOperation(m_desk.federation.inventory(), *operation);
    const auto name = [this](const std::string &site) { return m_desk.federation.siteName(QString::fromStdString(site)); };
    auto *asking = new QMessageBox(QMessageBox::Question, tr("Bring it back"),
        tr("%1 is moved back from %2 to %3, in a migration of its own: only what changed since travels, and %2 keeps a copy as long as %3 was to.")
            .arg(QString::fromStdString(moved.objectName), name(moved.toSite), name(moved.fromSite)),
        QMessageBox::Cancel, this);
    asking->setObjectName(QStringLiteral("rollback-confirm"));
    asking->setAttribute(Qt::WA_DeleteOnClose);
    auto *go = asking->addButton(tr("&Bring it back"), QMessageBox::AcceptRole);
    go->setObjectName(QStringLiteral("rollback-go"));
    connect(go, &QPushButton::clicked, this, [this, operation = *operation] { bringBack(operation); });
    asking->open();
}

void Steering::bringBack(const Operation &operation)
{
    auto *rollback = new Rollback(m_desk.federation, operation, this);
    connect(rollback, &Rollback::submitted, this, [this, rollback](const Result<Operation> &answer) {
        rollback->deleteLater();
        Q_EMIT said(
            answer ? tr("It is on its way back: a new operation at its present site shows how far it is.") : Phrases::sentence(answer.error()));
    });
    rollback->submit();
}

void Steering::steerTest(const Operation *operation)
{
    const auto why = operation == nullptr ? QString() : whyNoTest(*operation);
    m_test->setEnabled(operation != nullptr && why.isEmpty());
    m_test->setToolTip(why.isEmpty() ? testTip() : why);
    m_test->setAccessibleDescription(m_test->toolTip());
}

QString Steering::whyNoTest(const Operation &operation) const
{
    if (operation.object.kind != ObjectKind::Instance) {
        return tr("Only a machine can be booted");
    }
    // A machine at rest is only booted, where it goes to; of one that runs a copy of one instant is made here first.
    for (const auto &site : {operation.mode == "warm" ? operation.fromSite : operation.toSite, operation.toSite}) {
        if (const auto id = QString::fromStdString(site); !canTest(m_desk.federation.site(id))) {
            return tr("%1 cannot make test boots").arg(m_desk.federation.siteName(id));
        }
    }
    if (operation.testBoot.state == "running") {
        return tr("A test boot is under way");
    }
    return hasCopy(operation) ? QString() : tr("No copy at the destination waits for its cut-over");
}

template <typename O>
void Steering::submit(const QString &words)
{
    await(m_desk.federation.submit(QString::fromStdString(m_operation.site), O {m_operation}), this,
        [this, words](const Result<Operation> &answer) { Q_EMIT said(answer ? words : Phrases::sentence(answer.error())); });
}

}
