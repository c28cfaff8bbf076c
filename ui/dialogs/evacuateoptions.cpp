// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/dialogs/evacuateoptions.h"

#include "models/evacuationplan.h"
#include "models/formats.h"
#include "models/phrases.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>

namespace portulan {

namespace {

using Mode = std::pair<MoveMode, CutOver>;

}

void addMoveModes(QComboBox &combo)
{
    combo.addItem(EvacuateOptions::tr("Cold: stopped, then copied"), QVariant::fromValue(Mode {MoveMode::Cold, CutOver::Automatic}));
    combo.addItem(EvacuateOptions::tr("Cold, I say when it is handed over"), QVariant::fromValue(Mode {MoveMode::Cold, CutOver::Manual}));
    combo.addItem(EvacuateOptions::tr("Warm: copied while it runs"), QVariant::fromValue(Mode {MoveMode::Warm, CutOver::Automatic}));
    combo.addItem(EvacuateOptions::tr("Warm, I say when it stops"), QVariant::fromValue(Mode {MoveMode::Warm, CutOver::Manual}));
    combo.addItem(EvacuateOptions::tr("Live: its memory goes along"), QVariant::fromValue(Mode {MoveMode::Live, CutOver::Automatic}));
    combo.addItem(EvacuateOptions::tr("Live, I say when it goes over"), QVariant::fromValue(Mode {MoveMode::Live, CutOver::Manual}));
}

std::pair<MoveMode, CutOver> moveModeOf(const QComboBox &combo)
{
    return combo.currentData().value<Mode>();
}

EvacuateOptions::EvacuateOptions(QWidget *parent)
    : QWidget(parent)
    , m_mode(new QComboBox(this))
    , m_bandwidth(new QLineEdit(this))
    , m_hours(new QLineEdit(this))
    , m_retention(new QComboBox(this))
    , m_start(new QCheckBox(tr("S&tart there what runs here"), this))
{
    auto *form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_mode->setObjectName(QStringLiteral("evacuate-mode"));
    m_mode->setAccessibleName(tr("How machines that run are moved"));
    addMoveModes(*m_mode);
    form->addRow(tr("Mo&de:"), m_mode);
    m_bandwidth->setObjectName(QStringLiteral("evacuate-bandwidth"));
    m_bandwidth->setAccessibleName(tr("Bandwidth limit of each move, bytes a second"));
    m_bandwidth->setPlaceholderText(tr("no limit; say 20 MB"));
    form->addRow(tr("&Bandwidth:"), m_bandwidth);
    m_hours->setObjectName(QStringLiteral("evacuate-hours"));
    m_hours->setAccessibleName(tr("Hours in which things may move"));
    m_hours->setPlaceholderText(tr("at any hour; say 22:00-06:00"));
    form->addRow(tr("&Hours:"), m_hours);
    m_retention->setObjectName(QStringLiteral("evacuate-retention"));
    m_retention->setAccessibleName(tr("How long the fenced copies are kept here"));
    m_retention->addItem(tr("No: erased once it is proved"), 0);
    for (const int days : {1, 7, 30}) {
        m_retention->addItem(tr("%Ln day(s)", nullptr, days), days * 24 * 3600);
    }
    m_retention->setCurrentIndex(m_retention->findData(int(EvacuationChoices {}.retentionSeconds)));
    form->addRow(tr("&Keep copies:"), m_retention);
    m_start->setObjectName(QStringLiteral("evacuate-start"));
    m_start->setChecked(true);
    form->addRow(m_start);
    connect(m_mode, &QComboBox::currentIndexChanged, this, &EvacuateOptions::choiceChanged);
    connect(m_bandwidth, &QLineEdit::textChanged, this, &EvacuateOptions::choiceChanged);
    connect(m_hours, &QLineEdit::textChanged, this, &EvacuateOptions::choiceChanged);
    connect(m_retention, &QComboBox::currentIndexChanged, this, &EvacuateOptions::choiceChanged);
    connect(m_start, &QCheckBox::toggled, this, &EvacuateOptions::choiceChanged);
}

Result<> EvacuateOptions::read(EvacuationChoices &choices) const
{
    std::tie(choices.mode, choices.cutOver) = moveModeOf(*m_mode);
    choices.hours = m_hours->text().trimmed();
    choices.retentionSeconds = m_retention->currentData().toLongLong();
    choices.start = m_start->isChecked();
    const auto limit = m_bandwidth->text().trimmed();
    const auto bytes = limit.isEmpty() ? Result<qint64>(0) : bytesFrom(limit, m_bandwidth->accessibleName());
    choices.bandwidth = bytes.value_or(0);
    return bytes ? Result<>() : tl::unexpected(bytes.error());
}

EvacuateException::EvacuateException(QWidget *parent)
    : QWidget(parent)
    , m_what(new QLabel(this))
    , m_to(new QComboBox(this))
    , m_mode(new QComboBox(this))
    , m_stays(new QCheckBox(tr("&Leave it here"), this))
    , m_hours(new QLineEdit(this))
    , m_bandwidth(new QLineEdit(this))
    , m_begin(new QLineEdit(this))
    , m_keep(new QComboBox(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    m_what->setObjectName(QStringLiteral("evacuate-thing"));
    m_what->setTextFormat(Qt::PlainText);
    m_what->setWordWrap(true);
    m_what->setMinimumHeight(2 * m_what->fontMetrics().lineSpacing()); // the list above keeps its size while one goes through it
    m_what->setAlignment(Qt::AlignLeft | Qt::AlignBottom);
    m_what->setProperty("dim", true);
    column->addWidget(m_what);
    auto *row = new QHBoxLayout;
    for (auto *combo : {m_to, m_mode, m_keep}) {
        combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        combo->setMinimumContentsLength(combo == m_keep ? 6 : 14);
        connect(combo, &QComboBox::activated, this, &EvacuateException::choiceChanged);
    }
    addRow(row, tr("T&o:"), m_to, "evacuate-thing-to");
    addRow(row, tr("Ho&w:"), m_mode, "evacuate-thing-mode");
    m_to->setAccessibleName(tr("Where the chosen thing goes"));
    m_mode->setAccessibleName(tr("How the chosen thing is moved"));
    m_mode->addItem(tr("As all the others"));
    addMoveModes(*m_mode);
    m_stays->setObjectName(QStringLiteral("evacuate-thing-stays"));
    row->addWidget(m_stays);
    column->addLayout(row);
    column->addLayout(hours());
    connect(m_stays, &QCheckBox::clicked, this, &EvacuateException::choiceChanged);
    show({}, {}, false, {}, {});
}

QHBoxLayout *EvacuateException::addRow(QHBoxLayout *row, const QString &text, QWidget *control, const char *name)
{
    control->setObjectName(QString::fromLatin1(name));
    auto *label = new QLabel(text, this);
    label->setBuddy(control);
    row->addWidget(label);
    row->addWidget(control, 1);
    return row;
}

QHBoxLayout *EvacuateException::hours()
{
    auto *row = new QHBoxLayout;
    addRow(row, tr("Ho&urs:"), m_hours, "evacuate-thing-hours");
    addRow(row, tr("Bandw&idth:"), m_bandwidth, "evacuate-thing-bandwidth");
    addRow(row, tr("&Not before:"), m_begin, "evacuate-thing-begin");
    addRow(row, tr("Keep &for:"), m_keep, "evacuate-thing-keep");
    m_hours->setAccessibleName(tr("Hours in which the chosen thing may move"));
    m_bandwidth->setAccessibleName(tr("Bandwidth limit of the chosen thing, bytes a second"));
    m_begin->setAccessibleName(tr("When the chosen thing may begin, 2026-11-26 22:00"));
    m_keep->setAccessibleName(tr("How long the copy of the chosen thing is kept here"));
    for (auto *line : {m_hours, m_bandwidth, m_begin}) {
        line->setPlaceholderText(tr("as all"));
        connect(line, &QLineEdit::editingFinished, this, &EvacuateException::takeTyped);
    }
    m_keep->addItem(tr("As all"));
    for (const int days : {0, 1, 7, 30}) {
        m_keep->addItem(tr("%Ln day(s)", nullptr, days), days * 24 * 3600);
    }
    return row;
}

void EvacuateException::takeTyped()
{
    if (const auto read = typed(); !read) {
        m_what->setText(Phrases::sentence(read.error()));
    } else if (*read != m_shown) { // leaving a field is no choice
        Q_EMIT choiceChanged();
    }
}

Result<MoveOverrides> EvacuateException::typed() const
{
    MoveOverrides how;
    const auto text = [](const QLineEdit *line) { return line->text().trimmed(); };
    if (!text(m_hours).isEmpty()) {
        const auto read = dayWindowFrom(text(m_hours).toStdString());
        if (!read) {
            return tl::unexpected(read.error());
        }
        how.window = *read;
    }
    if (!text(m_bandwidth).isEmpty()) {
        const auto read = bytesFrom(text(m_bandwidth), m_bandwidth->accessibleName());
        if (!read) {
            return tl::unexpected(read.error());
        }
        how.bandwidth = *read;
    }
    if (!text(m_begin).isEmpty()) {
        const auto read = momentFrom(text(m_begin), m_begin->accessibleName());
        if (!read) {
            return tl::unexpected(read.error());
        }
        how.notBefore = *read;
    }
    if (m_keep->currentIndex() > 0) {
        how.retentionSeconds = m_keep->currentData().toLongLong();
    }
    return how;
}

void EvacuateException::show(
    const QString &name, const QString &why, bool runs, const QList<std::pair<QString, QString>> &sites, const EvacuationException &its)
{
    const bool isNothing = name.isEmpty();
    //: %1 is a thing's name, %2 why it goes where it is planned to go, or has no place
    m_what->setText(isNothing ? tr("Choose a thing in the list to decide about it alone.") : tr("%1: %2").arg(name, why));
    m_to->clear();
    m_to->addItem(tr("As planned"), QString());
    for (const auto &[id, words] : sites) {
        m_to->addItem(words, id);
    }
    m_to->setCurrentIndex(std::max(0, m_to->findData(its.to)));
    m_mode->setCurrentIndex(0);
    for (int i = 1; its.mode && i < m_mode->count(); ++i) {
        if (m_mode->itemData(i).value<Mode>() == *its.mode) {
            m_mode->setCurrentIndex(i);
        }
    }
    m_stays->setChecked(its.stays);
    m_shown = its.how;
    const auto begin = its.how.notBefore.value_or(Instant {});
    m_hours->setText(its.how.window ? QString::fromStdString(toString(*its.how.window)) : QString());
    m_bandwidth->setText(its.how.bandwidth ? QString::number(*its.how.bandwidth) : QString());
    m_begin->setText(begin == Instant {}
            ? QString()
            : QDateTime::fromMSecsSinceEpoch(begin.time_since_epoch().count()).toString(QStringLiteral("yyyy-MM-dd HH:mm")));
    m_keep->setCurrentIndex(its.how.retentionSeconds ? std::max(0, m_keep->findData(int(*its.how.retentionSeconds))) : 0);
    for (auto *control : std::initializer_list<QWidget *> {m_hours, m_bandwidth, m_begin, m_keep}) {
        control->setEnabled(!isNothing && !its.stays);
    }
    m_to->setEnabled(!isNothing && !its.stays);
    m_mode->setEnabled(!isNothing && !its.stays && runs);
    m_stays->setEnabled(!isNothing);
}

EvacuationException EvacuateException::chosen() const
{
    EvacuationException its;
    its.to = m_to->currentData().toString();
    if (m_mode->currentIndex() > 0) {
        its.mode = moveModeOf(*m_mode);
    }
    its.stays = m_stays->isChecked();
    its.how = typed().value_or(m_shown);
    return its;
}

}
