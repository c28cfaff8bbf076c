// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/dialogs/migratedialog.h"

#include "models/formats.h"
#include "models/migrationplan.h"
#include "models/phrases.h"
#include "ui/dialogs/batchlist.h"
#include "ui/dialogs/candidatelist.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace portulan {

namespace {

/// As people call it, and where it is; its id where it is not known any more.
QString nameOf(const Inventory &inventory, const ObjectId &object)
{
    const Slot slot = inventory.find(object);
    if (slot == noSlot) {
        return QString::fromStdString(object.text());
    }
    const auto name = inventory.text(inventory.rows(object.kind)[slot].name);
    return QStringLiteral("%1 (%2)").arg(QString::fromUtf8(name.data(), qsizetype(name.size())), QString::fromStdString(object.site));
}

}

MigrateDialog::MigrateDialog(const Desk &desk, const QVector<ObjectId> &objects, QWidget *parent)
    : QDialog(parent)
    , m_desk(desk)
    , m_plan(new MigrationPlan(desk.federation, this))
    , m_sites(new CandidateList(desk, this))
    , m_mode(new QComboBox(this))
    , m_cutOver(new QComboBox(this))
    , m_bandwidth(new QLineEdit(this))
    , m_hourly(new QLineEdit(this))
    , m_window(new QLineEdit(this))
    , m_later(new QCheckBox(tr("Begin not bef&ore"), this))
    , m_begin(new QDateTimeEdit(this))
    , m_retention(new QComboBox(this))
    , m_start(new QCheckBox(tr("S&tart it there if it runs here"), this))
    , m_what(new QLabel(this))
    , m_figures(new QLabel(this))
    , m_blockers(new QLabel(this))
    , m_warnings(new QLabel(this))
{
    setObjectName(QStringLiteral("migrate"));
    setWindowTitle(tr("Migrate"));
    resize(objects.size() > 1 ? 1100 : 900, 700);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(12);
    m_what->setTextFormat(Qt::PlainText);
    m_what->setProperty("heading", true);
    m_what->setWordWrap(true);
    layout->addWidget(m_what);
    MigrationChoices choices;
    choices.objects.assign(objects.begin(), objects.end());
    m_plan->setChoices(choices);
    if (objects.size() > 1) {
        m_each = new BatchList(desk, *m_plan, this);
        m_tabs = new QTabWidget(this);
        m_tabs->setObjectName(QStringLiteral("migrate-tabs"));
        m_tabs->addTab(forAll(), tr("All of th&em"));
        m_tabs->addTab(m_each, tr("One by o&ne"));
        layout->addWidget(m_tabs, 1);
        connect(m_each, &BatchList::choiceChanged, this, &MigrateDialog::read);
    } else {
        layout->addWidget(forAll(), 1);
    }
    m_figures->setObjectName(QStringLiteral("migrate-figures"));
    m_blockers->setObjectName(QStringLiteral("migrate-blockers"));
    m_blockers->setProperty("problem", true);
    m_warnings->setObjectName(QStringLiteral("migrate-warnings"));
    m_warnings->setProperty("warning", true);
    for (auto *label : {m_figures, m_blockers, m_warnings}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        layout->addWidget(label);
    }
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_go = buttons->addButton(tr("Migrate"), QDialogButtonBox::AcceptRole);
    m_go->setObjectName(QStringLiteral("migrate-go"));
    m_go->setProperty("primary", true);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &MigrateDialog::move);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    followPlan();
    m_mode->setEnabled(std::ranges::any_of(
        objects, [](const ObjectId &object) { return object.kind == ObjectKind::Instance || object.kind == ObjectKind::DataSet; }));
    if (!m_plan->candidates().empty() && m_plan->candidates().front().allowed) {
        m_sites->setCandidates(m_plan->candidates());
        m_sites->choose(QString::fromStdString(m_plan->candidates().front().site));
    }
    name();
    read();
}

void MigrateDialog::followPlan()
{
    connect(m_plan, &MigrationPlan::changed, this, &MigrateDialog::show);
    connect(m_sites, &CandidateList::siteChosen, this, &MigrateDialog::read);
    connect(m_plan, &MigrationPlan::submitted, this, [this](const ObjectId &, const Result<Operation> &answer) {
        if (answer) {
            ++m_taken;
        } else {
            m_refused = Phrases::sentence(answer.error());
        }
    });
    connect(m_plan, &MigrationPlan::finished, this, &MigrateDialog::conclude);
}

/// What was accepted is under way; what was refused stays, as it was chosen.
void MigrateDialog::conclude()
{
    if (m_refused.isEmpty()) {
        Q_EMIT ordered(tr("%Ln migration(s) ordered.", nullptr, m_taken));
        accept();
        return;
    }
    if (m_taken > 0) {
        m_refused = tr("%Ln migration(s) ordered.", nullptr, m_taken) + QLatin1Char(' ')
            + tr("Refused and still here: %Ln object(s).", nullptr, int(m_plan->refused().size())) + QLatin1Char(' ') + m_refused;
        MigrationChoices choices = m_plan->choices();
        choices.objects = m_plan->refused();
        m_plan->setChoices(choices);
        name();
    }
    show();
}

void MigrateDialog::name()
{
    QStringList names;
    for (const ObjectId &object : m_plan->choices().objects) {
        names += nameOf(m_desk.federation.inventory(), object);
    }
    m_what->setText(tr("Move %1 to:").arg(names.size() > 4 ? tr("%Ln object(s)", nullptr, int(names.size())) : names.join(QStringLiteral(", "))));
}

void MigrateDialog::propose(const MigrationChoices &choices)
{
    m_isProposing = true;
    const auto pick = [](QComboBox &combo, int value) { combo.setCurrentIndex(std::max(0, combo.findData(value))); };
    pick(*m_mode, int(choices.mode));
    pick(*m_cutOver, int(choices.cutOver));
    if (m_retention->findData(int(choices.retentionSeconds)) < 0) {
        m_retention->addItem(Formats::duration(double(choices.retentionSeconds)), int(choices.retentionSeconds));
    }
    pick(*m_retention, int(choices.retentionSeconds));
    m_bandwidth->setText(choices.bandwidth > 0 ? QString::number(choices.bandwidth) : QString());
    m_hourly->setText(choices.hourly);
    m_window->setText(choices.hours);
    m_start->setChecked(choices.start);
    const auto moment = momentFrom(choices.notBefore, {}).value_or(Instant {});
    m_later->setChecked(moment > m_desk.federation.now()); // a day that is over holds nothing back
    if (m_later->isChecked()) {
        m_begin->setDateTime(QDateTime::fromMSecsSinceEpoch(moment.time_since_epoch().count()));
    }
    m_project = choices.toProject;
    if (m_each != nullptr) {
        m_each->setExceptions(choices.exceptions);
    }
    m_sites->setCandidates(m_plan->candidates());
    m_sites->choose(choices.toSite);
    m_isProposing = false;
    read();
}

/// Everything that is chosen for all at once.
QWidget *MigrateDialog::forAll()
{
    auto *box = new QWidget(this);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addWidget(m_sites, 1);
    column->addWidget(options());
    return box;
}

/// How, and when it switches over: of a machine that is copied cold that means handing it over, with every byte verified.
void MigrateDialog::addSwitching(QFormLayout &layout)
{
    m_mode->setObjectName(QStringLiteral("migrate-mode"));
    m_mode->setAccessibleName(tr("How a machine that runs is moved"));
    m_mode->addItem(tr("Cold: stop it, copy it, start it there"), int(MoveMode::Cold));
    m_mode->addItem(tr("Warm: copy it while it runs, stop it for the rest"), int(MoveMode::Warm));
    m_mode->addItem(tr("Live: its memory goes along, and it goes on there"), int(MoveMode::Live));
    layout.addRow(tr("Mo&de:"), m_mode);
    m_cutOver->setObjectName(QStringLiteral("migrate-cutover"));
    m_cutOver->setAccessibleName(tr("When it switches over to the destination"));
    m_cutOver->addItem(tr("By itself, as soon as it can"), int(CutOver::Automatic));
    m_cutOver->addItem(tr("When I say so: it waits, and may be tested there"), int(CutOver::Manual));
    layout.addRow(tr("C&ut-over:"), m_cutOver);
    connect(m_mode, &QComboBox::currentIndexChanged, this, &MigrateDialog::read);
    connect(m_cutOver, &QComboBox::currentIndexChanged, this, &MigrateDialog::read);
}

QWidget *MigrateDialog::options()
{
    auto *box = new QWidget(this);
    auto *layout = new QFormLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    addSwitching(*layout);
    m_window->setObjectName(QStringLiteral("migrate-window"));
    m_window->setAccessibleName(tr("Hours in which it may move"));
    m_window->setPlaceholderText(tr("at any hour; for example 22:00-06:00, by the source’s clock"));
    m_bandwidth->setObjectName(QStringLiteral("migrate-bandwidth"));
    m_bandwidth->setAccessibleName(tr("Bandwidth limit, bytes a second"));
    m_bandwidth->setPlaceholderText(tr("no limit; for example 20 MB"));
    layout->addRow(tr("&Bandwidth a second:"), m_bandwidth);
    m_hourly->setObjectName(QStringLiteral("migrate-hourly"));
    m_hourly->setAccessibleName(tr("Bandwidth limits by the hour"));
    m_hourly->setPlaceholderText(tr("instead, in some hours; for example 08:00-18:00=2MB, 18:00-22:00=20MB"));
    layout->addRow(tr("B&y the hour:"), m_hourly);
    layout->addRow(tr("&Hours:"), m_window);
    layout->addRow(QString(), schedule());
    m_retention->setObjectName(QStringLiteral("migrate-retention"));
    m_retention->setAccessibleName(tr("How long the source keeps its fenced copy"));
    m_retention->addItem(tr("No: erase it once the destination has proved its own"), 0);
    for (const int days : {1, 7, 30}) {
        m_retention->addItem(tr("%Ln day(s)", nullptr, days), days * 24 * 3600);
    }
    m_retention->setCurrentIndex(m_retention->findData(int(m_plan->choices().retentionSeconds)));
    layout->addRow(tr("&Keep the fenced copy:"), m_retention);
    m_start->setObjectName(QStringLiteral("migrate-start"));
    m_start->setChecked(true);
    layout->addRow(QString(), m_start);
    connect(m_bandwidth, &QLineEdit::textChanged, this, &MigrateDialog::read);
    connect(m_window, &QLineEdit::textChanged, this, &MigrateDialog::read);
    connect(m_hourly, &QLineEdit::textChanged, this, &MigrateDialog::read);
    connect(m_retention, &QComboBox::currentIndexChanged, this, &MigrateDialog::read);
    connect(m_start, &QCheckBox::toggled, this, &MigrateDialog::read);
    return box;
}

QWidget *MigrateDialog::schedule()
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    m_later->setObjectName(QStringLiteral("migrate-later"));
    m_begin->setObjectName(QStringLiteral("migrate-begin"));
    m_begin->setAccessibleName(tr("When it may begin"));
    m_begin->setCalendarPopup(true);
    m_begin->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm"));
    const auto now = QDateTime::fromMSecsSinceEpoch(m_desk.federation.now().time_since_epoch().count());
    m_begin->setDateTime(QDateTime(now.date().addDays(1), QTime(22, 0)));
    m_begin->setEnabled(false);
    layout->addWidget(m_later);
    layout->addWidget(m_begin);
    layout->addStretch(1);
    connect(m_later, &QCheckBox::toggled, m_begin, &QWidget::setEnabled);
    connect(m_later, &QCheckBox::toggled, this, &MigrateDialog::read);
    connect(m_begin, &QDateTimeEdit::dateTimeChanged, this, &MigrateDialog::read);
    return row;
}

void MigrateDialog::read()
{
    if (m_isProposing) {
        return;
    }
    m_refused.clear();
    MigrationChoices choices = m_plan->choices();
    choices.toSite = m_sites->chosen();
    choices.retentionSeconds = m_retention->currentData().toLongLong();
    choices.start = m_start->isChecked();
    choices.bandwidth = m_bandwidth->text().trimmed().isEmpty() ? 0 : bytesFrom(m_bandwidth->text(), m_bandwidth->accessibleName()).value_or(-1);
    choices.mode = MoveMode(m_mode->currentData().toInt());
    choices.cutOver = CutOver(m_cutOver->currentData().toInt());
    choices.toProject = m_project;
    if (m_each != nullptr) {
        choices.exceptions = m_each->exceptions();
    }
    choices.hours = m_window->text();
    choices.hourly = m_hourly->text();
    choices.notBefore = m_later->isChecked() ? m_begin->dateTime().toString(QStringLiteral("yyyy-MM-dd HH:mm")) : QString();
    m_plan->setChoices(choices);
    show();
}

/// Everything has somewhere to go.
bool MigrateDialog::isDirected() const
{
    const auto &choices = m_plan->choices();
    return std::ranges::none_of(choices.objects, [&choices](const ObjectId &object) { return choices.destinationOf(object).isEmpty(); });
}

QString MigrateDialog::summary() const
{
    if (!isDirected()) {
        return tr("Choose where to.");
    }
    if (m_plan->isAssessing()) {
        return tr("Asking both sites…");
    }
    QStringList parts {tr("%1 to copy").arg(Formats::bytes(m_plan->bytes()))};
    if (m_plan->seconds() > 0) {
        parts += tr("about %1").arg(Formats::estimate(m_plan->seconds(), m_plan->secondsError()));
    }
    if (m_plan->outageSeconds() > 0) {
        parts += tr("machine down about %1").arg(Formats::estimate(m_plan->outageSeconds(), m_plan->outageSecondsError()));
    }
    if (m_plan->seconds() > 0) {
        parts += m_plan->learnedFrom() > 0 ? tr("learned from %Ln earlier moves there", nullptr, m_plan->learnedFrom())
                                           : tr("by a probe of the link: nothing moved there yet");
    }
    return parts.join(QStringLiteral(" · "));
}

void MigrateDialog::show()
{
    m_sites->setCandidates(m_plan->candidates());
    m_figures->setText(summary());
    const auto sentences = [](const std::vector<Problem> &problems) {
        QStringList lines;
        for (const Problem &problem : problems) {
            lines += Phrases::sentence(problem);
        }
        lines.removeDuplicates();
        return lines.join(QLatin1Char('\n'));
    };
    QString blockers = isDirected() ? sentences(m_plan->blockers()) : QString();
    if (!m_refused.isEmpty()) {
        blockers = m_refused;
    }
    m_blockers->setText(blockers);
    m_blockers->setVisible(!blockers.isEmpty());
    QString warnings = sentences(m_plan->warnings());
    if (m_plan->leavesForbiddenCopy()) {
        const QString copy = tr("It may not be where it is: a copy kept there stays non-compliant until its retention ends.");
        warnings += warnings.isEmpty() ? copy : QLatin1Char('\n') + copy;
    }
    m_warnings->setText(warnings);
    m_warnings->setVisible(!warnings.isEmpty());
    m_go->setEnabled(m_plan->isReady() && (m_each == nullptr || m_each->isReadable()));
    if (m_each != nullptr) {
        m_each->refresh();
        const int differing = m_each->differing();
        m_tabs->setTabText(1, differing > 0 ? tr("One by o&ne (%Ln differ)", nullptr, differing) : tr("One by o&ne"));
    }
}

void MigrateDialog::move()
{
    m_taken = 0;
    m_refused.clear();
    m_go->setEnabled(false);
    m_plan->submit();
}

}
