// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "mapsample.h"
#include "ui/map/view.h"

#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace portulan;
using namespace Qt::StringLiterals;

class TstMap : public QObject {
    Q_OBJECT
    std::shared_ptr<const Atlas> m_atlas;
    std::unique_ptr<FederationMap> m_map;

    QPoint placeOf(const QString &site) const { return m_map->scene().markerBox(m_map->scene().markerOf(site), m_map->frame()).center().toPoint(); }

private slots:
    void initTestCase() { m_atlas = std::make_shared<const Atlas>(Atlas::bundled()); }
    void init()
    {
        m_map = std::make_unique<FederationMap>(Theme(Theme::Appearance::Light), m_atlas);
        m_map->resize(1280, 800);
        m_map->setReducedMotion(true);
        m_map->setSites(sample::sites());
        m_map->setFlows(sample::flows());
        m_map->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_map.get()));
    }
    void cleanup() { m_map.reset(); }

    void homeShowsEverySiteWithItsNameAtEverySize()
    {
        for (const int width : {544, 620, 770, 940, 1099, 1100, 1280, 1440, 1900})
            for (const int height : {480, 640, 800, 1080}) {
                if (height > 1.3 * width || width > 2.4 * height)
                    continue; // a pillar, a ribbon: the camera goes no farther out than there is a map
                m_map->resize(width, height);
                m_map->goHome();
                const auto &scene = m_map->scene();
                const QRectF view(m_map->rect());
                const auto where = u"%1x%2"_s.arg(width).arg(height);
                for (int i = 0; i < static_cast<int>(scene.markers().size()); ++i)
                    QVERIFY2(view.contains(scene.markerBox(i, m_map->frame())), qPrintable(where + u' ' + m_map->nameOf(i)));
                for (const auto &label : scene.labels()) {
                    const auto box = label.box.translated(m_map->frame().toScreen(scene.markers()[static_cast<std::size_t>(label.marker)].at));
                    QVERIFY2(view.contains(box), qPrintable(where + u' ' + label.text));
                }
            }
    }
    void theAtlasKnowsItsCountries()
    {
        QVERIFY(m_atlas->countries().size() > 80);
        QCOMPARE(m_atlas->countryAt(onMap(2.35, 48.86)), u"FR"_s);
        QCOMPARE(m_atlas->countryAt(onMap(34.1, 44.95)), u"UA"_s);
        QCOMPARE(m_atlas->countryAt(onMap(-20, 48)), QString());
        for (const auto &country : m_atlas->countries())
            QVERIFY2(m_atlas->name(country.iso) != country.iso, qPrintable(country.iso));
    }
    void countriesAreNamedInTheReadersLanguage()
    {
        QLocale::setDefault(QLocale(u"fr_FR"_s));
        QCOMPARE(m_atlas->name(u"DE"_s), u"Allemagne"_s);
        QLocale::setDefault(QLocale(u"en_GB"_s));
        QCOMPARE(m_atlas->name(u"DE"_s), u"Germany"_s);
        QCOMPARE(m_atlas->name(u"ZZ"_s), u"ZZ"_s);
    }
    void homeShowsEverySiteClearOfTheCards()
    {
        for (const QSize size : {QSize(1280, 800), QSize(1920, 1080)}) {
            m_map->resize(size);
            for (const auto &site : m_map->scene().sites()) {
                const auto at = placeOf(site.id);
                QVERIFY2(QRect(QPoint(340, 60), QPoint(size.width() - 40, size.height() - 30)).contains(at), qPrintable(site.id));
            }
        }
    }
    void aClickOnASiteChoosesIt()
    {
        QSignalSpy chosen(m_map.get(), &FederationMap::siteChosen);
        QTest::mouseClick(m_map.get(), Qt::LeftButton, {}, placeOf(u"fr-lyon"_s));
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].toString(), u"fr-lyon"_s);
        QTest::mouseClick(m_map.get(), Qt::LeftButton, {}, QPoint(500, 780));
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(m_map->current(), -1);
    }
    void aClickOnACurveChoosesItsMigration()
    {
        QSignalSpy chosen(m_map.get(), &FederationMap::flowChosen);
        const auto &bundles = m_map->scene().bundles();
        const auto lyon
            = std::ranges::find_if(bundles, [&](const FlowBundle &b) { return m_map->scene().flows()[std::size_t(b.flows[0])].id == u"m1"; });
        QVERIFY(lyon != bundles.end());
        QTest::mouseClick(m_map.get(), Qt::LeftButton, {}, FlowCurve(*lyon, m_map->frame()).at(0.3).toPoint());
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].toString(), u"m1"_s);
    }
    void draggingPansAndDoesNotChoose()
    {
        QSignalSpy chosen(m_map.get(), &FederationMap::siteChosen);
        const auto lyon = placeOf(u"fr-lyon"_s);
        QTest::mousePress(m_map.get(), Qt::LeftButton, {}, lyon);
        QTest::mouseMove(m_map.get(), lyon + QPoint(60, 40));
        QTest::mouseMove(m_map.get(), lyon + QPoint(100, 50));
        QTest::mouseRelease(m_map.get(), Qt::LeftButton, {}, lyon + QPoint(100, 50));
        QCOMPARE(chosen.size(), 0);
        QVERIFY((placeOf(u"fr-lyon"_s) - lyon - QPoint(100, 50)).manhattanLength() <= 2);
    }
    void theWheelZoomsAroundThePointer()
    {
        const auto lyon = placeOf(u"fr-lyon"_s);
        const double before = m_map->frame().scale;
        QWheelEvent turn(lyon, m_map->mapToGlobal(lyon), {}, QPoint(0, 240), {}, {}, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(m_map.get(), &turn);
        QVERIFY(m_map->frame().scale > before * 1.5);
        QVERIFY((placeOf(u"fr-lyon"_s) - lyon).manhattanLength() <= 2);
    }
    void tabGoesThroughEverySiteAndEnterChooses()
    {
        m_map->activateWindow();
        m_map->setFocus();
        QTRY_VERIFY(m_map->hasFocus());
        QSignalSpy chosen(m_map.get(), &FederationMap::siteChosen);
        for (std::size_t i = 0; i < m_map->scene().markers().size(); ++i) {
            QTest::keyClick(m_map.get(), Qt::Key_Tab);
            QCOMPARE(m_map->current(), static_cast<int>(i));
        }
        QTest::keyClick(m_map.get(), Qt::Key_Return);
        QCOMPARE(chosen.size(), 1);
        QTest::keyClick(m_map.get(), Qt::Key_Tab); // and out of the map, to its buttons
        QVERIFY(!m_map->hasFocus());
    }
    void keysZoomPanAndComeHome()
    {
        const auto home = m_map->frame();
        QTest::keyClick(m_map.get(), Qt::Key_Plus);
        QCOMPARE(m_map->frame().scale, home.scale * 1.5);
        QTest::keyClick(m_map.get(), Qt::Key_Right);
        QVERIFY(m_map->frame().centre.x() > home.centre.x());
        QTest::keyClick(m_map.get(), Qt::Key_Minus);
        QTest::keyClick(m_map.get(), Qt::Key_Home);
        QCOMPARE(m_map->frame(), home);
    }
    void transitionsEndWhereTheyAim()
    {
        m_map->setReducedMotion(false);
        const double before = m_map->frame().scale;
        m_map->zoomIn();
        QCOMPARE(m_map->frame().scale, before);
        QTRY_VERIFY(std::abs(m_map->frame().scale - before * 1.5) < before * 1e-6);
    }
    void nothingMovesWhenMotionIsReduced()
    {
        m_map->drawGroundNow();
        const auto still = m_map->grab().toImage();
        const double before = m_map->frame().scale;
        QCOMPARE(m_map->grab().toImage(), still);
        m_map->zoomIn();
        QCOMPARE(m_map->frame().scale, before * 1.5); // at once
    }
    void layersAreChosenByButtons()
    {
        QSignalSpy changed(m_map.get(), &FederationMap::layerChanged);
        for (auto *button : m_map->findChildren<QToolButton *>())
            if (button->accessibleName() == u"Exposure")
                button->click();
        QCOMPARE(changed.size(), 1);
        QCOMPARE(m_map->layer(), MapLayer::Exposure);
        QCOMPARE(m_map->scene().look(m_map->scene().markerOf(u"ie-dub"_s)).text, u"US"_s);
    }
    void theLegendGivesWayOnASmallMapAndComesWhenAsked()
    {
        QVERIFY(m_map->isLegendShown());
        m_map->resize(800, 600);
        QVERIFY(!m_map->isLegendShown());
        for (auto *button : m_map->findChildren<QToolButton *>())
            if (button->accessibleName() == u"Show the legend")
                QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(m_map->isLegendShown());
    }
    void aStaleSiteLooksStale()
    {
        QVERIFY(!m_map->scene().look(m_map->scene().markerOf(u"si-lju"_s)).live);
        QVERIFY(m_map->descriptionOf(m_map->scene().markerOf(u"si-lju"_s)).contains(u"link lost"_s));
    }
    void aSearchIsSeen()
    {
        m_map->drawGroundNow();
        const auto before = m_map->grab().toImage();
        m_map->setHighlighted({u"fr-lyon"_s});
        QVERIFY(m_map->grab().toImage() != before);
        m_map->setHighlighted({});
        QCOMPARE(m_map->grab().toImage(), before);
    }
};

QTEST_MAIN(TstMap)
#include "tst_map.moc"
