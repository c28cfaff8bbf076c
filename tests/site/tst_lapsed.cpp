// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What happens to moves when papers lapse, clocks leap, and gateways are of another version.
#include "tests/site/lotspair.h"

#include <fstream>

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
    void handOver()
    {
        addRecords(3);
        startBoth();
        expectRecordsMoved(awaitEnd(source.migrate(warmRecords()))); // kept for an hour
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

TEST_F(Lapsed, aClockThatLeapsAYearEndsNoRetention)
{
    handOver();
    source.clockOffsetSeconds = 365 * 86'400;
    await([&] { return hasAlert("clock-leapt"); });
    source.die();
    source.start(); // the file knows
    await([&] { return source.driver.custody(recordsThere).has_value(); });
    EXPECT_EQ(source.driver.erased, 0);
    source.clockOffsetSeconds = 365 * 86'400 + 3000;
    await([&] { return source.isUp(); });
    EXPECT_EQ(source.driver.erased, 0) << "of the hour it was promised fifty minutes have passed";
    source.clockOffsetSeconds = 365 * 86'400 + 3700;
    await([&] { return source.driver.erased == 1; });
}

TEST_F(Lapsed, aClockThatIsSetRightAgainIsBelievedAgain)
{
    handOver();
    source.clockOffsetSeconds = 365 * 86'400;
    await([&] { return hasAlert("clock-leapt"); });
    source.clockOffsetSeconds = 0;
    await([&] { return !hasAlert("clock-leapt"); });
    EXPECT_EQ(source.driver.erased, 0);
    source.clockOffsetSeconds = 3700;
    await([&] { return source.driver.erased == 1; });
}

TEST_F(Lapsed, aClockThatLeapsWhileTheGatewayIsDownEndsNoRetention)
{
    handOver();
    source.die();
    source.clockOffsetSeconds = 365 * 86'400;
    source.start();
    await([&] { return hasAlert("clock-leapt"); });
    EXPECT_EQ(source.driver.erased, 0);
    source.clockOffsetSeconds = 365 * 86'400 + 3700;
    await([&] { return source.driver.erased == 1; });
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

/// A gateway of another time, that answers no more than who it is.
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
        response->set_protocol(2);
        return grpc::Status::OK;
    }
    int port = 0;
    std::unique_ptr<grpc::Server> server;
};

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
    EXPECT_EQ(done.problem.facts.at("found"), "2");
    EXPECT_EQ(source.driver.custody(recordsThere), Custody::Owner);
    stranger.server->Shutdown();
}

}
