// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/dialogs/evacuatedialog.h"

#include "models/formats.h"
#include "models/phrases.h"
#include "models/waveplanmodel.h"
#include "ui/charts/barchart.h"
#include "ui/dialogs/destinationlist.h"
#include "ui/dialogs/evacuateoptions.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTabWidget>
#include <QTreeView>
#include <QVBoxLayout>
#include <algorithm>

namespace portulan {

using namespace std::chrono_literals;

namespace {

QLabel *sentence(QWidget *parent, const char *name, const char *property = nullptr)
{
    auto *label = new QLabel(parent);
    label->setObjectName(QString::fromLatin1(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    if (property != nullptr) {
        label->setProperty(property, true);
    }
    return label;
}

}

EvacuateDialog::EvacuateDialog(const Desk &desk, const QStringList &sites, const QString &what, QWidget *parent)
    : QDialog(parent)
    , m_desk(desk)
    , m_emptied(sites)
    , m_plan(new EvacuationPlan(desk.federation, this))
    , m_model(new WavePlanModel(desk.federation, *m_plan, this))
    , m_sites(new DestinationList(desk, sites, this))
    , m_siteNote(sentence(this, "evacuate-site-note", "dim"))
    , m_options(new EvacuateOptions(this))
    , m_tabs(new QTabWidget(this))
    , m_moves(new QTreeView(this))
    , m_exception(new EvacuateException(this))
    , m_chart(new BarChart(desk.theme, tr("What each wave carries, and where to"), BarChart::Shape::Stacked, this))
    , m_bar(new QProgressBar(this))
    , m_doing(sentence(this, "evacuate-doing", "dim"))
    , m_stop(new QPushButton(tr("&Stop planning"), this))
    , m_figures(sentence(this, "evacuate-figures"))
    , m_warnings(sentence(this, "evacuate-warnings", "warning"))
    , m_problem(sentence(this, "evacuate-problem", "problem"))
{
    setObjectName(QStringLiteral("evacuate"));
    setWindowTitle(sites.size() > 1 ? tr("Leave an operator") : tr("Empty a site"));
    resize(1160, 720);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(10);
    addHeading(layout, what);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(16);
    columns->addWidget(choices());
    columns->addWidget(m_tabs, 1);
    layout->addLayout(columns, 1);
    m_tabs->setObjectName(QStringLiteral("evacuate-tabs"));
    m_tabs->addTab(moves(), tr("Mo&ves"));
    m_tabs->addTab(m_chart, tr("&Chart"));
    m_chart->setObjectName(QStringLiteral("evacuate-chart"));
    m_chart->setWords([](double value) { return Formats::bytes(qint64(value)); });
    layout->addWidget(progress());
    for (auto *label : {m_figures, m_warnings, m_problem}) {
        layout->addWidget(label);
        label->hide();
    }
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_go = buttons->addButton(sites.size() > 1 ? tr("&Empty its sites") : tr("&Empty the site"), QDialogButtonBox::AcceptRole);
    m_go->setObjectName(QStringLiteral("evacuate-go"));
    m_go->setProperty("primary", true);
    m_go->setEnabled(false);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &EvacuateDialog::go);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    followPlan();
    m_soon.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, &EvacuateDialog::planNow);
    planNow();
}

void EvacuateDialog::addHeading(QVBoxLayout *layout, const QString &what)
{
    auto *heading = sentence(this, "evacuate-heading", "heading");
    heading->setText(m_emptied.size() > 1 ? tr("Leave %1: everything on its %Ln site(s) moves elsewhere", nullptr, int(m_emptied.size())).arg(what)
                                          : tr("Empty %1: everything that can move goes elsewhere").arg(what));
    auto *undo = sentence(this, "evacuate-undo", "dim");
    undo->setText(
        tr("This can be undone. It can be cancelled at any moment: what is under way then ends, nothing new begins. What has moved leaves a "
           "fenced copy here, and until that is erased it can be brought back."));
    layout->addWidget(heading);
    layout->addWidget(undo);
}

void EvacuateDialog::followPlan()
{
    connect(m_plan, &EvacuationPlan::progressed, this, &EvacuateDialog::showProgress);
    connect(m_plan, &EvacuationPlan::planned, this, &EvacuateDialog::showPlan);
    connect(m_plan, &EvacuationPlan::failed, this, [this](const Problem &problem) { say(Phrases::sentence(problem)); });
    connect(m_plan, &EvacuationPlan::submitted, this, [this](const QString &, const Result<Operation> &answer) {
        if (!answer) {
            m_refused = Phrases::sentence(answer.error());
            return;
        }
        ++m_taken;
        m_operation = m_operation.isEmpty() ? QString::fromStdString(answer->id.text()) : m_operation;
    });
    connect(m_plan, &EvacuationPlan::finished, this, [this] {
        if (m_taken > 0) {
            Q_EMIT ordered(m_refused.isEmpty() ? tr("%Ln evacuation(s) ordered.", nullptr, m_taken) : m_refused, m_operation);
            accept();
        } else {
            say(m_refused);
        }
    });
}

QWidget *EvacuateDialog::choices()
{
    auto *box = new QWidget(this);
    box->setFixedWidth(350);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_sites, 1);
    column->addWidget(m_siteNote);
    column->addWidget(m_options);
    connect(m_sites, &DestinationList::choiceChanged, this, &EvacuateDialog::planSoon);
    connect(m_sites, &QTreeWidget::currentItemChanged, this, [this] { m_siteNote->setText(m_sites->note()); });
    connect(m_options, &EvacuateOptions::choiceChanged, this, &EvacuateDialog::planSoon);
    return box;
}

QWidget *EvacuateDialog::moves()
{
    auto *box = new QWidget(this);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 8, 0, 0);
    m_moves->setObjectName(QStringLiteral("evacuate-moves"));
    m_moves->setAccessibleName(tr("Moves, wave by wave"));
    m_moves->setModel(m_model);
    m_moves->setUniformRowHeights(true);
    m_moves->setAllColumnsShowFocus(true);
    m_moves->header()->setStretchLastSection(true);
    m_moves->setColumnWidth(WavePlanModel::What, 230);
    m_moves->setColumnWidth(WavePlanModel::To, 140);
    m_moves->setColumnWidth(WavePlanModel::Mode, 130);
    m_moves->setColumnWidth(WavePlanModel::Data, 85);
    column->addWidget(m_moves, 1);
    column->addWidget(m_exception);
    connect(m_moves->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &current) {
        if (const auto movable = m_model->movable(current)) {
            m_chosen = m_plan->thing(*movable).object;
        } else if (current.isValid()) {
            m_chosen.reset();
        }
        showChosen();
    });
    connect(m_exception, &EvacuateException::choiceChanged, this, &EvacuateDialog::decide);
    return box;
}

QWidget *EvacuateDialog::progress()
{
    auto *box = new QWidget(this);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    m_bar->setObjectName(QStringLiteral("evacuate-progress"));
    m_bar->setAccessibleName(tr("Progress of planning"));
    m_bar->setTextVisible(false);
    m_bar->setFixedSize(180, 8);
    m_doing->setWordWrap(false);
    m_stop->setObjectName(QStringLiteral("evacuate-stop"));
    row->addWidget(m_bar);
    row->addWidget(m_doing, 1);
    row->addWidget(m_stop);
    connect(m_stop, &QPushButton::clicked, this, [this] {
        if (m_plan->doing() == EvacuationPlan::Doing::Nothing) {
            planNow();
        } else {
            m_plan->stop();
        }
    });
    return box;
}

void EvacuateDialog::planSoon()
{
    m_go->setEnabled(false);
    m_soon.start(250ms);
}

void EvacuateDialog::planNow()
{
    EvacuationChoices choices;
    choices.site = m_emptied.value(0);
    choices.others = m_emptied.mid(1);
    choices.to = m_sites->chosen();
    for (auto &[object, its] : m_exceptions) { // a site that is not used any more is nobody's own choice either
        its.to = choices.to.contains(its.to) ? its.to : QString();
    }
    choices.exceptions = m_exceptions;
    if (const auto read = m_options->read(choices); !read) {
        m_plan->stop();
        say(Phrases::sentence(read.error()));
        return;
    }
    if (choices.to.isEmpty()) { // which would mean every site
        m_plan->stop();
        say(tr("Tick a site things may go to."));
        return;
    }
    m_problem->hide();
    m_plan->prepare(choices);
}

void EvacuateDialog::say(const QString &problem)
{
    m_problem->setText(problem);
    m_problem->show();
    showProgress();
}

void EvacuateDialog::showProgress()
{
    using Doing = EvacuationPlan::Doing;
    const auto [done, total] = m_plan->answered();
    const auto doing = m_plan->doing();
    const bool isBusy = doing != Doing::Nothing;
    m_bar->setRange(0, doing == Doing::Solving ? 0 : std::max(total, 1));
    m_bar->setValue(done);
    m_bar->setVisible(isBusy);
    m_stop->setText(isBusy ? tr("&Stop planning") : tr("&Plan again"));
    switch (doing) {
    case Doing::Nothing:
        m_doing->setText(m_plan->isReady() ? tr("Planned.") : tr("There is no plan for these choices."));
        break;
    case Doing::Asking:
        m_doing->setText(tr("Asking what belongs together: %1 of %2").arg(Formats::number(qint64(done)), Formats::number(qint64(total))));
        break;
    case Doing::Measuring:
        m_doing->setText(tr("Measuring the links: %1 of %2").arg(Formats::number(qint64(done)), Formats::number(qint64(total))));
        break;
    case Doing::Solving:
        m_doing->setText(tr("The solver looks for the best plan…"));
        break;
    case Doing::Checking:
        m_doing->setText(tr("Asking what can move live: %1 of %2").arg(Formats::number(qint64(done)), Formats::number(qint64(total))));
        break;
    }
    m_go->setEnabled(m_plan->isReady() && !m_soon.isActive());
}

void EvacuateDialog::showPlan()
{
    m_model->refresh();
    m_moves->expandAll();
    if (m_chosen) {
        m_moves->setCurrentIndex(m_model->indexOf(*m_chosen));
    }
    m_sites->show(*m_plan);
    m_siteNote->setText(m_sites->note());
    m_figures->setText(figures());
    m_figures->show();
    const auto warnings = this->warnings();
    m_warnings->setText(warnings.join(QLatin1Char('\n')));
    m_warnings->setVisible(!warnings.isEmpty());
    showChosen();
    showChart();
    showProgress();
}

void EvacuateDialog::showChosen()
{
    const auto movable = m_model->movable(m_moves->currentIndex());
    if (!movable || m_plan->cannotMove(*movable)) { // of that nothing can be decided
        m_exception->show({}, {}, false, {}, {});
        return;
    }
    const Movable &thing = m_plan->thing(*movable);
    QList<std::pair<QString, QString>> sites;
    const auto chosen = m_sites->chosen();
    for (const auto &id : chosen) {
        sites.append({id, m_desk.federation.siteName(id)});
    }
    const auto its = m_exceptions.find(thing.object);
    m_exception->show(QString::fromStdString(thing.name.empty() ? thing.object.id : thing.name),
        m_moves->currentIndex().siblingAtColumn(WavePlanModel::Why).data().toString(), thing.runs, sites,
        its == m_exceptions.end() ? EvacuationException {} : its->second);
}

void EvacuateDialog::decide()
{
    if (!m_chosen) {
        return;
    }
    const auto its = m_exception->chosen();
    if (its == EvacuationException {}) {
        m_exceptions.erase(*m_chosen);
    } else {
        m_exceptions.insert_or_assign(*m_chosen, its);
    }
    m_soon.stop();
    planNow();
}

void EvacuateDialog::go()
{
    m_taken = 0;
    m_refused.clear();
    m_go->setEnabled(false);
    m_plan->submit();
}

}
