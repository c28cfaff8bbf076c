// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/pages/operationspage.h"

#include "models/formats.h"
#include "models/operationmodel.h"
#include "models/orderagain.h"
#include "models/phrases.h"
#include "models/roles.h"
#include "ui/delegates.h"
#include "ui/dialogs/certificatedialog.h"
#include "ui/pages/evacuationview.h"
#include "ui/pages/steering.h"
#include "ui/tables.h"

#include <QFontDatabase>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace portulan {

OperationsPage::OperationsPage(const Desk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_model(new OperationModel(desk.federation, this))
    , m_table(new QTableView(this))
    , m_empty(new QLabel(this))
    , m_what(new QLabel(this))
    , m_state(new QLabel(this))
    , m_numbers(new QLabel(this))
    , m_test(new QLabel(this))
    , m_log(new QPlainTextEdit(this))
    , m_console(new QPlainTextEdit(this))
    , m_split(new QSplitter(Qt::Vertical, this))
    , m_more(new QStackedWidget(this))
    , m_evacuation(new EvacuationView(desk, this))
    , m_actions(new QWidget(this))
    , m_steering(new Steering(desk, this))
    , m_again(new QPushButton(tr("Order agai&n…"), this))
    , m_object(new QPushButton(tr("Show the &object"), this))
    , m_certificate(new QPushButton(tr("C&ertificate…"), this))
{
    setObjectName(QStringLiteral("operations"));
    m_table->setObjectName(QStringLiteral("operations-table"));
    m_table->setAccessibleName(tr("Operations"));
    m_table->setModel(m_model);
    dressTable(*m_table);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection); // what failed is ordered again together
    m_table->setItemDelegateForColumn(OperationModel::Progress, new ProgressDelegate(desk.theme, m_table));
    m_table->horizontalHeader()->setSectionResizeMode(OperationModel::What, QHeaderView::Stretch);
    m_table->setColumnWidth(OperationModel::State, 110);
    m_table->setColumnWidth(OperationModel::Progress, 190);
    m_table->setColumnWidth(OperationModel::Phase, 170);
    m_table->setColumnWidth(OperationModel::Site, 150);
    m_table->setColumnWidth(OperationModel::Started, 160);
    m_table->setColumnHidden(OperationModel::Ended, true);
    m_table->setColumnHidden(OperationModel::By, true);
    m_empty->setText(tr("Nothing has run yet. Orders given here or by anyone else on these sites appear at once."));
    m_empty->setWordWrap(true);
    m_empty->setProperty("dim", true);
    m_split->addWidget(m_table);
    m_split->addWidget(detail());
    m_split->setStretchFactor(0, 1);
    m_split->setSizes({460, 240});
    m_split->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->addWidget(m_empty);
    layout->addWidget(m_split, 1);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &OperationsPage::showDetail);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &OperationsPage::showDetail);
    const auto noteEmpty = [this] { m_empty->setVisible(m_model->rowCount() == 0); };
    connect(m_model, &QAbstractItemModel::rowsInserted, this, noteEmpty);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &OperationsPage::chooseWanted);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, noteEmpty);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &OperationsPage::showDetail);
    noteEmpty();
    showDetail();
}

QWidget *OperationsPage::detail()
{
    auto *card = new QFrame(this);
    card->setProperty("card", true);
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(16, 12, 16, 12);
    m_what->setObjectName(QStringLiteral("operation-what"));
    m_what->setProperty("heading", true);
    m_state->setObjectName(QStringLiteral("operation-state"));
    m_numbers->setObjectName(QStringLiteral("operation-numbers"));
    m_numbers->setProperty("dim", true);
    m_test->setObjectName(QStringLiteral("operation-test"));
    for (auto *label : {m_what, m_state, m_numbers, m_test}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        layout->addWidget(label);
    }
    m_log->setObjectName(QStringLiteral("operation-log"));
    m_log->setAccessibleName(tr("Log of the operation"));
    m_console->setObjectName(QStringLiteral("operation-console"));
    m_console->setAccessibleName(tr("What the machine printed in its test boot"));
    m_console->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    auto *texts = new QWidget(m_more);
    auto *side = new QHBoxLayout(texts);
    side->setContentsMargins(0, 0, 0, 0);
    for (auto *text : {m_log, m_console}) {
        text->setReadOnly(true);
        side->addWidget(text, 1);
    }
    m_more->addWidget(texts);
    m_more->addWidget(m_evacuation);
    layout->addWidget(m_more, 1);
    auto *row = new QHBoxLayout(m_actions);
    row->setContentsMargins(0, 0, 0, 0);
    m_object->setObjectName(QStringLiteral("operation-object"));
    m_again->setObjectName(QStringLiteral("operation-again"));
    m_again->setToolTip(tr("Order the selected migrations that failed or were cancelled once more, as they were ordered; you may change that first"));
    row->addWidget(m_steering);
    row->addWidget(m_again);
    row->addWidget(m_object);
    m_certificate->setObjectName(QStringLiteral("operation-certificate"));
    m_certificate->setToolTip(tr("What both sites signed once the migration was over"));
    row->addWidget(m_certificate);
    row->addStretch(1);
    layout->addWidget(m_actions);
    connect(m_evacuation, &EvacuationView::said, this, &OperationsPage::said);
    connect(m_evacuation, &EvacuationView::operationWanted, this, &OperationsPage::choose);
    connect(m_evacuation, &EvacuationView::certificateWanted, this, &OperationsPage::showCertificate);
    connect(m_steering, &Steering::said, this, &OperationsPage::said);
    connect(m_certificate, &QPushButton::clicked, this, [this] {
        if (const Operation *operation = m_model->operation(m_table->currentIndex().row())) {
            showCertificate(operation->id);
        }
    });
    connect(m_again, &QPushButton::clicked, this, &OperationsPage::orderAgain);
    connect(m_object, &QPushButton::clicked, this, [this] {
        if (const Operation *operation = m_model->operation(m_table->currentIndex().row())) {
            Q_EMIT objectWanted(operation->object);
        }
    });
    return card;
}

void OperationsPage::showDetail()
{
    const auto rows = m_table->selectionModel()->selectedRows();
    const bool isOne = rows.size() <= 1; // of several there is nothing to steer
    const Operation *operation = isOne && m_table->currentIndex().isValid() ? m_model->operation(m_table->currentIndex().row()) : nullptr;
    m_steering->steer(operation);
    offerAgain();
    showEvacuation(operation);
    showTest(operation);
    m_object->setEnabled(operation != nullptr && !operation->object.id.empty());
    m_certificate->setEnabled(operation != nullptr && !operation->migration.empty() && operation->state == OperationState::Done);
    if (operation == nullptr) {
        m_what->setText(isOne ? tr("Choose an operation to see its steps.") : tr("%Ln operation(s) selected.", nullptr, int(rows.size())));
        m_state->clear();
        m_state->show();
        m_numbers->clear();
        m_log->clear();
        return;
    }
    m_what->setText(Phrases::operation(*operation, m_desk.federation.siteName(QString::fromStdString(operation->toSite))));
    const bool failed = operation->state == OperationState::Failed || operation->state == OperationState::Cancelled;
    const QString waiting = Phrases::waiting(*operation);
    m_state->setText(failed ? Phrases::sentence(operation->problem)
                            : QStringLiteral("%1 · %2").arg(Phrases::of(operation->state), waiting.isEmpty() ? Phrases::phase(*operation) : waiting));
    m_state->setVisible(failed || operation->kind != "evacuate"); // which says so itself
    QStringList numbers;
    if (operation->bytesTotal > 0) {
        numbers += tr("%1 of %2").arg(Formats::bytes(operation->bytesDone), Formats::bytes(operation->bytesTotal));
        if (operation->bytesOnWire > 0) {
            numbers += tr("%1 on the wire").arg(Formats::bytes(operation->bytesOnWire));
        }
        const double rate = OperationModel::rate(*operation, m_desk.federation.now());
        if (!isOver(operation->state) && rate > 0) {
            numbers += Formats::rate(rate);
            const double left = OperationModel::remaining(*operation, m_desk.federation.now());
            if (left >= 0) {
                numbers += tr("about %1 left").arg(Formats::duration(left));
            }
        }
    }
    numbers += Phrases::passes(*operation);
    numbers += Phrases::forecast(*operation);
    for (const auto &digest : operation->digests) {
        numbers += tr("verified: %1").arg(QString::fromStdString(digest));
    }
    m_numbers->setText(numbers.join(QStringLiteral(" · ")));
    QStringList lines;
    for (const auto &line : operation->log) {
        lines += QString::fromStdString(line);
    }
    const QString text = lines.join(QLatin1Char('\n'));
    if (m_log->toPlainText() != text) {
        m_log->setPlainText(text);
    }
}

/// Of what is selected, what failed; each with what is known of it now.
std::vector<Operation> OperationsPage::selected() const
{
    std::vector<Operation> failed;
    const auto rows = m_table->selectionModel()->selectedRows();
    for (const auto &row : rows) {
        const Operation *operation = m_model->operation(row.row());
        if (operation != nullptr && mayOrderAgain(m_desk.federation, *operation)) {
            failed.push_back(*operation);
        }
    }
    return failed;
}

void OperationsPage::offerAgain()
{
    const auto failed = selected();
    m_again->setVisible(!failed.empty());
    m_again->setText(failed.size() > 1 ? tr("Order agai&n (%Ln)…", nullptr, int(failed.size())) : tr("Order agai&n…"));
}

void OperationsPage::orderAgain()
{
    if (const auto failed = selected(); !failed.empty()) {
        Q_EMIT orderAgainWanted(choicesAgain(m_desk.federation, failed));
    }
}

void OperationsPage::showTest(const Operation *operation)
{
    const auto words = operation == nullptr ? QString() : Phrases::testBoot(*operation);
    const auto printed = operation == nullptr ? QString() : QString::fromStdString(operation->testBoot.console);
    m_test->setText(words);
    m_test->setVisible(!words.isEmpty());
    m_console->setVisible(!printed.isEmpty());
    if (m_console->toPlainText() != printed) {
        m_console->setPlainText(printed);
        m_console->moveCursor(QTextCursor::End);
    }
}

QString OperationsPage::chosen() const
{
    return m_table->currentIndex().data(IdRole).toString();
}

void OperationsPage::choose(const QString &operation)
{
    m_wanted = operation;
    chooseWanted();
}

void OperationsPage::chooseWanted()
{
    constexpr auto only = QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows;
    for (int row = 0; !m_wanted.isEmpty() && row < m_model->rowCount(); ++row) {
        if (m_model->index(row, 0).data(IdRole).toString() == m_wanted) {
            m_wanted.clear();
            m_table->selectionModel()->setCurrentIndex(m_model->index(row, 0), only); // whatever key is held down meanwhile
        }
    }
}

/// An evacuation needs more room than a log, and has actions of its own.
void OperationsPage::showEvacuation(const Operation *operation)
{
    const bool isEvacuation = operation != nullptr && operation->kind == "evacuate";
    m_evacuation->follow(isEvacuation ? operation->id : ObjectId());
    if (isEvacuation == (m_more->currentWidget() == m_evacuation)) {
        return;
    }
    m_more->setCurrentWidget(isEvacuation ? static_cast<QWidget *>(m_evacuation) : m_log->parentWidget());
    m_numbers->setVisible(!isEvacuation);
    m_actions->setVisible(!isEvacuation);
    m_split->setStretchFactor(0, isEvacuation ? 0 : 1); // which counts if the page has no size yet
    m_split->setStretchFactor(1, isEvacuation ? 1 : 0);
    m_split->setSizes(isEvacuation ? QList<int> {260, 440} : QList<int> {460, 240});
}

void OperationsPage::showCertificate(const ObjectId &id)
{
    if (const Operation *operation = m_desk.federation.inventory().operation(id)) {
        auto *dialog = new CertificateDialog(m_desk, *operation, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &CertificateDialog::said, this, &OperationsPage::said);
        dialog->open();
    }
}

}
