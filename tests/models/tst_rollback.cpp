// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/phrases.h"
#include "models/rollback.h"
#include "tests/models/consoleworld.h"

#include <QSignalSpy>

using namespace portulan;
using namespace std::chrono_literals;

/// "dossier" has moved from Lyon to Brest, or is about to.
class TestRollback : public QObject {
    Q_OBJECT

    std::unique_ptr<test::ConsoleWorld> m_console;

    static Instance there()
    {
        auto kept = world::instance("lyon", "i-9", "dossier");
        kept.custody = Custody::Retained;
        kept.movedTo = "brest";
        kept.retainedUntil = world::now() + 3h;
        kept.state = PowerState::Stopped;
        return kept;
    }
    static Instance here(PowerState state = PowerState::Running)
    {
        auto owned = world::instance("brest", "i-9", "dossier");
        owned.state = state;
        return owned;
    }
    static Operation moved()
    {
        auto operation = world::migration("op-9", world::instance("lyon", "i-9", "dossier"), "brest");
        operation.object = here().id;
        operation.state = OperationState::Done;
        operation.phase = "released";
        operation.cancellable = false;
        operation.endedAt = world::now() - 1h;
        return operation;
    }
    void tell(const char *site, const std::vector<Thing> &things)
    {
        m_console->link(site).tell(things);
        m_console->settle();
    }
    RollbackWay way(const Operation &operation) { return rollbackOf(m_console->federation, operation); }
    Result<Operation> submitted(const Operation &operation)
    {
        Rollback rollback(m_console->federation, operation);
        QSignalSpy spy(&rollback, &Rollback::submitted);
        rollback.submit();
        if (spy.isEmpty()) {
            spy.wait();
        }
        return spy.size() == 1 ? spy.front().front().value<Result<Operation>>() : Result<Operation>(tl::unexpected(Problem {}));
    }
    void haveMoved()
    {
        auto warm = world::brest();
        warm.capabilities.push_back("migrate.warm");
        tell("lyon", {there(), moved()});
        tell("brest", {warm, here()});
        m_console->link("lyon").onObject = [](const ObjectId &) { return Result<Thing>(there()); };
    }

private Q_SLOTS:
    void init()
    {
        m_console = std::make_unique<test::ConsoleWorld>();
        m_console->goLive();
    }
    void cleanup() { m_console.reset(); }

    void beforeTheCommitItIsCancelled();
    void afterItTheObjectMovesBack();
    void whatStandsStillComesBackCold();
    void askedTwiceItIsOneOrderAndAfterAFailureAnother();
    void theDestinationsOperationWillDoAsWell();
    void whatMayNotBeTakenBackSaysWhyAndWhatToDo();
    void aCopyUnderAnotherIdIsFoundByItsName();
};

void TestRollback::beforeTheCommitItIsCancelled()
{
    const auto running = world::migration("op-9", world::instance("lyon", "i-9", "dossier"), "brest");
    tell("lyon", {running});
    QCOMPARE(way(running).kind, RollbackWay::Cancel);
    QVERIFY(submitted(running));
    const auto &requests = m_console->link("lyon").requests;
    QCOMPARE(requests.size(), std::size_t(1));
    QVERIFY(std::get<CancelOperation>(requests.front().order).operation == running.id);
    auto committed = running;
    committed.cancellable = false;
    committed.phase = "committed";
    QCOMPARE(way(committed).kind, RollbackWay::Nothing);
    QVERIFY(way(committed).why.reason == Reason::NotReady);
}

void TestRollback::afterItTheObjectMovesBack()
{
    haveMoved();
    const auto back = way(moved());
    QCOMPARE(back.kind, RollbackWay::Return);
    QVERIFY(back.former == there().id);
    QVERIFY(submitted(moved()));
    QVERIFY(m_console->link("lyon").requests.empty());
    const auto &request = m_console->link("brest").requests.back();
    const auto &order = std::get<Migrate>(request.order);
    QVERIFY(order.object == here().id);
    QCOMPARE(order.toSite, std::string("lyon"));
    QCOMPARE(order.toProject, std::string("transports"));
    QCOMPARE(order.retentionSeconds, std::int64_t(4 * 3600)); // as the first move
    QVERIFY(order.mode == MoveMode::Warm);
    QCOMPARE(QString::fromStdString(request.requestId).size(), 36);
}

void TestRollback::whatStandsStillComesBackCold()
{
    haveMoved();
    tell("brest", {here(PowerState::Stopped)});
    QVERIFY(way(moved()).mode == MoveMode::Cold);
    tell("brest", {world::brest(), here()}); // runs, at a site that cannot copy it running
    QVERIFY(way(moved()).mode == MoveMode::Cold);
}

void TestRollback::askedTwiceItIsOneOrderAndAfterAFailureAnother()
{
    haveMoved();
    QVERIFY(submitted(moved()));
    QVERIFY(submitted(moved()));
    const auto &requests = m_console->link("brest").requests;
    QCOMPARE(requests.size(), std::size_t(2));
    QCOMPARE(requests[0].requestId, requests[1].requestId);
    auto failed = world::migration("op-back", here(), "lyon");
    failed.state = OperationState::Failed;
    tell("brest", {failed});
    QVERIFY(submitted(moved()));
    QVERIFY(requests[2].requestId != requests[0].requestId);
}

void TestRollback::theDestinationsOperationWillDoAsWell()
{
    haveMoved();
    auto incoming = moved();
    incoming.id = {"brest", ObjectKind::Operation, "op-in"};
    incoming.kind = "migrate.incoming";
    QCOMPARE(way(incoming).kind, RollbackWay::Return);
    QCOMPARE(way(incoming).requestId, way(moved()).requestId);
}

void TestRollback::whatMayNotBeTakenBackSaysWhyAndWhatToDo()
{
    haveMoved();
    const auto refused = [this](const Operation &operation, const char *words) {
        const auto back = way(operation);
        const auto sentence = Phrases::sentence(back.why);
        return back.kind == RollbackWay::Nothing && sentence.contains(QLatin1String(words)) && !submitted(operation);
    };
    auto aborted = moved();
    aborted.state = OperationState::Cancelled;
    QVERIFY(refused(aborted, "did not take place"));
    auto import = moved();
    import.kind = "volume.import";
    QVERIFY(way(import).why.reason == Reason::Unsupported);

    auto leaving = here();
    leaving.custody = Custody::Leaving;
    tell("brest", {leaving});
    QVERIFY(refused(moved(), "on the move"));
    auto gone = here();
    gone.custody = Custody::Retained;
    gone.movedTo = "dublin";
    tell("brest", {gone});
    QVERIFY(refused(moved(), "has moved on to dublin"));
    tell("brest", {Vanished {here().id}});
    QVERIFY(way(moved()).why.reason == Reason::NotFound);
    tell("brest", {here()});
    tell("lyon", {Vanished {there().id}});
    QVERIFY(refused(moved(), "no longer keeps a copy"));
    m_console->link("lyon").lose();
    QTRY_VERIFY(way(moved()).why.reason == Reason::Unreachable);
    QVERIFY(m_console->link("brest").requests.empty());
}

void TestRollback::aCopyUnderAnotherIdIsFoundByItsName()
{
    haveMoved();
    auto renamed = moved();
    renamed.object.id = "i-fresh"; // its id was taken there
    auto owned = here();
    owned.id.id = "i-fresh";
    tell("brest", {owned});
    QVERIFY(way(renamed).former == there().id);
    auto other = there();
    other.id.id = "i-10"; // two copies of that name: which one, nobody can tell
    tell("lyon", {other});
    QCOMPARE(way(renamed).kind, RollbackWay::Nothing);
}

QTEST_GUILESS_MAIN(TestRollback)
#include "tst_rollback.moc"
