// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/charts/axes.h"
#include "ui/charts/barchart.h"
#include "ui/charts/historychart.h"

#include <QAbstractItemModelTester>
#include <QAreaSeries>
#include <QChart>
#include <QChartView>
#include <QLineSeries>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <cmath>

using namespace portulan;
using namespace Qt::StringLiterals;

class TstCharts : public QObject {
    Q_OBJECT
    const Theme m_theme {Theme::Appearance::Light};

    static TimeSeries wave(int points)
    {
        TimeSeries made {u"CPU"_s, {}};
        for (int i = 0; i < points; ++i)
            made.points.push_back({1'700'000'000'000 + i * 60'000LL, 0.5 + 0.4 * std::sin(i / 50.0)});
        return made;
    }

private slots:
    void thinningKeepsTheExtremesAndTheEnds()
    {
        auto points = wave(10'000).points;
        points[4321].value = 1;
        points[7654].value = 0;
        const auto few = thinned(points, 500);
        QVERIFY(few.size() <= 500);
        QVERIFY(few.front() == points.front() && few.back() == points.back());
        QVERIFY(std::ranges::is_sorted(few, {}, &TimePoint::at));
        QVERIFY(std::ranges::any_of(few, [](const TimePoint &p) { return p.value == 1; }));
        QVERIFY(std::ranges::any_of(few, [](const TimePoint &p) { return p.value == 0; }));
        QCOMPARE(thinned(points, 20'000).size(), points.size());
    }
    void aHistoryIsDrawnThinAndReadAsATable()
    {
        HistoryChart chart(m_theme, u"Capacity"_s);
        chart.resize(500, 300);
        chart.show();
        chart.setSeries({wave(5000)});
        const auto *view = chart.findChild<QChartView *>();
        QTRY_COMPARE(view->chart()->series().size(), 2); // the area and its line
        const auto *area = static_cast<QAreaSeries *>(view->chart()->series().first());
        QVERIFY(area->upperSeries()->count() > 100);
        QVERIFY(area->upperSeries()->count() <= 2 * 500);
        QCOMPARE(chart.table().rowCount(), 200);
        QCOMPARE(chart.table().columnCount(), 2);
    }
    void everyTickIsTheNumberItIsLabelledWith()
    {
        for (const double most : {1.0, 2.0, 3.0, 7.0, 10.0, 14.0, 33.0, 62.0, 100.0, 730.0, 12'000.0, 0.3, 0.07}) {
            const double end = roundedUp(most);
            QVERIFY(end >= most);
            const double power = std::pow(10, decimals(end));
            for (int i = 0; i < ticks(end); ++i) {
                const double tick = end * i / (ticks(end) - 1) * power;
                QVERIFY2(std::abs(tick - std::round(tick)) < 1e-6, qPrintable(QString::number(end)));
            }
        }
    }
    void figuresAreRedrawnAtMostTenTimesASecond()
    {
        HistoryChart chart(m_theme, u"Capacity"_s);
        chart.show();
        for (int i = 2; i < 100; ++i)
            chart.setSeries({wave(i)});
        QCOMPARE(chart.table().rowCount(), 0); // not yet
        QTRY_COMPARE(chart.table().rowCount(), 99);
    }
    void theTableIsAButtonAway()
    {
        BarChart chart(m_theme, u"Workloads"_s, BarChart::Shape::Stacked);
        chart.resize(500, 300);
        chart.show();
        chart.setWords([](double value) { return u"%1 instances"_s.arg(value); });
        chart.setData({{u"Lyon"_s, u"Madrid"_s}, {{u"Compliant"_s, {12, 4}}, {u"Non-compliant"_s, {0, 3}}}});
        auto *button = chart.findChild<QToolButton *>();
        QTRY_VERIFY(button->isEnabled());
        QCOMPARE(button->accessibleName(), u"Show as a table"_s);
        auto *table = chart.findChild<QTableView *>();
        QVERIFY(!table->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_VERIFY(table->isVisible());
        QCOMPARE(chart.table().index(1, 2).data().toString(), u"3 instances"_s);
        QCOMPARE(chart.table().index(0, 0).data().toString(), u"Lyon"_s);
        QCOMPARE(chart.table().headerData(1, Qt::Horizontal).toString(), u"Compliant"_s);
    }
    void theTableIsAProperModel()
    {
        ChartTable table;
        QAbstractItemModelTester tester(&table);
        table.set({u"a"_s, u"b"_s}, {{u"1"_s, u"2"_s}, {u"3"_s, u"4"_s}});
        table.set({u"a"_s, u"b"_s}, {{u"1"_s, u"2"_s}, {u"3"_s, u"5"_s}});
        QCOMPARE(table.index(1, 1).data().toString(), u"5"_s);
        table.set({u"a"_s}, {});
        QCOMPARE(table.rowCount(), 0);
    }
    void withoutFiguresItSaysSo()
    {
        BarChart chart(m_theme, u"Workloads"_s, BarChart::Shape::SideBySide);
        chart.show();
        chart.setData({});
        QVERIFY(!chart.findChild<QToolButton *>()->isEnabled());
        QVERIFY(!chart.findChild<QChartView *>()->isVisible());
    }
    void scalesEndAtRoundNumbers()
    {
        QCOMPARE(roundedUp(0.7), 1.0);
        QCOMPARE(roundedUp(13), 20.0);
        QCOMPARE(roundedUp(50), 50.0);
        QCOMPARE(roundedUp(501), 1000.0);
        QCOMPARE(roundedUp(0), 1.0);
    }
};

QTEST_MAIN(TstCharts)
#include "tst_charts.moc"
