// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Moves that somebody spoils: disks that change under them, sites that ask for what makes no sense, tokens that are old.
#include "proto/wire.h"
#include "site/arrivalsrequest.h"
#include "site/peerlink.h"
#include "site/transfersend.h"
#include "tests/site/lotspair.h"

using namespace portulan;
using namespace portulan::test;

namespace {

class BadMoves : public LotsPair {
protected:
    /// As the gateway of lyon would, but not bound by what it knows.
    std::unique_ptr<site::PeerLink> asLyon() { return site::PeerLink::to(source.config(), "nice", target.endpoint()).value(); }
    static v1::ReserveRequest request(std::uint64_t lot = 0, std::uint64_t after = 0)
    {
        DataSet set;
        set.id = recordsThere;
        set.name = "records";
        set.project = "care";
        set.classification = Classification::Internal;
        v1::ReserveRequest request;
        request.set_migration("11111111-2222-4333-8444-555555555555");
        request.set_source_site("lyon");
        request.set_project("care");
        *request.mutable_data_set() = wire::toWire(set);
        request.set_lot(lot);
        request.set_after_lot(after);
        return request;
    }
    static void add(v1::ReserveRequest &request, const std::string &key, std::int64_t size)
    {
        request.add_objects()->set_key(key);
        request.mutable_objects(request.objects_size() - 1)->set_size(size);
    }
    std::optional<Reason> reasonOf(const v1::ReserveRequest &request)
    {
        const auto answer = asLyon()->reserve(request);
        return answer ? std::nullopt : std::optional(answer.error().reason);
    }
    static site::Token tokenOf(const v1::ReserveResponse &answer)
    {
        site::Token token {};
        std::ranges::transform(answer.token(), token.begin(), [](char c) { return std::byte(c); });
        return token;
    }
    Result<> sendTo(const v1::ReserveResponse &answer, const site::Token &token, std::uint64_t bytes)
    {
        return send(answer, token, MemoryDisk::sparse(bytes, 1, 3)).map([](const Digest &) {});
    }
    /// Answers with the root of what was sent.
    Result<Digest> send(const v1::ReserveResponse &answer, const site::Token &token, const MovingDriver::Disk &disk)
    {
        const auto tls = site::DataTls::load({source.config().authorityPem, source.config().certificatePem, source.config().keyPem}).value();
        site::Sending::Orders orders;
        orders.parcels = {{"a", disk->bytes.size()}};
        orders.open = [disk](std::size_t) { return std::make_unique<MemoryReader>(disk); };
        site::Sending sending(std::move(orders));
        return sending.send(tls, {"127.0.0.1", answer.data_port(), "nice"}, token).map([&sending] { return sending.roots().front(); });
    }
    Result<v1::VerifyResponse> verify(const std::string &migration, const Digest &root, std::uint64_t bytes)
    {
        v1::VerifyRequest request;
        request.set_migration(migration);
        request.set_digest(std::string(Manifest::algorithm));
        auto *disk = request.add_disks();
        disk->set_volume("a");
        disk->set_size_bytes(std::int64_t(bytes));
        disk->set_root(std::string(reinterpret_cast<const char *>(root.data()), root.size()));
        return asLyon()->verify(request);
    }
    /// So many objects that they do not fit in one message, or two.
    static std::vector<v1::ReserveRequest> inParts(int count)
    {
        site::Wanted wanted;
        wanted.sourceSite = "lyon";
        wanted.arrival.migration = request().migration();
        wanted.arrival.project = "care";
        wanted.arrival.dataSet = wire::fromWire(request().data_set()).value();
        for (int i = 0; i < count; ++i) {
            wanted.arrival.objects.emplace_back().key = std::to_string(i);
        }
        return site::requestsOf(wanted);
    }
};

TEST_F(BadMoves, aDiskThatGrowsOrShrinksUnderTheCopyEndsItAsBefore)
{
    const std::map<std::string, std::size_t> sizes {{"big", 2 * MiB + 4096}, {"deaf", 2 * MiB - 4096}};
    for (const auto &[name, size] : sizes) {
        source.driver.addInstance(name, PowerState::Stopped, {MemoryDisk::sparse(2 * MiB, 0.5, 7)});
    }
    startBoth();
    for (const auto &[name, size] : sizes) {
        source.driver.disk(name + "-disk0")->bytes.resize(size); // its record says what it was
        const auto done = awaitEnd(source.migrate(MovingPair::order(name)));
        EXPECT_EQ(done.state, OperationState::Failed);
        EXPECT_EQ(done.problem.reason, Reason::Conflict) << describe(done.problem);
        EXPECT_NE(done.problem.detail.find("changed its size"), std::string::npos);
        expectAsBefore(name, PowerState::Stopped);
    }
}

TEST_F(BadMoves, aSecondOrderIsToldOfTheFirst)
{
    addRecords(3);
    startBoth();
    auto order = warmRecords();
    order.cutOver = CutOver::Manual;
    const auto first = source.migrate(order);
    await([&] { return source.operation(first) && !source.operation(first)->passes.bytes.empty(); });
    const auto second = awaitEnd(source.migrate(warmRecords()));
    EXPECT_EQ(second.problem.reason, Reason::Conflict);
    EXPECT_EQ(second.problem.facts.at("operation"), first.text());
    const auto assessment = source.assess(warmRecords());
    ASSERT_FALSE(assessment.blockers.empty());
    EXPECT_EQ(assessment.blockers.front().facts.at("operation"), first.text());
    ASSERT_TRUE(source.steer(first, site::Operations::Steer::CutOver));
    expectRecordsMoved(awaitEnd(first));
}

TEST_F(BadMoves, lotsThatMakeNoSenseAreRefusedAndNothingIsLost)
{
    startBoth();
    EXPECT_EQ(reasonOf(request(1)), Reason::NotFound) << "nothing was reserved";
    ASSERT_TRUE(asLyon()->reserve(request()));
    auto good = request(3);
    add(good, "a", 10);
    ASSERT_EQ(asLyon()->reserve(good).value().lot(), 3U);
    ASSERT_TRUE(asLyon()->reserve(good)) << "the same again";
    EXPECT_EQ(reasonOf(request(2)), Reason::Conflict) << "an older one";
    EXPECT_EQ(reasonOf(request(5, 4)), Reason::Conflict) << "after one that never was";
    EXPECT_EQ(reasonOf(request(4, 4)), Reason::InvalidArgument);
    auto more = request(4, 3);
    more.set_more(true);
    EXPECT_EQ(reasonOf(more), Reason::InvalidArgument);
    auto twice = request(4, 3);
    add(twice, "b", 1);
    add(twice, "b", 2);
    EXPECT_EQ(reasonOf(twice), Reason::InvalidArgument);
    auto gone = request();
    gone.add_gone("a");
    EXPECT_EQ(reasonOf(gone), Reason::InvalidArgument) << "only a lot takes away";
    auto blank = request(4, 3);
    blank.add_gone("");
    EXPECT_EQ(reasonOf(blank), Reason::InvalidArgument);
    auto many = request(4, 3);
    for (int i = 0; i < 10'001; ++i) {
        many.add_gone(std::to_string(i));
    }
    EXPECT_EQ(reasonOf(many), Reason::InvalidArgument);
    auto negative = request(4, 3);
    add(negative, "c", -1);
    EXPECT_NE(reasonOf(negative), std::nullopt);
    EXPECT_EQ(target.driver.objects("records").size(), 1U);
    v1::VerifyRequest verify;
    verify.set_migration(good.migration());
    verify.set_whole(std::string(32, 'x'));
    const auto otherwise = asLyon()->verify(verify);
    ASSERT_FALSE(otherwise) << "digests that are made in a way nobody named";
    EXPECT_EQ(otherwise.error().reason, Reason::Version);
    verify.set_digest(std::string(Manifest::algorithm));
    const auto verified = asLyon()->verify(verify);
    ASSERT_FALSE(verified);
    EXPECT_EQ(verified.error().reason, Reason::Integrity);
    EXPECT_EQ(target.driver.custody(recordsHere), Custody::Incoming);
    ASSERT_TRUE(asLyon()->abort(good.migration()));
    EXPECT_FALSE(target.driver.custody(recordsHere));
}

TEST_F(BadMoves, aTokenOpensOnceReservedAndNeverAgain)
{
    startBoth();
    auto whole = request();
    add(whole, "a", MiB);
    const auto first = asLyon()->reserve(whole).value();
    const auto second = asLyon()->reserve(whole).value();
    EXPECT_NE(first.token(), second.token());
    EXPECT_EQ(sendTo(second, tokenOf(first), MiB).error().reason, Reason::NotAuthorised) << "replayed";
    auto forged = tokenOf(second);
    forged[31] ^= std::byte {1};
    EXPECT_EQ(sendTo(second, forged, MiB).error().reason, Reason::NotAuthorised);
    EXPECT_EQ(sendTo(second, {}, MiB).error().reason, Reason::NotAuthorised);
    EXPECT_EQ(sendTo(second, tokenOf(second), 2 * MiB).error().reason, Reason::Malformed) << "an offset beyond what was reserved";
    EXPECT_TRUE(sendTo(second, tokenOf(second), MiB));
    ASSERT_TRUE(asLyon()->abort(whole.migration()));
    EXPECT_EQ(sendTo(second, tokenOf(second), MiB).error().reason, Reason::NotAuthorised) << "what is over is closed";
}

TEST_F(BadMoves, whatIsVerifiedTakesNothingInAnyMore)
{
    startBoth();
    auto whole = request();
    add(whole, "a", 2 * MiB);
    const auto full = MemoryDisk::sparse(2 * MiB, 1, 3), half = full->copy(); // the second half was never sent
    std::fill(half->bytes.begin() + MiB, half->bytes.end(), std::byte {0});
    const auto first = asLyon()->reserve(whole).value();
    const auto root = send(first, tokenOf(first), half);
    ASSERT_TRUE(root) << describe(root.error());
    ASSERT_TRUE(verify(whole.migration(), *root, 2 * MiB));
    EXPECT_TRUE(verify(whole.migration(), *root, 2 * MiB)) << "its answer was lost";
    EXPECT_EQ(send(first, tokenOf(first), full).error().reason, Reason::NotAuthorised);
    const auto second = asLyon()->reserve(whole).value();
    EXPECT_TRUE(send(second, tokenOf(second), half)) << "nothing new: as a source does that did not hear the answer";
    EXPECT_TRUE(verify(whole.migration(), *root, 2 * MiB));
    const auto third = asLyon()->reserve(whole).value();
    EXPECT_FALSE(send(third, tokenOf(third), full));
    EXPECT_TRUE(target.driver.objects("records").at("a")->bytes == half->bytes);
    target.die();
    target.start();
    const auto fourth = asLyon()->reserve(whole).value();
    EXPECT_FALSE(send(fourth, tokenOf(fourth), full)) << "after a restart neither";
    EXPECT_TRUE(target.driver.objects("records").at("a")->bytes == half->bytes);
}

TEST_F(BadMoves, whatDidNotVerifyMayBeMended)
{
    startBoth();
    auto whole = request();
    add(whole, "a", 2 * MiB);
    const auto full = MemoryDisk::sparse(2 * MiB, 1, 3), half = full->copy();
    std::fill(half->bytes.begin() + MiB, half->bytes.end(), std::byte {0});
    const auto first = asLyon()->reserve(whole).value();
    ASSERT_TRUE(send(first, tokenOf(first), half));
    EXPECT_EQ(verify(whole.migration(), {}, 2 * MiB).error().reason, Reason::Integrity);
    EXPECT_EQ(verify(whole.migration(), {}, 2 * MiB).error().reason, Reason::Unreachable) << "to be reserved again first";
    const auto second = asLyon()->reserve(whole).value();
    const auto root = send(second, tokenOf(second), full);
    ASSERT_TRUE(root) << describe(root.error());
    EXPECT_TRUE(verify(whole.migration(), *root, 2 * MiB));
    EXPECT_TRUE(target.driver.objects("records").at("a")->bytes == full->bytes);
}

TEST_F(BadMoves, aReservationInPartsIsBegunAgainWhereAnAnswerWasLost)
{
    startBoth();
    const auto parts = inParts(25'000);
    ASSERT_EQ(parts.size(), 3U);
    for (const auto part : {0, 0, 1, 0, 1}) { // each time the answer is lost
        ASSERT_TRUE(asLyon()->reserve(parts[std::size_t(part)])) << part;
    }
    EXPECT_EQ(reasonOf(parts[1]), Reason::Unreachable) << "out of order: it is to begin again";
    ASSERT_TRUE(asLyon()->reserve(parts[2]));
    EXPECT_EQ(target.driver.objects("records").size(), 25'000U);
    ASSERT_TRUE(asLyon()->abort(parts[0].migration()));
}

TEST_F(BadMoves, theLastPartAloneIsNotTheWhole)
{
    startBoth();
    const auto parts = inParts(12'000);
    ASSERT_EQ(parts.size(), 2U);
    ASSERT_TRUE(asLyon()->reserve(parts[0]));
    target.die();
    target.start();
    EXPECT_EQ(reasonOf(parts[1]), Reason::Unreachable);
    EXPECT_FALSE(target.driver.custody(recordsHere));
    ASSERT_TRUE(asLyon()->reserve(parts[0]));
    ASSERT_TRUE(asLyon()->reserve(parts[1]));
    EXPECT_EQ(target.driver.objects("records").size(), 12'000U);
    ASSERT_TRUE(asLyon()->abort(parts[0].migration()));
}

}
