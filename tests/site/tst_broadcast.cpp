// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/broadcast.h"

#include <atomic>
#include <gtest/gtest.h>
#include <thread>

using namespace portulan;
using namespace portulan::site;

namespace {

Instance instance(const std::string &id, const std::string &name = "web", const std::string &project = "p1")
{
    Instance made;
    made.id = {"lyon", ObjectKind::Instance, id};
    made.name = name;
    made.project = project;
    return made;
}

}

TEST(Broadcast, whatIsAnnouncedIsFoundAndNumbered)
{
    Broadcast broadcast("e1");
    broadcast.announce(instance("i-1"));
    broadcast.announce(instance("i-2"));
    EXPECT_EQ(broadcast.revision(), 2u);
    EXPECT_EQ(std::get<Instance>(*broadcast.find({"lyon", ObjectKind::Instance, "i-2"})).name, "web");
    EXPECT_EQ(broadcast.all(ObjectKind::Instance).size(), 2u);
    EXPECT_TRUE(broadcast.all(ObjectKind::Volume).empty());
}

TEST(Broadcast, whatIsAlreadyKnownIsNotAnnouncedAgain)
{
    Broadcast broadcast("e1");
    broadcast.announce(instance("i-1"));
    broadcast.announce(instance("i-1"));
    broadcast.announce(Vanished {{"lyon", ObjectKind::Instance, "never-was"}});
    EXPECT_EQ(broadcast.revision(), 1u);
    broadcast.announce(instance("i-1", "renamed"));
    EXPECT_EQ(broadcast.revision(), 2u);
}

TEST(Broadcast, theSiteComesFirstInASnapshot)
{
    Broadcast broadcast("e1");
    broadcast.announce(instance("a"));
    Site site;
    site.id = "lyon";
    broadcast.announce(site);
    const auto snapshot = broadcast.snapshot();
    ASSERT_EQ(snapshot.changes.size(), 2u);
    EXPECT_TRUE(std::holds_alternative<Site>(snapshot.changes[0]->thing));
    EXPECT_EQ(snapshot.revision, 2u);
}

TEST(Broadcast, aVanishedThingKeepsItsProjectForThoseWhoMaySeeIt)
{
    Broadcast broadcast("e1");
    broadcast.announce(instance("i-1", "web", "secret"));
    broadcast.announce(Vanished {{"lyon", ObjectKind::Instance, "i-1"}});
    const auto changes = broadcast.since(0, 10);
    ASSERT_TRUE(changes && changes->size() == 2);
    EXPECT_EQ((*changes)[1]->project, "secret");
    EXPECT_FALSE(broadcast.find({"lyon", ObjectKind::Instance, "i-1"}));
}

TEST(Broadcast, samplesPassAndAreNotKept)
{
    Broadcast broadcast("e1");
    broadcast.announce(Sampled {"lyon", {}});
    broadcast.announce(Sampled {"lyon", {}});
    EXPECT_EQ(broadcast.revision(), 2u);
    EXPECT_TRUE(broadcast.snapshot().changes.empty());
    EXPECT_EQ(broadcast.since(1, 10)->size(), 1u);
}

TEST(Broadcast, changesAreHandedOutFromWhereOneStoppedAndInPortions)
{
    Broadcast broadcast("e1");
    for (int i = 0; i < 100; ++i) {
        broadcast.announce(instance("i-1", "name " + std::to_string(i)));
    }
    const auto part = broadcast.since(40, 10);
    ASSERT_TRUE(part);
    ASSERT_EQ(part->size(), 10u);
    EXPECT_EQ(part->front()->revision, 41u);
    EXPECT_EQ(part->back()->revision, 50u);
    EXPECT_TRUE(broadcast.since(100, 10)->empty());
}

TEST(Broadcast, tooOldOrUnheardOfRevisionsCannotBeResumed)
{
    Broadcast broadcast("e1");
    for (int i = 0; i < 20'000; ++i) {
        broadcast.announce(instance("i-1", "name " + std::to_string(i)));
    }
    EXPECT_FALSE(broadcast.since(1, 10));
    EXPECT_TRUE(broadcast.since(10'000, 10));
    EXPECT_FALSE(broadcast.since(20'001, 10));
}

TEST(Broadcast, watchersAreWokenUntilTheyLetGo)
{
    Broadcast broadcast("e1");
    int woken = 0;
    auto ticket = broadcast.listen([&] { ++woken; });
    broadcast.announce(instance("i-1"));
    EXPECT_EQ(woken, 1);
    ticket.reset();
    broadcast.announce(instance("i-2"));
    EXPECT_EQ(woken, 1);
}

TEST(Broadcast, manyMayAnnounceAndReadAtOnce)
{
    Broadcast broadcast("e1");
    std::atomic<int> woken = 0;
    const auto ticket = broadcast.listen([&] { ++woken; });
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < 500; ++i) {
                broadcast.announce(instance("i-" + std::to_string(t), std::to_string(i)));
                (void)broadcast.since(0, 5);
                (void)broadcast.snapshot();
            }
        });
    }
    for (auto &thread : threads) {
        thread.join();
    }
    EXPECT_EQ(woken, 2000);
    EXPECT_EQ(broadcast.revision(), 2000u);
    std::uint64_t expected = 0;
    const auto changes = broadcast.since(0, 5000);
    for (const auto &change : *changes) {
        ASSERT_EQ(change->revision, ++expected);
    }
}
