// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/inventory.h"

#include <gtest/gtest.h>

using namespace portulan;
using namespace std::chrono_literals;

namespace {

template <typename T>
T thing(std::string site, ObjectKind kind, std::string id, std::string name = {})
{
    T object;
    object.id = {std::move(site), kind, std::move(id)};
    object.name = std::move(name);
    return object;
}
Instance instance(std::string site, std::string id, std::string name = "web")
{
    return thing<Instance>(std::move(site), ObjectKind::Instance, std::move(id), std::move(name));
}
Volume volume(std::string site, std::string id, std::int64_t bytes, std::string instanceId = {})
{
    auto v = thing<Volume>(std::move(site), ObjectKind::Volume, std::move(id), "disk");
    v.sizeBytes = bytes;
    v.allocatedBytes = bytes / 10;
    v.instanceId = std::move(instanceId);
    return v;
}
Site site(std::string id)
{
    Site s;
    s.id = std::move(id);
    return s;
}
const Row &row(const Inventory &inventory, const ObjectId &id)
{
    return inventory.rows(id.kind)[inventory.find(id)];
}
std::string name(const Inventory &inventory, const ObjectId &id)
{
    return std::string(inventory.text(row(inventory, id).name));
}
std::string idsOf(const std::vector<ObjectId> &ids)
{
    std::string text;
    for (const ObjectId &id : ids) {
        text += (text.empty() ? "" : " ") + id.text();
    }
    return text;
}

}

TEST(Inventory, whatIsAppliedIsThere)
{
    Inventory inventory;
    auto web = instance("lyon", "i-1", "Serveur n° 1");
    web.project = "sante";
    web.flavor = "m1.small";
    web.vcpus = 4;
    web.ramBytes = 8LL << 30;
    web.state = PowerState::Running;
    web.classification = Classification::HealthFr;
    web.imageId = "debian-12";
    web.custody = Custody::Retained;
    web.movedTo = "paris";
    web.changedAt = Instant(1234ms);
    EXPECT_EQ(inventory.apply(web), Differed::Appeared);
    const Row &kept = row(inventory, web.id);
    EXPECT_EQ(inventory.idOf(kept), web.id);
    EXPECT_EQ(inventory.text(kept.name), "Serveur n° 1");
    EXPECT_EQ(inventory.text(kept.site), "lyon");
    EXPECT_EQ(inventory.text(kept.project), "sante");
    EXPECT_EQ(inventory.text(kept.detail), "m1.small");
    EXPECT_EQ(inventory.text(kept.owner), "debian-12");
    EXPECT_EQ(inventory.text(kept.movedTo), "paris");
    EXPECT_EQ(kept.count, 4);
    EXPECT_EQ(kept.ramBytes, 8LL << 30);
    EXPECT_EQ(kept.changedAt, 1234);
    EXPECT_EQ(kept.state, PowerState::Running);
    EXPECT_EQ(kept.classification, Classification::HealthFr);
    EXPECT_EQ(kept.custody, Custody::Retained);
    EXPECT_EQ(kept.verdict, Status::NotEvaluated);
    EXPECT_EQ(inventory.count(ObjectKind::Instance), 1U);
    EXPECT_EQ(inventory.ref("sante"), kept.project);
    EXPECT_EQ(inventory.ref("never seen"), ~Ref {0});
}

TEST(Inventory, onlyTrueDifferencesAreAnnounced)
{
    Inventory inventory;
    auto web = instance("lyon", "i-1");
    EXPECT_EQ(inventory.apply(web), Differed::Appeared);
    EXPECT_EQ(inventory.apply(web), Differed::Nothing);
    const auto version = row(inventory, web.id).version;
    web.name = "web 2";
    EXPECT_EQ(inventory.apply(web), Differed::Became);
    EXPECT_EQ(name(inventory, web.id), "web 2");
    EXPECT_GT(row(inventory, web.id).version, version);
    web.project = "p";
    EXPECT_EQ(inventory.apply(web), Differed::Became);
    EXPECT_EQ(inventory.apply(web), Differed::Nothing);
    EXPECT_EQ(inventory.apply(Vanished {web.id}), Differed::Vanished);
    EXPECT_EQ(inventory.apply(Vanished {web.id}), Differed::Nothing);
    EXPECT_EQ(inventory.find(web.id), noSlot);
    EXPECT_EQ(inventory.count(ObjectKind::Instance), 0U);
}

TEST(Inventory, theSameIdOnTwoSitesIsTwoThings)
{
    Inventory inventory;
    inventory.apply(instance("lyon", "i-1", "one"));
    inventory.apply(instance("paris", "i-1", "two"));
    EXPECT_EQ(name(inventory, {"lyon", ObjectKind::Instance, "i-1"}), "one");
    EXPECT_EQ(name(inventory, {"paris", ObjectKind::Instance, "i-1"}), "two");
    EXPECT_EQ(inventory.find({"nice", ObjectKind::Instance, "i-1"}), noSlot);
    EXPECT_EQ(inventory.find({"lyon", ObjectKind::Volume, "i-1"}), noSlot);
}

TEST(Inventory, anInstanceIsAsLargeAsItsVolumes)
{
    Inventory inventory;
    const ObjectId web {"lyon", ObjectKind::Instance, "web"};
    const ObjectId db {"lyon", ObjectKind::Instance, "db"};
    const auto sizes = [&] { return std::vector {row(inventory, web).bytes, row(inventory, web).allocatedBytes, row(inventory, db).bytes}; };
    inventory.apply(volume("lyon", "a", 100, "web")); // before its instance
    inventory.apply(instance("lyon", "web"));
    inventory.apply(instance("lyon", "db"));
    inventory.apply(instance("paris", "web"));
    inventory.apply(volume("lyon", "b", 50, "web"));
    EXPECT_EQ(sizes(), (std::vector<std::int64_t> {150, 15, 0}));
    inventory.apply(volume("lyon", "b", 70, "web")); // grows
    EXPECT_EQ(sizes(), (std::vector<std::int64_t> {170, 17, 0}));
    inventory.apply(volume("lyon", "a", 100, "db")); // is attached elsewhere
    EXPECT_EQ(sizes(), (std::vector<std::int64_t> {70, 7, 100}));
    EXPECT_EQ(inventory.apply(instance("lyon", "web")), Differed::Nothing); // its own facts do not touch the sum
    EXPECT_EQ(inventory.ownedBy(ObjectKind::Volume, db).size(), 1U);
    inventory.apply(volume("lyon", "a", 100)); // is free
    inventory.apply(Vanished {{"lyon", ObjectKind::Volume, "b"}});
    EXPECT_EQ(sizes(), (std::vector<std::int64_t> {0, 0, 0}));
    EXPECT_TRUE(inventory.ownedBy(ObjectKind::Volume, web).empty());
    EXPECT_EQ(row(inventory, {"paris", ObjectKind::Instance, "web"}).bytes, 0);
}

TEST(Inventory, ownersOfTwoKindsAreNotMistaken)
{
    Inventory inventory;
    auto ofVolume = thing<Snapshot>("lyon", ObjectKind::Snapshot, "s1");
    ofVolume.volumeId = "x";
    auto ofInstance = thing<Snapshot>("lyon", ObjectKind::Snapshot, "s2");
    ofInstance.instanceId = "x";
    inventory.apply(ofVolume);
    inventory.apply(ofInstance);
    const auto first = inventory.ownedBy(ObjectKind::Snapshot, {"lyon", ObjectKind::Volume, "x"});
    ASSERT_EQ(first.size(), 1U);
    EXPECT_EQ(inventory.idOf(inventory.rows(ObjectKind::Snapshot)[first[0]]), ofVolume.id);
}

TEST(Inventory, aSnapshotReplacesWhatItDoesNotRepeat)
{
    Inventory inventory;
    inventory.apply(site("lyon"));
    for (const auto *id : {"a", "b", "c"}) {
        inventory.apply(instance("lyon", id));
        inventory.apply(instance("paris", id));
    }
    inventory.apply(thing<Project>("lyon", ObjectKind::Project, "p"));
    inventory.apply(thing<Alert>("lyon", ObjectKind::Alert, "smoke"));
    inventory.beginSnapshot("lyon");
    EXPECT_EQ(inventory.apply(instance("lyon", "a")), Differed::Nothing);
    EXPECT_EQ(inventory.apply(instance("lyon", "b", "renamed")), Differed::Became);
    EXPECT_EQ(inventory.apply(instance("lyon", "d")), Differed::Appeared);
    EXPECT_EQ(inventory.apply(thing<Project>("lyon", ObjectKind::Project, "p")), Differed::Nothing);
    EXPECT_EQ(idsOf(inventory.endSnapshot("lyon")), "lyon/instance/c lyon/alert/smoke");
    EXPECT_EQ(inventory.count(ObjectKind::Instance), 6U);
    EXPECT_NE(inventory.site("lyon"), nullptr);
    EXPECT_TRUE(inventory.endSnapshot("lyon").empty()); // none under way
}

TEST(Inventory, aSnapshotCutShortRemovesNothingButTheNextOneDoes)
{
    Inventory inventory;
    for (const auto *id : {"a", "b", "c"}) {
        inventory.apply(instance("lyon", id));
    }
    inventory.beginSnapshot("lyon");
    inventory.apply(instance("lyon", "a"));
    EXPECT_EQ(inventory.count(ObjectKind::Instance), 3U);
    inventory.beginSnapshot("lyon");
    inventory.apply(instance("lyon", "b"));
    EXPECT_EQ(idsOf(inventory.endSnapshot("lyon")), "lyon/instance/a lyon/instance/c");
}

TEST(Inventory, aSlotUsedAgainIsNotTakenForItsLastTenant)
{
    Inventory inventory;
    inventory.apply(instance("lyon", "a", "first"));
    const Slot slot = inventory.find({"lyon", ObjectKind::Instance, "a"});
    inventory.setVerdict(ObjectKind::Instance, slot, Status::Compliant);
    const auto version = inventory.rows(ObjectKind::Instance)[slot].version;
    inventory.apply(Vanished {{"lyon", ObjectKind::Instance, "a"}});
    EXPECT_FALSE(inventory.rows(ObjectKind::Instance)[slot].alive);
    EXPECT_EQ(inventory.text(inventory.rows(ObjectKind::Instance)[slot].name), "");
    inventory.apply(instance("paris", "b", "second"));
    EXPECT_EQ(inventory.find({"paris", ObjectKind::Instance, "b"}), slot);
    const Row &reused = inventory.rows(ObjectKind::Instance)[slot];
    EXPECT_GT(reused.version, version + 1);
    EXPECT_EQ(reused.verdict, Status::NotEvaluated);
    EXPECT_EQ(inventory.text(reused.name), "second");
    EXPECT_EQ(inventory.find({"lyon", ObjectKind::Instance, "a"}), noSlot);
}

TEST(Inventory, namesOfAnyScriptComeBackAsTheyWere)
{
    Inventory inventory;
    for (const auto *text : {"", "a", "Hôpital de Zürich", "🏥 urgences 𝔸", "مستشفى الملك", "בית חולים", "Œuvre ß", "\xCC\x81", "服务器 42"}) {
        inventory.apply(instance("lyon", "i-1", text));
        EXPECT_EQ(name(inventory, {"lyon", ObjectKind::Instance, "i-1"}), text);
    }
    inventory.apply(instance("lyon", "i-1",
        std::string("a\0b\xFF"
                    "c\xE2\x82",
            7)));
    EXPECT_EQ(name(inventory, {"lyon", ObjectKind::Instance, "i-1"}), "a?b?c??");
    inventory.apply(instance("lyon", "i-1", std::string(254, 'x') + "é"));
    EXPECT_EQ(name(inventory, {"lyon", ObjectKind::Instance, "i-1"}), std::string(254, 'x'));
}

TEST(Inventory, whatHasNoIdIsLeftOut)
{
    Inventory inventory;
    EXPECT_EQ(inventory.apply(instance("lyon", "../etc")), Differed::Nothing);
    EXPECT_EQ(inventory.apply(instance("lyon", std::string("\0", 1))), Differed::Nothing);
    EXPECT_EQ(inventory.apply(instance("Lyon", "a")), Differed::Nothing);
    EXPECT_EQ(inventory.apply(site("")), Differed::Nothing);
    EXPECT_EQ(inventory.count(ObjectKind::Instance), 0U);
}

TEST(Inventory, aForgottenSiteLeavesNothing)
{
    Inventory inventory;
    inventory.apply(site("lyon"));
    inventory.apply(site("paris"));
    inventory.apply(instance("lyon", "a"));
    inventory.apply(volume("lyon", "v", 5, "a"));
    inventory.apply(instance("paris", "a"));
    inventory.forgetSite("lyon");
    EXPECT_EQ(inventory.siteIds(), std::vector<std::string> {"paris"});
    EXPECT_EQ(inventory.count(ObjectKind::Volume), 0U);
    EXPECT_EQ(inventory.count(ObjectKind::Instance), 1U);
    EXPECT_EQ(inventory.ref("lyon"), ~Ref {0});
    inventory.apply(instance("lyon", "a"));
    EXPECT_EQ(row(inventory, {"lyon", ObjectKind::Instance, "a"}).bytes, 0);
}

TEST(Inventory, operationsThatAreOverAreKeptUpToALimit)
{
    Inventory inventory;
    auto operation = [](int number, OperationState state) {
        Operation o;
        o.id = {"lyon", ObjectKind::Operation, "op-" + std::to_string(number)};
        o.state = state;
        o.startedAt = Instant(1s * number);
        return o;
    };
    inventory.apply(operation(0, OperationState::Running));
    for (int i = 1; i <= 3000; ++i) {
        inventory.apply(operation(i, OperationState::Pending));
        inventory.apply(operation(i, OperationState::Done));
    }
    EXPECT_NE(inventory.operation({"lyon", ObjectKind::Operation, "op-0"}), nullptr);
    EXPECT_EQ(inventory.operation({"lyon", ObjectKind::Operation, "op-1"}), nullptr);
    const auto kept = inventory.operations();
    EXPECT_GE(kept.size(), 2001U);
    EXPECT_LE(kept.size(), 2251U);
    EXPECT_EQ(kept.front()->id.id, "op-3000");
    EXPECT_EQ(kept.back()->id.id, "op-0");
    EXPECT_EQ(inventory.takeDroppedOperations().size(), 3001 - kept.size());
    EXPECT_TRUE(inventory.takeDroppedOperations().empty());
}

TEST(Inventory, alertsComeWorstFirst)
{
    Inventory inventory;
    for (const auto &[id, severity, since] :
        {std::tuple("a", AlertSeverity::Warning, 9s), {"b", AlertSeverity::Critical, 1s}, {"c", AlertSeverity::Critical, 2s}}) {
        auto alert = thing<Alert>("lyon", ObjectKind::Alert, id);
        alert.severity = severity;
        alert.since = Instant(since);
        inventory.apply(alert);
    }
    std::string order;
    for (const Alert *alert : inventory.alerts()) {
        order += alert->id.id;
    }
    EXPECT_EQ(order, "cba");
}

TEST(Inventory, historyIsInOrderAndEndsSomewhere)
{
    Inventory inventory;
    const auto sample = [](int second, std::int64_t used) { return Sampled {"lyon", {Instant(1s * second), {used, 0, 0}, {}}}; };
    EXPECT_EQ(inventory.apply(sample(20, 2)), Differed::Became);
    EXPECT_EQ(inventory.apply(sample(10, 1)), Differed::Became);
    EXPECT_EQ(inventory.apply(sample(20, 2)), Differed::Nothing);
    EXPECT_EQ(inventory.history("lyon").front().used.vcpus, 1);
    for (int i = 100; i < 2000; ++i) {
        inventory.apply(sample(i, i));
    }
    EXPECT_EQ(inventory.history("lyon").size(), 1024U);
    EXPECT_EQ(inventory.history("lyon").back().used.vcpus, 1999);
    EXPECT_EQ(inventory.apply(sample(5, 5)), Differed::Nothing);
    EXPECT_TRUE(inventory.history("paris").empty());
}
