// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "ui/map/atlas.h"
#include "ui/map/camera.h"
#include "ui/map/ground.h"
#include "ui/map/scene.h"

#include <QAccessible>
#include <QElapsedTimer>
#include <QSet>
#include <QTimer>
#include <QWidget>

namespace portulan {

/// The federation on a map of Europe. Shows what it is given (mapdata.h) and says what the user chose; it decides nothing.
/// Keys: + and − zoom, arrows pan, Home shows everything, Tab goes through the sites, Enter or a click chooses one, Escape lets go.
class FederationMap : public QWidget {
    Q_OBJECT
public:
    FederationMap(const Theme &theme, std::shared_ptr<const Atlas> atlas, QWidget *parent = nullptr);
    ~FederationMap() override;

    void setSites(std::vector<MapSite> sites);
    void setFlows(std::vector<MapFlow> flows);
    void setFigures(std::vector<MapFigure> figures); ///< shown by the data layer
    void setHeader(const MapHeader &header);
    void setTheme(const Theme &theme);
    /// Still pictures instead of comets and transitions.
    void setReducedMotion(bool reduced);
    /// Sites found by a search: the others step back. An empty set ends it.
    void setHighlighted(const QSet<QString> &siteIds);
    /// Pixels covered at each side by something of the caller's (a panel); home views keep clear of them.
    void setMargins(const QMarginsF &margins);
    /// Buttons for layers and zoom on the map itself; off where the caller has its own.
    void setControlsShown(bool shown);
    bool isLegendShown() const { return m_legendWanted.value_or(hasRoomForLegend()); }

    MapLayer layer() const { return m_layer; }
    const Scene &scene() const { return m_scene; }
    const Frame &frame() const { return m_camera.frame(); }
    const Atlas &atlas() const { return *m_atlas; }
    /// Index into scene().markers() of the one that has the keyboard; -1: none.
    int current() const;
    void setCurrent(int marker); ///< moves the keyboard there and brings it into view
    /// What Enter does on a marker: chooses its site, or zooms into its cluster.
    void press(int marker);
    QString nameOf(int marker) const; ///< for a screen reader
    QString descriptionOf(int marker) const;
    /// Draws the ground in this thread instead of waiting for the worker: for pictures and tests.
    void drawGroundNow();

    /// Where the user has moved to; none while the view follows the federation.
    std::optional<Frame> sight() const;
    void setSight(const Frame &sight); ///< at once

    QSize sizeHint() const override { return {900, 640}; }

public slots:
    void setLayer(portulan::MapLayer layer);
    void setLegendShown(bool shown); ///< until told, it is shown where it covers no site
    void goHome();
    void zoomIn();
    void zoomOut();
    void showSite(const QString &siteId); ///< brings it into view and marks it

signals:
    void siteChosen(const QString &siteId);
    void flowChosen(const QString &flowId);
    void siteMenuWanted(const QString &siteId, const QPoint &at); ///< on the screen
    void layerChanged(portulan::MapLayer layer);
    void legendShown(bool shown);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    Frame homeFrame() const;
    bool hasRoomForLegend() const { return width() >= 1100; }
    void refresh(); ///< after data, layer or theme changed
    void moved(); ///< after the camera moved
    void askGround();
    void askGroundSoon();
    GroundWish groundWish();
    void goTo(const Frame &frame);
    void zoomBy(double factor, QPointF at);
    void tick();
    void keepTime(); ///< starts or stops the clock, as something moves or not
    bool hasComets() const;
    QRegion cometRegion() const;
    void hover(QPointF at);
    void paintComets(QPainter &painter) const;
    void paintMarkers(QPainter &painter);
    void paintLabels(QPainter &painter);
    void paintProgress(QPainter &painter) const;
    void paintShares(QPainter &painter) const;
    QRectF freePlace(const FlowCurve &curve, QSizeF size) const; ///< for words on a curve
    void paintCards(QPainter &painter);
    const QPixmap &labelSprite(const QString &text);
    const QPixmap &markerSprite(int marker);
    void arrange();
    const QPixmap &comet(FlowState state) const;
    bool isDimmed(const Marker &marker) const;
    void announce(QAccessible::Event what, int marker = -1);

    Theme m_theme;
    std::shared_ptr<const Atlas> m_atlas;
    Scene m_scene;
    Camera m_camera;
    GroundLayer m_ground;
    MarkerSprites m_sprites;
    MapLayer m_layer = MapLayer::Compliance;
    MapHeader m_header;
    std::vector<MapFigure> m_figures;
    QSet<QString> m_highlighted;
    QMarginsF m_margins;
    quint64 m_styleRevision = 1;
    bool m_atHome = true; ///< until the user moves, the view follows the federation
    bool m_reduced = false;
    std::optional<bool> m_legendWanted;
    class MapControls *m_controls;
    std::vector<QRectF> m_avoided; ///< of the last wish
    bool m_isFirstSight = true; ///< the first picture is what is seen and no more; its margin follows when it has been there for a while

    QString m_currentKey;
    int m_hovered = -1;
    int m_hoveredBundle = -1;
    std::optional<QPointF> m_grabbed; ///< where the mouse was last, while it drags
    bool m_dragged = false;

    QTimer m_clock;
    QTimer m_widen;
    QTimer m_settle; ///< a sharp ground is drawn when the zoom rests, not between two notches of a wheel
    QElapsedTimer m_sinceTick;
    double m_time = 0; ///< seconds of animation

    QHash<QString, QPixmap> m_labelSprites;
    std::vector<QPixmap> m_markerSprites; ///< of the present arrangement
    mutable QHash<int, QPixmap> m_comets;
    QPixmap m_headerCard;
    QPixmap m_legendCard;
    QPixmap m_hoverCard;
};

}
