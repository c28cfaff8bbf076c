// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What users order of things that are not this site's to change.
#include "site/orders.h"
#include "tests/site/driverrig.h"

#include <algorithm>

using namespace portulan;
using namespace portulan::site;

namespace {

Instant now()
{
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

/// The desk of a site with a real driver behind it; alice operates p.
class Desk : public testing::Test {
protected:
    void announceAll()
    {
        const auto things = rig.driver().inventory().value();
        for (const auto &thing : things) {
            broadcast.announce(thing);
        }
    }
    Result<Operation> order(const Order &what)
    {
        announceAll();
        return orders.submit("user/alice", {"00000000-0000-4000-8000-" + std::to_string(100'000'000'000 + ++asked), {}, false, what});
    }
    ObjectId done(const Order &what) { return rig.done(what); }

    tests::DriverRig rig {"none"};
    Config config = [this] {
        Config made;
        made.siteId = "here";
        made.directory = rig.dir.path("gateway");
        std::filesystem::create_directories(made.directory);
        return made;
    }();
    std::unique_ptr<Journal> journal = Journal::open(config.directory + "/journal.db").value();
    std::unique_ptr<Audit> audit = Audit::open(config.directory + "/audit.db", now).value();
    Broadcast broadcast {"epoch"};
    Operations operations {"here", *journal, broadcast, now};
    Rulebook rules;
    Policy policy {rules, broadcast, "here", now};
    Authority authority {{{"user/alice", "operator", "p"}}};
    Workers workers {2};
    Context context {config, rig.driver(), *journal, broadcast, operations, policy, workers, now};
    Admission admission {authority, *audit, broadcast, Log()};
    Orders orders {context, admission, nullptr};
    int asked = 0;
};

TEST_F(Desk, whatIsLeavingObeysNobodysOrders)
{
    auto machine = rig.instance("web", rig.nanoImage());
    machine.start = false;
    const auto web = done(machine);
    const auto disk = rig.id(ObjectKind::Volume, rig.get<Instance>(web).volumeIds.at(0));
    const auto spare = done(CreateVolume {{}, "spare", "p", 1 << 20, {}, {}, {}});
    const auto loose = done(CreateVolume {{}, "loose", "p", 1 << 20, {}, {}, {}});
    const auto papers = done(CreateDataSet {{}, "papers", "p", Classification::Internal, {}});
    ASSERT_TRUE(rig.put(papers, "a", "text"));
    for (const auto &leaving : {web, loose, papers}) {
        ASSERT_TRUE(rig.driver().setCustody(leaving, Custody::Leaving, {}, "there"));
    }
    const auto before = rig.driver().inventory().value();
    const std::vector<Order> refused {AttachVolume {web, spare}, DetachVolume {web, disk}, ResizeInstance {web, 2, 0}, ResizeVolume {disk, 64 << 20},
        ResizeVolume {loose, 8 << 20}, DeleteInstance {web}, DeleteVolume {loose}, DeleteDataSet {papers}, DeleteDataObject {papers, "a"},
        StartInstance {web}, CreateSnapshot {web, "s"}};
    for (const auto &what : refused) {
        const auto answer = order(what);
        ASSERT_FALSE(answer) << kindOf(what);
        EXPECT_EQ(answer.error().reason, Reason::NotReady) << kindOf(what) << ' ' << describe(answer.error());
        EXPECT_EQ(answer.error().fact("state"), "leaving") << kindOf(what);
    }
    EXPECT_EQ(rig.driver().inventory().value(), before);
    EXPECT_TRUE(broadcast.all(ObjectKind::Operation).empty()) << "nothing was begun";
    admission.recordCounted(true);
    const auto trail = audit->entries(0, 100, {}, false).value();
    ASSERT_FALSE(trail.empty());
    EXPECT_TRUE(std::ranges::none_of(trail, &AuditRecord::allowed)) << "the trail has the refusals, and nothing else";
    ASSERT_TRUE(rig.driver().setCustody(web, Custody::Owner, {}, {}));
    EXPECT_TRUE(order(AttachVolume {web, spare}));
}

}
