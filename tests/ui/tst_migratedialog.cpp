// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// The assistant of a batch: each object in its own way, what was refused again; and what failed, from the page of operations.
#include "models/migrationplan.h"
#include "models/roles.h"
#include "tests/ui/stage.h"
#include "ui/dialogs/migratedialog.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>

using namespace portulan;
using namespace portulan::test;

class TestMigrateDialog : public QObject {
    Q_OBJECT

    std::unique_ptr<Stage> m_stage;
    MigrateDialog *m_dialog = nullptr;
    static inline const ObjectId one {"lyon", ObjectKind::Instance, "i-2"};
    static inline const ObjectId other {"lyon", ObjectKind::Instance, "i-3"};

    FakeLink &lyon() { return m_stage->world().link("lyon"); }
    template <typename W>
    W &the(const char *name)
    {
        return *m_dialog->findChild<W *>(QString::fromLatin1(name));
    }
    void openBatch()
    {
        lyon().onPlan = [](const Migrate &) { return Result<MigrationAssessment>(MigrationAssessment {}); };
        m_stage->window().migrate({one, other});
        m_dialog = &m_stage->the<MigrateDialog>("migrate");
        the<QTabWidget>("migrate-tabs").setCurrentIndex(1);
    }
    void pick(const char *name, int index)
    {
        auto &combo = the<QComboBox>(name);
        combo.setFocus();
        QTest::keyClick(&combo, Qt::Key_Home);
        for (int i = 0; i < index; ++i) {
            QTest::keyClick(&combo, Qt::Key_Down);
        }
        Q_EMIT combo.activated(combo.currentIndex());
    }
    void type(const char *name, const char *words)
    {
        the<QLineEdit>(name).clear();
        QTest::keyClicks(&the<QLineEdit>(name), QString::fromUtf8(words));
    }
    Operation failed(const char *id, const ObjectId &object)
    {
        auto operation = world::migration(id, world::instance("lyon", object.id.c_str(), "web", Classification::Open), "brest");
        operation.state = OperationState::Failed;
        operation.mode = "warm";
        operation.problem = {Reason::Unreachable, {{"site", "brest"}}, {}};
        return operation;
    }

private Q_SLOTS:
    void init()
    {
        m_stage = std::make_unique<Stage>();
        m_stage->present(QStringLiteral("en"), Theme::Appearance::Light);
    }
    void cleanup() { m_stage.reset(); }
    void oneObjectHasNoListOfThem();
    void eachIsChangedByItselfOrWithOthers();
    void whatIsTypedWronglyHoldsTheOrder();
    void whatWasRefusedStays();
    void whatFailedIsOrderedAgainTogether();
};

void TestMigrateDialog::oneObjectHasNoListOfThem()
{
    m_stage->window().migrate({one});
    QVERIFY(m_stage->the<MigrateDialog>("migrate").findChild<QTabWidget *>(QStringLiteral("migrate-tabs")) == nullptr);
}

void TestMigrateDialog::eachIsChangedByItselfOrWithOthers()
{
    openBatch();
    auto &table = the<QTableView>("batch-moves");
    QVERIFY(!the<QComboBox>("batch-mode").isEnabled()); // nothing is selected
    table.selectRow(1);
    pick("batch-mode", 2);
    pick("batch-cutover", 2);
    pick("batch-keep", 1);
    type("batch-hours", "22:00-06:00");
    type("batch-bandwidth", "2MB");
    type("batch-begin", "2026-11-30 22:00");
    auto &to = the<QComboBox>("batch-to");
    pick("batch-to", to.findData(QStringLiteral("dublin")));
    const auto order = m_dialog->plan()->order(other);
    QVERIFY(order.mode == MoveMode::Warm);
    QVERIFY(order.cutOver == CutOver::Manual);
    QCOMPARE(order.retentionSeconds, 0);
    QVERIFY(order.window == dayWindowFrom("22:00-06:00").value());
    QCOMPARE(order.bandwidth, 2'000'000);
    QVERIFY(order.notBefore != Instant {});
    QCOMPARE(order.toSite, std::string("dublin"));
    QVERIFY(m_dialog->plan()->order(one).mode == MoveMode::Cold);
    QVERIFY(the<QTabWidget>("migrate-tabs").tabText(1).contains(u'1'));
    QVERIFY(table.model()->index(1, 2).data(OwnRole).toBool());
    QVERIFY(!table.model()->index(0, 2).data(OwnRole).toBool());
    table.selectRow(0); // its own choices are shown, not those of the other
    QCOMPARE(the<QComboBox>("batch-mode").currentIndex(), 0);
    QVERIFY(the<QLineEdit>("batch-hours").text().isEmpty());
    table.selectAll();
    pick("batch-mode", 3);
    QVERIFY(m_dialog->plan()->order(one).mode == MoveMode::Live);
    QVERIFY(m_dialog->plan()->order(other).mode == MoveMode::Live);
    QVERIFY(m_dialog->plan()->order(other).cutOver == CutOver::Manual); // what was not touched stays
    the<QPushButton>("batch-clear").click();
    QVERIFY(m_dialog->plan()->choices().exceptions.empty());
}

void TestMigrateDialog::whatIsTypedWronglyHoldsTheOrder()
{
    openBatch();
    QTRY_VERIFY(the<QPushButton>("migrate-go").isEnabled());
    the<QTableView>("batch-moves").selectRow(0);
    type("batch-hours", "at night");
    QVERIFY(!the<QPushButton>("migrate-go").isEnabled());
    QVERIFY(!the<QLabel>("batch-problem").text().isEmpty());
    type("batch-hours", "any");
    QTRY_VERIFY(the<QPushButton>("migrate-go").isEnabled());
    QVERIFY(m_dialog->plan()->choices().exceptions.at(one).how.window->isAlways());
}

void TestMigrateDialog::whatWasRefusedStays()
{
    openBatch();
    lyon().onSubmit = [](const Request &request) -> Result<Operation> {
        const auto *order = std::get_if<Migrate>(&request.order);
        if (order != nullptr && order->object == other) {
            return refuse(Reason::Refused, {{"rule", "X"}});
        }
        Operation operation;
        operation.id = {"lyon", ObjectKind::Operation, "op-batch"};
        return operation;
    };
    QTRY_VERIFY(the<QPushButton>("migrate-go").isEnabled());
    the<QPushButton>("migrate-go").click();
    QTRY_COMPARE(m_dialog->plan()->choices().objects, std::vector<ObjectId> {other});
    QVERIFY2(
        the<QLabel>("migrate-blockers").text().contains(QStringLiteral("1 migration ordered")), qPrintable(the<QLabel>("migrate-blockers").text()));
    QCOMPARE(the<QTableView>("batch-moves").model()->rowCount(), 1);
    lyon().onSubmit = nullptr;
    QTRY_VERIFY(the<QPushButton>("migrate-go").isEnabled());
    const auto before = lyon().requests.size();
    the<QPushButton>("migrate-go").click();
    QTRY_COMPARE(lyon().requests.size(), before + 1);
}

void TestMigrateDialog::whatFailedIsOrderedAgainTogether()
{
    lyon().onPlan = [](const Migrate &) { return Result<MigrationAssessment>(MigrationAssessment {}); };
    Migrate asOrdered;
    asOrdered.object = one;
    asOrdered.toSite = "brest";
    asOrdered.mode = MoveMode::Warm;
    asOrdered.cutOver = CutOver::Manual;
    asOrdered.window = DayWindow {1320, 360};
    asOrdered.retentionSeconds = 5 * 24 * 3600;
    const auto first = failed("op-f1", one);
    m_stage->world().federation.keep(first.id, asOrdered);
    lyon().tell({first, failed("op-f2", other)});
    m_stage->world().settle();
    m_stage->window().goTo(MainWindow::Operations);
    auto &table = m_stage->the<QTableView>("operations-table");
    auto &again = m_stage->the<QPushButton>("operation-again");
    table.clearSelection();
    QVERIFY(!again.isVisible());
    for (int row = 0; row < table.model()->rowCount(); ++row) {
        const auto id = table.model()->index(row, 0).data(IdRole).toString();
        if (id.endsWith(QStringLiteral("op-f1")) || id.endsWith(QStringLiteral("op-f2"))) {
            table.selectionModel()->select(table.model()->index(row, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
        }
    }
    QVERIFY(again.isVisible());
    QVERIFY(again.text().contains(u'2'));
    QVERIFY(!m_stage->the<QPushButton>("operation-cancel").isEnabled()); // nothing is steered of several
    again.click();
    auto &dialog = m_stage->the<MigrateDialog>("migrate");
    QCOMPARE(dialog.plan()->choices().objects.size(), std::size_t(2));
    const auto order = dialog.plan()->order(one);
    QVERIFY(order.mode == MoveMode::Warm && order.cutOver == CutOver::Manual && order.window == asOrdered.window);
    QCOMPARE(order.retentionSeconds, asOrdered.retentionSeconds);
    QCOMPARE(order.toSite, std::string("brest"));
    QVERIFY(dialog.plan()->order(other).mode == MoveMode::Warm);
    QVERIFY(dialog.plan()->order(other).cutOver == CutOver::Automatic);
}

QTEST_MAIN(TestMigrateDialog)
#include "tst_migratedialog.moc"
