// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/delegates.h"

#include "core/operation.h"
#include "models/roles.h"
#include "ui/glyphs.h"

#include <QApplication>
#include <QPainter>
#include <algorithm>

namespace portulan {

namespace {

constexpr int inset = 8;
constexpr int badge = 18;

/// The cell's background, selection and focus as every other cell has them; the rest is painted by the delegate.
void paintBare(QPainter *painter, QStyleOptionViewItem &option)
{
    const auto text = std::exchange(option.text, {});
    option.icon = {};
    const auto *style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &option, painter, option.widget);
    option.text = text;
}

}

VerdictDelegate::VerdictDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

void VerdictDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto role = index.data(StatusRole);
    if (!role.isValid())
        return QStyledItemDelegate::paint(painter, option, index);
    const auto status = static_cast<Status>(role.toInt());
    auto cell = option;
    initStyleOption(&cell, index);
    paintBare(painter, cell);
    const auto colour = m_theme.colour(status);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setOpacity(index.data(StaleRole).toBool() ? 0.6 : 1);
    const QRectF disc(cell.rect.left() + inset, cell.rect.center().y() - badge / 2.0 + 0.5, badge, badge);
    auto tint = colour;
    tint.setAlpha(m_theme.isDark() ? 60 : 34);
    painter->setPen(QPen(colour, 1.2));
    painter->setBrush(tint);
    painter->drawEllipse(disc);
    paintGlyph(*painter, status, disc.center(), 9, colour);
    painter->setPen(m_theme.tones().text);
    painter->setFont(cell.font);
    const auto room = cell.rect.adjusted(inset + badge + 6, 0, -inset, 0);
    painter->drawText(room, Qt::AlignVCenter, cell.fontMetrics.elidedText(cell.text, Qt::ElideRight, room.width()));
    painter->restore();
}

QSize VerdictDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return QStyledItemDelegate::sizeHint(option, index) + QSize(badge + 6, 0);
}

BarDelegate::BarDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

void BarDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto role = index.data(ShareRole);
    if (!role.isValid())
        return QStyledItemDelegate::paint(painter, option, index);
    const double share = role.toDouble();
    auto cell = option;
    initStyleOption(&cell, index);
    paintBare(painter, cell);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setOpacity(index.data(StaleRole).toBool() ? 0.6 : 1);
    const auto room = QRectF(cell.rect).adjusted(inset, 0, -inset, 0);
    const int words = std::max(cell.fontMetrics.horizontalAdvance(cell.text), cell.fontMetrics.horizontalAdvance(QStringLiteral("100 %")));
    painter->setFont(cell.font);
    painter->setPen(m_theme.tones().text);
    const bool hasBar = share >= 0 && room.width() > words + 40;
    if (hasBar) {
        const QRectF track(room.left(), room.center().y() - 3, room.width() - words - 8, 6);
        painter->setPen(Qt::NoPen);
        painter->setBrush(mixed(m_theme.tones().line, m_theme.tones().edge, 0.25));
        painter->drawRoundedRect(track, 3, 3);
        painter->setBrush(colour(index, share));
        if (share > 0)
            painter->drawRoundedRect(QRectF(track.topLeft(), QSizeF(std::max(6.0, track.width() * std::min(share, 1.0)), 6)), 3, 3);
        painter->setPen(m_theme.tones().text);
    }
    painter->drawText(room, static_cast<int>((hasBar ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter),
        cell.fontMetrics.elidedText(cell.text, Qt::ElideRight, static_cast<int>(room.width())));
    painter->restore();
}

QSize BarDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return QStyledItemDelegate::sizeHint(option, index) + QSize(70, 0);
}

QColor LoadDelegate::colour(const QModelIndex &, double share) const
{
    return theme().loadColour(share);
}

QColor ProgressDelegate::colour(const QModelIndex &index, double) const
{
    const auto state = index.data(StateRole);
    if (state.isValid() && static_cast<OperationState>(state.toInt()) == OperationState::Failed)
        return theme().tones().bad;
    return state.isValid() && static_cast<OperationState>(state.toInt()) == OperationState::Cancelled ? theme().tones().unknown
                                                                                                      : theme().tones().accent;
}

}
