// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/map/controls.h"

#include "ui/map/cards.h"
#include "ui/map/view.h"

#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QToolButton>

namespace portulan {

using namespace Qt::StringLiterals;

namespace {

constexpr int inset = 24;

QString iconOf(MapLayer layer)
{
    switch (layer) {
    case MapLayer::Compliance:
        return u"compliance"_s;
    case MapLayer::Capacity:
        return u"capacity"_s;
    case MapLayer::Data:
        return u"dataset"_s;
    case MapLayer::Exposure:
        break;
    }
    return u"exposure"_s;
}

QFrame *cardOn(QWidget *parent)
{
    auto *card = new QFrame(parent);
    card->setProperty("card", true);
    card->setAttribute(Qt::WA_StyledBackground);
    return card;
}

}

MapControls::MapControls(FederationMap *map)
    : QObject(map)
    , m_map(map)
    , m_layers(cardOn(map))
    , m_zoom(cardOn(map))
{
    auto *row = new QHBoxLayout(m_layers);
    row->setContentsMargins(5, 5, 5, 5);
    row->setSpacing(2);
    auto *layers = new QButtonGroup(this);
    for (const auto layer : allMapLayers) {
        auto *its = button(row, iconOf(layer), MapCards::word(layer));
        its->setText(MapCards::word(layer));
        its->setToolButtonStyle(Qt::ToolButtonTextOnly);
        its->setProperty("segment", true);
        its->setCheckable(true);
        its->setChecked(layer == map->layer());
        layers->addButton(its, static_cast<int>(layer));
    }
    // Toggled, not clicked: a screen reader toggles.
    connect(layers, &QButtonGroup::idToggled, map, [map](int id, bool on) {
        if (on)
            map->setLayer(static_cast<MapLayer>(id));
    });
    connect(map, &FederationMap::layerChanged, layers, [layers](MapLayer layer) { layers->button(static_cast<int>(layer))->setChecked(true); });

    auto *column = new QVBoxLayout(m_zoom);
    column->setContentsMargins(5, 5, 5, 5);
    column->setSpacing(2);
    connect(button(column, u"add"_s, tr("Zoom in")), &QToolButton::clicked, map, &FederationMap::zoomIn);
    connect(button(column, u"remove"_s, tr("Zoom out")), &QToolButton::clicked, map, &FederationMap::zoomOut);
    connect(button(column, u"fit"_s, tr("Show the whole federation")), &QToolButton::clicked, map, &FederationMap::goHome);
    auto *legend = button(column, u"info"_s, tr("Show the legend"));
    legend->setCheckable(true);
    legend->setChecked(map->isLegendShown());
    connect(legend, &QToolButton::toggled, map, [map](bool on) {
        if (on != map->isLegendShown()) // else the map itself said so
            map->setLegendShown(on);
    });
    connect(map, &FederationMap::legendShown, legend, &QToolButton::setChecked);
    map->installEventFilter(this);
    arrange();
}

QToolButton *MapControls::button(QBoxLayout *layout, const QString &icon, const QString &name)
{
    auto *made = new QToolButton(layout->parentWidget());
    made->setAccessibleName(name);
    made->setToolTip(name);
    made->setAutoRaise(true);
    made->setIconSize(QSize(18, 18));
    made->setCursor(Qt::PointingHandCursor);
    layout->addWidget(made);
    m_icons.emplace_back(made, icon);
    return made;
}

void MapControls::setTheme(const Theme &theme)
{
    for (const auto &[button, icon] : m_icons)
        button->setIcon(theme.icon(icon));
}

void MapControls::setShown(bool shown)
{
    m_layers->setVisible(shown);
    m_zoom->setVisible(shown);
}

bool MapControls::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_map && (event->type() == QEvent::Resize || event->type() == QEvent::Show))
        arrange();
    return false;
}

void MapControls::arrange()
{
    m_layers->adjustSize();
    m_zoom->adjustSize();
    m_layers->move(m_map->width() - m_layers->width() - inset, inset);
    m_zoom->move(m_map->width() - m_zoom->width() - inset, m_map->height() - m_zoom->height() - inset);
}

}
