// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// The console as its main() composes it, with secrets of this session only: how it begins, and how it ends.
#include "app/console/console.h"
#include "core/credentials.h"
#include "models/link/sitelink.h"
#include "models/sessionsecrets.h"
#include "ui/pages/inventorypage.h"

#include <QComboBox>
#include <QDialog>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace portulan;

class TestConsole : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<Console> m_console;

    QString path(const QString &name) { return m_home->filePath(name); }
    void compose()
    {
        m_console
            = std::make_unique<Console>(*qApp, std::make_unique<Settings>(path(QStringLiteral("settings.ini"))), std::make_unique<SessionSecrets>());
        m_console->present(QStringLiteral("en"), QStringLiteral("light"));
        m_console->show();
    }
    template <typename W>
    W *the(const char *name)
    {
        return m_console->window()->findChild<W *>(QString::fromLatin1(name));
    }
    QString federation(const QStringList &endpoints)
    {
        QJsonArray sites;
        for (const auto &endpoint : endpoints) {
            sites.append(QJsonObject {{QStringLiteral("id"), QStringLiteral("s%1").arg(sites.size())},
                {QStringLiteral("name"), QStringLiteral("Site %1").arg(sites.size())}, {QStringLiteral("endpoint"), endpoint}});
        }
        const QJsonObject file {{QStringLiteral("federation"), QStringLiteral("test")},
            {QStringLiteral("authority"), QStringLiteral("authority.pem")},
            {QStringLiteral("client"),
                QJsonObject {{QStringLiteral("certificate"), QStringLiteral("alice.pem")}, {QStringLiteral("key"), QStringLiteral("alice.key")}}},
            {QStringLiteral("sites"), sites}};
        return written(QStringLiteral("federation.json"), QJsonDocument(file).toJson());
    }
    QString written(const QString &name, const QByteArray &text)
    {
        QFile file(path(name));
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() ? file.fileName() : QString();
    }
    LinkState state(const char *site) { return m_console->federation().standing(QLatin1String(site)).state; }

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
        const auto authority = makeAuthority("test", now - std::chrono::hours(1), now + std::chrono::hours(24)).value();
        const auto alice
            = issue(authority, {.kind = Bearer::Kind::User, .id = "alice"}, now - std::chrono::hours(1), now + std::chrono::hours(24)).value();
        written(QStringLiteral("authority.pem"), QByteArray::fromStdString(authority.certificatePem));
        written(QStringLiteral("alice.pem"), QByteArray::fromStdString(alice.certificatePem));
        QFile::setPermissions(written(QStringLiteral("alice.key"), QByteArray::fromStdString(alice.keyPem)), QFile::ReadOwner | QFile::WriteOwner);
    }
    void cleanup()
    {
        m_console.reset();
        m_home.reset();
    }

    void theFirstTimeItAsksForAFederation();
    void aBrokenFederationFileIsSaidAndAnotherCanBeChosen();
    void aMissingFederationFileIsSaid();
    void itGoesBackToTheFederationOfLastTime();
    void aDeadSiteIsShownAsSuch();
    void theOtherLanguageIsTheSameWindow();
    void itClosesWhileSitesAreBeingDialled();
};

void TestConsole::theFirstTimeItAsksForAFederation()
{
    compose();
    QVERIFY(m_console->start({}).has_value());
    QVERIFY(the<QDialog>("connect") != nullptr && the<QDialog>("connect")->isVisible());
    QVERIFY(the<QLabel>("connect-session-only") != nullptr); // these secrets are not remembered, and that is said
    QVERIFY(!the<QPushButton>("connect-go")->isEnabled());
    the<QDialog>("connect")->reject();
    const auto again = m_console->window()->findChildren<QPushButton *>(QStringLiteral("site-connect"));
    QVERIFY(std::ranges::any_of(again, &QPushButton::isVisible)); // and the way back to it
}

void TestConsole::aBrokenFederationFileIsSaidAndAnotherCanBeChosen()
{
    compose();
    const auto broken = written(QStringLiteral("broken.json"), "{\"federation\": \"half");
    const auto started = m_console->start(broken);
    QVERIFY(!started.has_value());
    QVERIFY(started.error().reason == Reason::Malformed);
    QVERIFY(the<QLabel>("status-said")->text().contains(QStringLiteral("broken.json")));
    auto *file = the<QLineEdit>("connect-file");
    QCOMPARE(file->text(), broken);
    QTRY_VERIFY(the<QLabel>("connect-words")->text().contains(QStringLiteral("broken.json")));
    QVERIFY(!the<QPushButton>("connect-go")->isEnabled());
    file->setText(federation({QStringLiteral("127.0.0.1:1")}));
    QTRY_VERIFY(the<QPushButton>("connect-go")->isEnabled());
    the<QPushButton>("connect-go")->click();
    QCOMPARE(m_console->federation().siteIds(), QStringList {QStringLiteral("s0")});
}

void TestConsole::aMissingFederationFileIsSaid()
{
    compose();
    const auto started = m_console->start(path(QStringLiteral("nowhere.json")));
    QVERIFY(!started.has_value());
    QVERIFY(the<QLabel>("status-said")->text().contains(QStringLiteral("nowhere.json")));
    QVERIFY(the<QDialog>("connect")->isVisible());
}

void TestConsole::itGoesBackToTheFederationOfLastTime()
{
    compose();
    QVERIFY(m_console->start(federation({QStringLiteral("127.0.0.1:1")})).has_value());
    compose();
    QVERIFY(m_console->federation().siteIds().isEmpty());
    QVERIFY(m_console->start({}).has_value());
    QCOMPARE(m_console->federation().siteIds().size(), 1);
    QVERIFY(the<QDialog>("connect") == nullptr);
}

void TestConsole::aDeadSiteIsShownAsSuch()
{
    compose();
    QVERIFY(m_console->start(federation({QStringLiteral("127.0.0.1:1")})).has_value());
    QTRY_VERIFY_WITH_TIMEOUT(state("s0") == LinkState::Stale, 30'000);
    QTRY_VERIFY(the<QLabel>("status-sites")->text().startsWith(QStringLiteral("0 of 1")));
    m_console->window()->goTo(MainWindow::Alerts);
    QTRY_VERIFY(the<QLabel>("alerts-empty")->isHidden()); // a silent site is an alert
    m_console->window()->showSite(QStringLiteral("s0"));
    QCOMPARE(the<QComboBox>("site-choice")->currentText(), QStringLiteral("Site 0"));
}

void TestConsole::theOtherLanguageIsTheSameWindow()
{
    compose();
    QVERIFY(m_console->start(federation({QStringLiteral("127.0.0.1:1")})).has_value());
    m_console->window()->showInventory(ObjectKind::Volume, QStringLiteral("site:s0"));
    const QPointer<MainWindow> english = m_console->window();
    Q_EMIT m_console->window()->languageWanted(QStringLiteral("fr"));
    QTRY_VERIFY(!english); // the address alone may be given to the next
    QVERIFY(m_console->window()->isVisible());
    QCOMPARE(m_console->window()->whereabouts().page, int(MainWindow::Inventory));
    QCOMPARE(the<InventoryPage>("inventory")->query(), QStringLiteral("site:s0"));
    QCOMPARE(the<QPushButton>("inventory-create")->text(), QStringLiteral("&Créer…"));
    QCOMPARE(m_console->federation().siteIds().size(), 1); // the federation never noticed
}

void TestConsole::itClosesWhileSitesAreBeingDialled()
{
    QTcpServer mute; // takes the connection and never speaks TLS
    QVERIFY(mute.listen(QHostAddress::LocalHost));
    const auto silent = QStringLiteral("127.0.0.1:%1").arg(mute.serverPort());
    const auto file = federation({silent, silent, QStringLiteral("127.0.0.1:1"), QStringLiteral("127.0.0.1:2")});
    for (int round = 0; round < 5; ++round) {
        compose();
        QVERIFY(m_console->start(file).has_value());
        QTRY_VERIFY(state("s0") == LinkState::Connecting); // once the window is painted
        m_console->window()->close();
        m_console.reset();
        QVERIFY(m_console == nullptr);
    }
}

QTEST_MAIN(TestConsole)
#include "tst_console.moc"
