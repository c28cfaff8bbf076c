// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/pages/sections.h"

#include "models/formats.h"
#include "models/phrases.h"

namespace portulan {

Section::Section(const QString &title, QWidget *parent)
    : QFrame(parent)
    , m_form(new QFormLayout)
{
    setProperty("card", true);
    setAccessibleName(title);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 14);
    layout->setSpacing(8);
    if (!title.isEmpty()) {
        auto *heading = new QLabel(title, this);
        heading->setProperty("heading", true);
        layout->addWidget(heading);
    }
    m_form->setHorizontalSpacing(14);
    m_form->setVerticalSpacing(6);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    layout->addLayout(m_form);
}

QLabel *Section::add(const QString &name, const QString &value)
{
    auto *label = new QLabel(value, this);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setFocusPolicy(Qt::ClickFocus);
    label->setAccessibleName(name.isEmpty() ? value : tr("%1: %2", "name and value of a row, read aloud").arg(name, value));
    add(name, label);
    return label;
}

void Section::add(const QString &name, QWidget *value)
{
    if (name.isEmpty()) {
        addWide(value);
        return;
    }
    auto *label = new QLabel(name, this);
    label->setProperty("dim", true);
    label->setTextFormat(Qt::PlainText);
    m_form->addRow(label, value);
}

void Section::addWide(QWidget *widget)
{
    m_form->addRow(widget);
}

QString provenance(const Fact &fact)
{
    return QStringLiteral("%1 · %2 · %3").arg(QString::fromStdString(fact.source), Formats::date(fact.asOf), Phrases::of(fact.assurance));
}

}
