// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/theme.h"

#include <QDirIterator>
#include <QRegularExpression>
#include <QTest>

using namespace portulan;
using namespace Qt::StringLiterals;

class TstTheme : public QObject {
    Q_OBJECT
    struct Pair {
        const char *what;
        QColor front;
        QColor back;
        double least;
    };
    static QList<Pair> pairs(const Tones &t)
    {
        QList<Pair> all
            = {{"text on window", t.text, t.window, 4.5}, {"text on card", t.text, t.card, 4.5}, {"text on raised", t.text, t.raised, 4.5},
                {"text on chosen row", t.text, t.chosen, 4.5}, {"dim on card", t.dim, t.card, 4.5}, {"dim on window", t.dim, t.window, 4.5},
                {"dim on raised", t.dim, t.raised, 4.5}, {"dim on land", t.dim, t.land, 4.5}, {"dim on member", t.dim, t.member, 4.5},
                {"text on member", t.text, t.member, 4.5}, {"text on accent", t.onAccent, t.accent, 4.5}, {"accent on card", t.accent, t.card, 4.5},
                {"accent on window", t.accent, t.window, 3}, {"edge on card", t.edge, t.card, 3}, {"edge on window", t.edge, t.window, 3},
                {"flow on member", t.flow, t.member, 3}, {"flow on land", t.flow, t.land, 3}, {"flow on sea", t.flow, t.sea, 3}};
        for (const auto &[name, colour] : {std::pair {"ok", t.ok}, {"warn", t.warn}, {"bad", t.bad}, {"unknown", t.unknown}}) {
            all.append({name, colour, t.card, 4.5}); // also written with
            all.append({name, colour, t.member, 3});
            all.append({name, colour, t.land, 3});
            all.append({name, colour, t.chosen, 3});
        }
        for (const auto &colour : t.series)
            all.append({"series on card", colour, t.card, 3});
        return all;
    }

private slots:
    void everyPairOfColoursHasItsContrast_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void everyPairOfColoursHasItsContrast()
    {
        QFETCH(bool, dark);
        QStringList failures;
        for (const auto &pair : pairs(dark ? darkTones() : lightTones()))
            if (const double ratio = contrast(pair.front, pair.back); ratio < pair.least)
                failures << u"%1 %2/%3: %4 < %5"_s.arg(QLatin1String(pair.what), pair.front.name(), pair.back.name())
                                .arg(ratio, 0, 'f', 2)
                                .arg(pair.least);
        QVERIFY2(failures.isEmpty(), qPrintable(failures.join(u"\n"_s)));
    }
    void contrastIsThatOfWcag()
    {
        QCOMPARE(contrast(Qt::black, Qt::white), 21.0);
        QCOMPARE(contrast(Qt::white, Qt::white), 1.0);
        QVERIFY(std::abs(contrast(QColor(0x777777), Qt::white) - 4.48) < 0.01);
    }
    void everyStatusHasAColourAndAnIconOfItsOwn()
    {
        const Theme theme(Theme::Appearance::Light);
        QSet<QString> icons;
        for (const auto status : allStatuses) {
            QVERIFY(theme.colour(status).isValid());
            QVERIFY(!theme.icon(status).isNull());
            icons.insert(Theme::iconName(status));
        }
        QCOMPARE(icons.size(), static_cast<qsizetype>(allStatuses.size()));
    }
    void everyIconIsDrawn()
    {
        const Theme theme(Theme::Appearance::Dark);
        QDirIterator files(u":/icons"_s);
        int count = 0;
        while (files.hasNext()) {
            const auto name = QFileInfo(files.next()).completeBaseName();
            const auto image = theme.icon(name).pixmap(QSize(24, 24)).toImage();
            bool inked = false;
            for (int y = 0; y < image.height() && !inked; ++y)
                for (int x = 0; x < image.width() && !inked; ++x)
                    inked = qAlpha(image.pixel(x, y)) > 100;
            QVERIFY2(inked, qPrintable(name));
            ++count;
        }
        QVERIFY(count > 60);
        QVERIFY(theme.icon(u"no such drawing"_s).isNull());
    }
    void theStyleSheetNamesNoToneThatDoesNotExist()
    {
        for (const auto appearance : {Theme::Appearance::Light, Theme::Appearance::Dark}) {
            const auto left = QRegularExpression(u"@\\w+"_s).match(Theme(appearance).styleSheet());
            QVERIFY2(!left.hasMatch(), qPrintable(left.captured()));
        }
    }
    void loadTurnsToWatchThenCritical()
    {
        QVERIFY(Theme::loadStatus(0.5) == Status::Compliant);
        QVERIFY(Theme::loadStatus(0.75) == Status::ToWatch);
        QVERIFY(Theme::loadStatus(0.9) == Status::NonCompliant);
        QVERIFY(Theme::loadStatus(-1) == Status::NotEvaluated);
    }
};

QTEST_MAIN(TstTheme)
#include "tst_theme.moc"
