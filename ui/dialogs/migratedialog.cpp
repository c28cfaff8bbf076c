// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/dialogs/migratedialog.h"

#include "models/formats.h"
#include "models/migrationplan.h"
#include "models/phrases.h"
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
#include <QVBoxLayout>
#include <algorithm>
#include <tuple>

namespace portulan {

namespace {

using Mode = std::pair<MoveMode, CutOver>;

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
    , m_bandwidth(new QLineEdit(this))
    , m_hourly(new QLineEdit(this))
    , m_window(new QLineEdit(this))
    , m_later(new QCheckBox(tr("Begin not bef&ore"), this))
    , m_begin(new QDateTimeEdit(this))
    , m_retention(new QComboBox(this))
    , m_start(new QCheckBox(tr("S&tart it there if it runs here"), this))
    , m_figures(new QLabel(this))
    , m_blockers(new QLabel(this))
    , m_warnings(new QLabel(this))
{
    setObjectName(QStringLiteral("migrate"));
    setWindowTitle(tr("Migrate"));
    resize(900, 700);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(12);
    QStringList names;
    for (const ObjectId &object : objects) {
        names += nameOf(desk.federation.inventory(), object);
    }
    auto *what = new QLabel(
        tr("Move %1 to:").arg(names.size() > 4 ? tr("%Ln object(s)", nullptr, int(names.size())) : names.join(QStringLiteral(", "))), this);
    what->setTextFormat(Qt::PlainText);
    what->setProperty("heading", true);
    what->setWordWrap(true);
    layout->addWidget(what);
    layout->addWidget(m_sites, 1);
    layout->addWidget(options());
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
    connect(m_plan, &MigrationPlan::changed, this, &MigrateDialog::show);
    connect(m_sites, &CandidateList::siteChosen, this, &MigrateDialog::read);
    connect(m_plan, &MigrationPlan::submitted, this, [this](const ObjectId &, const Result<Operation> &answer) {
        if (answer) {
            ++m_taken;
        } else {
            m_refused = Phrases::sentence(answer.error());
        }
    });
    connect(m_plan, &MigrationPlan::finished, this, [this] {
        if (m_refused.isEmpty()) {
            Q_EMIT ordered(tr("%Ln migration(s) ordered.", nullptr, m_taken));
            accept();
        } else {
            m_blockers->setText(m_refused);
            m_blockers->show();
        }
    });
    MigrationChoices choices;
    choices.objects.assign(objects.begin(), objects.end());
    m_plan->setChoices(choices);
    m_mode->setEnabled(std::ranges::any_of(
        objects, [](const ObjectId &object) { return object.kind == ObjectKind::Instance || object.kind == ObjectKind::DataSet; }));
    if (!m_plan->candidates().empty() && m_plan->candidates().front().allowed) {
        m_sites->setCandidates(m_plan->candidates());
        m_sites->choose(QString::fromStdString(m_plan->candidates().front().site));
    }
    read();
}

QWidget *MigrateDialog::options()
{
    auto *box = new QWidget(this);
    auto *layout = new QFormLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    m_mode->setObjectName(QStringLiteral("migrate-mode"));
    m_mode->setAccessibleName(tr("How a machine that runs is moved"));
    m_mode->addItem(tr("Cold: stop it, copy it, start it there"), QVariant::fromValue(Mode {MoveMode::Cold, CutOver::Automatic}));
    m_mode->addItem(tr("Warm: copy it while it runs, stop it for the rest"), QVariant::fromValue(Mode {MoveMode::Warm, CutOver::Automatic}));
    m_mode->addItem(tr("Warm, and I say when it stops"), QVariant::fromValue(Mode {MoveMode::Warm, CutOver::Manual}));
    m_mode->addItem(tr("Live: its memory goes along, and it goes on there"), QVariant::fromValue(Mode {MoveMode::Live, CutOver::Automatic}));
    layout->addRow(tr("Mo&de:"), m_mode);
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
    connect(m_mode, &QComboBox::currentIndexChanged, this, &MigrateDialog::read);
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
    MigrationChoices choices = m_plan->choices();
    choices.toSite = m_sites->chosen();
    choices.retentionSeconds = m_retention->currentData().toLongLong();
    choices.start = m_start->isChecked();
    choices.bandwidth = m_bandwidth->text().trimmed().isEmpty() ? 0 : bytesFrom(m_bandwidth->text(), m_bandwidth->accessibleName()).value_or(-1);
    std::tie(choices.mode, choices.cutOver) = m_mode->currentData().value<Mode>();
    choices.hours = m_window->text();
    choices.hourly = m_hourly->text();
    choices.notBefore = m_later->isChecked() ? m_begin->dateTime().toString(QStringLiteral("yyyy-MM-dd HH:mm")) : QString();
    m_plan->setChoices(choices);
    show();
}

QString MigrateDialog::summary() const
{
    if (m_sites->chosen().isEmpty()) {
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
    const QString blockers = m_sites->chosen().isEmpty() ? QString() : sentences(m_plan->blockers());
    m_blockers->setText(blockers);
    m_blockers->setVisible(!blockers.isEmpty());
    QString warnings = sentences(m_plan->warnings());
    if (m_plan->leavesForbiddenCopy()) {
        const QString copy = tr("It may not be where it is: a copy kept there stays non-compliant until its retention ends.");
        warnings += warnings.isEmpty() ? copy : QLatin1Char('\n') + copy;
    }
    m_warnings->setText(warnings);
    m_warnings->setVisible(!warnings.isEmpty());
    m_go->setEnabled(m_plan->isReady());
}

void MigrateDialog::move()
{
    m_taken = 0;
    m_refused.clear();
    m_go->setEnabled(false);
    m_plan->submit();
}

}
