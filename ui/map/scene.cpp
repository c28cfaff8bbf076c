// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/map/scene.h"

#include <QFontMetricsF>
#include <QSet>
#include <algorithm>
#include <cmath>
#include <numeric>

namespace portulan {

namespace {

constexpr std::size_t fewFlows = 60; ///< more are bundled by country
constexpr std::size_t fewSites = 60; ///< more are gathered from farther

}

void Scene::setSites(std::vector<MapSite> sites)
{
    const bool moved = sites.size() != m_sites.size()
        || !std::equal(sites.begin(), sites.end(), m_sites.begin(),
            [](const MapSite &a, const MapSite &b) { return a.latitude == b.latitude && a.longitude == b.longitude && a.id == b.id; });
    m_sites = std::move(sites);
    m_fresh = false;
    if (!moved)
        return;
    m_places.clear();
    for (const auto &site : m_sites)
        m_places.push_back(onMap(site.longitude, site.latitude));
}

void Scene::setFlows(std::vector<MapFlow> flows)
{
    m_flows = std::move(flows);
    m_fresh = false;
}

bool Scene::arrange(double scale, MapLayer layer, const Theme &theme)
{
    m_scale = scale;
    const double grouping = clusterScale(scale);
    if (m_fresh && grouping == m_groupedAt && m_layer == layer && m_isDark == theme.isDark())
        return false;
    m_groupedAt = grouping;
    m_layer = layer;
    m_isDark = theme.isDark();
    m_fresh = true;
    regroup(grouping);
    m_looks.clear();
    for (const auto &marker : m_markers)
        m_looks.push_back(lookOf(marker, m_sites, layer, theme));
    rebundle();
    place(theme);
    return true;
}

void Scene::regroup(double scale)
{
    m_markers = gather(m_sites, m_places, scale, m_sites.size() > fewSites ? 76 : 30);
    // Reading order: by name, as Tab goes through them.
    const auto nameOf = [&](const Marker &marker) -> const QString & { return m_sites[static_cast<std::size_t>(marker.sites.front())].name; };
    std::ranges::sort(m_markers, [&](const Marker &a, const Marker &b) {
        const int order = QString::localeAwareCompare(nameOf(a), nameOf(b));
        return order != 0 ? order < 0 : a.key < b.key;
    });
    m_byKey.clear();
    for (int i = 0; i < static_cast<int>(m_markers.size()); ++i) {
        const auto &marker = m_markers[static_cast<std::size_t>(i)];
        m_byKey.insert(marker.key, i);
        for (const int site : marker.sites)
            m_byKey.insert(m_sites[static_cast<std::size_t>(site)].id, i);
    }
}

void Scene::rebundle()
{
    const bool byCountry = m_flows.size() > fewFlows;
    QHash<QString, std::pair<QPointF, int>> middles;
    QHash<QString, const MapSite *> siteOf;
    for (std::size_t i = 0; i < m_sites.size(); ++i) {
        siteOf.insert(m_sites[i].id, &m_sites[i]);
        auto &[sum, count] = middles[m_sites[i].country];
        sum += m_places[i];
        ++count;
    }
    std::vector<FlowEnds> ends;
    for (const auto &flow : m_flows) {
        const auto end = [&](const QString &id) -> std::pair<QString, QPointF> {
            const auto *site = siteOf.value(id);
            if (!site)
                return {};
            if (byCountry)
                return {site->country, middles[site->country].first / middles[site->country].second};
            const auto &marker = m_markers[static_cast<std::size_t>(m_byKey.value(id))];
            return {marker.key, marker.at};
        };
        const auto [from, fromAt] = end(flow.from);
        const auto [to, toAt] = end(flow.to);
        ends.push_back({from, to, fromAt, toAt});
    }
    m_bundles = bundle(m_flows, ends);
    std::ranges::stable_sort(m_bundles, std::greater {}, [](const FlowBundle &b) { return std::pair(b.state, b.flows.size()); });
}

void Scene::place(const Theme &theme)
{
    m_labels.clear();
    if (m_layer == MapLayer::Data && m_markers.size() > 40)
        return;
    const QFontMetricsF metrics(theme.font(10, QFont::DemiBold));
    std::vector<QRectF> taken;
    std::vector<int> order(m_markers.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, {}, [&](int i) { return m_markers[static_cast<std::size_t>(i)].status; });
    const auto screen = [&](int i) { return m_markers[static_cast<std::size_t>(i)].at * m_scale; };
    for (const int i : order) {
        const double r = look(i).radius;
        taken.emplace_back(screen(i) - QPointF(r, r), QSizeF(2 * r, 2 * r));
    }
    for (const int i : order) {
        const auto &marker = m_markers[static_cast<std::size_t>(i)];
        if (marker.isCluster() || look(i).small)
            continue;
        const auto &text = m_sites[static_cast<std::size_t>(marker.sites.front())].name;
        const double w = metrics.horizontalAdvance(text);
        const double h = metrics.height();
        const double r = look(i).radius + 6; // clear of the ring of the chosen one
        for (const auto &box :
            {QRectF(r, -h / 2, w, h), QRectF(-r - w, -h / 2, w, h), QRectF(-w / 2, r - 1, w, h), QRectF(-w / 2, -r - h + 1, w, h)}) {
            const auto there = box.translated(screen(i));
            if (std::ranges::any_of(taken, [&](const QRectF &other) { return other.intersects(there); }))
                continue;
            taken.push_back(there);
            m_labels.push_back({i, text, box});
            break;
        }
    }
}

int Scene::markerOf(const QString &key) const
{
    return m_byKey.value(key, -1);
}

int Scene::markerAt(QPointF screen, const Frame &frame) const
{
    int nearest = -1;
    double best = 1e9;
    for (int i = 0; i < static_cast<int>(m_markers.size()); ++i) {
        const auto away = frame.toScreen(m_markers[static_cast<std::size_t>(i)].at) - screen;
        const double distance = std::hypot(away.x(), away.y());
        if (distance < best && distance <= std::max(look(i).radius + 2, 12.0)) {
            best = distance;
            nearest = i;
        }
    }
    return nearest;
}

int Scene::bundleAt(QPointF screen, const Frame &frame) const
{
    for (std::size_t i = 0; i < std::min(m_bundles.size(), loudBundles); ++i) {
        const FlowCurve curve(m_bundles[i], frame);
        if (curve.box().adjusted(-8, -8, 8, 8).contains(screen) && curve.distance(screen) < 8)
            return static_cast<int>(i);
    }
    return -1;
}

QRectF Scene::markerBox(int marker, const Frame &frame) const
{
    const double r = look(marker).radius + 3;
    return {frame.toScreen(m_markers[static_cast<std::size_t>(marker)].at) - QPointF(r, r), QSizeF(2 * r, 2 * r)};
}

std::vector<QRectF> Scene::takenGround() const
{
    std::vector<QRectF> taken;
    for (int i = 0; i < static_cast<int>(m_markers.size()); ++i) {
        const double r = (look(i).radius + 2) / m_scale;
        taken.emplace_back(m_markers[static_cast<std::size_t>(i)].at - QPointF(r, r), QSizeF(2 * r, 2 * r));
    }
    for (const auto &label : m_labels)
        taken.emplace_back(m_markers[static_cast<std::size_t>(label.marker)].at + label.box.topLeft() / m_scale, label.box.size() / m_scale);
    return taken;
}

std::vector<QRectF> Scene::crossedGround() const
{
    std::vector<QRectF> crossed;
    for (std::size_t i = 0; i < m_bundles.size() && m_bundles.size() <= fewBundles; ++i) {
        const Frame here {{}, m_scale, {}};
        const FlowCurve curve(m_bundles[i], here);
        const double r = 7 / m_scale;
        for (int step = 1; step < 30; ++step)
            crossed.emplace_back(here.toMap(curve.at(step / 30.0)) - QPointF(r, r), QSizeF(2 * r, 2 * r));
    }
    return crossed;
}

QRectF Scene::extent() const
{
    if (m_places.empty())
        return {};
    QRectF box(m_places.front(), QSizeF(1, 1));
    for (const auto &place : m_places)
        box = box.united(QRectF(place, QSizeF(1, 1)));
    return box;
}

QSet<QString> Scene::countries() const
{
    QSet<QString> countries;
    for (const auto &site : m_sites)
        countries.insert(site.country);
    return countries;
}

}
