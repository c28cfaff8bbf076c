// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/site/movingpair.h"

#include <filesystem>
#include <fstream>

using namespace portulan;
using namespace portulan::test;
using enum MigrationStep;

namespace {

class Certifier : public MovingPair {
protected:
    void SetUp() override
    {
        source.self.name = "Lyon";
        source.self.operatedBy.name = "Rhône";
        source.self.place.country = "FR";
        target.self.name = "Nice";
        source.driver.addInstance("web", PowerState::Running, {MemoryDisk::sparse(3 * MiB, 0.3, 1), MemoryDisk::sparse(MiB, 1, 2)});
    }
    Operation moved()
    {
        startBoth();
        const auto done = awaitEnd(source.migrate(there("web"), "nice"));
        EXPECT_EQ(done.state, OperationState::Done) << describe(done.problem);
        return done;
    }
    std::string certified(const std::string &migration)
    {
        await([&] { return source.certificate(migration).has_value(); });
        return source.certificate(migration).value();
    }
    static std::string contents(const std::string &file)
    {
        std::ifstream stream(file);
        return {std::istreambuf_iterator<char>(stream), {}};
    }
    std::string authority() { return contents(source.config().authorityPem); }
    /// A key others may read is not used: the site can move but cannot sign.
    static void spoilKey(MovingSite &site, bool spoilt)
    {
        std::filesystem::permissions(site.config().keyPem, std::filesystem::perms(spoilt ? 0644 : 0600));
    }
    site::SourceStatement stated(const std::string &migration, const MigrationCertificate &said)
    {
        const auto payload = statementOf(said);
        const KeyAndCertificate key {contents(source.config().keyPem), contents(source.config().certificatePem)};
        return {migration, payload, signJws(key, payload).value()};
    }
    /// A statement as the true one, changed, signed by the source all the same.
    Problem refused(const std::string &certificate, const std::string &from, const std::function<void(MigrationCertificate &)> &change)
    {
        auto lie = checkCertificate(certificate, authority()).value().certificate;
        const auto migration = lie.migration;
        change(lie);
        const auto answer = target.countersign(from, stated(migration, lie));
        EXPECT_FALSE(answer) << statementOf(lie);
        return answer ? Problem {} : answer.error();
    }
    Reason refusedWhen(const std::string &certificate, const std::string &from, const std::function<void(MigrationCertificate &)> &change)
    {
        return refused(certificate, from, change).reason;
    }
    /// What differs in it, as the destination says.
    std::string differs(const std::string &certificate, const std::function<void(MigrationCertificate &)> &change)
    {
        const auto problem = refused(certificate, "lyon", change);
        EXPECT_EQ(problem.reason, Reason::Conflict) << describe(problem);
        return problem.fact("what");
    }
    /// How often the destination was asked for its signature.
    void countQuestions()
    {
        target.driver.asked = [this](const std::string &call) {
            asked += call == "peer.certify" ? 1 : 0;
            return Result<>();
        };
    }
    static void delay(MigrationCertificate &said, std::chrono::seconds by)
    {
        for (auto &one : said.steps) {
            one.at += by;
        }
        said.issuedAt += by;
    }
    std::atomic<int> asked = 0;
};

TEST_F(Certifier, bothSitesSignWhatHappened)
{
    const auto done = moved();
    const auto text = certified(done.migration);
    await([&] { return target.certificate(done.migration).has_value(); });
    EXPECT_EQ(target.certificate(done.migration).value(), text) << "the same at both ends";
    const auto checked = checkCertificate(text, authority());
    ASSERT_TRUE(checked) << describe(checked.error());
    const auto &said = checked->certificate;
    EXPECT_EQ(said.migration, done.migration);
    EXPECT_EQ(said.object, there("web"));
    EXPECT_EQ(said.arrived, here("web"));
    EXPECT_EQ(said.from, (MigrationCertificate::Party {"lyon", "Lyon", "Rhône", "FR", ""}));
    EXPECT_EQ(said.to.name, "Nice");
    EXPECT_EQ(said.orderedBy, done.requestedBy);
    ASSERT_EQ(said.disks.size(), 2U);
    EXPECT_EQ(said.disks[0].name + ' ' + said.disks[0].root, done.digests[0]);
    EXPECT_TRUE(said.ran);
    EXPECT_GT(said.outage().count(), 0);
    EXPECT_GT(said.bytes, 0);
    EXPECT_GT(said.bytesOnWire, 0);
    std::vector<MigrationStep> steps;
    for (const auto &one : said.steps) {
        steps.push_back(one.step);
    }
    EXPECT_EQ(steps, (std::vector {Planned, Reserved, Stopped, Copying, Verified, Committed, MigrationStep::Activated, Released}));
    EXPECT_EQ(checked->source.certificate.identity, "site/lyon");
    EXPECT_EQ(checked->destination.certificate.identity, "site/nice");
}

TEST_F(Certifier, aMigrationDoesNotWaitForItsCertificate)
{
    spoilKey(target, true);
    const auto done = moved(); // done, although the destination cannot sign
    EXPECT_EQ(source.certificate(done.migration).error().reason, Reason::NotFound);
    spoilKey(target, false);
    EXPECT_TRUE(checkCertificate(certified(done.migration), authority()));
}

TEST_F(Certifier, whatWasReleasedBeforeACrashIsCertifiedAfterIt)
{
    spoilKey(source, true);
    const auto done = moved();
    source.die();
    spoilKey(source, false);
    source.start();
    EXPECT_TRUE(checkCertificate(certified(done.migration), authority()));
}

TEST_F(Certifier, aSourceThatStatesOtherwiseGetsNoSignature)
{
    const auto done = moved();
    const auto text = certified(done.migration);
    EXPECT_EQ(refusedWhen(text, "lyon", [](auto &c) { c.whole = std::string(64, '0'); }), Reason::Conflict);
    EXPECT_EQ(refusedWhen(text, "lyon", [](auto &c) { c.diskCount = 3; }), Reason::Conflict);
    EXPECT_EQ(refusedWhen(text, "lyon", [](auto &c) { c.arrived.id = "another"; }), Reason::Conflict);
    EXPECT_EQ(refusedWhen(text, "lyon", [](auto &c) { c.from.site = "brest"; }), Reason::Conflict);
    EXPECT_EQ(refusedWhen(text, "lyon", [](auto &c) { c.to.site = "brest"; }), Reason::Conflict);
    EXPECT_EQ(refusedWhen(text, "lyon", [](auto &c) { c.after.status = Status::Conflict; }), Reason::Conflict);
    EXPECT_EQ(refusedWhen(text, "lyon", [](auto &c) { c.migration = "7e1f7a52-6f0e-4f3e-9a41-0a1b2c3d4e5f"; }), Reason::Conflict);
    EXPECT_EQ(refusedWhen(text, "brest", [](auto &) {}), Reason::NotFound);
}

TEST_F(Certifier, nothingTheDestinationKnowsMayBeStatedOtherwise)
{
    const auto text = certified(moved().migration);
    EXPECT_EQ(differs(text, [](auto &c) { c.disks[1].root = c.disks[0].root; }), "digests") << "with the true digest over all";
    EXPECT_EQ(differs(text, [](auto &c) { c.disks[0].sizeBytes += 512; }), "digests");
    EXPECT_EQ(differs(text, [](auto &c) { c.disks[0].name = "another"; }), "digests");
    EXPECT_EQ(differs(text, [](auto &c) { c.to.operatedBy = "Somebody else"; }), "parties");
    EXPECT_EQ(differs(text, [](auto &c) { c.to.country = "IS"; }), "parties");
    EXPECT_EQ(differs(text, [](auto &c) { c.to.parentCountry = "IS"; }), "parties");
    EXPECT_EQ(differs(text, [](auto &c) { c.to.name = "Menton"; }), "parties");
    EXPECT_EQ(differs(text, [](auto &c) { c.object.id = "another"; }), "object");
    EXPECT_EQ(differs(text, [](auto &c) { c.name = "another"; }), "name");
    EXPECT_EQ(differs(text, [](auto &c) { c.project = "another"; }), "project");
    EXPECT_EQ(differs(text, [](auto &c) { c.classification = "open"; }), "classification");
    EXPECT_EQ(differs(text, [](auto &c) { c.orderedBy = "user/bob"; }), "order");
    EXPECT_EQ(differs(text, [](auto &c) { c.ran = false; }), "outage");
    EXPECT_EQ(differs(text, [](auto &c) { delay(c, -std::chrono::hours(1)); }), "steps") << "before it was verified here";
    EXPECT_EQ(differs(text, [](auto &c) { delay(c, std::chrono::hours(1)); }), "steps") << "committed after it was taken over here";
    EXPECT_EQ(differs(text, [](auto &c) { c.bytes += 1; }), "certificate") << "one account of each migration";
    EXPECT_EQ(refusedWhen(text, "lyon", [](auto &c) { std::swap(c.steps[1], c.steps[2]); }), Reason::Untrusted) << "nor what makes no sense";
}

TEST_F(Certifier, ofAThousandObjectsAndMoreThoseNamedAreTrue)
{
    std::map<std::string, MovingDriver::Disk> objects;
    for (int i = 0; i < 1003; ++i) {
        objects.emplace("k" + std::to_string(i), MemoryDisk::sparse(64, 1, std::uint32_t(i)));
    }
    source.driver.addDataSet("papers", objects);
    startBoth();
    const auto done = awaitEnd(source.migrate({"lyon", ObjectKind::DataSet, "papers"}, "nice"));
    EXPECT_EQ(done.state, OperationState::Done) << describe(done.problem);
    const auto text = certified(done.migration);
    EXPECT_EQ(checkCertificate(text, authority())->certificate.disks.size(), 1000U);
    EXPECT_EQ(differs(text, [](auto &c) { c.disks[7].root = c.disks[8].root; }), "digests");
}

TEST_F(Certifier, aMomentOfIssueThatIsNotNowIsNotSigned)
{
    const auto text = certified(moved().migration);
    const auto apart = [&](std::chrono::seconds by) { return refused(text, "lyon", [by](auto &c) { c.issuedAt += by; }); };
    const auto ahead = apart(std::chrono::minutes(6));
    EXPECT_EQ(ahead.reason, Reason::NotReady);
    EXPECT_EQ(ahead.fact("cause"), "clock-behind");
    EXPECT_EQ(ahead.fact("site"), "nice");
    target.clockOffsetSeconds = 3600;
    EXPECT_EQ(apart(std::chrono::seconds(0)).fact("cause"), "clock-ahead");
    target.clockOffsetSeconds = 0;
    papers.renewed("nice", now());
    const auto early = refused(text, "lyon", [](auto &c) { delay(c, -std::chrono::seconds(60)); });
    EXPECT_EQ(early.reason, Reason::NotReady) << "its papers did not hold then";
    EXPECT_EQ(early.fact("what"), "papers");
}

TEST_F(Certifier, papersThatAreRenewedAfterTheReleaseAreNoObstacle)
{
    spoilKey(target, true);
    const auto done = moved();
    const auto later = std::chrono::ceil<std::chrono::seconds>(now());
    papers.renewed("nice", later);
    papers.renewed("lyon", later);
    const auto checked = checkCertificate(certified(done.migration), authority());
    ASSERT_TRUE(checked) << describe(checked.error());
    EXPECT_GE(checked->certificate.issuedAt, later);
    EXPECT_LE(checked->certificate.when(Released), later);
}

TEST_F(Certifier, whatWasStatedBeforeACrashIsStatedAgain)
{
    countQuestions();
    spoilKey(target, true);
    const auto done = moved();
    await([&] { return asked > 0; });
    const auto before = now();
    source.die();
    spoilKey(target, false);
    source.start();
    const auto text = certified(done.migration);
    EXPECT_LE(checkCertificate(text, authority())->certificate.issuedAt, before);
    await([&] { return target.certificate(done.migration).has_value(); });
    EXPECT_EQ(target.certificate(done.migration).value(), text);
}

TEST_F(Certifier, whatWasStatedLongAgoIsStatedAnew)
{
    countQuestions();
    spoilKey(target, true);
    const auto done = moved();
    await([&] { return asked > 0; });
    source.clockOffsetSeconds = 600;
    target.clockOffsetSeconds = 600;
    spoilKey(target, false);
    const auto checked = checkCertificate(certified(done.migration), authority());
    ASSERT_TRUE(checked) << describe(checked.error());
    EXPECT_GE(checked->certificate.issuedAt - checked->certificate.when(Released), std::chrono::seconds(590));
}

TEST_F(Certifier, anAnswerThatWasLostIsGivenAgain)
{
    const auto text = certified(moved().migration);
    await([&] { return target.certificate(checkCertificate(text, authority())->certificate.migration).has_value(); });
    const auto kept = jwsTextFrom(text).value();
    const auto migration = checkCertificate(text, authority())->certificate.migration;
    target.clockOffsetSeconds = 86'400; // however late
    const auto again = target.countersign("lyon", {migration, kept.payload, kept.signatures.front()});
    ASSERT_TRUE(again) << describe(again.error());
    EXPECT_EQ(*again, kept.signatures.back());
}

TEST_F(Certifier, askedAgainItSignsTheSame)
{
    const auto done = moved();
    const auto text = certified(done.migration);
    await([&] { return target.certificate(done.migration).has_value(); });
    const auto payload = statementOf(checkCertificate(text, authority()).value().certificate);
    const KeyAndCertificate key {contents(source.config().keyPem), contents(source.config().certificatePem)};
    const auto again = target.countersign("lyon", {done.migration, payload, signJws(key, payload).value()});
    ASSERT_TRUE(again) << describe(again.error());
    EXPECT_TRUE(verifyJws(payload, *again, authority(), now()));
    EXPECT_EQ(target.certificate(done.migration).value(), text) << "the certificate that counts is never replaced";
}

TEST_F(Certifier, anUnfinishedMigrationIsNotCertified)
{
    target.project = "another"; // it will not take what is of the source's
    startBoth();
    const auto failed = awaitEnd(source.migrate(there("web"), "nice"));
    EXPECT_EQ(failed.state, OperationState::Failed);
    EXPECT_EQ(source.certificate(failed.migration).error().reason, Reason::NotFound);
    EXPECT_EQ(target.countersign("lyon", {failed.migration, "{}", {}}).error().reason, Reason::NotFound);
}

}
