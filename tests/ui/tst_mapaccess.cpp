// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What a screen reader meets on the map, asked through Qt's accessibility interfaces.
#include "mapsample.h"
#include "ui/map/view.h"

#include <QAccessible>
#include <QSignalSpy>
#include <QTest>

using namespace portulan;
using namespace Qt::StringLiterals;

class TstMapAccess : public QObject {
    Q_OBJECT
    std::unique_ptr<FederationMap> m_map;

    QAccessibleInterface *face() const { return QAccessible::queryAccessibleInterface(m_map.get()); }
    QAccessibleInterface *child(const QString &name) const
    {
        for (int i = 0; i < face()->childCount(); ++i)
            if (face()->child(i)->text(QAccessible::Name) == name)
                return face()->child(i);
        return nullptr;
    }

private slots:
    void init()
    {
        m_map = std::make_unique<FederationMap>(Theme(Theme::Appearance::Light), std::make_shared<const Atlas>(Atlas::bundled()));
        m_map->resize(1280, 800);
        m_map->setReducedMotion(true);
        m_map->setSites(sample::sites());
        m_map->setHeader(sample::header());
        m_map->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_map.get()));
    }
    void cleanup() { m_map.reset(); }

    void theMapIsAPictureWithAName()
    {
        QCOMPARE(face()->role(), QAccessible::Graphic);
        QVERIFY(!face()->text(QAccessible::Name).isEmpty());
        QVERIFY(face()->text(QAccessible::Description).contains(u"14 sites"_s));
    }
    void everySiteIsAButtonThatSaysHowItIs()
    {
        for (const auto &site : m_map->scene().sites()) {
            auto *button = child(site.name);
            QVERIFY2(button, qPrintable(site.name));
            QCOMPARE(button->role(), QAccessible::Button);
            QVERIFY(button->text(QAccessible::Description).contains(site.ageText));
            QVERIFY(!button->rect().isEmpty());
            QCOMPARE(face()->child(face()->indexOfChild(button)), button);
            QCOMPARE(button->parent(), face());
        }
        QVERIFY(child(u"Dublin"_s)->text(QAccessible::Description).contains(u"94"_s));
    }
    void pressingAButtonChoosesItsSite()
    {
        QSignalSpy chosen(m_map.get(), &FederationMap::siteChosen);
        auto *actions = child(u"Lyon"_s)->actionInterface();
        QVERIFY(actions && actions->actionNames().contains(QAccessibleActionInterface::pressAction()));
        actions->doAction(QAccessibleActionInterface::pressAction());
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].toString(), u"fr-lyon"_s);
        QVERIFY(child(u"Lyon"_s)->state().selected);
    }
    void everyControlOnTheMapHasAName()
    {
        int buttons = 0;
        for (int i = 0; i < face()->childCount(); ++i) {
            auto *part = face()->child(i);
            for (int k = 0; k < part->childCount(); ++k) {
                QVERIFY(!part->child(k)->text(QAccessible::Name).isEmpty());
                ++buttons;
            }
        }
        QVERIFY(buttons >= 7); // four layers, two zooms, home
    }
    void aButtonWhoseSiteIsGoneSaysSo()
    {
        auto *lyon = child(u"Lyon"_s);
        QVERIFY(lyon->isValid());
        auto fewer = sample::sites();
        fewer.erase(fewer.begin());
        m_map->setSites(fewer);
        QVERIFY(!lyon->isValid());
        QCOMPARE(lyon->text(QAccessible::Name), QString());
        QVERIFY(!child(u"Lyon"_s));
        QVERIFY(child(u"Madrid"_s));
    }
    void clustersAreButtonsToo()
    {
        for (int i = 0; i < 12; ++i)
            m_map->zoomOut();
        const auto &markers = m_map->scene().markers();
        const auto cluster = std::ranges::find_if(markers, [](const Marker &marker) { return marker.isCluster(); });
        QVERIFY(cluster != markers.end());
        const int at = static_cast<int>(cluster - markers.begin());
        QVERIFY(!m_map->nameOf(at).isEmpty());
        QVERIFY(!m_map->descriptionOf(at).isEmpty());
        const double before = m_map->frame().scale;
        m_map->press(at);
        QVERIFY(m_map->frame().scale > before);
    }
};

QTEST_MAIN(TstMapAccess)
#include "tst_mapaccess.moc"
