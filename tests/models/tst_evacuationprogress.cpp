// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// An evacuation that is under way, as the console shows it: from what it planned and what the site tells.
#include "models/evacuationprogress.h"
#include "models/roles.h"
#include "tests/models/consoleworld.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace portulan;

namespace {

using Stage = EvacuationMove::Stage;
const ObjectId evacuation {"lyon", ObjectKind::Operation, "op-evac"};
const ObjectId first {"lyon", ObjectKind::Instance, "i-3"};
const ObjectId second {"lyon", ObjectKind::Instance, "i-2"};

Operation whole(OperationState state = OperationState::Running)
{
    auto its = world::migration("op-evac", world::instance("lyon", "i-3", "Lyon"), "");
    its.kind = "evacuate";
    its.object = {"lyon", ObjectKind::Site, {}};
    its.migration.clear();
    its.state = state;
    its.startedAt = world::now();
    its.parts = {2, 0, 0, 1, 1, 2};
    return its;
}

Operation part(const char *id, const ObjectId &object, OperationState state)
{
    auto its = world::migration(id, world::instance("lyon", object.id, object.id), "brest");
    its.partOf = evacuation.id;
    its.state = state;
    its.startedAt = world::now() + std::chrono::seconds(1);
    return its;
}

PlannedEvacuation plan()
{
    PlannedEvacuation plan;
    plan.order.site = {"lyon", ObjectKind::Site, {}};
    Migrate order;
    order.toSite = "brest";
    order.bandwidth = 77;
    order.object = first;
    plan.order.moves.push_back({order, 0, {}});
    order.object = second;
    plan.order.moves.push_back({order, 1, {first}});
    plan.names = {{first, "web-2"}, {second, "web-1"}};
    plan.bytes = {{first, 1000}, {second, 2000}};
    return plan;
}

}

class TestEvacuationProgress : public QObject {
    Q_OBJECT
    std::unique_ptr<test::ConsoleWorld> m_console;
    std::unique_ptr<EvacuationProgress> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;

    void tell(const std::vector<Thing> &things)
    {
        m_console->link("lyon").tell(things);
        m_console->settle();
    }
    Stage stageOf(const ObjectId &object) const { return m_model->move(m_model->indexOf(object))->stage; }
    QString cell(const ObjectId &object, int column) const { return m_model->indexOf(object).siblingAtColumn(column).data().toString(); }

private Q_SLOTS:
    void init()
    {
        m_console = std::make_unique<test::ConsoleWorld>();
        m_console->goLive();
        m_model = std::make_unique<EvacuationProgress>(m_console->federation);
        m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        m_model->follow(evacuation);
    }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
        m_console.reset();
    }

    void whatWaitsIsShownAsPlanned();
    void eachMoveIsShownAsItsSiteTells();
    void whatFailedAndWhatWasLeftIsOrderedAgainAndNothingElse();
    void anEvacuationOrderedElsewhereShowsWhatHasBegun();
    void aMoveThatWaitsForItsCutOverSaysSo();
    void whatArrivedIsTheRowOfWhatLeft_data();
    void whatArrivedIsTheRowOfWhatLeft();
};

void TestEvacuationProgress::whatWaitsIsShownAsPlanned()
{
    tell({whole()});
    QCOMPARE(m_model->rowCount(), 0);
    QSignalSpy progressed(m_model.get(), &EvacuationProgress::progressed);
    m_console->federation.keep(evacuation, plan());
    QTRY_VERIFY(!progressed.isEmpty());
    QCOMPARE(m_model->rowCount(), 2);
    QCOMPARE(m_model->index(1, 0).data().toString(), QStringLiteral("Wave 2"));
    QVERIFY(stageOf(second) == Stage::Waiting);
    QCOMPARE(cell(second, EvacuationProgress::What), QStringLiteral("web-1"));
    QCOMPARE(cell(second, EvacuationProgress::To), QStringLiteral("Brest Arsenal"));
    QVERIFY(cell(second, EvacuationProgress::Note).contains(QStringLiteral("web-2")));
    QCOMPARE(m_model->bytesTotal(), 3000);
}

void TestEvacuationProgress::eachMoveIsShownAsItsSiteTells()
{
    m_console->federation.keep(evacuation, plan());
    tell({whole(), part("op-a", first, OperationState::Running)});
    QVERIFY(stageOf(first) == Stage::UnderWay);
    const QPersistentModelIndex row = m_model->indexOf(first);
    QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
    tell({part("op-a", first, OperationState::Paused)});
    QVERIFY(stageOf(first) == Stage::Paused);
    tell({part("op-a", first, OperationState::Done), part("op-b", second, OperationState::Running)});
    QVERIFY(stageOf(first) == Stage::Moved);
    QVERIFY(stageOf(second) == Stage::UnderWay);
    QCOMPARE(m_model->index(0, EvacuationProgress::Progress).data(ShareRole).toDouble(), 1.0);
    QVERIFY(reset.isEmpty()); // rows stay, and with them what is chosen
    QVERIFY(row.isValid());
    QCOMPARE(m_model->moved().size(), std::size_t(1));
    QCOMPARE(m_model->operationsAt(Stage::UnderWay), std::vector<ObjectId>({{"lyon", ObjectKind::Operation, "op-b"}}));
}

void TestEvacuationProgress::whatFailedAndWhatWasLeftIsOrderedAgainAndNothingElse()
{
    m_console->federation.keep(evacuation, plan());
    tell({whole(OperationState::Failed), part("op-a", first, OperationState::Failed)});
    QVERIFY(stageOf(first) == Stage::Failed);
    QVERIFY(stageOf(second) == Stage::Left);
    QCOMPARE(m_model->rest().moves.size(), std::size_t(2));
    auto again = part("op-c", first, OperationState::Done); // by another order
    again.partOf = "op-evac-2";
    again.startedAt = world::now() + std::chrono::minutes(5);
    tell({again});
    QVERIFY(stageOf(first) == Stage::Moved);
    const auto rest = m_model->rest();
    QCOMPARE(rest.moves.size(), std::size_t(1));
    QVERIFY(rest.moves.front().order.object == second);
    QCOMPARE(rest.moves.front().order.bandwidth, 77); // as it was ordered
    QCOMPARE(rest.site.text(), std::string("lyon"));
}

void TestEvacuationProgress::anEvacuationOrderedElsewhereShowsWhatHasBegun()
{
    tell({whole(), part("op-a", first, OperationState::Failed)});
    QCOMPARE(m_model->rowCount(), 1);
    QCOMPARE(m_model->rowCount(m_model->index(0, 0)), 1);
    tell({part("op-b", second, OperationState::Running)});
    QCOMPARE(m_model->rowCount(m_model->index(0, 0)), 2);
    tell({whole(OperationState::Failed)});
    const auto rest = m_model->rest();
    QCOMPARE(rest.moves.size(), std::size_t(1));
    QVERIFY(rest.moves.front().order.object == first);
    QCOMPARE(rest.moves.front().order.toSite, std::string("brest"));
    QCOMPARE(rest.moves.front().order.toEndpoint, std::string("127.0.0.1:1"));
    m_model->follow({});
    QCOMPARE(m_model->rowCount(), 0);
}

void TestEvacuationProgress::whatArrivedIsTheRowOfWhatLeft_data()
{
    QTest::addColumn<bool>("planned");
    QTest::addColumn<QString>("there");
    QTest::newRow("under the same id") << true << QString::fromStdString(first.id);
    QTest::newRow("under another id") << true << QStringLiteral("web-2-again");
    QTest::newRow("ordered elsewhere") << false << QString::fromStdString(first.id);
}

/// Once a migration is over it speaks of what it made.
void TestEvacuationProgress::whatArrivedIsTheRowOfWhatLeft()
{
    QFETCH(bool, planned);
    QFETCH(QString, there);
    if (planned) {
        m_console->federation.keep(evacuation, plan());
    }
    auto failed = part("op-a", first, OperationState::Failed);
    auto done = part("op-c", first, OperationState::Done);
    done.object = {"brest", first.kind, there.toStdString()};
    failed.objectName = done.objectName = "web-2";
    done.startedAt += std::chrono::seconds(9);
    tell({whole(), failed, done});
    QCOMPARE(m_model->rowCount(m_model->index(0, 0)), 1);
    QVERIFY(stageOf(first) == Stage::Moved);
    QCOMPARE(m_model->count(Stage::Moved), 1);
    QCOMPARE(m_model->rowCount(), planned ? 2 : 1);
}

void TestEvacuationProgress::aMoveThatWaitsForItsCutOverSaysSo()
{
    auto ready = part("op-a", first, OperationState::Running);
    ready.mode = "warm";
    ready.cancellable = true;
    ready.passes = {{50'000'000, 1'200'000}, 40'000, 1'200'000, 300, world::now()};
    tell({whole(), ready});
    QVERIFY(stageOf(first) == Stage::Ready);
    QCOMPARE(m_model->count(Stage::Ready), 1);
    QVERIFY(cell(first, EvacuationProgress::Note).contains(QStringLiteral("ready since")));
}

QTEST_GUILESS_MAIN(TestEvacuationProgress)
#include "tst_evacuationprogress.moc"
