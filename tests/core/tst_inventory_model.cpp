// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// The inventory beside a naive one (std::map), through many random changes, snapshots and forgotten sites.
#include "core/folding.h"
#include "core/inventory.h"

#include <gtest/gtest.h>
#include <random>
#include <set>

using namespace portulan;

namespace {

class Naive {
public:
    void beginSnapshot(const std::string &site)
    {
        m_pending.clear();
        for (const auto &[id, thing] : m_things) {
            if (id.site == site) {
                m_pending.insert(id);
            }
        }
    }
    std::set<ObjectId> endSnapshot()
    {
        for (const ObjectId &id : m_pending) {
            m_things.erase(id);
        }
        return std::exchange(m_pending, {});
    }
    Differed apply(const Thing &thing)
    {
        const ObjectId id = idOf(thing);
        if (std::holds_alternative<Vanished>(thing)) {
            m_pending.erase(id);
            return m_things.erase(id) ? Differed::Vanished : Differed::Nothing;
        }
        m_pending.erase(id);
        const auto [at, isNew] = m_things.try_emplace(id, thing);
        const bool differs = !isNew && at->second != thing;
        at->second = thing;
        return isNew ? Differed::Appeared : differs ? Differed::Became : Differed::Nothing;
    }
    void forgetSite(const std::string &site)
    {
        std::erase_if(m_things, [&](const auto &entry) { return entry.first.site == site; });
    }
    const std::map<ObjectId, Thing> &things() const { return m_things; }
    std::int64_t bytesOf(const ObjectId &instance) const
    {
        std::int64_t bytes = 0;
        for (const auto &[id, thing] : m_things) {
            const auto *volume = std::get_if<Volume>(&thing);
            bytes += volume && id.site == instance.site && volume->instanceId == instance.id ? volume->sizeBytes : 0;
        }
        return bytes;
    }

private:
    std::map<ObjectId, Thing> m_things;
    std::set<ObjectId> m_pending;
};

class Dice {
public:
    explicit Dice(unsigned seed)
        : m_engine(seed)
    {
    }
    int upTo(int limit) { return int(m_engine() % unsigned(limit)); }
    template <std::size_t N>
    std::string oneOf(const char *const (&words)[N])
    {
        return words[std::size_t(upTo(int(N)))];
    }
    Thing thing()
    {
        if (upTo(3) > 0) {
            Instance instance;
            common(instance, ObjectKind::Instance);
            instance.vcpus = upTo(3);
            instance.imageId = oneOf({"", "debian", "nano"});
            return upTo(4) ? Thing(instance) : Thing(Vanished {instance.id});
        }
        Volume volume;
        common(volume, ObjectKind::Volume);
        volume.sizeBytes = upTo(5);
        volume.instanceId = upTo(4) ? "o" + std::to_string(upTo(40)) : "";
        return upTo(4) ? Thing(volume) : Thing(Vanished {volume.id});
    }
    std::string site() { return oneOf({"lyon", "paris", "nice"}); }

private:
    void common(Common &object, ObjectKind kind)
    {
        object.id = {site(), kind, "o" + std::to_string(upTo(40))};
        object.name = oneOf({"", "web", "Web Été", "🏥 base", "مستشفى", "été"}) + (upTo(2) ? std::to_string(upTo(30)) : "");
        object.project = oneOf({"", "a", "b", "c"});
    }
    std::mt19937 m_engine;
};

/// Everything both know, as text.
std::string print(const Inventory &inventory)
{
    std::set<std::string> lines;
    for (const ObjectKind kind : {ObjectKind::Instance, ObjectKind::Volume}) {
        for (const Row &row : inventory.rows(kind)) {
            if (row.alive) {
                lines.insert(inventory.idOf(row).text() + '|' + std::string(inventory.text(row.name)) + '|' + std::string(inventory.text(row.project))
                    + '|' + std::string(inventory.text(row.owner)) + '|' + std::to_string(row.count) + '|' + std::to_string(row.bytes) + '|'
                    + std::string(inventory.foldedName(row)));
            }
        }
    }
    std::string text;
    for (const std::string &line : lines) {
        text += line + '\n';
    }
    return text;
}
std::string print(const Naive &naive)
{
    std::set<std::string> lines;
    for (const auto &[id, thing] : naive.things()) {
        const auto *instance = std::get_if<Instance>(&thing);
        const auto *volume = std::get_if<Volume>(&thing);
        const Common &common = instance ? static_cast<const Common &>(*instance) : *volume;
        lines.insert(id.text() + '|' + common.name + '|' + common.project + '|' + (instance ? instance->imageId : volume->instanceId) + '|'
            + std::to_string(instance ? instance->vcpus : 0) + '|' + std::to_string(instance ? naive.bytesOf(id) : volume->sizeBytes) + '|'
            + fold(common.name));
    }
    std::string text;
    for (const std::string &line : lines) {
        text += line + '\n';
    }
    return text;
}

}

class RandomChanges : public testing::TestWithParam<unsigned> { };

TEST_P(RandomChanges, leaveTheInventoryAsTheNaiveOne)
{
    Dice dice(GetParam());
    Inventory inventory;
    Naive naive;
    for (int round = 0; round < 60; ++round) {
        const std::string snapshotOf = round % 3 ? dice.site() : "";
        if (!snapshotOf.empty()) {
            inventory.beginSnapshot(snapshotOf);
            naive.beginSnapshot(snapshotOf);
        }
        for (int i = 0; i < 40; ++i) {
            const Thing thing = dice.thing();
            ASSERT_EQ(inventory.apply(thing), naive.apply(thing)) << idOf(thing).text();
        }
        if (!snapshotOf.empty()) {
            const auto vanished = inventory.endSnapshot(snapshotOf);
            ASSERT_EQ(std::set(vanished.begin(), vanished.end()), naive.endSnapshot());
        } else if (dice.upTo(4) == 0) {
            const std::string site = dice.site();
            inventory.forgetSite(site);
            naive.forgetSite(site);
        }
        ASSERT_EQ(print(inventory), print(naive)) << "round " << round;
    }
}
INSTANTIATE_TEST_SUITE_P(Seeds, RandomChanges, testing::Range(1U, 21U));

TEST(InventoryMemory, changesForeverDoNotMakeItGrow)
{
    Inventory inventory;
    const auto churn = [&](int from, int to) {
        for (int i = from; i < to; ++i) {
            Volume volume;
            volume.id = {"lyon", ObjectKind::Volume, "v" + std::to_string(i % 500)};
            volume.name = "Disque d'été n° " + std::to_string(i);
            volume.instanceId = "instance-number-" + std::to_string(i);
            volume.project = "project-" + std::to_string(i / 3);
            inventory.apply(volume);
            if (i % 7 == 0) {
                inventory.apply(Vanished {volume.id});
            }
        }
    };
    churn(0, 400000); // 500 volumes at any time, some 30 MB of words in all
    EXPECT_LT(inventory.memoryBytes(), 512U * 1024);
    EXPECT_EQ(
        inventory.text(inventory.rows(ObjectKind::Volume)[inventory.find({"lyon", ObjectKind::Volume, "v498"})].name), "Disque d'été n° 399998");
}
