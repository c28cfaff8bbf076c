// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/cloud/registry.h"

#include "tests/site/scratch.h"

#include <gtest/gtest.h>

using namespace portulan;
using namespace portulan::site::cloud;

namespace {

Volume volume(const std::string &word, const std::string &name = "disk")
{
    Volume seen;
    seen.id = {{}, ObjectKind::Volume, word};
    seen.name = name;
    seen.sizeBytes = 1 << 20;
    return seen;
}
Instance instance(const std::string &word, const std::string &name, std::vector<std::string> volumes = {})
{
    Instance seen;
    seen.id = {{}, ObjectKind::Instance, word};
    seen.name = name;
    seen.volumeIds = std::move(volumes);
    return seen;
}

struct RegistryTest : testing::Test {
    test::Scratch scratch;
    std::optional<Registry> registry;
    RegistryTest() { open(); }
    void open()
    {
        registry.emplace("here", "default", [] { return Instant {std::chrono::hours(1)}; });
        ASSERT_TRUE(registry->open(scratch.path("cloud.db")));
    }
    void look(std::vector<Sighting> seen)
    {
        registry->beginLook();
        finish(std::move(seen));
    }
    void finish(std::vector<Sighting> seen)
    {
        const auto done = registry->observe(Sightings {std::move(seen), {}, true});
        ASSERT_TRUE(done) << describe(done.error());
    }
    template <typename T>
    T get(ObjectKind kind, const std::string &id)
    {
        const auto found = registry->store().get<T>({"here", kind, id});
        EXPECT_TRUE(found) << id;
        return found.value_or(T {});
    }
    bool has(ObjectKind kind, const std::string &id) { return registry->store().find({"here", kind, id}).has_value(); }
};

}

TEST_F(RegistryTest, idsAreMadeOfTheCloudsWordsAndNeverGivenTwice)
{
    look({volume("h:/a/Data Été.qcow2"), volume("h:/b/data.img"), volume("h:/c/data.raw")});
    EXPECT_TRUE(has(ObjectKind::Volume, "data-t"));
    EXPECT_TRUE(has(ObjectKind::Volume, "data"));
    const auto other = registry->store().each<Volume>();
    ASSERT_EQ(other.size(), 3U) << "the second of a name has an id of its own";
    look({});
    EXPECT_TRUE(registry->store().each<Volume>().empty());
    look({volume("h:/d/data.img")});
    EXPECT_FALSE(has(ObjectKind::Volume, "data")) << "that was another";
}

TEST_F(RegistryTest, aNameGivenHereStaysUntilTheCloudGivesAnother)
{
    ASSERT_TRUE(registry->observe(volume("v", "v.qcow2"), {"papers", "Papiers", {}, Classification::Personal, {}}));
    look({volume("v", "v.qcow2"), instance("i", "web")});
    EXPECT_EQ(get<Volume>(ObjectKind::Volume, "papers").name, "Papiers");
    ASSERT_TRUE(registry->amend({{"here", ObjectKind::Instance, "i"}, "Site", {}, {}}));
    ASSERT_TRUE(registry->amend({{"here", ObjectKind::Instance, "i"}, "Site web", {}, {}}));
    open();
    look({volume("v", "v.qcow2"), instance("i", "web")});
    EXPECT_EQ(get<Volume>(ObjectKind::Volume, "papers").name, "Papiers");
    EXPECT_EQ(get<Volume>(ObjectKind::Volume, "papers").classification, Classification::Personal);
    EXPECT_EQ(get<Instance>(ObjectKind::Instance, "i").name, "Site web");
    look({volume("v", "v.qcow2"), instance("i", "renamed there")});
    EXPECT_EQ(get<Instance>(ObjectKind::Instance, "i").name, "renamed there");
    look({volume("v", "v.qcow2"), instance("i", "web")});
    EXPECT_EQ(get<Instance>(ObjectKind::Instance, "i").name, "web");
}

TEST_F(RegistryTest, whichMachineAVolumeIsOfFollowsFromTheMachines)
{
    look({instance("i", "web", {"v", "w"}), volume("v"), volume("w")});
    EXPECT_EQ(get<Volume>(ObjectKind::Volume, "v").instanceId, "i");
    EXPECT_TRUE(get<Volume>(ObjectKind::Volume, "v").bootable);
    EXPECT_FALSE(get<Volume>(ObjectKind::Volume, "w").bootable);
    ASSERT_TRUE(registry->observe(volume("w")));
    EXPECT_EQ(get<Volume>(ObjectKind::Volume, "w").instanceId, "i") << "a look at the volume alone says nothing of that";
    ASSERT_TRUE(registry->observe(instance("i", "web", {"v"})));
    EXPECT_EQ(get<Volume>(ObjectKind::Volume, "w").instanceId, "");
    ASSERT_TRUE(registry->forget({ObjectKind::Instance, "i"}));
    EXPECT_EQ(get<Volume>(ObjectKind::Volume, "v").instanceId, "");
    EXPECT_TRUE(get<Volume>(ObjectKind::Volume, "v").bootable);
}

TEST_F(RegistryTest, aLookThatIsOlderThanAnOrderDoesNotUndoIt)
{
    look({instance("i", "web"), volume("gone")});
    registry->beginLook();
    auto running = instance("i", "web");
    running.state = PowerState::Running;
    ASSERT_TRUE(registry->observe(running));
    ASSERT_TRUE(registry->observe(volume("new")));
    ASSERT_TRUE(registry->forget({ObjectKind::Volume, "gone"}));
    finish({instance("i", "web"), volume("gone")});
    EXPECT_EQ(get<Instance>(ObjectKind::Instance, "i").state, PowerState::Running);
    EXPECT_TRUE(has(ObjectKind::Volume, "new"));
    EXPECT_FALSE(has(ObjectKind::Volume, "gone"));
    look({instance("i", "web"), volume("new")});
    EXPECT_EQ(get<Instance>(ObjectKind::Instance, "i").state, PowerState::Stopped) << "the next one knows better";
}

TEST_F(RegistryTest, whatIsBeingMadeIsNotTakenForSomebodyElses)
{
    registry->beginLook();
    {
        const Registry::Making making(*registry);
        finish({instance("uuid", "web")});
        look({instance("uuid", "web")});
        EXPECT_FALSE(has(ObjectKind::Instance, "uuid"));
        ASSERT_TRUE(registry->observe(instance("uuid", "web"), {"web-1", "Web", {}, {}, {}}));
    }
    look({instance("uuid", "web"), instance("other", "x")});
    EXPECT_TRUE(has(ObjectKind::Instance, "web-1"));
    EXPECT_FALSE(has(ObjectKind::Instance, "uuid"));
    EXPECT_TRUE(has(ObjectKind::Instance, "other"));
}

TEST_F(RegistryTest, aQuotaDoesNotHideWhatIsThere)
{
    look({});
    auto project = get<Project>(ObjectKind::Project, "default");
    project.quota.instances = 0;
    ASSERT_TRUE(registry->store().change([&](site::Draft &draft) { return draft.put(project); }));
    look({instance("i", "web")});
    EXPECT_EQ(get<Project>(ObjectKind::Project, "default").usedInstances, 1);
}
