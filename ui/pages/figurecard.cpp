// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/pages/figurecard.h"

#include <QLabel>
#include <QStyle>
#include <QVBoxLayout>

namespace portulan {

FigureCard::FigureCard(const QString &what, const QString &name, QWidget *parent)
    : QPushButton(parent)
    , m_what(new QLabel(what, this))
    , m_glyph(new QLabel(this))
    , m_figure(new QLabel(this))
    , m_context(new QLabel(this))
{
    setObjectName(QStringLiteral("figure-") + name);
    setProperty("figure", true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(2);
    m_what->setProperty("dim", true);
    m_figure->setProperty("figure", true);
    m_context->setProperty("dim", true);
    for (auto *label : {m_what, m_context}) {
        label->setWordWrap(true);
    }
    for (auto *label : {m_what, m_glyph, m_figure, m_context}) {
        label->setTextFormat(Qt::PlainText);
        label->setAttribute(Qt::WA_TransparentForMouseEvents);
    }
    auto *row = new QHBoxLayout;
    row->addWidget(m_glyph);
    row->addWidget(m_figure, 1);
    m_glyph->hide();
    layout->addWidget(m_what);
    layout->addLayout(row);
    layout->addWidget(m_context);
    layout->addStretch(1);
}

void FigureCard::setFigure(const QString &figure, const QString &context)
{
    if (figure == m_figure->text() && context == m_context->text()) {
        return;
    }
    m_figure->setText(figure);
    m_context->setText(context);
    m_context->setVisible(!context.isEmpty());
    setAccessibleName(tr("%1: %2", "what and how much, read aloud").arg(m_what->text(), figure));
    setAccessibleDescription(context);
}

void FigureCard::setGlyph(const QPixmap &glyph)
{
    m_glyph->setPixmap(glyph);
    m_glyph->setAccessibleName(m_what->text());
    m_glyph->setVisible(!glyph.isNull());
}

void FigureCard::setLarge(bool large)
{
    for (auto *label : {m_what, m_figure, m_context}) {
        label->setProperty("large", large);
        label->style()->unpolish(label);
        label->style()->polish(label);
    }
    updateGeometry();
}

QSize FigureCard::sizeHint() const
{
    return layout()->sizeHint();
}
QSize FigureCard::minimumSizeHint() const
{
    return {150, layout()->minimumSize().height()};
}

}
