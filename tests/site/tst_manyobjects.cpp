// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// A data set of very many objects: what is known of them at either end is on disk, and costs no memory by their number.
#include "site/arrivalslots.h"
#include "site/moverlots.h"
#include "tests/fakes/movingdriver.h"
#include "tests/site/scratch.h"

#include <fstream>
#include <gtest/gtest.h>

using namespace portulan;
using namespace portulan::site;
using namespace portulan::test;

namespace {

constexpr std::size_t many = 300'000, perLot = 10'000;

/// A cloud that makes its objects up as they are listed.
class Endless : public MovingDriver {
public:
    using MovingDriver::MovingDriver;
    static DataObject object(std::size_t i)
    {
        const auto digits = std::to_string(i);
        return {"records of the year/" + std::string(40, 'a') + std::string(9 - digits.size(), '0') + digits, std::int64_t(i), {}, {}, "1"};
    }
    Result<std::vector<DataObject>> dataObjects(const ObjectId &, std::string_view after, std::size_t limit) override
    {
        std::vector<DataObject> found;
        const auto from = after.empty() ? 0 : std::stoul(std::string(after.substr(after.size() - 9))) + 1;
        for (auto i = from; i < count && found.size() < limit; ++i) {
            found.push_back(object(i));
            if (replacedEvery > 0 && i % replacedEvery == 1) {
                found.back().version = "2";
            }
        }
        return found;
    }
    std::size_t count = many;
    std::size_t replacedEvery = 0;
};

std::int64_t kibibytes(const std::string &what)
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(what)) {
            return std::stoll(line.substr(what.size() + 1));
        }
    }
    return 0;
}

Digest rootOf(std::size_t i)
{
    return sha256(std::as_bytes(std::span(&i, 1)));
}

class ManyObjects : public testing::Test {
protected:
    static DataSet records()
    {
        DataSet records;
        records.id = {"lyon", ObjectKind::DataSet, "records"};
        records.name = "Records";
        records.project = "care";
        return records;
    }
    /// All in lots, as both ends note them.
    void haveArrived()
    {
        for (std::size_t first = 0, number = 1; first < many; first += perLot, ++number) {
            std::vector<LotLedger::Arrived> arrived;
            Lot lot {number, records(), {}, {}};
            std::vector<std::optional<Digest>> roots;
            for (auto i = first; i < std::min(many, first + perLot); ++i) {
                arrived.push_back({Endless::object(i), rootOf(i)});
                lot.objects.push_back(Endless::object(i));
                roots.emplace_back(rootOf(i));
            }
            ASSERT_TRUE(ledger->close(number, {}, arrived));
            ASSERT_TRUE(incoming.begin(std::move(lot), number - 1));
            ASSERT_TRUE(incoming.close(roots));
        }
    }
    Scratch scratch;
    std::unique_ptr<LotLedger> ledger = LotLedger::open(scratch.path("m.lots")).value();
    IncomingLots incoming {scratch.path(), "m"};
    Endless driver {"lyon"};
    ObjectId set = records().id;
};

TEST_F(ManyObjects, costLittleMemory)
{
    const auto before = kibibytes("VmRSS:");
    haveArrived();
    const auto left = lotsLeft(driver, set, *ledger);
    ASSERT_TRUE(left);
    EXPECT_EQ(left->count, 0);
    const auto there = ledger->found(), here = incoming.found();
    ASSERT_TRUE(there && here);
    EXPECT_EQ(there->count, std::int64_t(many));
    EXPECT_EQ(there->whole, here->whole);
    EXPECT_EQ(there->named.size(), MigrationCertificate::mostNamed);
    EXPECT_LT(kibibytes("VmHWM:") - before, 32 * 1024) << "at its most, for both ends, of " << many << " objects";
}

TEST_F(ManyObjects, whatDiffersIsFoundInAnyOfThemAlsoAfterARestart)
{
    haveArrived();
    driver.replacedEvery = 1000;
    driver.count = many - 2500; // more than a page has gone
    ledger = LotLedger::open(scratch.path("m.lots")).value();
    EXPECT_EQ(ledger->lastLot(), many / perLot);
    std::size_t replaced = 0, gone = 0, most = 0;
    std::string last;
    for (LotWalk walk(driver, set, *ledger); !walk.isOver();) {
        const auto steps = walk.next();
        ASSERT_TRUE(steps);
        most = std::max(most, steps->size());
        for (const auto &step : *steps) {
            EXPECT_LT(last, step.key) << "in order, each once";
            last = step.key;
            ++(step.now ? replaced : gone);
        }
    }
    EXPECT_EQ(replaced, driver.count / 1000 + 1);
    EXPECT_EQ(gone, 2500U);
    EXPECT_LE(most, 1000U);
    IncomingLots again(scratch.path(), "m");
    ASSERT_TRUE(again.load());
    EXPECT_TRUE(again.isWhole());
    EXPECT_EQ(again.number(), many / perLot);
    ASSERT_TRUE(again.begin({many / perLot + 1, records(), {Endless::object(0).key}, {Endless::object(1)}}, many / perLot - 1));
    ASSERT_TRUE(again.close({rootOf(7)}));
    EXPECT_EQ(again.lot().gone.size(), perLot + 1) << "the last lot was void";
    EXPECT_EQ(again.found()->count, std::int64_t(many - perLot - 1));
    EXPECT_EQ(again.found()->named.front().root, rootOf(7));
}

TEST_F(ManyObjects, aListThatIsNoneIsRefusedByName)
{
    for (const auto *name : {"other.lots", "other.lot-list"}) {
        std::ofstream(scratch.path(name)) << std::string(5000, 'x');
    }
    const auto opened = LotLedger::open(scratch.path("other.lots"));
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().reason, Reason::Internal);
    EXPECT_EQ(opened.error().fact("file"), scratch.path("other.lots"));
    const auto loaded = IncomingLots(scratch.path(), "other").load();
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().reason, Reason::Internal);
    EXPECT_EQ(loaded.error().fact("file"), scratch.path("other.lot-list"));
}

TEST_F(ManyObjects, aLotThatCannotBeReadIsNotGuessed)
{
    ASSERT_TRUE(incoming.begin({1, records(), {}, {Endless::object(1)}}, 0));
    EXPECT_EQ(incoming.found().error().reason, Reason::Untrusted) << "of an object that is not there yet nothing is known";
    const auto database = Database::open(scratch.path("m.lot-list"), "").value();
    ASSERT_TRUE(database.prepare("UPDATE last SET request = x'ffff'").run());
    const auto loaded = IncomingLots(scratch.path(), "m").load();
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().reason, Reason::Malformed);
    EXPECT_EQ(loaded.error().fact("file"), scratch.path("m.lot-list"));
}

}
