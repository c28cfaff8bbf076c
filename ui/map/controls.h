// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "ui/map/mapdata.h"
#include "ui/theme.h"

#include <QFrame>

class QBoxLayout;
class QToolButton;

namespace portulan {

class FederationMap;

/// The buttons that lie over a map: its layers at the top right, zoom and home at the bottom right. Follows its map's size.
class MapControls : public QObject {
    Q_OBJECT
public:
    explicit MapControls(FederationMap *map);
    void setTheme(const Theme &theme);
    void setShown(bool shown);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QToolButton *button(QBoxLayout *layout, const QString &icon, const QString &name);
    void arrange();

    FederationMap *m_map;
    QFrame *m_layers;
    QFrame *m_zoom;
    std::vector<std::pair<QToolButton *, QString>> m_icons;
};

}
