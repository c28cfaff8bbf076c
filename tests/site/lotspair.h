// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "tests/site/movingpair.h"

namespace portulan::test {

/// …and a data set "records" whose users put, replace and delete each time somebody lists it; what they were told is done is in
/// `expected`.
template <typename Sites>
class WithRecords : public Sites {
protected:
    using Sites::await, Sites::source, Sites::target;
    static Migrate warmRecords()
    {
        Migrate migrate;
        migrate.object = recordsThere;
        migrate.toSite = "nice";
        migrate.mode = MoveMode::Warm;
        migrate.retentionSeconds = 3600;
        return migrate;
    }
    void addRecords(
        unsigned count, const std::function<std::uint64_t(unsigned)> &size = [](unsigned i) { return i * 700 % 20'000; })
    {
        for (unsigned i = 0; i < count; ++i) {
            expected["dossier/" + std::to_string(i)] = MemoryDisk::sparse(size(i), 1, i + 1);
        }
        source.driver.addDataSet("records", expected);
        source.driver.guest = [this] { use(); };
    }
    void put(const std::string &key, std::uint64_t bytes)
    {
        const auto object = MemoryDisk::sparse(bytes, 1, 1000 + unsigned(++puts));
        if (source.driver.putObject("records", key, object)) {
            expected[key] = object;
        }
    }
    void erase(const std::string &key)
    {
        if (source.driver.deleteObject("records", key)) {
            expected.erase(key);
        }
    }
    /// Something new, something replaced by as many other bytes, something by none, something gone for good, something gone and back.
    void use()
    {
        const auto turn = std::to_string(++turns);
        put("new/" + turn, 3000);
        put("dossier/1", 700);
        put("dossier/2", turns % 2 == 0 ? 0 : 5000);
        erase("dossier/" + turn);
        put("passing/" + turn, 100);
        erase("passing/" + turn);
        put("dossier/3", 50);
    }
    void expectRecordsMoved(const Operation &done)
    {
        ASSERT_EQ(done.state, OperationState::Done) << describe(done.problem);
        await([&] { return target.driver.custody(recordsHere) == Custody::Owner; });
        EXPECT_EQ(source.driver.custody(recordsThere), Custody::Retained);
        const auto arrived = target.driver.objects("records");
        EXPECT_EQ(arrived.size(), expected.size());
        for (const auto &[key, object] : expected) {
            const auto at = arrived.find(key);
            ASSERT_NE(at, arrived.end()) << key << " was lost";
            EXPECT_TRUE(at->second->bytes == object->bytes) << key;
        }
        for (const auto &[key, object] : arrived) {
            EXPECT_TRUE(expected.contains(key)) << key << " came back";
        }
    }
    void expectRecordsAsBefore()
    {
        EXPECT_EQ(source.driver.custody(recordsThere), Custody::Owner);
        await([&] { return !target.driver.custody(recordsHere); });
        EXPECT_TRUE(source.driver.putObject("records", "afterwards", MemoryDisk::sparse(10, 1, 1)));
        EXPECT_TRUE(source.driver.deleteObject("records", "afterwards"));
    }

    static inline const ObjectId recordsThere {"lyon", ObjectKind::DataSet, "records"}, recordsHere {"nice", ObjectKind::DataSet, "records"};
    /// The gateways end before what tests let their clouds look at.
    ~WithRecords() override
    {
        source.die();
        target.die();
    }

    std::map<std::string, MovingDriver::Disk> expected;
    std::atomic<int> puts = 0, turns = 0, opened = 0, lots = 0;
    std::atomic<bool> dead = false;
};
using LotsPair = WithRecords<MovingPair>;

}
