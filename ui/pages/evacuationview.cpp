// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/pages/evacuationview.h"

#include "models/await.h"
#include "models/background.h"
#include "models/evacuationprogress.h"
#include "models/formats.h"
#include "models/moveoptions.h"
#include "models/phrases.h"
#include "ui/delegates.h"
#include "ui/evacuationpaper.h"
#include "ui/pages/bulkorder.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeView>
#include <algorithm>

namespace portulan {

using Stage = EvacuationMove::Stage;

EvacuationView::EvacuationView(const Desk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_model(new EvacuationProgress(desk.federation, this))
    , m_figures(new QLabel(this))
    , m_tree(new QTreeView(this))
{
    setObjectName(QStringLiteral("evacuation"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(head());
    m_tree->setObjectName(QStringLiteral("evacuation-moves"));
    m_tree->setAccessibleName(tr("Moves, wave by wave"));
    m_tree->setModel(m_model);
    m_tree->setUniformRowHeights(true);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->setItemDelegateForColumn(EvacuationProgress::Progress, new ProgressDelegate(desk.theme, m_tree));
    m_tree->header()->setStretchLastSection(true);
    m_tree->setColumnWidth(EvacuationProgress::What, 240);
    m_tree->setColumnWidth(EvacuationProgress::To, 160);
    m_tree->setColumnWidth(EvacuationProgress::State, 150);
    m_tree->setColumnWidth(EvacuationProgress::Progress, 140);
    m_tree->setColumnWidth(EvacuationProgress::Data, 90);
    column->addWidget(m_tree, 1);
    column->addWidget(actions());
    connect(m_model, &EvacuationProgress::progressed, this, &EvacuationView::show);
    connect(m_model, &QAbstractItemModel::modelReset, m_tree, &QTreeView::expandAll);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &EvacuationView::showChosen);
    connect(m_tree, &QTreeView::activated, this, [this] {
        if (m_move->isEnabled()) {
            m_move->click();
        }
    });
    show();
}

QPushButton *EvacuationView::button(const QString &name, const QString &text, const QString &tip)
{
    auto *made = new QPushButton(text, this);
    made->setObjectName(name);
    made->setToolTip(tip);
    return made;
}

QWidget *EvacuationView::head()
{
    auto *box = new QWidget(this);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    m_figures->setObjectName(QStringLiteral("evacuation-figures"));
    m_figures->setTextFormat(Qt::PlainText);
    m_figures->setWordWrap(true);
    row->addWidget(m_figures, 1);
    m_move = button(QStringLiteral("evacuation-move"), tr("Show the &move"), tr("The operation of the chosen move, with its log"));
    m_certificate = button(QStringLiteral("evacuation-certificate"), tr("C&ertificate…"), tr("What both sites signed once the chosen move was over"));
    for (auto *made : {m_move, m_certificate}) {
        row->addWidget(made, 0, Qt::AlignTop);
    }
    connect(m_move, &QPushButton::clicked, this, [this] {
        if (const auto *move = m_model->move(m_tree->currentIndex())) {
            Q_EMIT operationWanted(QString::fromStdString(move->operation.id.text()));
        }
    });
    connect(m_certificate, &QPushButton::clicked, this, [this] {
        if (const auto *move = m_model->move(m_tree->currentIndex())) {
            Q_EMIT certificateWanted(move->operation.id);
        }
    });
    return box;
}

QWidget *EvacuationView::actions()
{
    auto *box = new QWidget(this);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    m_cutOver = button(QStringLiteral("evacuation-cutover"), tr("Cu&t over what is ready"),
        tr("Stop the machines that are ready, send what is left and start them at their destinations"));
    m_pause = button(QStringLiteral("evacuation-pause"), tr("Pa&use all"),
        tr("What is under way sends nothing until it is resumed, and nothing new takes its place; machines that run go on"));
    m_retry = button(QStringLiteral("evacuation-retry"), tr("Tr&y again what failed"), tr("Orders again only what has not moved, as it was ordered"));
    m_save = button(
        QStringLiteral("evacuation-save"), tr("&Save all certificates…"), tr("One file for each move that is over, and a page that sums them up"));
    m_cancel = button(QStringLiteral("evacuation-cancel"), tr("Cance&l"), tr("What is under way ends; nothing new begins"));
    for (auto *made : {m_cutOver, m_pause, m_retry, m_save}) {
        row->addWidget(made);
    }
    row->addStretch(1);
    row->addWidget(m_cancel);
    connect(m_cutOver, &QPushButton::clicked, this, &EvacuationView::cutOver);
    connect(m_pause, &QPushButton::clicked, this, &EvacuationView::pause);
    connect(m_retry, &QPushButton::clicked, this, &EvacuationView::retry);
    connect(m_save, &QPushButton::clicked, this, &EvacuationView::askWhere);
    connect(m_cancel, &QPushButton::clicked, this, &EvacuationView::cancel);
    return box;
}

void EvacuationView::follow(const ObjectId &evacuation)
{
    if (evacuation != m_evacuation) {
        m_evacuation = evacuation;
        m_model->follow(evacuation);
        m_tree->expandAll();
    }
}

void EvacuationView::show()
{
    const Operation *evacuation = m_model->evacuation();
    const bool isOver = evacuation != nullptr && portulan::isOver(evacuation->state);
    const bool mayResume = m_model->count(Stage::Paused) > 0;
    m_figures->setText(figures());
    m_cutOver->setEnabled(m_model->count(Stage::Ready) > 0);
    m_pause->setText(mayResume ? tr("Res&ume all") : tr("Pa&use all"));
    m_pause->setEnabled(mayResume || m_model->count(Stage::UnderWay) + m_model->count(Stage::Ready) > 0);
    m_retry->setEnabled(isOver && m_model->count(Stage::Failed) + m_model->count(Stage::Left) > 0);
    m_save->setEnabled(!m_model->moved().empty());
    m_cancel->setEnabled(evacuation != nullptr && !isOver && evacuation->cancellable);
    showChosen();
}

void EvacuationView::showChosen()
{
    const auto *move = m_model->move(m_tree->currentIndex());
    m_move->setEnabled(move != nullptr && move->hasBegun());
    m_certificate->setEnabled(move != nullptr && move->operation.state == OperationState::Done && !move->operation.migration.empty());
}

QString EvacuationView::figures() const
{
    const Operation *evacuation = m_model->evacuation();
    if (evacuation == nullptr) {
        return {};
    }
    const auto number = [](int count) { return Formats::number(qint64(count)); };
    const Parts &parts = evacuation->parts;
    QStringList said {tr("%1 of %2 moved").arg(number(parts.done), number(parts.total))};
    const int waiting = parts.total - parts.done - parts.failed - parts.running;
    if (parts.running > 0) {
        said += tr("%Ln under way", nullptr, parts.running);
    }
    if (waiting > 0) {
        said += isOver(evacuation->state) ? tr("%Ln not begun", nullptr, waiting) : tr("%Ln waiting", nullptr, waiting);
    }
    if (parts.failed > 0) {
        said += tr("%Ln failed", nullptr, parts.failed);
    }
    if (!isOver(evacuation->state)) {
        said += tr("wave %1 of %2").arg(number(parts.wave), number(parts.waves));
    }
    said += tr("%1 of %2").arg(Formats::bytes(m_model->bytesDone()), Formats::bytes(m_model->bytesTotal()));
    const auto until = isOver(evacuation->state) ? evacuation->endedAt : m_desk.federation.now();
    const double took = std::max(0.0, double((until - evacuation->startedAt).count()) / 1000);
    said += isOver(evacuation->state) ? tr("took %1").arg(Formats::duration(took)) : tr("for %1 so far").arg(Formats::duration(took));
    if (const auto *planned = m_model->planned(); planned != nullptr && planned->seconds > 0) {
        said += tr("planned: about %1 (give or take %2), at least %3")
                    .arg(Formats::duration(planned->seconds), Formats::duration(planned->secondsError),
                        Formats::duration(planned->leastTransferSeconds));
    }
    return said.join(QStringLiteral(" · "));
}

void EvacuationView::cutOver()
{
    m_cutOver->setEnabled(false); // until a site tells how things stand: what was ordered is not ordered twice
    std::vector<BulkOrder::Item> orders;
    for (const auto &id : m_model->operationsAt(Stage::Ready)) {
        orders.push_back({id, CutOverOperation {id}});
    }
    BulkOrder::submit(m_desk.federation, this, std::move(orders), [this](const QString &words) { Q_EMIT said(words); });
}

void EvacuationView::pause()
{
    const bool resumes = m_model->count(Stage::Paused) > 0;
    std::vector<BulkOrder::Item> orders;
    for (const auto stage : {Stage::UnderWay, Stage::Ready, Stage::Paused}) {
        for (const auto &id : m_model->operationsAt(stage)) {
            if (resumes == (stage == Stage::Paused)) {
                orders.push_back({id, resumes ? Order(ResumeOperation {id}) : Order(PauseOperation {id})});
            }
        }
    }
    BulkOrder::submit(m_desk.federation, this, std::move(orders), [this](const QString &words) { Q_EMIT said(words); });
}

void EvacuationView::retry()
{
    PlannedEvacuation again;
    again.order = m_model->rest();
    for (const auto &wave : m_model->waves()) {
        for (const auto &move : wave.moves) {
            again.names.emplace(move.object, move.name);
            again.bytes.emplace(move.object, move.bytes);
        }
    }
    m_retry->setEnabled(false);
    auto order = again.order;
    await(m_desk.federation.submit(QString::fromStdString(m_evacuation.site), std::move(order)), this,
        [this, again = std::move(again)](const Result<Operation> &answer) {
            show();
            if (!answer) {
                Q_EMIT said(Phrases::sentence(answer.error()));
                return;
            }
            m_desk.federation.keep(answer->id, again);
            Q_EMIT said(tr("%Ln move(s) ordered again.", nullptr, ownMoves(again.order)));
            Q_EMIT operationWanted(QString::fromStdString(answer->id.text()));
        });
}

void EvacuationView::cancel()
{
    await(m_desk.federation.submit(QString::fromStdString(m_evacuation.site), CancelOperation {m_evacuation}), this,
        [this](const Result<Operation> &answer) {
            Q_EMIT said(answer ? tr("Nothing new begins; what is under way ends.") : Phrases::sentence(answer.error()));
        });
}

void EvacuationView::askWhere()
{
    auto *dialog = new QFileDialog(this, tr("Save all certificates in a folder"));
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &EvacuationView::saveCertificates);
    dialog->open();
}

void EvacuationView::saveCertificates(const QString &folder)
{
    const Operation *evacuation = m_model->evacuation();
    if (evacuation == nullptr) {
        return;
    }
    Q_EMIT said(tr("Fetching the certificates…"));
    auto *set = new CertificateSet(m_desk.federation, this);
    connect(set, &CertificateSet::complete, this, [this, set, folder, evacuation = *evacuation, waves = m_model->waves()] {
        set->deleteLater();
        const auto site = m_desk.federation.siteName(QString::fromStdString(evacuation.id.site));
        const auto work = [folder, dossier = EvacuationDossier::of(evacuation, site, waves, set->entries())] { return dossier.saveTo(folder); };
        inBackground(work, this, [this, folder, genuine = set->genuine(), all = set->entries().size()](const Result<> &written) {
            Q_EMIT said(!written         ? Phrases::sentence(written.error())
                    : genuine < int(all) ? tr("%1 of %2 certificates are in %3; the page there says what is missing.")
                                               .arg(Formats::number(qint64(genuine)), Formats::number(qint64(all)), folder)
                                         : tr("%Ln certificate(s) and their page are in %1.", nullptr, genuine).arg(folder));
        });
    });
    set->fetch(m_model->moved());
}

}
