// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What the map is given and when it draws; viewpaint.cpp draws, viewinput.cpp listens to mouse and keys.
#include "ui/map/view.h"

#include "models/formats.h"
#include "ui/map/accessible.h"
#include "ui/map/cards.h"
#include "ui/map/controls.h"

#include <QFontMetricsF>
#include <cmath>

namespace portulan {

using namespace Qt::StringLiterals;

namespace {

constexpr double nameOffset = 24; // pixels from a site's place to its name

}

FederationMap::FederationMap(const Theme &theme, std::shared_ptr<const Atlas> atlas, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_atlas(std::move(atlas))
    , m_ground(m_atlas)
    , m_sprites(theme)
{
    offerMapToScreenReaders();
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(360, 260);
    grabGesture(Qt::PinchGesture);
    setAccessibleName(tr("Map of the federation"));
    m_clock.setTimerType(Qt::PreciseTimer);
    connect(&m_clock, &QTimer::timeout, this, &FederationMap::tick);
    connect(&m_ground, &GroundLayer::drawn, this, [this] {
        if (m_ground.isShort(frame()))
            askGroundSoon();
        else if (m_isFirstSight && !m_widen.isActive())
            m_widen.start();
        update();
    });
    m_widen.setSingleShot(true);
    m_widen.setInterval(2000);
    connect(&m_widen, &QTimer::timeout, this, [this] {
        m_isFirstSight = false;
        askGround();
    });
    m_settle.setSingleShot(true);
    m_settle.setInterval(140);
    connect(&m_settle, &QTimer::timeout, this, &FederationMap::askGround);
    m_controls = new MapControls(this);
    m_controls->setTheme(theme);
    refresh();
}

FederationMap::~FederationMap() = default;

void FederationMap::setSites(std::vector<MapSite> sites)
{
    if (sites == m_scene.sites())
        return;
    const bool reshaped = sites.size() != m_scene.sites().size();
    const auto before = m_scene.countries();
    m_scene.setSites(std::move(sites));
    m_hovered = -1;
    if (before != m_scene.countries())
        ++m_styleRevision;
    if (m_atHome && reshaped)
        m_camera.jumpTo(homeFrame());
    refresh();
}

void FederationMap::setFlows(std::vector<MapFlow> flows)
{
    if (flows == m_scene.flows())
        return;
    m_scene.setFlows(std::move(flows));
    m_hoveredBundle = -1;
    refresh();
}

void FederationMap::setFigures(std::vector<MapFigure> figures)
{
    if (figures == m_figures)
        return;
    m_figures = std::move(figures);
    ++m_styleRevision;
    refresh();
}

void FederationMap::setHeader(const MapHeader &header)
{
    if (header == m_header)
        return;
    m_header = header;
    setAccessibleDescription(u"%1. %2"_s.arg(header.title, header.subtitle));
    m_headerCard = {};
    m_legendCard = {};
    update();
}

void FederationMap::setTheme(const Theme &theme)
{
    m_theme = theme;
    m_sprites = MarkerSprites(theme);
    ++m_styleRevision;
    m_labelSprites.clear();
    m_comets.clear();
    m_headerCard = {};
    m_legendCard = {};
    m_controls->setTheme(theme);
    refresh();
}

void FederationMap::setReducedMotion(bool reduced)
{
    m_reduced = reduced;
    if (reduced && m_camera.isMoving()) {
        m_camera.jumpTo(m_camera.aim());
        moved();
    }
    keepTime();
    update();
}

void FederationMap::setHighlighted(const QSet<QString> &siteIds)
{
    m_highlighted = siteIds;
    update();
}

void FederationMap::setMargins(const QMarginsF &margins)
{
    m_margins = margins;
    if (m_atHome)
        goHome();
}

void FederationMap::setControlsShown(bool shown)
{
    m_controls->setShown(shown);
}

void FederationMap::setLegendShown(bool shown)
{
    m_legendWanted = shown;
    emit legendShown(shown);
    update();
}

void FederationMap::setLayer(MapLayer layer)
{
    if (layer == m_layer)
        return;
    m_layer = layer;
    ++m_styleRevision;
    m_legendCard = {};
    refresh();
    emit layerChanged(layer);
}

Frame FederationMap::homeFrame() const
{
    auto box = m_scene.extent();
    if (box.isNull())
        box = QRectF(onMap(-9, 60), onMap(26, 36)).normalized();
    const double least = 1.5e6; // metres: one site alone still shows its surroundings
    box.adjust(-std::max(0.0, least - box.width()) / 2, -std::max(0.0, least - box.height()) / 2, std::max(0.0, least - box.width()) / 2,
        std::max(0.0, least - box.height()) / 2);
    // Clear of the cards: where there is room for them at the left, sites stay to the right of them; and of the buttons at the right.
    const auto margins = m_margins + QMarginsF(hasRoomForLegend() ? 370 : 20, 100, 90, 60);
    auto frame = m_camera.fitting(box, margins);
    // Names stand to the right of their sites and are as wide at any scale: the box that has them all grows as the scale shrinks.
    const QFontMetricsF metrics(m_theme.font(10, QFont::DemiBold));
    std::vector<std::pair<QPointF, double>> names; // where, and how many pixels wide
    for (const auto &site : m_scene.sites())
        names.emplace_back(onMap(site.longitude, site.latitude), nameOffset + metrics.horizontalAdvance(site.name));
    for (int turn = 0; turn < 10; ++turn) {
        auto named = box;
        for (const auto &[place, width] : names) {
            const double reach = width / frame.scale;
            // In a narrow view names stand close, and some to the left; a wide one has the legend's room there.
            const double left = hasRoomForLegend() ? 0 : reach;
            named = named.united(QRectF(place - QPointF(left, 0), QSizeF(left + reach, 1)));
        }
        frame = m_camera.fitting(named, margins);
    }
    return frame;
}

void FederationMap::goHome()
{
    goTo(homeFrame());
    m_atHome = true;
}

void FederationMap::zoomIn()
{
    zoomBy(1.5, QRectF(rect()).center());
}

void FederationMap::zoomOut()
{
    zoomBy(1 / 1.5, QRectF(rect()).center());
}

void FederationMap::zoomBy(double factor, QPointF at)
{
    m_atHome = false;
    if (m_reduced)
        m_camera.zoomAt(factor, at);
    else
        m_camera.easeZoom(factor, at);
    moved();
    keepTime();
}

void FederationMap::goTo(const Frame &frame)
{
    m_atHome = false;
    if (m_reduced || !isVisible())
        m_camera.jumpTo(frame);
    else
        m_camera.easeTo(frame);
    moved();
    keepTime();
}

void FederationMap::showSite(const QString &siteId)
{
    const auto at = std::ranges::find(m_scene.sites(), siteId, &MapSite::id);
    if (at == m_scene.sites().end())
        return;
    auto target = m_camera.aim();
    const auto place = onMap(at->longitude, at->latitude);
    const int marker = m_scene.markerOf(siteId);
    if (marker >= 0 && m_scene.markers()[static_cast<std::size_t>(marker)].isCluster())
        target.scale = std::max(target.scale, 1.0 / 700);
    if (target.scale != m_camera.aim().scale || !target.visible().adjusted(1e5, 1e5, -1e5, -1e5).contains(place)) {
        target.centre = place;
        goTo(target);
    }
    m_currentKey = siteId;
    update();
}

void FederationMap::refresh()
{
    arrange();
    askGround();
    keepTime();
    update();
}

void FederationMap::arrange()
{
    if (!m_scene.arrange(frame().scale, m_layer, m_theme))
        return;
    m_markerSprites.clear();
    m_hovered = m_hoveredBundle = -1;
    announce(QAccessible::ObjectReorder);
}

void FederationMap::moved()
{
    arrange();
    // While it moves a scaled or shifted picture will do, unless it no longer covers the view.
    if (m_ground.isShort(frame()))
        askGroundSoon();
    update();
}

GroundWish FederationMap::groundWish()
{
    GroundWish wish;
    wish.frame = frame();
    wish.margin = m_isFirstSight && m_atHome ? 0 : GroundLayer::usualMargin;
    wish.ratio = devicePixelRatioF();
    wish.style.tones = m_theme.tones();
    wish.style.labelFont = m_theme.font(8.5, QFont::Medium);
    wish.style.figureFont = m_theme.font(11, QFont::DemiBold);
    wish.style.members = m_scene.countries();
    wish.style.avoid = m_scene.takenGround();
    wish.style.avoidIfPossible = m_scene.crossedGround();
    auto avoided = wish.style.avoid;
    avoided.insert(avoided.end(), wish.style.avoidIfPossible.begin(), wish.style.avoidIfPossible.end());
    if (avoided != m_avoided) {
        m_avoided = std::move(avoided);
        ++m_styleRevision;
    }
    wish.revision = m_styleRevision;
    if (m_layer == MapLayer::Data)
        for (const auto &figure : m_figures) {
            wish.style.shares.insert(figure.country, figure.share);
            wish.style.figures.insert(figure.country, figure.text);
        }
    wish.flows = m_scene.bundles();
    for (auto &bundle : wish.flows)
        bundle.progress = -1; // drawn with the frame: it changes too often for the ground
    wish.loud = Scene::loudBundles;
    return wish;
}

void FederationMap::askGround()
{
    if (isVisible())
        m_ground.ask(groundWish());
}

/// While a zoom goes on, the picture scaled will do if it covers the view; a pan needs the next one before the margin is used up.
void FederationMap::askGroundSoon()
{
    if (m_ground.isScaled(frame()) && m_ground.covers(frame()))
        m_settle.start();
    else
        askGround();
}

void FederationMap::drawGroundNow()
{
    auto wish = groundWish();
    wish.margin = GroundLayer::usualMargin;
    m_ground.drawNow(wish);
}

int FederationMap::current() const
{
    return m_currentKey.isEmpty() ? -1 : m_scene.markerOf(m_currentKey);
}

void FederationMap::setCurrent(int marker)
{
    m_currentKey = marker < 0 ? QString() : m_scene.markers()[static_cast<std::size_t>(marker)].key;
    if (marker >= 0) {
        const auto at = frame().toScreen(m_scene.markers()[static_cast<std::size_t>(marker)].at);
        if (!QRectF(rect()).adjusted(40, 40, -40, -40).contains(at)) {
            auto target = m_camera.aim();
            target.centre = m_scene.markers()[static_cast<std::size_t>(marker)].at;
            goTo(target);
        }
        announce(QAccessible::Focus, marker);
    }
    update();
}

void FederationMap::press(int marker)
{
    if (marker < 0 || marker >= static_cast<int>(m_scene.markers().size()))
        return;
    const auto &its = m_scene.markers()[static_cast<std::size_t>(marker)];
    m_currentKey = its.key;
    if (!its.isCluster()) {
        emit siteChosen(its.key);
        update();
        return;
    }
    QRectF box(its.at, QSizeF(1, 1));
    for (const int i : its.sites) {
        const auto &site = m_scene.sites()[static_cast<std::size_t>(i)];
        box = box.united(QRectF(onMap(site.longitude, site.latitude), QSizeF(1, 1)));
    }
    auto target = m_camera.fitting(box, m_margins + QMarginsF(120, 120, 120, 120));
    target.scale = std::max(target.scale, std::min(frame().scale * 1.5, Camera::closest));
    target.centre = box.center();
    goTo(target);
}

QString FederationMap::nameOf(int marker) const
{
    const auto &its = m_scene.markers()[static_cast<std::size_t>(marker)];
    if (its.isCluster())
        return tr("%n sites", nullptr, static_cast<int>(its.sites.size()));
    return m_scene.sites()[static_cast<std::size_t>(its.sites.front())].name;
}

QString FederationMap::descriptionOf(int marker) const
{
    const auto &its = m_scene.markers()[static_cast<std::size_t>(marker)];
    if (its.isCluster())
        return MapCards::tally(its);
    const auto &site = m_scene.sites()[static_cast<std::size_t>(its.sites.front())];
    QStringList parts {site.statusText.isEmpty() ? MapCards::word(site.status) : site.statusText};
    if (site.load >= 0)
        parts << tr("%1 of the capacity used").arg(Formats::percent(site.load));
    if (site.alerts > 0)
        parts << tr("%n open alerts", nullptr, site.alerts);
    for (const auto &text : {site.operatorName, m_atlas->name(site.country), site.exposureText, site.ageText})
        if (!text.isEmpty())
            parts << text;
    return parts.join(u". "_s);
}

}
