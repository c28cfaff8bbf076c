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
    /// A statement as the true one, changed, signed by the source all the same.
    Reason refusedWhen(const std::string &certificate, const std::string &from, const std::function<void(MigrationCertificate &)> &change)
    {
        auto lie = checkCertificate(certificate, authority()).value().certificate;
        const auto migration = lie.migration;
        change(lie);
        const auto payload = statementOf(lie);
        const KeyAndCertificate key {contents(source.config().keyPem), contents(source.config().certificatePem)};
        const auto answer = target.countersign(from, {migration, payload, signJws(key, payload).value()});
        EXPECT_FALSE(answer) << payload;
        return answer ? Reason::Internal : answer.error().reason;
    }
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
