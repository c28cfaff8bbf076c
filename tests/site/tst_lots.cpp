// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// A data set that moves while its users put, replace and delete.
#include "site/moverdeparture.h"
#include "tests/site/lotspair.h"

#include <filesystem>
#include <fstream>

using namespace portulan;
using namespace portulan::test;
using namespace std::chrono_literals;

namespace {

class Lots : public LotsPair {
protected:
    Lots() = default;
    ~Lots() override
    {
        source.die();
        target.die();
    }
    Result<> refused;
};

TEST_F(Lots, aDataSetIsWrittenWhileItIsCopiedAndArrivesAsItWasLeft)
{
    addRecords(60);
    startBoth();
    const auto done = awaitEnd(source.migrate(warmRecords()));
    expectRecordsMoved(done);
    EXPECT_GT(puts, 5) << "its users went on";
    EXPECT_EQ(done.mode, "warm");
    EXPECT_GE(done.passes.bytes.size(), 1U);
    EXPECT_GT(done.outageMs, 0);
    EXPECT_TRUE(std::filesystem::is_empty(source.config().directory + "/departures"));
    EXPECT_TRUE(std::filesystem::is_empty(target.config().directory + "/arrivals"));
    await([&] { return source.certificate(done.migration).has_value(); });
    std::ifstream authority(source.config().authorityPem);
    const std::string pem {std::istreambuf_iterator<char>(authority), {}};
    const auto certificate = checkCertificate(source.certificate(done.migration).value(), pem).value().certificate;
    EXPECT_EQ(certificate.mode, "warm");
    EXPECT_EQ(certificate.diskCount, std::int64_t(expected.size()));
    EXPECT_EQ(certificate.outage().count(), done.outageMs);
}

TEST_F(Lots, veryManyObjectsGoInLotsAlsoWhenNobodyWritesThem)
{
    addRecords(4050, [](unsigned i) { return i % 50; });
    source.driver.guest = {};
    target.driver.asked = [&](const std::string &call) {
        lots += call == "take lot done" ? 1 : 0;
        return Result<>();
    };
    startBoth();
    auto order = warmRecords();
    order.mode = MoveMode::Cold;
    const auto done = awaitEnd(source.migrate(order));
    expectRecordsMoved(done);
    EXPECT_EQ(done.mode, "cold");
    EXPECT_EQ(lots, 4) << "two thousand, as many again, the others, and the set as it is";
    EXPECT_TRUE(std::filesystem::is_empty(source.config().directory + "/departures"));
    EXPECT_TRUE(std::filesystem::is_empty(target.config().directory + "/arrivals"));
}

TEST_F(Lots, whatIsPutWhileItIsFencedIsRefusedWithTheReason)
{
    addRecords(5);
    target.driver.asked = [&](const std::string &call) {
        if (call == "peer.verify") {
            refused = source.driver.putObject("records", "late", MemoryDisk::sparse(10, 1, 1));
        }
        return Result<>();
    };
    startBoth();
    expectRecordsMoved(awaitEnd(source.migrate(warmRecords())));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, Reason::NotReady);
    EXPECT_EQ(refused.error().facts.at("state"), "leaving");
}

TEST_F(Lots, aManualCutOverWaitsForItsOrderAndIsKeptSmall)
{
    addRecords(20);
    source.patience.keepUp = 50ms;
    startBoth();
    auto order = warmRecords();
    order.cutOver = CutOver::Manual;
    const auto id = source.migrate(order);
    await([&] { return source.operation(id) && source.operation(id)->passes.bytes.size() >= 3; });
    EXPECT_EQ(source.driver.custody(recordsThere), Custody::Owner) << "it is written on";
    EXPECT_NE(source.operation(id)->passes.readySince, Instant {});
    ASSERT_TRUE(source.steer(id, site::Operations::Steer::CutOver));
    expectRecordsMoved(awaitEnd(id));
}

TEST_F(Lots, aCancelledOneIsAsBefore)
{
    addRecords(20);
    startBoth();
    auto order = warmRecords();
    order.cutOver = CutOver::Manual;
    const auto id = source.migrate(order);
    await([&] { return source.operation(id) && !source.operation(id)->passes.bytes.empty(); });
    source.cancel(id);
    EXPECT_EQ(awaitEnd(id).state, OperationState::Cancelled);
    expectRecordsAsBefore();
}

TEST_F(Lots, anObjectThatIsDeletedOrReplacedWhenItsTurnComesIsNoMatter)
{
    addRecords(30);
    source.driver.guest = {};
    source.driver.asked = [&](const std::string &call) {
        if (call == "open for read" && ++opened % 3 == 0 && opened < 40) {
            const auto victim = std::next(expected.begin(), opened % 7)->first;
            opened % 2 == 0 ? erase(victim) : put(victim, std::uint64_t(opened) * 100);
        }
        return Result<>();
    };
    startBoth();
    expectRecordsMoved(awaitEnd(source.migrate(warmRecords())));
}

TEST_F(Lots, anObjectThatDecayedAtItsSourceIsNamedAndNothingMoves)
{
    addRecords(12);
    source.driver.guest = {};
    auto rotten = std::next(expected.begin(), 4);
    rotten->second->digest = toHex(sha256(rotten->second->bytes));
    rotten->second->bytes[3] ^= std::byte {1};
    startBoth();
    for (const auto mode : {MoveMode::Warm, MoveMode::Cold}) {
        auto order = warmRecords();
        order.mode = mode;
        await([&] { return source.assess(order).blockers.empty(); }); // the one before is over here too
        const auto done = awaitEnd(source.migrate(order));
        EXPECT_EQ(done.state, OperationState::Failed);
        EXPECT_EQ(done.problem.reason, Reason::Untrusted) << describe(done.problem);
        EXPECT_EQ(done.problem.facts.at("where"), rotten->first);
        expectRecordsAsBefore();
    }
}

TEST_F(Lots, aClassThatIsChangedMeanwhileIsJudgedAnew)
{
    addRecords(12);
    target.rules = Rulebook::fromJson(R"({"version":"1","cert_orders":{},"rules":[{"id":"NO-HEALTH","severity":"blocker","on_false":"fail",
        "title":{"en":"E","fr":"F"},"source":{"name":"S","ref":"1"},"applies_when":{"eq":[{"var":"dataset.class"},"health_fr"]},
        "condition":{"eq":[{"var":"site.country"},"XX"]},"attested_by":[]}]})")
                       .value();
    target.self.place.country = "FR";
    source.driver.guest = [&] { (void)source.driver.classify("records", Classification::HealthFr); };
    startBoth();
    const auto done = awaitEnd(source.migrate(warmRecords()));
    EXPECT_EQ(done.state, OperationState::Failed);
    EXPECT_EQ(done.problem.reason, Reason::Refused) << describe(done.problem);
    expectRecordsAsBefore();
}

TEST_F(Lots, aRestartedSourceSendsNoMoreThanItsLastLotAgain)
{
    addRecords(25'000, [](unsigned i) { return i % 3; });
    source.driver.guest = {};
    source.driver.asked = [&](const std::string &call) {
        opened += call == "open for read" ? 1 : 0;
        return dead ? Result<>(refuse(Reason::Cancelled)) : Result<>();
    };
    target.driver.asked = [&](const std::string &call) {
        if (call == "take lot" && ++lots == 3) {
            dead = true;
        }
        return Result<>();
    };
    startBoth();
    const auto id = source.migrate(warmRecords());
    await([&] { return dead.load(); });
    source.die();
    dead = false;
    opened = 0;
    source.start();
    expectRecordsMoved(awaitEnd(id));
    EXPECT_LE(opened, 25'000 - 2 * site::mostObjectsAtOnce) << "of the third lot on";
}

TEST_F(Lots, aDestinationThatRestartsGoesOnWithWhatItNoted)
{
    addRecords(40);
    target.driver.asked = [&](const std::string &call) {
        dead = dead || (call == "take lot done" && ++lots == 2);
        return dead ? Result<>(refuse(Reason::Unreachable)) : Result<>();
    };
    startBoth();
    const auto id = source.migrate(warmRecords());
    await([&] { return dead.load(); });
    target.die();
    dead = false;
    target.start();
    expectRecordsMoved(awaitEnd(id));
}

TEST_F(Lots, nothingAndObjectsOfNothingMoveToo)
{
    source.driver.addDataSet("records", {});
    startBoth();
    expectRecordsMoved(awaitEnd(source.migrate(warmRecords())));
}

TEST_F(Lots, keysInAnyScriptArriveByteForByte)
{
    addRecords(0);
    for (const auto *key :
        {"été/œuvre \"guillemets\"", "line\nbreak", "日本/語", "🦀", "' OR 1=1 --", "..", "../../etc/passwd", "a\tb", "\\", "%00"}) {
        put(key, std::string_view(key).size());
    }
    put("zero", 0);
    put("big", 3 * MiB + 17);
    startBoth();
    expectRecordsMoved(awaitEnd(source.migrate(warmRecords())));
}

TEST_F(Lots, aFullDiskThereEndsAsBefore)
{
    addRecords(20);
    target.driver.room = 100;
    startBoth();
    const auto done = awaitEnd(source.migrate(warmRecords()));
    EXPECT_EQ(done.state, OperationState::Failed);
    EXPECT_EQ(done.problem.reason, Reason::DiskFull);
    expectRecordsAsBefore();
}

TEST_F(Lots, aQuotaThatIsTakenMeanwhileEndsAsBefore)
{
    addRecords(20);
    target.driver.asked = [&](const std::string &call) {
        return call == "take lot" && ++lots == 2
            ? Result<>(refuse(Reason::Quota, {{"resource", "storage"}, {"limit", "1"}, {"used", "1"}, {"wanted", "1"}}))
            : Result<>();
    };
    startBoth();
    const auto done = awaitEnd(source.migrate(warmRecords()));
    EXPECT_EQ(done.state, OperationState::Failed);
    EXPECT_EQ(done.problem.reason, Reason::Quota);
    EXPECT_EQ(done.problem.facts.at("resource"), "storage");
    expectRecordsAsBefore();
}

TEST_F(Lots, aSetThatIsDeletedMeanwhileEndsTheMove)
{
    addRecords(8);
    auto order = warmRecords();
    order.cutOver = CutOver::Manual;
    startBoth();
    const auto id = source.migrate(order);
    await([&] { return source.operation(id) && !source.operation(id)->passes.bytes.empty(); });
    source.driver.vanish(recordsThere);
    ASSERT_TRUE(source.steer(id, site::Operations::Steer::CutOver));
    const auto done = awaitEnd(id);
    EXPECT_EQ(done.state, OperationState::Failed);
    EXPECT_EQ(done.problem.reason, Reason::NotFound);
    await([&] { return !target.driver.custody(recordsHere); });
}

}
