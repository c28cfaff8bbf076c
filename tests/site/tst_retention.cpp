// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// The copy a source keeps: erased when its time is up, and an account of that which one can show.
#include "core/erasurerecord.h"
#include "tests/site/movingpair.h"

#include <filesystem>
#include <fstream>

using namespace portulan;
using namespace portulan::test;

namespace {

class Retention : public MovingPair {
protected:
    void SetUp() override
    {
        source.self.name = "Lyon";
        source.self.place.country = "FR";
        source.driver.addInstance("web", PowerState::Running, {MemoryDisk::sparse(3 * MiB, 0.3, 1), MemoryDisk::sparse(MiB, 1, 2)});
    }
    Operation moved(std::int64_t retentionSeconds = 600)
    {
        startBoth();
        const auto done = awaitEnd(source.migrate(there("web"), "nice", retentionSeconds));
        EXPECT_EQ(done.state, OperationState::Done) << describe(done.problem);
        if (retentionSeconds > 0) { // the destination signs for no other time than now
            await([&] { return source.certificate(done.migration).has_value(); });
        }
        return done;
    }
    void letTimePass() { source.clockOffsetSeconds = 700; }
    CheckedErasure recorded(const std::string &migration)
    {
        await([&] { return source.erasure(migration).has_value(); });
        const auto checked = checkErasure(source.erasure(migration).value(), authority());
        return checked ? *checked : throw std::runtime_error(describe(checked.error()));
    }
    std::string authority() const
    {
        std::ifstream stream(scratch.path("papers") + "/authority.pem");
        return {std::istreambuf_iterator<char>(stream), {}};
    }
    /// The gateway of the source dies at that call of its cloud, before or after it acted.
    void dieAt(const std::string &call)
    {
        source.driver.asked = [this, call](const std::string &asked) {
            dead = dead || asked == call;
            return dead ? Result<>(refuse(Reason::Cancelled)) : Result<>();
        };
    }
    void rise()
    {
        await([&] { return dead.load(); });
        source.die();
        source.driver.asked = {};
        dead = false;
        source.start();
    }
    std::size_t entriesOf(const std::string &action)
    {
        const auto trail = source.trailOf(there("web"));
        return std::size_t(std::ranges::count(trail, action));
    }
    std::atomic<bool> dead = false;
};

TEST_F(Retention, anErasureIsRecordedAndBelongsToItsCertificate)
{
    const auto done = moved();
    EXPECT_EQ(source.erasure(done.migration).error().reason, Reason::NotFound);
    const auto before = now();
    letTimePass();
    const auto record = recorded(done.migration).record;
    EXPECT_EQ(source.driver.erased, 1);
    EXPECT_EQ(record.object, there("web"));
    EXPECT_EQ(record.name, "web");
    EXPECT_EQ(record.site.name, "Lyon");
    EXPECT_EQ(record.method, "files_removed");
    EXPECT_EQ(record.gateway, "portulan-site " PORTULAN_VERSION);
    ASSERT_EQ(record.disks.size(), 2U);
    EXPECT_EQ(record.disks[0].name + ' ' + record.disks[0].root, done.digests[0]);
    EXPECT_GE(record.erasedAt, before + std::chrono::seconds(700));
    EXPECT_EQ(record.begunAt <= record.erasedAt, true);
    const auto proof = checkProof(source.certificate(done.migration).value(), authority(), {source.erasure(done.migration).value()});
    EXPECT_TRUE(proof) << describe(proof.error());
    EXPECT_EQ(entriesOf("retention.erase"), 1U);
    EXPECT_EQ(entriesOf("erasure.record"), 1U);
    EXPECT_TRUE(source.trail().intact);
    EXPECT_EQ(target.erasure(done.migration).error().reason, Reason::NotFound) << "the destination erased nothing";
}

TEST_F(Retention, aCrashBeforeTheErasureLeavesOneRecordOfIt)
{
    const auto done = moved();
    dieAt("erase");
    letTimePass();
    rise();
    EXPECT_EQ(recorded(done.migration).record.object, there("web"));
    EXPECT_EQ(source.driver.erased, 1);
    EXPECT_EQ(entriesOf("retention.erase"), 1U) << "begun once";
}

TEST_F(Retention, aCrashAfterTheErasureLeavesOneRecordOfIt)
{
    const auto done = moved();
    dieAt("erase done");
    letTimePass();
    rise();
    const auto record = recorded(done.migration).record;
    EXPECT_EQ(record.object, there("web"));
    EXPECT_LE(record.begunAt, record.erasedAt);
    EXPECT_EQ(source.driver.erased, 1);
    EXPECT_EQ(entriesOf("retention.erase"), 1U);
}

TEST_F(Retention, whatCannotBeErasedIsNotRecordedAsErased)
{
    const auto done = moved();
    std::atomic<int> tries = 0;
    source.driver.asked
        = [&tries](const std::string &call) { return call == "erase" && ++tries <= 3 ? Result<>(refuse(Reason::Internal)) : Result<>(); };
    letTimePass();
    await([&] { return tries >= 3; });
    const auto record = recorded(done.migration).record;
    EXPECT_GE(tries, 4);
    EXPECT_EQ(source.driver.erased, 1);
    EXPECT_EQ(entriesOf("retention.erase"), 1U);
}

TEST_F(Retention, itsRecordWaitsForTheCertificateItRefersTo)
{
    std::filesystem::permissions(target.config().keyPem, std::filesystem::perms(0644)); // a key others may read signs nothing
    const auto done = moved(0);
    await([&] { return source.driver.erased == 1; });
    EXPECT_EQ(source.erasure(done.migration).error().reason, Reason::NotFound);
    std::filesystem::permissions(target.config().keyPem, std::filesystem::perms(0600));
    EXPECT_FALSE(recorded(done.migration).record.certificate.empty());
    EXPECT_TRUE(checkProof(source.certificate(done.migration).value(), authority(), {source.erasure(done.migration).value()}));
}

TEST_F(Retention, aDestinationThatNeverSignsHoldsUpNoRecord)
{
    source.patience.unheard = std::chrono::milliseconds(300);
    std::filesystem::permissions(target.config().keyPem, std::filesystem::perms(0644));
    const auto done = moved(0);
    const auto record = recorded(done.migration).record;
    EXPECT_TRUE(record.certificate.empty());
    EXPECT_EQ(record.migration, done.migration);
}

TEST_F(Retention, aCopyErasedBeforeItsEndWasJournalledIsCertifiedAsItWas)
{
    startBoth();
    std::atomic<int> fences = 0;
    source.driver.asked = [&](const std::string &call) {
        dead = dead || (call == "custody retained done" && ++fences == 2);
        return dead ? Result<>(refuse(Reason::Cancelled)) : Result<>();
    };
    const auto id = source.migrate(there("web"), "nice", 0);
    await([&] { return dead.load(); });
    source.die();
    source.driver.asked = [&](const std::string &call) { // the move goes on only once its copy is gone
        return call == "custody retained" && source.driver.erased == 0 ? Result<>(refuse(Reason::Unreachable)) : Result<>();
    };
    source.start();
    const auto done = awaitEnd(id);
    EXPECT_EQ(done.state, OperationState::Done) << describe(done.problem);
    const auto record = recorded(done.migration).record;
    const auto proof = checkProof(source.certificate(done.migration).value(), authority(), {source.erasure(done.migration).value()});
    EXPECT_TRUE(proof) << describe(proof.error()) << " retained until " << toRfc3339(record.retainedUntil);
}

TEST_F(Retention, aDataSetsErasureNamesItsObjects)
{
    source.driver.addDataSet("papers", {{"a", MemoryDisk::sparse(MiB, 1, 3)}, {"b", MemoryDisk::sparse(100, 1, 4)}});
    startBoth();
    const auto done = awaitEnd(source.migrate({"lyon", ObjectKind::DataSet, "papers"}, "nice", 0));
    EXPECT_EQ(done.state, OperationState::Done) << describe(done.problem);
    const auto record = recorded(done.migration).record;
    ASSERT_EQ(record.disks.size(), 2U);
    EXPECT_EQ(record.disks[1].name, "b");
    EXPECT_EQ(record.disks[1].sizeBytes, 100);
}

}
