// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What happens to moves when papers lapse, clocks leap, and gateways are of another version.
#include "site/peerlink.h"
#include "tests/site/lotspair.h"

#include <fstream>
#include <nlohmann/json.hpp>

using namespace portulan;
using namespace portulan::test;
using namespace std::chrono_literals;

namespace {

class Lapsed : public LotsPair {
protected:
    bool hasLine(const ObjectId &id, const std::string &part) const
    {
        const auto operation = source.operation(id);
        return operation && std::ranges::any_of(operation->log, [&](const auto &line) { return line.find(part) != line.npos; });
    }
    bool hasAlert(const std::string &id) const
    {
        return std::ranges::any_of(source.alerts(), [&](const auto &alert) { return alert.id.id == id; });
    }
};

TEST_F(Lapsed, aDestinationWhosePapersLapsedIsWaitedForUntilTheyAreRenewed)
{
    addRecords(10);
    papers.site("nice", -1min);
    startBoth();
    const auto id = source.migrate(warmRecords());
    await([&] { return hasLine(id, "waiting: EXPIRED"); });
    EXPECT_EQ(source.driver.custody(recordsThere), Custody::Owner);
    papers.site("nice");
    expectRecordsMoved(awaitEnd(id));
}

TEST_F(Lapsed, aSourceWhosePapersLapsedWaitsForThemToo)
{
    addRecords(10);
    papers.site("lyon", -1min);
    startBoth();
    const auto id = source.migrate(warmRecords());
    await([&] { return hasLine(id, "gateway certificate"); });
    papers.site("lyon");
    expectRecordsMoved(awaitEnd(id));
}

TEST_F(Lapsed, papersThatLapseInTheMiddleOfALongMoveAreNoEndOfIt)
{
    addRecords(10);
    source.patience.keepUp = 50ms;
    startBoth();
    auto order = warmRecords();
    order.cutOver = CutOver::Manual;
    const auto id = source.migrate(order);
    await([&] { return source.operation(id) && source.operation(id)->passes.bytes.size() >= 2; });
    papers.site("nice", -1min); // who is connected stays so; the next connection for bytes does not come about
    await([&] { return hasLine(id, "waiting: EXPIRED"); });
    EXPECT_EQ(source.operation(id)->state, OperationState::Running);
    papers.site("nice");
    ASSERT_TRUE(source.steer(id, site::Operations::Steer::CutOver));
    expectRecordsMoved(awaitEnd(id));
}

class Clocks : public Lapsed {
protected:
    void handOver(std::chrono::seconds retention = 1h)
    {
        addRecords(3);
        startBoth();
        auto order = warmRecords();
        order.retentionSeconds = retention.count();
        expectRecordsMoved(awaitEnd(source.migrate(order)));
        await([&] { return isNoted(recordsThere); });
    }
    /// …as what it is kept for from then on: until it is released its end is a hundred years away.
    bool isNoted(const ObjectId &id)
    {
        const auto json = nlohmann::json::parse(noted(), nullptr, false);
        const auto kept = json.is_object() && json.at("kept").contains(id.text()) ? json["kept"][id.text()] : nlohmann::json();
        return kept.is_object() && kept.at("until_ms").get<std::int64_t>() < (now() + std::chrono::hours(24 * 30)).time_since_epoch().count();
    }
    std::string noted()
    {
        std::ifstream file(source.config().directory + "/clock.json");
        return {std::istreambuf_iterator<char>(file), {}};
    }
    void expectKept()
    {
        await([&] { return hasAlert("clock-leapt"); });
        EXPECT_EQ(source.driver.erased, 0);
        EXPECT_EQ(source.driver.custody(recordsThere), Custody::Retained);
    }
    void expectErased()
    {
        await([&] { return source.driver.erased == 1; });
        await([&] { return !hasAlert("clock-leapt"); });
    }
    /// …more than ten minutes: its gateway notes then how late it is.
    void letPass(std::chrono::seconds span)
    {
        const auto before = noted();
        source.clockOffsetSeconds += span.count();
        await([&] { return noted() != before; });
    }
    /// The machine of the source is off for a while; then it boots, and its clock is wrong by `leap`.
    void reboot(std::chrono::seconds off, std::chrono::seconds leap = 0s)
    {
        source.die();
        source.clockOffsetSeconds += off.count();
        source.clockLeapSeconds = leap.count();
        source.rebootMachine();
        source.start();
    }
    static constexpr std::int64_t year = 365 * 86'400;
};

TEST_F(Clocks, oneThatLeapsAYearEndsNoRetention)
{
    handOver();
    source.clockLeapSeconds = year;
    expectKept();
    source.die();
    source.start(); // the file knows
    expectKept();
    letPass(50min);
    expectKept(); // of the hour it was promised fifty minutes have passed
    letPass(11min);
    expectErased();
}

TEST_F(Clocks, oneThatIsSetRightAgainIsBelievedAgain)
{
    handOver();
    source.clockLeapSeconds = year;
    expectKept();
    source.clockLeapSeconds = 0;
    await([&] { return !hasAlert("clock-leapt"); });
    EXPECT_EQ(source.driver.erased, 0);
    source.clockOffsetSeconds = 3700;
    expectErased();
}

TEST_F(Clocks, oneThatLeapsWhileTheGatewayIsDownEndsNoRetention)
{
    handOver();
    source.die();
    source.clockLeapSeconds = year;
    source.start();
    expectKept();
    source.clockOffsetSeconds = 3700;
    expectErased();
}

TEST_F(Clocks, leapsShorterThanADayEndNoRetentionEither)
{
    handOver(12h);
    source.clockLeapSeconds = 23 * 3600;
    expectKept();
    letPass(11h + 45min);
    expectKept();
    letPass(16min);
    expectErased();
}

TEST_F(Clocks, manySmallLeapsAreNotOverlookedEither)
{
    handOver();
    for (int i = 1; i <= 5; ++i) { // none is longer than the retention
        source.clockLeapSeconds = i * 50 * 60;
        source.clockOffsetSeconds = i * 60;
        if (i > 1) {
            expectKept();
        }
    }
    source.clockOffsetSeconds = 3700;
    expectErased();
}

TEST_F(Clocks, aMachineThatBootsWithAClockDaysAheadErasesNothingBeforeItIsSetRight)
{
    handOver(std::chrono::hours(7 * 24));
    source.clockIsKept = false; // by nobody, so early after the boot
    reboot(2min, std::chrono::hours(7 * 24));
    expectKept();
    source.clockLeapSeconds = 0;
    source.clockIsKept = true;
    await([&] { return !hasAlert("clock-leapt"); });
    EXPECT_EQ(source.driver.erased, 0);
    source.clockOffsetSeconds = 7 * 86'400 + 60;
    expectErased();
}

TEST_F(Clocks, thatAMachineWasOffCountsOnceItsClockIsKnownToBeRight)
{
    handOver();
    source.clockIsKept = false;
    reboot(2h);
    expectKept();
    source.clockIsKept = true;
    expectErased();
}

TEST_F(Clocks, otherSitesClocksVouchForItToo)
{
    handOver();
    source.clockIsKept = false;
    target.clockOffsetSeconds = 2 * 3600;
    reboot(2h);
    expectErased();
}

TEST_F(Clocks, otherSitesThatBootLaterVouchForItThen)
{
    handOver();
    source.clockIsKept = false;
    target.clockOffsetSeconds = 2 * 3600;
    target.die();
    reboot(2h);
    expectKept();
    target.start();
    expectErased();
}

TEST_F(Clocks, otherSitesThatDisagreeDoNotAndTheTimeIsWaitedFor)
{
    handOver();
    source.clockIsKept = false;
    std::atomic<int> asked = 0;
    target.driver.asked = [&asked](const std::string &call) {
        asked += call == "peer.greet" ? 1 : 0;
        return Result<>();
    };
    reboot(2min, 2h);
    expectKept();
    await([&] { return asked > 0; });
    expectKept();
    source.clockOffsetSeconds += 3700; // while it was off does not count
    expectErased();
    target.die();
    target.driver.asked = {};
}

TEST_F(Lapsed, clocksThatDifferAreSaidBeforeAnythingMoves)
{
    addRecords(3);
    target.clockOffsetSeconds = -365 * 86'400;
    startBoth();
    const auto assessment = source.assess(warmRecords());
    EXPECT_TRUE(assessment.blockers.empty()) << describe(assessment.blockers.front());
    const auto warning = std::ranges::find_if(assessment.warnings, [](const Problem &problem) { return problem.fact("cause") == "clock-behind"; });
    ASSERT_NE(warning, assessment.warnings.end());
    EXPECT_EQ(warning->facts.at("site"), "nice");
    expectRecordsMoved(awaitEnd(source.migrate(warmRecords())));
}

/// A gateway that answers no more than who it is, in the words of another version.
class Stranger final : public v1::Peer::Service {
public:
    explicit Stranger(const site::Credentials &papers)
    {
        grpc::SslServerCredentialsOptions tls(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
        const auto text = [](const std::string &file) {
            std::ifstream stream(file);
            return std::string(std::istreambuf_iterator<char>(stream), {});
        };
        tls.pem_root_certs = text(papers.authority);
        tls.pem_key_cert_pairs.push_back({text(papers.key), text(papers.certificate)});
        grpc::ServerBuilder builder;
        builder.AddListeningPort("127.0.0.1:0", grpc::SslServerCredentials(tls), &port);
        builder.RegisterService(this);
        server = builder.BuildAndStart();
    }
    grpc::Status Greet(grpc::ServerContext *, const v1::GreetRequest *, v1::GreetResponse *response) override
    {
        response->set_protocol(site::PeerLink::protocol + 1);
        return grpc::Status::OK;
    }
    int port = 0;
    std::unique_ptr<grpc::Server> server;
};

TEST_F(Lapsed, aDestinationOfAnotherAuthorityIsNotTrustedAndNotWaitedFor)
{
    addRecords(3);
    source.start();
    PaperFiles others(scratch.path("others"));
    Stranger stranger(others.site("nice"));
    source.config().peers = {{"nice", "127.0.0.1:" + std::to_string(stranger.port)}};
    const auto assessment = source.assess(warmRecords());
    ASSERT_FALSE(assessment.blockers.empty());
    EXPECT_EQ(assessment.blockers.front().reason, Reason::Untrusted) << describe(assessment.blockers.front());
    EXPECT_EQ(assessment.blockers.front().fact("site"), "nice");
    const auto done = awaitEnd(source.migrate(warmRecords()));
    EXPECT_EQ(done.state, OperationState::Failed);
    EXPECT_EQ(done.problem.reason, Reason::Untrusted) << describe(done.problem);
    EXPECT_EQ(source.driver.custody(recordsThere), Custody::Owner);
    stranger.server->Shutdown();
}

TEST_F(Lapsed, aMachineThatIsDownDoesNotWaitADayForPapers)
{
    source.driver.addInstance("web", PowerState::Running, {MemoryDisk::sparse(2 * MiB, 0.5, 1)});
    source.patience.giveUp = 500ms;
    source.patience.unheard = std::chrono::hours(24);
    source.driver.asked = [this](const std::string &call) {
        if (call == "stop done") {
            papers.site("nice", -1min); // the next connection for bytes does not come about
        }
        return Result<>();
    };
    startBoth();
    const auto done = awaitEnd(source.migrate(order("web")));
    EXPECT_EQ(done.state, OperationState::Failed);
    EXPECT_EQ(done.problem.reason, Reason::Expired) << describe(done.problem);
    expectAsBefore("web", PowerState::Running);
    source.die();
    source.driver.asked = {};
}

TEST_F(Lapsed, aGatewayOfAnotherVersionIsAskedForNothing)
{
    addRecords(3);
    source.start();
    Stranger stranger(papers.site("nice"));
    source.config().peers = {{"nice", "127.0.0.1:" + std::to_string(stranger.port)}};
    const auto assessment = source.assess(warmRecords());
    ASSERT_FALSE(assessment.blockers.empty());
    EXPECT_EQ(assessment.blockers.front().reason, Reason::Version);
    const auto done = awaitEnd(source.migrate(warmRecords()));
    EXPECT_EQ(done.state, OperationState::Failed);
    EXPECT_EQ(done.problem.reason, Reason::Version);
    EXPECT_EQ(done.problem.facts.at("found"), std::to_string(site::PeerLink::protocol + 1));
    EXPECT_EQ(source.driver.custody(recordsThere), Custody::Owner);
    stranger.server->Shutdown();
}

}
