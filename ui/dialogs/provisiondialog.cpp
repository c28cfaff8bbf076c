// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/dialogs/provisiondialog.h"

#include "models/await.h"
#include "models/federation.h"
#include "models/formats.h"
#include "models/phrases.h"
#include "models/provisionplan.h"
#include "ui/dialogs/candidatelist.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace portulan {

namespace {
constexpr ObjectKind kinds[] = {ObjectKind::Instance, ObjectKind::Volume, ObjectKind::DataSet};
}

ProvisionDialog::ProvisionDialog(const Desk &desk, const QString &siteId, QWidget *parent)
    : QDialog(parent)
    , m_desk(desk)
    , m_plan(new ProvisionPlan(desk.federation, this))
    , m_kind(new QComboBox(this))
    , m_name(new QLineEdit(this))
    , m_project(new QComboBox(this))
    , m_classification(new QComboBox(this))
    , m_image(new QComboBox(this))
    , m_vcpus(new QSpinBox(this))
    , m_memory(new QLineEdit(this))
    , m_disk(new QLineEdit(this))
    , m_start(new QCheckBox(tr("S&tart it at once"), this))
    , m_sites(new CandidateList(desk, this))
    , m_where(new QLabel(this))
    , m_obstacles(new QLabel(this))
{
    setObjectName(QStringLiteral("provision"));
    setWindowTitle(tr("Provision"));
    resize(960, 600);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(20);
    columns->addWidget(form());
    auto *right = new QVBoxLayout;
    m_where->setObjectName(QStringLiteral("provision-where"));
    m_where->setProperty("heading", true);
    right->addWidget(m_where);
    right->addWidget(m_sites, 1);
    m_obstacles->setObjectName(QStringLiteral("provision-obstacles"));
    m_obstacles->setProperty("problem", true);
    for (auto *label : {m_where, m_obstacles}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    right->addWidget(m_obstacles);
    columns->addLayout(right, 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_create = buttons->addButton(tr("Create"), QDialogButtonBox::AcceptRole);
    m_create->setObjectName(QStringLiteral("provision-create"));
    m_create->setProperty("primary", true);
    connect(buttons, &QDialogButtonBox::accepted, this, &ProvisionDialog::create);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(columns, 1);
    layout->addWidget(buttons);
    connect(m_plan, &ProvisionPlan::changed, this, &ProvisionDialog::show);
    connect(m_sites, &CandidateList::siteChosen, this, &ProvisionDialog::read);
    m_sites->choose(siteId);
    kindChosen();
    show();
}

QWidget *ProvisionDialog::form()
{
    auto *box = new QWidget(this);
    box->setFixedWidth(360);
    auto *layout = new QFormLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setVerticalSpacing(10);
    layout->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    for (const ObjectKind kind : kinds) {
        m_kind->addItem(Phrases::of(kind), int(kind));
    }
    for (const Classification classification : allClassifications) {
        if (classification != Classification::Classified) {
            m_classification->addItem(Phrases::of(classification), int(classification));
        }
    }
    const auto row = [&](const QString &text, const QString &name, QWidget *control) {
        control->setObjectName(QStringLiteral("provision-") + name);
        control->setAccessibleName(QString(text).remove(QLatin1Char('&')).remove(QLatin1Char(':')).trimmed());
        layout->addRow(text, control);
    };
    row(tr("&Kind:"), QStringLiteral("kind"), m_kind);
    row(tr("&Name:"), QStringLiteral("name"), m_name);
    row(tr("&Project:"), QStringLiteral("project"), m_project);
    row(tr("&Classification:"), QStringLiteral("classification"), m_classification);
    row(tr("&Image:"), QStringLiteral("image"), m_image);
    row(tr("&vCPU:"), QStringLiteral("vcpus"), m_vcpus);
    row(tr("&Memory:"), QStringLiteral("memory"), m_memory);
    row(tr("&Disk:"), QStringLiteral("disk"), m_disk);
    m_start->setObjectName(QStringLiteral("provision-start"));
    m_start->setChecked(true);
    layout->addRow(QString(), m_start);
    m_vcpus->setRange(1, 512);
    m_memory->setText(Formats::bytes(qint64(64) << 20, Formats::Binary).replace(QChar(0x202f), QLatin1Char(' '))); // to be typed over
    m_disk->setPlaceholderText(tr("as the image"));
    connect(m_kind, &QComboBox::currentIndexChanged, this, &ProvisionDialog::kindChosen);
    for (auto *combo : {m_project, m_classification, m_image}) {
        connect(combo, &QComboBox::currentIndexChanged, this, &ProvisionDialog::read);
    }
    for (auto *edit : {m_name, m_memory, m_disk}) {
        connect(edit, &QLineEdit::textChanged, this, &ProvisionDialog::read);
    }
    connect(m_vcpus, &QSpinBox::valueChanged, this, &ProvisionDialog::read);
    connect(m_start, &QCheckBox::toggled, this, &ProvisionDialog::read);
    return box;
}

void ProvisionDialog::fillOffers()
{
    const auto fill = [](QComboBox *combo, const std::vector<ProvisionPlan::Offer> &offers, const QString &none) {
        const QSignalBlocker blocker(combo);
        const QString kept = combo->currentData().toString();
        combo->clear();
        if (!none.isEmpty()) {
            combo->addItem(none, QString());
        }
        for (const auto &offer : offers) {
            combo->addItem(offer.name == offer.id ? offer.name : QStringLiteral("%1 (%2)").arg(offer.name, offer.id), offer.id);
        }
        combo->setCurrentIndex(std::max(0, combo->findData(kept)));
    };
    fill(m_project, m_plan->projects(), QString());
    fill(m_image, m_plan->images(), m_kind->currentIndex() == 1 ? tr("none: blank") : QString());
}

void ProvisionDialog::kindChosen()
{
    const auto kind = kinds[m_kind->currentIndex()];
    const bool machine = kind == ObjectKind::Instance;
    m_image->setEnabled(kind != ObjectKind::DataSet);
    for (QWidget *control : std::initializer_list<QWidget *> {m_vcpus, m_memory, m_start}) {
        control->setEnabled(machine);
    }
    m_disk->setEnabled(kind != ObjectKind::DataSet);
    fillOffers();
    read();
}

void ProvisionDialog::read()
{
    ProvisionChoices choices = m_plan->choices();
    choices.kind = kinds[m_kind->currentIndex()];
    choices.name = m_name->text().trimmed();
    choices.project = m_project->currentData().toString();
    choices.classification = Classification(m_classification->currentData().toInt());
    choices.imageId = choices.kind == ObjectKind::DataSet ? QString() : m_image->currentData().toString();
    choices.vcpus = m_vcpus->value();
    choices.start = m_start->isChecked();
    choices.site = m_sites->chosen();
    const auto bytes = [](const QLineEdit *edit, qint64 &into) {
        const bool blank = edit->text().trimmed().isEmpty();
        const auto read = blank ? Result<qint64>(0) : bytesFrom(edit->text(), edit->accessibleName());
        into = read.value_or(-1);
    };
    bytes(m_memory, choices.ramBytes);
    bytes(m_disk, choices.diskBytes);
    m_plan->setChoices(choices); // changed() shows it
}

void ProvisionDialog::show()
{
    m_sites->setCandidates(m_plan->candidates());
    const Candidate *chosen = m_plan->chosen();
    m_where->setText(chosen == nullptr    ? tr("No site may take it")
            : m_sites->chosen().isEmpty() ? tr("Proposed: %1").arg(m_desk.federation.siteName(QString::fromStdString(chosen->site)))
                                          : tr("Chosen: %1").arg(m_desk.federation.siteName(QString::fromStdString(chosen->site))));
    QStringList sentences;
    for (const Problem &problem : m_plan->obstacles()) {
        const bool unnamed = problem.fact("field") == "name" && m_name->text().trimmed().isEmpty();
        sentences += unnamed ? tr("Give it a name.") : Phrases::sentence(problem);
    }
    m_obstacles->setText(sentences.join(QLatin1Char('\n')));
    m_obstacles->setVisible(!sentences.isEmpty());
    m_create->setEnabled(m_plan->isReady());
}

void ProvisionDialog::create()
{
    m_create->setEnabled(false);
    await(m_plan->submit(), this, [this](const Result<Operation> &answer) {
        if (answer) {
            Q_EMIT ordered(tr("Ordered: %1").arg(Phrases::operation(*answer)));
            accept();
        } else {
            m_obstacles->setText(Phrases::sentence(answer.error()));
            m_obstacles->show();
            m_create->setEnabled(m_plan->isReady());
        }
    });
}

}
