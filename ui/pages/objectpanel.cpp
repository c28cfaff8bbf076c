// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/pages/objectpanel.h"

#include "models/await.h"
#include "models/federation.h"
#include "models/formats.h"
#include "models/phrases.h"
#include "ui/pages/sections.h"
#include "ui/pages/verdictview.h"

#include <QFontDatabase>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>

namespace portulan {

ObjectPanel::ObjectPanel(const Desk &desk, QWidget *parent)
    : QScrollArea(parent)
    , m_desk(desk)
    , m_empty(new QLabel)
    , m_content(new QWidget)
    , m_name(new QLabel)
    , m_where(new QLabel)
    , m_facts(new QVBoxLayout)
    , m_verdict(new VerdictView(desk))
    , m_migrate(new QPushButton(tr("Migrate…")))
    , m_consoleBox(new QWidget)
    , m_console(new QPlainTextEdit)
{
    setObjectName(QStringLiteral("object-panel"));
    setAccessibleName(tr("The chosen object"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *outer = new QWidget;
    auto *both = new QVBoxLayout(outer);
    both->setContentsMargins(8, 12, 16, 12);
    m_empty->setText(tr("Choose a row to see all of it: where it is, under whose law, and whether it may be there."));
    m_empty->setWordWrap(true);
    m_empty->setProperty("dim", true);
    both->addWidget(m_empty);
    both->addWidget(m_content, 1);
    both->addStretch(0);
    auto *layout = new QVBoxLayout(m_content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    m_name->setObjectName(QStringLiteral("object-name"));
    m_name->setProperty("title", true);
    m_where->setProperty("dim", true);
    for (auto *label : {m_name, m_where}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        layout->addWidget(label);
    }
    m_migrate->setObjectName(QStringLiteral("object-migrate"));
    connect(m_migrate, &QPushButton::clicked, this, [this] { Q_EMIT migrationWanted(*m_object); });
    layout->addWidget(m_migrate, 0, Qt::AlignLeft);
    layout->addWidget(m_verdict);
    layout->addLayout(m_facts);
    auto *console = new QVBoxLayout(m_consoleBox);
    console->setContentsMargins(0, 0, 0, 0);
    auto *heading = new QLabel(tr("Serial console"));
    heading->setProperty("heading", true);
    console->addWidget(heading);
    m_console->setObjectName(QStringLiteral("object-console"));
    m_console->setAccessibleName(tr("Serial console, last lines"));
    m_console->setReadOnly(true);
    m_console->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_console->setMaximumBlockCount(400);
    m_console->setMinimumHeight(150);
    console->addWidget(m_console);
    layout->addWidget(m_consoleBox);
    setWidget(outer);
    m_consolePause.setInterval(2000);
    connect(&m_consolePause, &QTimer::timeout, this, &ObjectPanel::fetchConsole);
    connect(&desk.federation, &Federation::differed, this, &ObjectPanel::refresh);
    setObject(std::nullopt);
}

void ObjectPanel::setObject(const std::optional<ObjectId> &object)
{
    if (object != m_object) {
        m_console->clear();
    }
    m_object = object;
    m_version = 0;
    m_content->setVisible(object.has_value());
    m_empty->setVisible(!object);
    const bool machine = object && object->kind == ObjectKind::Instance;
    m_consoleBox->setVisible(machine);
    if (machine) {
        m_consolePause.start();
        fetchConsole();
    } else {
        m_consolePause.stop();
    }
    refresh();
}

void ObjectPanel::refresh()
{
    if (!m_object) {
        return;
    }
    const Inventory &inventory = m_desk.federation.inventory();
    const Slot slot = inventory.find(*m_object);
    if (slot == noSlot) {
        setObject(std::nullopt);
        return;
    }
    const Row &row = inventory.rows(m_object->kind)[slot];
    if (row.version != m_version) {
        m_version = row.version;
        showRow(row);
        showVerdict();
    }
}

void ObjectPanel::showRow(const Row &row)
{
    const Inventory &inventory = m_desk.federation.inventory();
    const auto text = [&](Ref ref) {
        const auto view = inventory.text(ref);
        return QString::fromUtf8(view.data(), qsizetype(view.size()));
    };
    m_name->setText(text(row.name));
    m_where->setText(QStringLiteral("%1 · %2").arg(Phrases::of(row.kind), QString::fromStdString(m_object->text())));
    const bool movable = row.kind == ObjectKind::Instance || row.kind == ObjectKind::DataSet || row.kind == ObjectKind::Image
        || (row.kind == ObjectKind::Volume && row.owner == 0);
    m_migrate->setVisible(movable && row.custody == Custody::Owner);
    m_verdict->setVisible(isJudged(row.kind));
    while (auto *old = m_facts->takeAt(0)) {
        delete old->widget();
        delete old;
    }
    auto *section = new Section(tr("What it is"));
    addFacts(*section, row);
    m_facts->addWidget(section);
}

void ObjectPanel::addFacts(Section &section, const Row &row)
{
    const Inventory &inventory = m_desk.federation.inventory();
    const auto text = [&](Ref ref) {
        const auto view = inventory.text(ref);
        return QString::fromUtf8(view.data(), qsizetype(view.size()));
    };
    section.add(tr("Site"), m_desk.federation.siteName(text(row.site)));
    if (row.project != 0) {
        section.add(tr("Project"), text(row.project));
    }
    if (isJudged(row.kind)) {
        section.add(tr("Classification"), Phrases::of(row.classification));
    }
    if (row.kind == ObjectKind::Instance) {
        section.add(tr("State"), Phrases::of(row.state));
        section.add(tr("vCPU"), Formats::number(qint64(row.count)));
        section.add(tr("Memory"), Formats::bytes(row.ramBytes, Formats::Binary));
        for (const Slot slot : inventory.ownedBy(ObjectKind::Volume, *m_object)) {
            const Row &volume = inventory.rows(ObjectKind::Volume)[slot];
            section.add(tr("Volume"), QStringLiteral("%1 · %2").arg(text(volume.name), Formats::bytes(volume.bytes, Formats::Binary)));
        }
    } else if (row.bytes > 0) {
        section.add(tr("Size"), Formats::bytes(row.bytes, row.kind == ObjectKind::DataSet ? Formats::Decimal : Formats::Binary));
    }
    if (row.kind == ObjectKind::DataSet) {
        section.add(tr("Objects"), Formats::number(qint64(row.count)));
    }
    if (row.custody != Custody::Owner) {
        section.add(tr("Custody"), Phrases::of(row.custody));
        if (row.movedTo != 0) {
            section.add(tr("Moved to"), m_desk.federation.siteName(text(row.movedTo)));
        }
    }
    section.add(tr("Changed"), Formats::dateTime(Instant {std::chrono::milliseconds(row.changedAt)}));
}

void ObjectPanel::showVerdict()
{
    if (!isJudged(m_object->kind)) {
        return;
    }
    const auto verdict = m_desk.federation.judge(*m_object);
    if (verdict) {
        m_verdict->setVerdict(*verdict, m_desk.federation.siteName(QString::fromStdString(m_object->site)));
    } else {
        m_verdict->setProblem(Phrases::sentence(verdict.error()));
    }
}

void ObjectPanel::fetchConsole()
{
    auto *link = m_object ? m_desk.federation.link(QString::fromStdString(m_object->site)) : nullptr;
    if (link == nullptr || !isVisible() || link->state() != LinkState::Live) {
        return;
    }
    await(link->consoleOutput(*m_object, 4096), this, [this, asked = *m_object](const Result<QByteArray> &answer) {
        if (answer && m_object == asked) {
            const QString text = QString::fromUtf8(*answer);
            if (text != m_console->toPlainText()) {
                m_console->setPlainText(text);
                m_console->verticalScrollBar()->setValue(m_console->verticalScrollBar()->maximum());
            }
        }
    });
}

}
