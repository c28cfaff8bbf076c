// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/themeicon.h"

#include <QFile>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace portulan {

namespace {

QPixmap drawn(const QString &name, const QColor &colour, const QSize &size)
{
    QPixmap pixmap(size);
    pixmap.fill(Qt::transparent);
    QFile file(name);
    if (!size.isEmpty() && file.open(QIODevice::ReadOnly)) {
        QSvgRenderer renderer(file.readAll().replace("#000000", colour.name().toLatin1()));
        QRectF square(0, 0, std::min(size.width(), size.height()), std::min(size.width(), size.height()));
        square.moveCenter(QRectF(QPointF(), size).center());
        QPainter painter(&pixmap);
        renderer.render(&painter, square);
    }
    return pixmap;
}

}

ThemeIcon::ThemeIcon(QString file, const Colours &colours)
    : m_file(std::move(file))
    , m_colours(colours)
{
}

void ThemeIcon::paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state)
{
    painter->drawPixmap(rect, pixmap((QSizeF(rect.size()) * painter->device()->devicePixelRatioF()).toSize(), mode, state));
}

QPixmap ThemeIcon::pixmap(const QSize &size, QIcon::Mode mode, QIcon::State)
{
    const QColor &colour = mode == QIcon::Disabled ? m_colours.disabled : mode == QIcon::Selected ? m_colours.selected : m_colours.normal;
    const QString key = QStringLiteral("%1 %2 %3x%4").arg(m_file, colour.name()).arg(size.width()).arg(size.height());
    QPixmap pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        pixmap = drawn(m_file, colour, size);
        QPixmapCache::insert(key, pixmap);
    }
    return pixmap;
}

QIconEngine *ThemeIcon::clone() const
{
    return new ThemeIcon(m_file, m_colours);
}

}
