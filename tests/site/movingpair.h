// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "tests/fakes/movingsite.h"
#include "tests/site/scratch.h"

#include <gtest/gtest.h>
#include <thread>

namespace portulan::test {

/// Two sites, lyon and nice, and an eye that never stops looking whether somebody owns a thing twice.
class MovingPair : public testing::Test {
protected:
    static constexpr std::uint64_t MiB = 1 << 20;

    ~MovingPair() override { stopWatching(); }

    void startBoth()
    {
        target.start();
        source.start();
        source.config().peers = {{"nice", target.endpoint()}};
        target.config().peers = {{"lyon", source.endpoint()}};
        watcher = std::thread([this] {
            while (!m_watched) {
                lookForTwoOwners();
                pause();
            }
        });
    }
    void stopWatching()
    {
        m_watched = true;
        if (watcher.joinable()) {
            watcher.join();
        }
        EXPECT_FALSE(twoOwners) << "both sites owned the same thing at once";
        EXPECT_FALSE(twoRan) << "a machine ran at both sites at once";
    }
    /// The source owns while Owner or Leaving, the destination when Owner. The destination is asked first: it never gives up owning, so
    /// that a hand-over between the two questions cannot look like two owners.
    void lookForTwoOwners()
    {
        for (const auto &name : {"web", "big", "deaf", "idle"}) {
            const bool nice = target.driver.custody(here(name)) == Custody::Owner;
            const auto lyon = source.driver.custody(there(name));
            const auto machineThere = target.driver.instance(name);
            const bool runsThere = machineThere && machineThere->state == PowerState::Running;
            const auto machineHere = source.driver.instance(name);
            if (runsThere && machineHere && machineHere->state == PowerState::Running) {
                twoRan = true;
            }
            if (nice && (lyon == Custody::Owner || lyon == Custody::Leaving)) {
                twoOwners = true;
            }
        }
        const bool nice = target.driver.custody({"nice", ObjectKind::DataSet, "records"}) == Custody::Owner;
        const auto lyon = source.driver.custody({"lyon", ObjectKind::DataSet, "records"});
        twoOwners = twoOwners || (nice && (lyon == Custody::Owner || lyon == Custody::Leaving));
    }
    template <typename Condition>
    void await(Condition condition, std::chrono::seconds limit = std::chrono::seconds(120))
    {
        const auto until = std::chrono::steady_clock::now() + limit;
        while (!condition()) {
            if (std::chrono::steady_clock::now() > until) {
                throw std::runtime_error("it did not happen in time");
            }
            pause();
        }
    }
    Operation awaitEnd(const ObjectId &id)
    {
        await([&] {
            const auto operation = source.operation(id);
            return operation && isOver(operation->state);
        });
        return *source.operation(id);
    }
    void expectMoved(const std::string &name)
    {
        EXPECT_EQ(target.driver.custody(here(name)), Custody::Owner);
        EXPECT_EQ(source.driver.custody(there(name)), Custody::Retained);
        const auto instance = source.driver.instance(name);
        ASSERT_TRUE(instance && target.driver.instance(name));
        EXPECT_EQ(target.driver.instance(name)->volumeIds, instance->volumeIds);
        for (const auto &volume : instance->volumeIds) {
            EXPECT_TRUE(target.driver.disk(volume)->bytes == source.driver.disk(volume)->bytes) << volume;
        }
    }
    void expectAsBefore(const std::string &name, PowerState state)
    {
        EXPECT_EQ(source.driver.custody(there(name)), Custody::Owner);
        EXPECT_EQ(source.driver.instance(name)->state, state);
        await([&] { return !target.driver.custody(here(name)); });
    }
    static ObjectId there(const std::string &name) { return {"lyon", ObjectKind::Instance, name}; }
    static ObjectId here(const std::string &name) { return {"nice", ObjectKind::Instance, name}; }
    static Instant now() { return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()); }
    static Migrate order(const std::string &name)
    {
        Migrate migrate;
        migrate.object = there(name);
        migrate.toSite = "nice";
        return migrate;
    }

    Scratch scratch;
    PaperFiles papers {scratch.path("papers")};
    MovingSite source {papers, scratch.path("lyon"), "lyon"};
    MovingSite target {papers, scratch.path("nice"), "nice"};
    std::thread watcher;
    std::atomic<bool> twoOwners = false, twoRan = false;

private:
    /// Lets the sites have the processor between two looks.
    void pause()
    {
        std::unique_lock lock(m_mutex);
        m_tick.wait_for(lock, std::chrono::milliseconds(1));
    }
    std::mutex m_mutex;
    std::condition_variable m_tick;
    std::atomic<bool> m_watched = false;
};

}
