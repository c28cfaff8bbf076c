// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/folding.h"
#include "core/sorting.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>

using namespace portulan;

namespace {

Instance named(std::string site, std::string id, std::string name)
{
    Instance instance;
    instance.id = {std::move(site), ObjectKind::Instance, std::move(id)};
    instance.name = std::move(name);
    return instance;
}

std::vector<Slot> allOf(const Inventory &inventory)
{
    return Query().select(inventory, ObjectKind::Instance);
}

std::string order(const Inventory &inventory, SortKey key, bool descending = false)
{
    auto slots = allOf(inventory);
    sort(slots, inventory, ObjectKind::Instance, key, descending);
    std::string text;
    for (const Slot slot : slots) {
        const Row &row = inventory.rows(ObjectKind::Instance)[slot];
        text += (text.empty() ? "" : "|") + std::string(inventory.text(row.name).empty() ? inventory.text(row.id) : inventory.text(row.name));
    }
    return text;
}

}

TEST(Sorting, namesComeAsPeopleExpectThem)
{
    Inventory inventory;
    int number = 0;
    for (const auto *name : {"web-10", "Web-2", "web-1", "éclair", "Zürich", "eclipse", "zuri", "web", "web-02", "web 1", "10", "9", "1000000000000",
             "999999999999", "ß", "ssa", "a1b2", "a1b10", "2024-11-30", "2024-2-1"}) {
        inventory.apply(named("lyon", "i-" + std::to_string(number++), name));
    }
    EXPECT_EQ(order(inventory, SortKey::Name),
        "9|10|2024-2-1|2024-11-30|999999999999|1000000000000|a1b2|a1b10|éclair|eclipse|ß|ssa|web|web 1|web-1|Web-2|web-02|web-10|zuri|Zürich");
    EXPECT_EQ(order(inventory, SortKey::Name, true),
        "Zürich|zuri|web-10|web-02|Web-2|web-1|web 1|web|ssa|ß|eclipse|éclair|a1b10|a1b2|1000000000000|999999999999|2024-11-30|2024-2-1|10|9");
}

TEST(Sorting, equalKeysComeByNameThenId)
{
    Inventory inventory;
    for (const auto &[site, id, name, cpus] :
        {std::tuple("b", "i-2", "same", 4), {"a", "i-2", "same", 4}, {"a", "i-1", "same", 4}, {"a", "i-3", "other", 4}, {"a", "i-4", "zz", 1}}) {
        auto instance = named(site, id, name);
        instance.vcpus = cpus;
        inventory.apply(instance);
    }
    const auto ids = [&](bool descending) {
        auto slots = allOf(inventory);
        sort(slots, inventory, ObjectKind::Instance, SortKey::Count, descending);
        std::string text;
        for (const Slot slot : slots) {
            text += inventory.idOf(inventory.rows(ObjectKind::Instance)[slot]).text() + ' ';
        }
        return text;
    };
    EXPECT_EQ(ids(false), "a/instance/i-4 a/instance/i-3 a/instance/i-1 a/instance/i-2 b/instance/i-2 ");
    EXPECT_EQ(ids(true), "a/instance/i-3 a/instance/i-1 a/instance/i-2 b/instance/i-2 a/instance/i-4 ");
}

TEST(Sorting, placesSortByWhatPeopleCallThem)
{
    Inventory inventory;
    for (const auto &[id, name, country] : {std::tuple("s1", "Zagreb", "HR"), {"s2", "Évry", "FR"}, {"s3", "Aachen", "DE"}}) {
        Site site;
        site.id = id;
        site.name = name;
        site.place.country = country;
        inventory.apply(site);
        auto instance = named(id, "i", std::string("on ") + name);
        instance.project = std::string("p-") + id;
        inventory.apply(instance);
    }
    Project project;
    project.id = {"s1", ObjectKind::Project, "p-s1"};
    project.name = "Archives";
    inventory.apply(project);
    inventory.apply(named("unknown", "i", "elsewhere"));
    EXPECT_EQ(order(inventory, SortKey::Site), "on Aachen|on Évry|elsewhere|on Zagreb");
    EXPECT_EQ(order(inventory, SortKey::Country), "elsewhere|on Aachen|on Évry|on Zagreb");
    EXPECT_EQ(order(inventory, SortKey::Country, true), "on Zagreb|on Évry|on Aachen|elsewhere");
    EXPECT_EQ(order(inventory, SortKey::Project), "elsewhere|on Zagreb|on Évry|on Aachen");
}

TEST(Sorting, numbersAndVerdictsSortByValue)
{
    Inventory inventory;
    for (int i = 0; i < 5; ++i) {
        auto instance = named("lyon", "i-" + std::to_string(i), std::to_string(i));
        instance.ramBytes = (i * 7) % 5 * (1LL << 33);
        instance.changedAt = Instant(std::chrono::milliseconds((i - 2) * (i - 2) - 2));
        instance.state = PowerState((i * 3) % 5);
        instance.classification = Classification((i * 2) % 5);
        inventory.apply(instance);
        inventory.setVerdict(ObjectKind::Instance, inventory.find(instance.id), Status(4 - i));
    }
    EXPECT_EQ(order(inventory, SortKey::Ram), "0|3|1|4|2");
    EXPECT_EQ(order(inventory, SortKey::Changed), "2|1|3|0|4");
    EXPECT_EQ(order(inventory, SortKey::Changed, true), "0|4|1|3|2");
    EXPECT_EQ(order(inventory, SortKey::State), "0|2|4|1|3");
    EXPECT_EQ(order(inventory, SortKey::Classification), "0|3|1|4|2");
    EXPECT_EQ(order(inventory, SortKey::Verdict), "4|3|2|1|0");
}

TEST(Sorting, manyRandomNamesComeAsByComparingTheirKeys)
{
    std::mt19937 dice(7);
    Inventory inventory;
    constexpr const char *parts[] = {"web", "Web", "é", "0", "00", "7", "12", "-", " ", "a", "zzzzzzzz", "مست", "🏥", "123456789", "1234567890"};
    for (int i = 0; i < 20000; ++i) {
        std::string name;
        for (auto n = dice() % 6; n > 0; --n) {
            name += parts[dice() % std::size(parts)];
        }
        inventory.apply(named(i % 2 ? "lyon" : "paris", "i-" + std::to_string(dice() % 15000), name));
    }
    const auto keyOf = [&](Slot slot) {
        const Row &row = inventory.rows(ObjectKind::Instance)[slot];
        std::string key;
        appendSortKey(key, inventory.foldedName(row));
        return key + '\x01' + std::string(inventory.text(row.id)) + '\x01' + std::string(inventory.text(row.site));
    };
    auto slots = allOf(inventory);
    auto expected = slots;
    std::ranges::shuffle(slots, dice);
    sort(slots, inventory, ObjectKind::Instance, SortKey::Name, false);
    std::ranges::sort(expected, {}, keyOf);
    EXPECT_EQ(slots, expected);
}

TEST(Sorting, rowsMayBeAddedInSlicesAndSortedWithoutTheInventory)
{
    auto inventory = std::make_unique<Inventory>();
    for (const auto *name : {"c", "a", "d", "b"}) {
        inventory->apply(named("lyon", name, name));
    }
    const auto slots = allOf(*inventory);
    Sorting sorting(*inventory, ObjectKind::Instance, SortKey::Site, true);
    sorting.add(std::span(slots).first(1));
    sorting.add(std::span(slots).subspan(1));
    inventory.reset();
    EXPECT_EQ(std::move(sorting).sorted(), (std::vector<Slot> {1, 3, 0, 2}));
}

TEST(Sorting, nothingSortsToNothing)
{
    const Inventory inventory;
    EXPECT_EQ(order(inventory, SortKey::Name), "");
    EXPECT_EQ(order(inventory, SortKey::Site, true), "");
}
