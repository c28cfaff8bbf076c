// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/sessionsecrets.h"
#include "models/settings.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace portulan;

class TestSettings : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingStoredIsTheDefault();
    void whatIsSetIsThereNextTime();
    void settingTheSameAgainTellsNobody();
    void aValueOfAnotherTypeIsTheDefault();
    void keysAreNeverShared();
    void sessionSecretsEndWithTheSession();

private:
    QString file() const { return m_folder.filePath(QLatin1String(QTest::currentTestFunction())); }
    QTemporaryDir m_folder;
};

void TestSettings::nothingStoredIsTheDefault()
{
    const Settings settings(file());
    QCOMPARE(settings.text(Setting::Theme), QStringLiteral("system"));
    QVERIFY(settings.isOn(Setting::ConfirmDeletions));
    QVERIFY(settings.value(Setting::SavedViews).toMap().isEmpty());
}

void TestSettings::whatIsSetIsThereNextTime()
{
    const QVariantMap views {{QStringLiteral("Santé"), QStringLiteral("class:health")}};
    {
        Settings settings(file());
        settings.set(Setting::Language, QStringLiteral("fr"));
        settings.set(Setting::ConfirmDeletions, false);
        settings.set(Setting::SavedViews, views);
        settings.set(Setting::WindowGeometry, QByteArray("\x00\x01\xff", 3));
    }
    const Settings settings(file());
    QCOMPARE(settings.text(Setting::Language), QStringLiteral("fr"));
    QVERIFY(!settings.isOn(Setting::ConfirmDeletions));
    QCOMPARE(settings.value(Setting::SavedViews).toMap(), views);
    QCOMPARE(settings.value(Setting::WindowGeometry).toByteArray(), QByteArray("\x00\x01\xff", 3));
}

void TestSettings::settingTheSameAgainTellsNobody()
{
    Settings settings(file());
    QSignalSpy changed(&settings, &Settings::changed);
    settings.set(Setting::Theme, QStringLiteral("dark"));
    settings.set(Setting::Theme, QStringLiteral("dark"));
    QCOMPARE(changed.count(), 1);
    settings.forget(Setting::Theme);
    QCOMPARE(changed.count(), 2);
    QCOMPARE(settings.text(Setting::Theme), QStringLiteral("system"));
}

void TestSettings::aValueOfAnotherTypeIsTheDefault()
{
    {
        QFile broken(file());
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("[General]\nconfirm_deletions=perhaps\n[inventory]\nviews=7\n");
    }
    Settings settings(file());
    QVERIFY(settings.isOn(Setting::ConfirmDeletions));
    QVERIFY(settings.value(Setting::SavedViews).toMap().isEmpty());
    settings.set(Setting::ConfirmDeletions, QVariantMap());
    QVERIFY(settings.isOn(Setting::ConfirmDeletions));
}

void TestSettings::keysAreNeverShared()
{
    QStringList keys;
    for (int setting = 0; setting <= int(Setting::NotifyWhenDone); ++setting) {
        keys.append(Settings::keyOf(Setting(setting)));
    }
    QCOMPARE(keys.removeDuplicates(), 0);
    QVERIFY(!keys.contains(QString()));
}

void TestSettings::sessionSecretsEndWithTheSession()
{
    SessionSecrets secrets;
    QVERIFY(!secrets.remembers());
    QVERIFY(secrets.write(QStringLiteral("key"), "s3cret").resultAt(0));
    QCOMPARE(secrets.read(QStringLiteral("key")).resultAt(0).value(), QByteArray("s3cret"));
    secrets.remove(QStringLiteral("key"));
    QVERIFY(secrets.read(QStringLiteral("key")).resultAt(0).error().reason == Reason::NotFound);
}

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
