// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/query.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>

using namespace portulan;

namespace {

struct Given {
    const char *site, *id, *name, *project;
    Classification classification;
    PowerState state;
    int cpus;
    std::int64_t ramBytes;
    std::int64_t volumeBytes;
};
constexpr std::int64_t GiB = 1LL << 30;
constexpr Given world[] = {
    {"lyon", "i-1", "web-1", "shop", Classification::Open, PowerState::Running, 2, 4 * GiB, 10 * GiB},
    {"lyon", "i-2", "web-2", "shop", Classification::Personal, PowerState::Stopped, 8, 16 * GiB, 0},
    {"lyon", "i-3", "Hôpital Édouard-Herriot", "care", Classification::HealthFr, PowerState::Running, 16, 64 * GiB, 2000LL * 1000 * 1000 * 1000},
    {"paris", "i-4", "web 1 old", "shop", Classification::Unclassified, PowerState::Failed, 1, GiB, 0},
    {"koeln", "i-5", "Krankenhaus Straße", "care", Classification::HealthDe, PowerState::Stopping, 4, 8 * GiB, 0},
    {"koeln", "db-6", "مستشفى", "", Classification::Internal, PowerState::Paused, 4, 8 * GiB, 0},
    {"koeln", "db-7", "🏥 42", "", Classification::Internal, PowerState::RecordedOnly, 4, 4'000'000'000, 0},
};

Inventory inventoryOf()
{
    Inventory inventory;
    for (const auto &[id, name, country] : {std::tuple("lyon", "Lyon Part-Dieu", "FR"), {"paris", "Paris 13e", "FR"}, {"koeln", "Köln", "DE"}}) {
        Site site;
        site.id = id;
        site.name = name;
        site.place.country = country;
        inventory.apply(site);
    }
    Project care;
    care.id = {"lyon", ObjectKind::Project, "care"};
    care.name = "Santé publique";
    inventory.apply(care);
    for (const Given &given : world) {
        Instance instance;
        instance.id = {given.site, ObjectKind::Instance, given.id};
        instance.name = given.name;
        instance.project = given.project;
        instance.classification = given.classification;
        instance.state = given.state;
        instance.vcpus = given.cpus;
        instance.ramBytes = given.ramBytes;
        instance.custody = given.id == std::string_view("i-2") ? Custody::Retained : Custody::Owner;
        inventory.apply(instance);
        Volume volume;
        volume.id = {given.site, ObjectKind::Volume, std::string("v-") + given.id};
        volume.sizeBytes = given.volumeBytes;
        volume.instanceId = given.id;
        inventory.apply(volume);
    }
    inventory.setVerdict(ObjectKind::Instance, inventory.find({"lyon", ObjectKind::Instance, "i-1"}), Status::Compliant);
    inventory.setVerdict(ObjectKind::Instance, inventory.find({"lyon", ObjectKind::Instance, "i-3"}), Status::NonCompliant);
    return inventory;
}

std::string found(const Inventory &inventory, const std::string &text, ObjectKind kind = ObjectKind::Instance)
{
    const auto query = Query::parse(text);
    if (!query) {
        return describe(query.error());
    }
    std::string ids;
    const auto slots = query->select(inventory, kind);
    for (const Slot slot : slots) {
        ids += (ids.empty() ? "" : " ") + std::string(inventory.text(inventory.rows(kind)[slot].id));
    }
    // The other way to ask must agree.
    for (Slot slot = 0; slot < inventory.rows(kind).size(); ++slot) {
        EXPECT_EQ(query->matches(inventory, inventory.rows(kind)[slot]), std::ranges::binary_search(slots, slot)) << text << ' ' << slot;
    }
    return ids;
}

struct Case {
    const char *query;
    const char *ids;
};
constexpr auto all = "i-1 i-2 i-3 i-4 i-5 db-6 db-7";

class Queries : public testing::TestWithParam<Case> { };

}

TEST_P(Queries, findWhatTheyAskFor)
{
    const Inventory inventory = inventoryOf();
    EXPECT_EQ(found(inventory, GetParam().query), GetParam().ids) << GetParam().query;
}
constexpr Case cases[] = {
    {"", all},
    {"  \t ", all},
    {"\"\"", all},
    {"web", "i-1 i-2 i-4"},
    {"WEB", "i-1 i-2 i-4"},
    {"\"web 1\"", "i-4"},
    {"web 1", "i-1 i-4"}, // two words: both, anywhere
    {"db-", "db-6 db-7"}, // ids too
    {"hopital", "i-3"},
    {"Hôpital", "i-3"},
    {"edouard", "i-3"},
    {"strasse", "i-5"},
    {"STRAßE", "i-5"},
    {"مستشفى", "db-6"},
    {"شف", "db-6"},
    {"🏥", "db-7"},
    {"\xF0\x9F\x8F\xA5\x20"
     "4",
        "db-7"},
    {"nowhere", ""},
    {"-web", "i-3 i-5 db-6 db-7"},
    {"-web -db", "i-3 i-5"},
    {"-\"web 1\" web", "i-1 i-2"},
    {"w*1", "i-1 i-4"},
    {"name:web-*", "i-1 i-2"},
    {"name:w*1", "i-1"},
    {"name:eb-", "i-1 i-2"},
    {"name:i-", ""},
    {"id:i-", "i-1 i-2 i-3 i-4 i-5"},
    {"id:*-6", "db-6"},
    {"name:\"web 1 old\",web-2", "i-2 i-4"},
    {"site:lyon", "i-1 i-2 i-3"},
    {"site:lyo", ""},
    {"site:ly*", "i-1 i-2 i-3"},
    {"site:köln", "i-5 db-6 db-7"},
    {"site:KOLN", "i-5 db-6 db-7"},
    {"site:\"paris 13e\",koeln", "i-4 i-5 db-6 db-7"},
    {"-site:lyon", "i-4 i-5 db-6 db-7"},
    {"site:atlantis", ""},
    {"project:shop", "i-1 i-2 i-4"},
    {"project:\"sante publique\"", "i-3"},
    {"projet:care", "i-3 i-5"},
    {"country:fr", "i-1 i-2 i-3 i-4"},
    {"pays:DE", "i-5 db-6 db-7"},
    {"class:health", "i-3 i-5"},
    {"class:health_fr", "i-3"},
    {"class:HEALTH-DE", "i-5"},
    {"class:none", "i-4"},
    {"classe:santé_fr", "i-3"},
    {"class:open,personal", "i-1 i-2"},
    {"-class:health class:p", "i-2"},
    {"state:running", "i-1 i-3"},
    {"state:stop", "i-2 i-5"},
    {"state:stopped", "i-2"},
    {"state:recorded", "db-7"},
    {"état:failed,paused", "i-4 db-6"},
    {"verdict:compliant", "i-1"},
    {"verdict:non", "i-3"},
    {"verdict:no", "i-2 i-3 i-4 i-5 db-6 db-7"},
    {"verdict:\"à surveiller\"", ""},
    {"verdict:non-conforme", "i-3"},
    {"custody:retained", "i-2"},
    {"kind:instance", all},
    {"kind:volume", ""},
    {"cpu>4", "i-2 i-3"},
    {"cpu>=4", "i-2 i-3 i-5 db-6 db-7"},
    {"cpu<2", "i-4"},
    {"cpu<=2", "i-1 i-4"},
    {"cpu:2", "i-1"},
    {"cpu=1,2", "i-1 i-4"},
    {"-cpu>1", "i-4"},
    {"ram>=8Gi", "i-2 i-3 i-5 db-6"},
    {"ram>=8.6G", "i-2 i-3"},
    {"ram:8GiB", "i-5 db-6"},
    {"ram:8gio", "i-5 db-6"},
    {"ram:4Go", "db-7"},
    {"ram<4g", "i-4"},
    {"ram<4gi", "i-4 db-7"},
    {"ram:4096Mi", "i-1"},
    {"ram:4000M", "db-7"},
    {"ram:0.5G", ""},
    {"size>9.5G", "i-1 i-3"},
    {"size:2TB", "i-3"},
    {"size:2To", "i-3"},
    {"size<1", "i-2 i-4 i-5 db-6 db-7"},
    {"site:lyon class:health state:running cpu>8 hopital -label", "i-3"},
    {"10.0.0.1:80", ""}, // no key, so a bare word
    {"\"class:health\"", ""},
    {"\"unfinished", ""},
    {"web-\"1\"", "i-1"},
};
INSTANTIATE_TEST_SUITE_P(Table, Queries, testing::ValuesIn(cases));

TEST(Query, whatItDoesNotUnderstandIsNamed)
{
    const auto refused = [](const char *text) {
        const auto query = Query::parse(text);
        return query ? "understood" : describe(query.error());
    };
    EXPECT_EQ(refused("web colour:red"),
        "INVALID_ARGUMENT{expected=site, project, kind, class, state, verdict, name, id, country, custody, cpu, ram, size field=query "
        "value=colour:red}");
    EXPECT_EQ(refused("state:flying"),
        "INVALID_ARGUMENT{expected=stopped, starting, running, stopping, paused, failed, recorded_only field=query value=state:flying}");
    EXPECT_EQ(refused("cpu:many"), "INVALID_ARGUMENT{expected=8, 1.5G, 4GiB, 4GB field=query value=cpu:many}");
    for (const auto *bad : {"cpu>", "cpu>1,2", "ram:4X", "ram:4GG", "ram:-1", "size:1e400", "ram:nan", "site>3", "site:", "class:", "verdict:perfect",
             "size:99999999999P"}) {
        EXPECT_TRUE(std::string(refused(bad)).starts_with("INVALID_ARGUMENT")) << bad;
    }
    EXPECT_FALSE(Query::parse(std::string(5000, 'x')));
    std::string many;
    for (int i = 0; i < 100; ++i) {
        many += "a ";
    }
    EXPECT_FALSE(Query::parse(many));
}

TEST(Query, anyBytesMayBeTyped)
{
    const Inventory inventory = inventoryOf();
    for (const auto *text : {"\xFF", "\x80\xBF", "name:\xC3", "-", "--", ":", ":::", "\"", "*", "**", "-*", "name:*", "\x01", "cpu:\"\""}) {
        found(inventory, text); // select() and matches() agree
    }
    EXPECT_EQ(found(inventory, "name:*"), all);
    EXPECT_EQ(found(inventory, "\xFF"), "");
}

TEST(Query, whateverIsTypedBothWaysToAskAgree)
{
    const Inventory inventory = inventoryOf();
    std::mt19937 dice(3);
    constexpr const char *parts[] = {"web", "site:", "class:", "cpu>", "-", "\"", ",", "*", " ", " ", "health", "4", "G", "é", "\xF0\x9F", "lyon",
        ":", "name:", "id:", "state:", "run", "i-"};
    int understood = 0;
    for (int i = 0; i < 5000; ++i) {
        std::string text;
        for (auto n = dice() % 12; n > 0; --n) {
            text += parts[dice() % std::size(parts)];
        }
        found(inventory, text);
        understood += Query::parse(text).has_value();
    }
    EXPECT_GT(understood, 1000);
    EXPECT_LT(understood, 5000);
}

TEST(Query, otherKindsAreAskedTheSameWay)
{
    const Inventory inventory = inventoryOf();
    EXPECT_EQ(found(inventory, "size>1G", ObjectKind::Volume), "v-i-1 v-i-3");
    EXPECT_EQ(found(inventory, "state:stopped", ObjectKind::Volume), "");
    EXPECT_EQ(found(inventory, "web", ObjectKind::Network), "");
    EXPECT_EQ(found(inventory, "lyon", ObjectKind::Site), "");
}

TEST(Query, whatWasRenamedOrIsGoneIsNotFoundByItsOldName)
{
    Inventory inventory = inventoryOf();
    Instance instance;
    instance.id = {"lyon", ObjectKind::Instance, "i-1"};
    instance.name = "proxy";
    inventory.apply(instance);
    inventory.apply(Vanished {{"lyon", ObjectKind::Instance, "i-2"}});
    EXPECT_EQ(found(inventory, "web"), "i-4");
    EXPECT_EQ(found(inventory, "proxy"), "i-1");
    EXPECT_EQ(found(inventory, "i-2"), "");
    EXPECT_EQ(found(inventory, ""), "i-1 i-3 i-4 i-5 db-6 db-7");
}
