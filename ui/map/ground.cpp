// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/map/ground.h"

#include <QPainter>
#include <QtConcurrentRun>
#include <cmath>

namespace portulan {

GroundLayer::GroundLayer(std::shared_ptr<const Atlas> atlas, QObject *parent)
    : QObject(parent)
    , m_atlas(std::move(atlas))
{
    connect(&m_watcher, &QFutureWatcher<Picture>::finished, this, [this] {
        take(m_watcher.future().takeResult());
        if (m_next)
            ask(*std::exchange(m_next, std::nullopt));
        emit drawn();
    });
}

GroundLayer::Picture GroundLayer::draw(const Atlas &atlas, const GroundWish &wish, const Picture &last)
{
    Picture picture;
    picture.frame = wish.frame;
    picture.margin = wish.margin;
    picture.frame.size += QSize(2 * wish.margin, 2 * wish.margin);
    picture.revision = wish.revision;
    picture.ratio = wish.ratio;
    picture.flows = wish.flows;
    const bool same = last.frame == picture.frame && last.revision == picture.revision && last.ratio == picture.ratio && !last.ground.isNull();
    picture.ground = same ? last.ground : drawGround(atlas, picture.frame, wish.style, wish.ratio);
    picture.whole = picture.ground;
    if (wish.flows.empty())
        return picture;
    QPainter painter(&picture.whole);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF all({}, QSizeF(picture.frame.size));
    for (std::size_t i = wish.flows.size(); i-- > 0;)
        if (const FlowCurve curve(wish.flows[i], picture.frame); curve.box().intersects(all))
            drawFlow(painter, wish.flows[i], curve, wish.style.tones, i >= wish.loud);
    return picture;
}

bool GroundLayer::has(const GroundWish &wish) const
{
    return !isShort(wish.frame) && m_picture.margin >= wish.margin && m_picture.revision == wish.revision && m_picture.ratio == wish.ratio
        && m_picture.flows == wish.flows;
}

void GroundLayer::ask(GroundWish wish)
{
    if (m_watcher.isRunning()) {
        m_next = std::move(wish);
        return;
    }
    if (has(wish))
        return;
    m_sea = wish.style.tones.sea;
    // Everything the worker reads is its own copy; images are shared until written.
    m_watcher.setFuture(QtConcurrent::run([atlas = m_atlas, wish = std::move(wish), last = m_picture] { return draw(*atlas, wish, last); }));
}

void GroundLayer::drawNow(const GroundWish &wish)
{
    m_next.reset();
    m_sea = wish.style.tones.sea;
    take(draw(*m_atlas, wish, m_picture));
}

void GroundLayer::take(Picture picture)
{
    m_picture = std::move(picture);
    m_pixmap = QPixmap::fromImage(m_picture.whole, Qt::NoFormatConversion);
    ++m_drawings;
}

bool GroundLayer::isShort(const Frame &frame) const
{
    const int margin = m_picture.margin;
    if (m_pixmap.isNull() || m_picture.frame.size != frame.size + QSize(2 * margin, 2 * margin))
        return true;
    const auto off = (m_picture.frame.centre - frame.centre) * frame.scale;
    return isScaled(frame) || std::abs(off.x()) > margin * 0.7 || std::abs(off.y()) > margin * 0.7;
}

bool GroundLayer::isScaled(const Frame &frame) const
{
    return std::abs(frame.scale / m_picture.frame.scale - 1) > 1e-9;
}

bool GroundLayer::covers(const Frame &frame) const
{
    const double zoom = frame.scale / m_picture.frame.scale;
    return !m_pixmap.isNull() && zoom < 3 && m_picture.frame.visible().contains(frame.visible());
}

void GroundLayer::paint(QPainter &painter, const Frame &frame) const
{
    const QRectF all({}, QSizeF(frame.size));
    if (m_pixmap.isNull()) {
        painter.fillRect(all, m_sea);
        return;
    }
    const double zoom = frame.scale / m_picture.frame.scale;
    const auto corner = frame.toScreen(m_picture.frame.toMap(QPointF(0, 0)));
    const QRectF target(corner, QSizeF(m_picture.frame.size) * zoom);
    if (!target.contains(all))
        painter.fillRect(all, m_sea);
    if (std::abs(zoom - 1) < 1e-9)
        painter.drawPixmap(target.topLeft().toPoint(), m_pixmap);
    else {
        // Only the part that is seen: scaling the margin too would cost twice as much.
        const auto seen = target.intersected(all);
        const QRectF part((seen.topLeft() - target.topLeft()) / zoom * m_picture.ratio, seen.size() / zoom * m_picture.ratio);
        painter.drawPixmap(seen, m_pixmap, part);
    }
}

}
