// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// A migration under way is steered from the page of operations; its assistant offers how and when.
#include "models/migrationplan.h"
#include "models/phrases.h"
#include "tests/ui/stage.h"
#include "ui/dialogs/migratedialog.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>

using namespace portulan;
using namespace portulan::test;

class TestSteering : public QObject {
    Q_OBJECT

    std::unique_ptr<Stage> m_stage;

    QPushButton &pause() { return m_stage->the<QPushButton>("operation-pause"); }
    QPushButton &testBoot() { return m_stage->the<QPushButton>("operation-testboot"); }
    QPushButton &cutOver() { return m_stage->the<QPushButton>("operation-cutover"); }
    FakeLink &lyon() { return m_stage->world().link("lyon"); }
    static Operation warm()
    {
        auto operation = world::migration("op-warm", world::instance("lyon", "i-1", "dossier-patient", Classification::HealthFr), "brest");
        operation.state = OperationState::Running;
        operation.cancellable = true;
        operation.mode = "warm";
        operation.phase = "reserved";
        operation.passes = {{50'000'000, 1'200'000}, 40'000, 1'200'000, 300, world::now()};
        return operation;
    }
    void capable(const std::vector<std::string> &sites)
    {
        for (const auto &id : sites) {
            auto site = *m_stage->world().federation.inventory().site(id);
            site.capabilities.emplace_back("migrate.testboot");
            m_stage->world().link(id.c_str()).tell({site});
        }
        m_stage->world().settle();
    }
    void choose(const Operation &operation)
    {
        lyon().tell({operation});
        m_stage->world().settle();
        m_stage->window().goTo(MainWindow::Operations);
        auto &table = m_stage->the<QTableView>("operations-table");
        for (int row = 0; row < table.model()->rowCount(); ++row) {
            table.selectRow(row);
            if (m_stage->the<QLabel>("operation-what").text().contains(QString::fromStdString(operation.objectName))) {
                return;
            }
        }
        QFAIL("the operation is not listed");
    }

private Q_SLOTS:
    void init()
    {
        m_stage = std::make_unique<Stage>();
        m_stage->present(QStringLiteral("en"), Theme::Appearance::Light);
    }
    void cleanup() { m_stage.reset(); }

    void itIsPausedResumedAndCutOver();
    void whatIsNoMigrationIsNotSteered();
    void whatHasMovedIsBroughtBackOnceConfirmed();
    void itSaysHowFarItIs();
    void aCopyIsBootedAsATestAndItsWordsAreShown();
    void aTestThatCannotBeMadeSaysWhy();
    void aColdMoveThatWaitsIsTestedAndHandedOver();
    void theAssistantOffersHowAndWhen();
};

void TestSteering::itIsPausedResumedAndCutOver()
{
    auto operation = warm();
    choose(operation);
    QVERIFY(cutOver().isEnabled());
    QCOMPARE(pause().text().remove(u'&'), QStringLiteral("Pause"));
    pause().click();
    QVERIFY(std::holds_alternative<PauseOperation>(lyon().requests.back().order));

    operation.state = OperationState::Paused;
    choose(operation);
    QTRY_COMPARE(pause().text().remove(u'&'), QStringLiteral("Resume"));
    QVERIFY(!cutOver().isEnabled());
    pause().click();
    QVERIFY(std::holds_alternative<ResumeOperation>(lyon().requests.back().order));

    operation.state = OperationState::Running;
    choose(operation);
    QTRY_VERIFY(cutOver().isEnabled());
    cutOver().click();
    QVERIFY(std::holds_alternative<CutOverOperation>(lyon().requests.back().order));
    QVERIFY(std::get<CutOverOperation>(lyon().requests.back().order).operation == operation.id);
}

void TestSteering::whatIsNoMigrationIsNotSteered()
{
    auto operation = warm();
    operation.kind = "volume.import";
    choose(operation);
    QVERIFY(!pause().isEnabled());
    QVERIFY(!cutOver().isEnabled());
    QVERIFY(m_stage->the<QPushButton>("operation-cancel").isEnabled());
    operation.kind = "migrate";
    operation.cancellable = false; // every byte is verified: there is nothing left to steer
    choose(operation);
    QTRY_VERIFY(!m_stage->the<QPushButton>("operation-cancel").isEnabled());
    QVERIFY(!pause().isEnabled());
}

void TestSteering::whatHasMovedIsBroughtBackOnceConfirmed()
{
    auto operation = warm();
    choose(operation);
    auto &back = m_stage->the<QPushButton>("operation-rollback");
    QVERIFY(!back.isVisible()); // not moved yet: it is cancelled
    QCOMPARE(m_stage->the<QPushButton>("operation-cancel").text().remove(u'&'), QStringLiteral("Roll back: cancel it"));

    auto kept = world::instance("lyon", "i-1", "dossier-patient", Classification::HealthFr);
    kept.custody = Custody::Retained;
    kept.movedTo = "brest";
    kept.retainedUntil = world::now() + std::chrono::hours(1);
    auto owned = world::instance("brest", "i-moved", "dossier-patient", Classification::HealthFr);
    operation.object = owned.id;
    operation.state = OperationState::Done;
    operation.endedAt = world::now();
    operation.cancellable = false;
    choose(operation);
    QVERIFY(!back.isVisible());
    lyon().tell({kept});
    m_stage->world().link("brest").tell({owned});
    lyon().onObject = [kept](const ObjectId &) { return Result<Thing>(kept); };
    m_stage->world().settle();
    QTRY_VERIFY(back.isVisible()); // once both sites have said so
    back.click();
    auto &asking = m_stage->the<QMessageBox>("rollback-confirm");
    QVERIFY2(asking.text().contains(QStringLiteral("Brest Arsenal")), qPrintable(asking.text()));
    QVERIFY(m_stage->world().link("brest").requests.empty());
    m_stage->the<QPushButton>("rollback-go").click();
    QTRY_VERIFY(!m_stage->world().link("brest").requests.empty());
    const auto &order = std::get<Migrate>(m_stage->world().link("brest").requests.back().order);
    QVERIFY(order.object == owned.id);
    QCOMPARE(order.toSite, std::string("lyon"));
}

void TestSteering::itSaysHowFarItIs()
{
    choose(warm());
    const auto numbers = m_stage->the<QLabel>("operation-numbers").text();
    QVERIFY2(numbers.contains(QStringLiteral("pass 2")), qPrintable(numbers));
    QVERIFY2(numbers.contains(QStringLiteral("a last pass would take about")), qPrintable(numbers));
    QVERIFY2(numbers.contains(QStringLiteral("ready since")), qPrintable(numbers));
}

void TestSteering::aCopyIsBootedAsATestAndItsWordsAreShown()
{
    capable({"lyon", "brest"});
    auto operation = warm();
    operation.passes.readySince = {}; // after a first pass already
    choose(operation);
    QVERIFY(testBoot().isEnabled());
    auto &console = m_stage->the<QPlainTextEdit>("operation-console");
    QVERIFY(!console.isVisible());
    testBoot().click();
    QVERIFY(std::get<TestBootOperation>(lyon().requests.back().order).operation == operation.id);
    operation.testBoot = {"running", world::now(), {}, {}, {}};
    choose(operation);
    QTRY_VERIFY(!testBoot().isEnabled());
    QVERIFY(m_stage->the<QLabel>("operation-test").text().contains(QStringLiteral("test boot at the destination since")));
    operation.testBoot = {"booted", world::now(), world::now() + std::chrono::seconds(60), "Debian GNU/Linux 12\nlogin:", {}};
    choose(operation);
    QTRY_COMPARE(console.toPlainText(), QStringLiteral("Debian GNU/Linux 12\nlogin:"));
    QVERIFY(console.isVisible() && console.isReadOnly() && !console.accessibleName().isEmpty());
    QVERIFY(testBoot().isEnabled());
    operation.testBoot = {"failed", world::now(), world::now(), {}, {Reason::DiskFull, {}, {}}};
    choose(operation);
    QTRY_VERIFY(!console.isVisible());
    const auto words = m_stage->the<QLabel>("operation-test").text();
    QVERIFY2(words.contains(QStringLiteral("failed")) && words.contains(Phrases::sentence({Reason::DiskFull, {}, {}})), qPrintable(words));
}

void TestSteering::aTestThatCannotBeMadeSaysWhy()
{
    auto operation = warm();
    choose(operation);
    QVERIFY(!testBoot().isEnabled());
    QVERIFY2(testBoot().toolTip().contains(QStringLiteral("cannot make test boots")), qPrintable(testBoot().toolTip()));
    QCOMPARE(testBoot().accessibleDescription(), testBoot().toolTip());
    capable({"lyon", "brest"});
    operation.passes = {};
    choose(operation);
    QTRY_VERIFY(testBoot().toolTip().contains(QStringLiteral("No copy at the destination")));
    QVERIFY(!testBoot().isEnabled() && !cutOver().isEnabled());
    operation.object = {"lyon", ObjectKind::Volume, "v-1"};
    choose(operation);
    QTRY_VERIFY(testBoot().toolTip().contains(QStringLiteral("Only a machine")));
}

void TestSteering::aColdMoveThatWaitsIsTestedAndHandedOver()
{
    capable({"brest"});
    auto operation = warm();
    operation.mode = "cold";
    operation.phase = "verified";
    operation.passes = {};
    choose(operation);
    QVERIFY(!cutOver().isEnabled());
    operation.passes.readySince = world::now();
    choose(operation);
    QTRY_VERIFY(cutOver().isEnabled());
    QVERIFY(testBoot().isEnabled());
}

void TestSteering::theAssistantOffersHowAndWhen()
{
    m_stage->window().migrate({{"lyon", ObjectKind::Instance, "i-1"}});
    auto &dialog = m_stage->the<MigrateDialog>("migrate");
    QVERIFY(dialog.plan()->choices().mode == MoveMode::Cold);
    auto *mode = dialog.findChild<QComboBox *>(QStringLiteral("migrate-mode"));
    auto *window = dialog.findChild<QLineEdit *>(QStringLiteral("migrate-window"));
    QVERIFY(mode->isEnabled());
    auto *when = dialog.findChild<QComboBox *>(QStringLiteral("migrate-cutover"));
    when->setCurrentIndex(1);
    for (const auto each : {MoveMode::Cold, MoveMode::Warm, MoveMode::Live}) { // whichever way it goes, it waits to be told
        mode->setCurrentIndex(mode->findData(int(each)));
        QVERIFY(dialog.plan()->choices().mode == each);
        QVERIFY(dialog.plan()->choices().cutOver == CutOver::Manual);
    }
    mode->setCurrentIndex(mode->findData(int(MoveMode::Warm)));
    window->setText(QStringLiteral("22:00-06:00"));
    const auto order = dialog.plan()->order({"lyon", ObjectKind::Instance, "i-1"});
    QVERIFY(order.mode == MoveMode::Warm);
    QVERIFY(order.cutOver == CutOver::Manual);
    QVERIFY(order.window == dayWindowFrom("22:00-06:00").value());
    window->setText(QStringLiteral("at night"));
    QVERIFY(!dialog.findChild<QPushButton *>(QStringLiteral("migrate-go"))->isEnabled());
    delete &dialog;
    m_stage->window().migrate({{"lyon", ObjectKind::Volume, "v-1"}});
    QVERIFY(!m_stage->the<MigrateDialog>("migrate").findChild<QComboBox *>(QStringLiteral("migrate-mode"))->isEnabled());
}

QTEST_MAIN(TestSteering)
#include "tst_steering.moc"
