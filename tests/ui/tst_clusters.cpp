// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What the map gathers and bundles, without a window.
#include "mapsample.h"
#include "ui/map/camera.h"
#include "ui/map/scene.h"

#include <QTest>

using namespace portulan;
using namespace Qt::StringLiterals;

class TstClusters : public QObject {
    Q_OBJECT
    const Theme m_theme {Theme::Appearance::Light};
    std::vector<MapSite> m_crowd;

    static std::vector<QPointF> places(const std::vector<MapSite> &sites)
    {
        std::vector<QPointF> at;
        for (const auto &site : sites)
            at.push_back(onMap(site.longitude, site.latitude));
        return at;
    }

private slots:
    void initTestCase()
    {
        const auto atlas = Atlas::bundled();
        m_crowd = sample::sites(1986, &atlas);
        QCOMPARE(m_crowd.size(), std::size_t(2000));
    }
    void everySiteIsInExactlyOneMarker()
    {
        for (const double scale : {1.0 / 8000, 1.0 / 3000, 1.0 / 500}) {
            std::vector<int> seen(m_crowd.size(), 0);
            for (const auto &marker : gather(m_crowd, places(m_crowd), scale, 64))
                for (const int i : marker.sites)
                    ++seen[static_cast<std::size_t>(i)];
            QVERIFY(std::ranges::all_of(seen, [](int n) { return n == 1; }));
        }
    }
    void theWorstStatusWins()
    {
        auto sites = sample::sites();
        for (auto &site : sites)
            site.status = Status::Compliant;
        sites[3].status = Status::NonCompliant;
        sites[4].alerts = 2;
        const auto markers = gather(sites, places(sites), 1e-9, 64);
        QCOMPARE(markers.size(), std::size_t(1));
        QVERIFY(markers[0].status == Status::NonCompliant);
        QVERIFY(!markers[0].live); // Ljubljana's link is lost
        QCOMPARE(markers[0].tally[static_cast<std::size_t>(Status::Compliant)], 13);
        QVERIFY(markers[0].alerts >= 2);
    }
    void closerMeansMoreMarkers()
    {
        std::size_t before = 0;
        for (const double scale : {1.0 / 8000, 1.0 / 4000, 1.0 / 2000, 1.0 / 1000}) {
            const auto count = gather(m_crowd, places(m_crowd), scale, 64).size();
            QVERIFY(count > before);
            before = count;
        }
    }
    void panningAndNewsChangeNoCluster()
    {
        Scene scene;
        scene.setSites(m_crowd);
        scene.arrange(1.0 / 3000, MapLayer::Compliance, m_theme);
        std::vector<QString> keys;
        for (const auto &marker : scene.markers())
            keys.push_back(marker.key);
        QVERIFY(!scene.arrange(1.0 / 3000, MapLayer::Compliance, m_theme)); // a pan asks again with the same scale
        auto news = m_crowd;
        news[5].status = Status::NonCompliant;
        news[7].load = 0.99;
        scene.setSites(news);
        QVERIFY(scene.arrange(1.0 / 3000, MapLayer::Compliance, m_theme));
        std::vector<QString> after;
        for (const auto &marker : scene.markers())
            after.push_back(marker.key);
        QCOMPARE(after, keys);
    }
    void flowsWithTheSameEndsAreOneCurve()
    {
        auto flows = sample::flows();
        flows.push_back(flows[0]);
        flows.back().id = u"m9"_s;
        flows.back().state = FlowState::Failed;
        Scene scene;
        scene.setSites(sample::sites());
        scene.setFlows(flows);
        scene.arrange(1.0 / 3500, MapLayer::Compliance, m_theme);
        QCOMPARE(scene.bundles().size(), std::size_t(7));
        const auto twofold = std::ranges::find_if(scene.bundles(), [](const FlowBundle &b) { return b.flows.size() == 2; });
        QVERIFY(twofold != scene.bundles().end());
        QVERIFY(twofold->state == FlowState::Failed);
        QCOMPARE(twofold->progress, 0.62);
    }
    void theWayBackIsAnotherCurve()
    {
        std::vector<MapFlow> flows(2);
        flows[0].from = flows[1].to = u"fr-lyon"_s;
        flows[0].to = flows[1].from = u"es-madrid"_s;
        Scene scene;
        scene.setSites(sample::sites());
        scene.setFlows(flows);
        scene.arrange(1.0 / 3500, MapLayer::Compliance, m_theme);
        QCOMPARE(scene.bundles().size(), std::size_t(2));
        const Frame frame {onMap(5, 47), 1.0 / 3500, {1280, 800}};
        const auto there = FlowCurve(scene.bundles()[0], frame).at(0.5);
        const auto back = FlowCurve(scene.bundles()[1], frame).at(0.5);
        QVERIFY((there - back).manhattanLength() > 10);
    }
    void manyFlowsAreBundledByCountry()
    {
        Scene scene;
        scene.setSites(m_crowd);
        scene.setFlows(sample::manyFlows(m_crowd, 300));
        scene.arrange(1.0 / 3000, MapLayer::Compliance, m_theme);
        std::size_t shown = 0;
        for (const auto &bundle : scene.bundles())
            shown += bundle.flows.size();
        QVERIFY(scene.bundles().size() < 300);
        QVERIFY(shown <= 300 && shown > 200); // those inside one country have no curve
        QVERIFY(scene.isQuiet(scene.bundles().size() - 1));
    }
    void aFlowToAnUnknownSiteIsLeftOut()
    {
        std::vector<MapFlow> flows(1);
        flows[0].from = u"fr-lyon"_s;
        flows[0].to = u"nowhere"_s;
        Scene scene;
        scene.setSites(sample::sites());
        scene.setFlows(flows);
        scene.arrange(1.0 / 3500, MapLayer::Compliance, m_theme);
        QVERIFY(scene.bundles().empty());
    }
    void namesDoNotCoverMarkersNorEachOther()
    {
        Scene scene;
        scene.setSites(sample::sites());
        const double scale = 1.0 / 3900;
        scene.arrange(scale, MapLayer::Compliance, m_theme);
        QVERIFY(scene.labels().size() > 10);
        const Frame frame {{}, scale, {}};
        for (const auto &label : scene.labels()) {
            const auto box = label.box.translated(frame.toScreen(scene.markers()[static_cast<std::size_t>(label.marker)].at));
            for (const auto &other : scene.labels())
                if (&other != &label)
                    QVERIFY(!box.intersects(other.box.translated(frame.toScreen(scene.markers()[static_cast<std::size_t>(other.marker)].at))));
        }
    }
    void zoomKeepsThePointUnderTheFinger()
    {
        Camera camera;
        camera.resize({1000, 700});
        const QPointF finger(700, 200);
        const auto under = camera.frame().toMap(finger);
        camera.easeZoom(1.7, finger);
        while (camera.advance(16))
            QVERIFY((camera.frame().toScreen(under) - finger).manhattanLength() < 0.5);
        QVERIFY(!camera.isMoving());
    }
    void theCameraStaysOverTheMap()
    {
        Camera camera;
        camera.resize({1000, 700});
        for (int i = 0; i < 200; ++i)
            camera.moveBy({-500, 300});
        const auto west = camera.frame().centre.x();
        camera.moveBy({-500, 0});
        QCOMPARE(camera.frame().centre.x(), west);
        for (int i = 0; i < 100; ++i)
            camera.zoomAt(2, {10, 10});
        QCOMPARE(camera.frame().scale, Camera::closest);
        for (int i = 0; i < 100; ++i)
            camera.zoomAt(0.5, {10, 10});
        QCOMPARE(camera.frame().scale, Camera::farthest({1000, 700}));
    }
};

QTEST_MAIN(TstClusters)
#include "tst_clusters.moc"
