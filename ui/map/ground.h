// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "ui/map/basemap.h"
#include "ui/map/flows.h"

#include <QFutureWatcher>
#include <QObject>
#include <QPixmap>
#include <optional>

class QPainter;

namespace portulan {

/// What a picture of the ground is made of.
struct GroundWish {
    Frame frame; ///< of the view, without margin
    int margin = 0; ///< pixels drawn on each side beyond the view
    qreal ratio = 1; ///< device pixels per pixel
    GroundStyle style;
    std::vector<FlowBundle> flows;
    std::size_t loud = 0; ///< how many of them are drawn in full
    quint64 revision = 0; ///< of the style: equal revisions have equal styles
};

/// The still picture under the markers, larger than the view by a margin (which the first one does without, to be there soon), drawn in a worker
/// thread and shown shifted or scaled until the next one is there: a frame costs one blit, however much land there is.
class GroundLayer : public QObject {
    Q_OBJECT
public:
    explicit GroundLayer(std::shared_ptr<const Atlas> atlas, QObject *parent = nullptr);

    /// Asks for a picture; while one is being drawn, only the latest wish is kept. Nothing happens if it is there already.
    void ask(GroundWish wish);
    /// Draws it here and now, for pictures and tests.
    void drawNow(const GroundWish &wish);
    bool isDrawing() const { return m_watcher.isRunning(); }
    /// Whether a view at `frame` needs another picture: it shows scaled, or the margin is nearly used up.
    bool isShort(const Frame &frame) const;
    /// Whether the picture, shifted and scaled, fills a view at `frame` without a hole and not too coarsely.
    bool covers(const Frame &frame) const;
    bool isScaled(const Frame &frame) const;
    void paint(QPainter &painter, const Frame &frame) const;
    int drawings() const { return m_drawings; }

    static constexpr int usualMargin = 256; ///< pixels: a hand's drag until the next picture is there

signals:
    void drawn();

private:
    struct Picture {
        QImage ground; ///< without flows
        QImage whole;
        Frame frame; ///< margin included
        int margin = 0;
        std::vector<FlowBundle> flows;
        quint64 revision = 0;
        qreal ratio = 1;
    };
    bool has(const GroundWish &wish) const;
    static Picture draw(const Atlas &atlas, const GroundWish &wish, const Picture &last);
    void take(Picture picture);

    std::shared_ptr<const Atlas> m_atlas;
    QFutureWatcher<Picture> m_watcher;
    std::optional<GroundWish> m_next;
    Picture m_picture;
    QPixmap m_pixmap;
    QColor m_sea;
    int m_drawings = 0;
};

}
