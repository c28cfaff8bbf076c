// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// PROJ is the oracle here and nowhere else in the project.
#include "ui/map/projection.h"

#include <QTest>
#include <cmath>
#include <proj.h>

using namespace portulan;

class TstProjection : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        m_context = proj_context_create();
        auto *raw = proj_create_crs_to_crs(m_context, "EPSG:4258", "EPSG:3035", nullptr);
        QVERIFY(raw);
        m_oracle = proj_normalize_for_visualization(m_context, raw);
        proj_destroy(raw);
        QVERIFY(m_oracle);
    }
    void cleanupTestCase()
    {
        proj_destroy(m_oracle);
        proj_context_destroy(m_context);
    }

    void theRegistersTestPointIsExact()
    {
        const auto at = project({5, 50}); // EPSG guidance note 7-2, Lambert azimuthal equal area
        QVERIFY(std::abs(at.x - 3962799.45) < 0.01);
        QVERIFY(std::abs(at.y - 2999718.85) < 0.01);
    }

    void agreesWithProjToAMillimetreOverEurope()
    {
        double worst = 0;
        for (double latitude = 25; latitude <= 80; latitude += 1.25)
            for (double longitude = -45; longitude <= 75; longitude += 2.5) {
                const auto ours = project({longitude, latitude});
                const auto theirs = proj_trans(m_oracle, PJ_FWD, proj_coord(longitude, latitude, 0, 0));
                worst = std::max(worst, std::hypot(ours.x - theirs.xy.x, ours.y - theirs.xy.y));
            }
        QVERIFY2(worst < 0.001, qPrintable(QStringLiteral("%1 m").arg(worst)));
    }

    void theWayBackEndsWhereItStarted()
    {
        double worst = 0;
        for (double latitude = 25; latitude <= 80; latitude += 1.25)
            for (double longitude = -45; longitude <= 75; longitude += 2.5) {
                const auto there = project({longitude, latitude});
                const auto again = project(unproject(there));
                worst = std::max(worst, std::hypot(again.x - there.x, again.y - there.y));
            }
        QVERIFY2(worst < 0.001, qPrintable(QStringLiteral("%1 m").arg(worst)));
    }

    void theWayBackAgreesWithProj()
    {
        double worst = 0; // PROJ 9.1 goes back by a series that is itself some millimetres short
        for (double latitude = 25; latitude <= 80; latitude += 1.25)
            for (double longitude = -45; longitude <= 75; longitude += 2.5) {
                const auto there = project({longitude, latitude});
                const auto theirs = proj_trans(m_oracle, PJ_INV, proj_coord(there.x, there.y, 0, 0));
                const auto ours = unproject(there);
                worst = std::max({worst, std::abs(ours.longitude - theirs.xy.x) * 111e3, std::abs(ours.latitude - theirs.xy.y) * 111e3});
            }
        QVERIFY2(worst < 0.005, qPrintable(QStringLiteral("%1 m").arg(worst)));
    }

    void theCentreOfTheProjectionIsItsFalseOrigin()
    {
        const auto at = project({10, 52});
        QVERIFY(std::hypot(at.x - 4321000, at.y - 3210000) < 1e-6);
        const auto back = unproject({4321000, 3210000});
        QVERIFY(std::abs(back.longitude - 10) < 1e-12);
        QVERIFY(std::abs(back.latitude - 52) < 1e-12);
    }

private:
    PJ_CONTEXT *m_context = nullptr;
    PJ *m_oracle = nullptr;
};

QTEST_APPLESS_MAIN(TstProjection)
#include "tst_projection.moc"
