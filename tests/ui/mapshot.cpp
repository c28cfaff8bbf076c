// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// A developer's eye: mapshot DIR writes the map, the charts and some widgets as PNG files, both appearances, with sample data.
#include "chartshot.h"
#include "mapsample.h"
#include "ui/map/view.h"

#include <QApplication>
#include <QDir>
#include <QLocale>
#include <QMouseEvent>

using namespace portulan;
using namespace Qt::StringLiterals;

namespace {

struct Shot {
    QString name;
    QSize size;
    MapLayer layer = MapLayer::Compliance;
    int crowd = 0; ///< sites beyond the fourteen
    double zoom = 1;
    QString hovered {};
};

void take(const Shot &shot, const Theme &theme, const std::shared_ptr<const Atlas> &atlas, const QString &file)
{
    FederationMap map(theme, atlas);
    map.resize(shot.size);
    map.setReducedMotion(true);
    const auto sites = sample::sites(shot.crowd, atlas.get());
    map.setSites(sites);
    map.setFlows(shot.crowd > 0 ? sample::manyFlows(sites, 300) : sample::flows());
    map.setFigures(sample::figures());
    map.setHeader(sample::header());
    map.setLayer(shot.layer);
    map.show();
    for (double zoom = 1; zoom < shot.zoom; zoom *= 1.5)
        map.zoomIn();
    if (!shot.hovered.isEmpty()) {
        const int marker = map.scene().markerOf(shot.hovered);
        map.setCurrent(marker);
        const auto at = map.scene().markerBox(marker, map.frame()).center();
        QMouseEvent move(QEvent::MouseMove, at, map.mapToGlobal(at), Qt::NoButton, Qt::NoButton, {});
        QCoreApplication::sendEvent(&map, &move);
    }
    map.setReducedMotion(false);
    map.drawGroundNow();
    map.grab().save(file);
}

}

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QDir folder(argc > 1 ? QString::fromLocal8Bit(argv[1]) : u"."_s);
    QLocale::setDefault(QLocale(argc > 2 ? QString::fromLocal8Bit(argv[2]) : u"en_GB"_s));
    const auto atlas = std::make_shared<const Atlas>(Atlas::bundled());
    const QList<Shot> shots = {{u"wide"_s, {1920, 1080}}, {u"small"_s, {1280, 800}, MapLayer::Compliance, 0, 1, u"fr-lyon"_s},
        {u"capacity"_s, {1280, 800}, MapLayer::Capacity}, {u"data"_s, {1280, 800}, MapLayer::Data}, {u"exposure"_s, {1280, 800}, MapLayer::Exposure},
        {u"narrow"_s, {800, 640}}, {u"crowd"_s, {1920, 1080}, MapLayer::Compliance, 1986}, {u"near"_s, {1280, 800}, MapLayer::Compliance, 0, 3}};
    for (const auto appearance : {Theme::Appearance::Light, Theme::Appearance::Dark}) {
        const Theme theme(appearance);
        theme.apply(application);
        sample::takeCharts(theme, folder.filePath(u"charts-%1.png"_s.arg(theme.isDark() ? u"dark"_s : u"light"_s)));
        for (const auto &shot : shots)
            take(shot, theme, atlas, folder.filePath(u"%1-%2.png"_s.arg(shot.name, theme.isDark() ? u"dark"_s : u"light"_s)));
    }
    return 0;
}
