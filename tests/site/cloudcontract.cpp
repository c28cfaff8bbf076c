// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/site/cloudcontract.h"

#include <algorithm>

namespace portulan::tests {

using namespace site;

namespace {
ObjectId idOf(ObjectKind kind, const std::string &name)
{
    return {"here", kind, name};
}
constexpr std::int64_t gib = std::int64_t(1) << 30;
}

bool CloudContract::can(std::string_view capability)
{
    const auto capabilities = m_on.driver->facts().capabilities;
    return std::ranges::count(capabilities, capability) > 0;
}

Reason CloudContract::refusal(const Order &order, const std::string &etag)
{
    const auto checked = m_on.driver->check(order, etag);
    const auto performed = m_on.driver->perform(order, etag, m_on.progress);
    EXPECT_FALSE(performed) << kindOf(order);
    EXPECT_FALSE(checked) << kindOf(order) << ": check() says that it may";
    if (performed || checked) {
        return Reason::Internal;
    }
    EXPECT_EQ(checked.error().reason, performed.error().reason) << kindOf(order);
    return performed.error().reason;
}

ObjectId CloudContract::done(const Order &order)
{
    const auto id = m_on.driver->perform(order, {}, m_on.progress);
    EXPECT_TRUE(id) << kindOf(order) << ": " << (id ? std::string() : describe(id.error()));
    return id.value_or(ObjectId());
}

CreateInstance CloudContract::machine(const std::string &id, const std::string &project) const
{
    CreateInstance order;
    order.id = id;
    order.name = "Machine « " + id + " »";
    order.project = project;
    order.vcpus = 1;
    order.ramBytes = m_place.ramBytes;
    order.imageId = m_place.image;
    order.diskBytes = m_place.image.empty() ? gib : 0;
    order.classification = Classification::Internal;
    order.start = false;
    return order;
}

ObjectId CloudContract::volumeOf(const ObjectId &machine)
{
    const auto instance = m_on.get<Instance>(machine);
    return idOf(ObjectKind::Volume, instance.volumeIds.empty() ? "v-none" : instance.volumeIds.front());
}

void CloudContract::away(const ObjectId &object)
{
    done(object.kind == ObjectKind::Instance ? Order(DeleteInstance {object, true}) : Order(DeleteVolume {object}));
}

void CloudContract::whatIsNotThereIsNotFound()
{
    const auto instance = idOf(ObjectKind::Instance, "i-none"), volume = idOf(ObjectKind::Volume, "v-none");
    for (const Order &order : {Order(StartInstance {instance}), Order(StopInstance {instance}), Order(RebootInstance {instance}),
             Order(DeleteInstance {instance}), Order(ResizeInstance {instance, 2, 0}), Order(AttachVolume {instance, volume}),
             Order(DetachVolume {instance, volume}), Order(ResizeVolume {volume, gib}), Order(DeleteVolume {volume}),
             Order(CreateSnapshot {volume, "s"}), Order(RevertSnapshot {idOf(ObjectKind::Snapshot, "s-none")}),
             Order(DeleteSnapshot {idOf(ObjectKind::Snapshot, "s-none")}), Order(CreateImage {{}, "i", "default", volume, {}}),
             Order(DeleteImage {idOf(ObjectKind::Image, "m-none")}), Order(DeleteNetwork {idOf(ObjectKind::Network, "n-none")}),
             Order(UpdateProject {Project {{idOf(ObjectKind::Project, "none"), "x", {}, {}, {}, {}, {}}, {}, {}, {}, 0, 0, {}}})}) {
        EXPECT_EQ(refusal(order), Reason::NotFound) << kindOf(order);
    }
    EXPECT_EQ(m_on.driver->find(instance).error().reason, Reason::NotFound);
    EXPECT_EQ(m_on.driver->openForRead(volume, {}).error().reason, Reason::NotFound);
    EXPECT_EQ(m_on.driver->consoleOutput(instance, 10).error().reason, Reason::NotFound);
    EXPECT_TRUE(m_on.driver->drop(instance)) << "gone is fine";
}

void CloudContract::ordersOfOtherPartsAreNotTheDrivers()
{
    EXPECT_EQ(refusal(CancelOperation {idOf(ObjectKind::Operation, "o-1")}), Reason::Unsupported);
    EXPECT_EQ(
        refusal(Migrate {idOf(ObjectKind::Volume, "v"), "there", {}, {}, 0, 0, true, MoveMode::Cold, CutOver::Automatic, {}}), Reason::Unsupported);
}

void CloudContract::idsAreProposedCheckedAndNeverUsedTwice()
{
    auto order = machine("once-1");
    const auto id = done(order);
    EXPECT_EQ(id.text(), "here/instance/once-1");
    EXPECT_EQ(refusal(order), Reason::AlreadyExists);
    away(id);
    EXPECT_EQ(refusal(order), Reason::AlreadyExists) << "not even after it is gone";
    order.id = "../etc";
    EXPECT_EQ(refusal(order), Reason::InvalidArgument);
    order.id.clear();
    order.name = "line\nbreak";
    EXPECT_EQ(refusal(order), Reason::InvalidArgument);
    order.name = "x";
    order.vcpus = 0;
    EXPECT_EQ(refusal(order), Reason::InvalidArgument);
}

void CloudContract::anEtagThatIsNoLongerTrueIsAConflict()
{
    const auto id = done(machine("tagged"));
    const auto before = m_on.get<Instance>(id).etag;
    EXPECT_TRUE(m_on.driver->perform(UpdateInstance {id, "Autre nom", {}, {}}, before, m_on.progress));
    EXPECT_NE(m_on.get<Instance>(id).etag, before);
    EXPECT_EQ(refusal(DeleteInstance {id, true}, before), Reason::Conflict);
    away(id);
}

void CloudContract::aQuotaHoldsAndIsNamed()
{
    Project small;
    small.id = idOf(ObjectKind::Project, "small");
    small.name = small.project = "small";
    small.quota = Quota {{2, m_place.ramBytes, 64 * gib}, 1, 8};
    done(CreateProject {small});
    auto order = machine("bounded", "small");
    order.vcpus = 3;
    const auto refused = m_on.driver->perform(order, {}, m_on.progress);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, Reason::Quota);
    EXPECT_EQ(refused.error().fact("resource"), "vcpus");
    EXPECT_EQ(refused.error().fact("limit"), "2");
    order.vcpus = 1;
    const auto id = done(order);
    EXPECT_EQ(m_on.get<Project>(small.id).usedInstances, 1);
    if (can("instance.resize")) {
        EXPECT_EQ(refusal(ResizeInstance {id, 3, 0}), Reason::Quota);
    }
    EXPECT_EQ(refusal(DeleteProject {small.id}), Reason::NotReady);
    away(id);
    done(DeleteProject {small.id});
}

void CloudContract::checkingChangesNothing()
{
    const auto before = m_on.driver->inventory().value();
    EXPECT_TRUE(m_on.driver->check(machine("perhaps"), {}));
    const auto volume = m_on.driver->check(CreateVolume {{}, "v", "default", gib, {}, {}, {}}, {});
    EXPECT_EQ(volume.has_value(), can("volume.create"));
    EXPECT_EQ(m_on.driver->inventory().value(), before);
}

void CloudContract::everythingIsThereAgainAfterARestart()
{
    const auto id = done(machine("lasting"));
    const auto before = m_on.get<Instance>(id);
    m_place.restart();
    const auto after = m_on.get<Instance>(id);
    EXPECT_EQ(after.name, before.name);
    EXPECT_EQ(after.classification, Classification::Internal);
    EXPECT_EQ(after.volumeIds, before.volumeIds);
    EXPECT_EQ(after.createdAt, before.createdAt);
    away(id);
}

void CloudContract::fencedThingsAreLeftAlone()
{
    if (!can("migrate")) {
        const auto id = done(machine("staying"));
        EXPECT_EQ(m_on.driver->setCustody(id, Custody::Leaving, {}, "there").error().reason, Reason::Unsupported);
        away(id);
        return;
    }
    const auto id = done(machine("leaving"));
    const auto disk = volumeOf(id);
    for (const auto custody : {Custody::Leaving, Custody::Retained}) {
        ASSERT_TRUE(m_on.driver->setCustody(id, custody, Instant {std::chrono::hours(24)}, "there"));
        EXPECT_EQ(m_on.get<Volume>(disk).custody, custody);
        for (const Order &order : {Order(StartInstance {id}), Order(DeleteInstance {id}), Order(ResizeInstance {id, 2, 0}),
                 Order(CreateSnapshot {id, "s"}), Order(CreateSnapshot {disk, "s"}), Order(ResizeVolume {disk, 8 * gib}),
                 Order(UpdateInstance {id, "x", {}, {}}), Order(CreateImage {{}, "i", "default", disk, {}})}) {
            EXPECT_EQ(refusal(order), Reason::NotReady) << kindOf(order);
        }
    }
    EXPECT_EQ(m_on.get<Instance>(id).movedTo, "there");
    m_place.restart();
    EXPECT_EQ(m_on.get<Instance>(id).custody, Custody::Retained);
    const auto erased = m_on.driver->erase(id);
    ASSERT_TRUE(erased) << describe(erased.error());
    EXPECT_FALSE(m_on.driver->find(id));
    EXPECT_FALSE(m_on.driver->find(disk));
}

void CloudContract::networksAreKeptWhileTheyAreUsed()
{
    const CreateNetwork order {"lan", "Réseau « privé »", "default", "isolated", "10.20.30.0/24"};
    if (!can("network.create")) {
        EXPECT_EQ(refusal(order), Reason::Unsupported);
        return;
    }
    const auto lan = done(order);
    EXPECT_EQ(m_on.get<Network>(lan).name, order.name);
    auto web = machine("on-lan");
    web.networkIds = {lan.id};
    const auto id = done(web);
    EXPECT_EQ(m_on.get<Instance>(id).networkIds, std::vector {lan.id});
    EXPECT_EQ(refusal(DeleteNetwork {lan}), Reason::NotReady);
    web.id = "on-nothing";
    web.networkIds = {"nowhere"};
    EXPECT_EQ(refusal(web), Reason::NotFound);
    away(id);
    done(DeleteNetwork {lan});
    EXPECT_FALSE(m_on.driver->find(lan));
}

void CloudContract::aMachineGetsAnotherSize()
{
    const auto id = done(machine("growing"));
    if (!can("instance.resize")) {
        EXPECT_EQ(refusal(ResizeInstance {id, 2, 0}), Reason::Unsupported);
        away(id);
        return;
    }
    done(ResizeInstance {id, 2, 2 * m_place.ramBytes});
    EXPECT_EQ(m_on.get<Instance>(id).vcpus, 2);
    EXPECT_GE(m_on.get<Instance>(id).ramBytes, 2 * m_place.ramBytes);
    EXPECT_EQ(m_on.get<Instance>(id).state, PowerState::Stopped);
    EXPECT_EQ(refusal(ResizeInstance {id, 100000, 0}), Reason::InvalidArgument);
    done(StartInstance {id});
    EXPECT_EQ(refusal(ResizeInstance {id, 1, 0}), Reason::NotReady);
    EXPECT_EQ(m_on.get<Instance>(id).vcpus, 2);
    away(id);
}

void CloudContract::aVolumeIsOfAMachineAndThenOfNone()
{
    const auto id = done(machine("with-data"));
    const auto root = volumeOf(id);
    if (!can("volume.attach")) {
        EXPECT_EQ(refusal(AttachVolume {id, root}), Reason::NotReady) << "it has it already";
        away(id);
        return;
    }
    const auto data = done(CreateVolume {"data-1", "Données", "default", gib, Classification::Personal, {}, {}});
    done(AttachVolume {id, data});
    EXPECT_EQ(m_on.get<Volume>(data).instanceId, id.id);
    EXPECT_EQ(m_on.get<Instance>(id).volumeIds, (std::vector {root.id, data.id})) << "in bus order";
    EXPECT_EQ(refusal(AttachVolume {id, data}), Reason::NotReady);
    EXPECT_EQ(refusal(DeleteVolume {data}), Reason::NotReady);
    done(DetachVolume {id, data});
    EXPECT_EQ(m_on.get<Volume>(data).instanceId, "");
    EXPECT_EQ(refusal(DetachVolume {id, data}), Reason::NotFound);
    done(StartInstance {id});
    done(AttachVolume {id, data}); // while it runs
    EXPECT_EQ(m_on.get<Volume>(data).instanceId, id.id);
    EXPECT_EQ(refusal(DetachVolume {id, root}), Reason::NotReady) << "it runs from it";
    away(id); // and what it has
    EXPECT_FALSE(m_on.driver->find(data));
}

void CloudContract::aMomentIsKeptAndGoes()
{
    const auto id = done(machine("moments"));
    const auto disk = volumeOf(id);
    if (!can("snapshot.create")) {
        EXPECT_EQ(refusal(CreateSnapshot {id, "s"}), Reason::Unsupported);
        away(id);
        return;
    }
    const auto moment = done(CreateSnapshot {id, "Avant la mise à jour"});
    const auto kept = m_on.get<Snapshot>(moment);
    EXPECT_EQ(kept.name, "Avant la mise à jour");
    EXPECT_TRUE(kept.instanceId == id.id || kept.volumeId == disk.id);
    EXPECT_GT(kept.sizeBytes, 0);
    const auto reverted = m_on.driver->perform(RevertSnapshot {moment}, {}, m_on.progress);
    if (kept.instanceId.empty()) {
        EXPECT_EQ(reverted ? Reason::Internal : reverted.error().reason, Reason::NotReady) << "Cinder reverts no volume that a server has";
    } else {
        EXPECT_TRUE(reverted) << describe(reverted.error());
    }
    EXPECT_EQ(m_on.get<Instance>(id).state, PowerState::Stopped);
    done(StartInstance {id});
    EXPECT_EQ(refusal(RevertSnapshot {moment}), Reason::NotReady);
    done(StopInstance {id, true});
    done(DeleteSnapshot {moment});
    EXPECT_FALSE(m_on.driver->find(moment));
    const auto another = done(CreateSnapshot {disk, "of its only disk"});
    away(id);
    EXPECT_TRUE(m_on.await([&] { return !m_on.driver->find(another); })) << "it goes with what it is of";
}

void CloudContract::anImageIsMadeOfAVolume()
{
    const auto id = done(machine("model"));
    const auto disk = volumeOf(id);
    const CreateImage order {"model-image", "Modèle", "default", disk, "debian"};
    if (!can("image.create")) {
        EXPECT_EQ(refusal(order), Reason::Unsupported);
        away(id);
        return;
    }
    const auto image = done(order);
    EXPECT_EQ(m_on.get<Image>(image).name, "Modèle");
    EXPECT_EQ(m_on.get<Image>(image).sizeBytes, m_on.get<Volume>(disk).sizeBytes);
    if (can("volume.create.image")) {
        const auto copy = done(CreateVolume {"model-copy", "Copie", "default", 0, {}, image.id, {}});
        EXPECT_EQ(m_on.get<Volume>(copy).sizeBytes, m_on.get<Volume>(disk).sizeBytes);
        away(copy);
    }
    away(id);
    done(DeleteImage {image});
    EXPECT_FALSE(m_on.driver->find(image));
}

void CloudContract::all()
{
    whatIsNotThereIsNotFound();
    ordersOfOtherPartsAreNotTheDrivers();
    idsAreProposedCheckedAndNeverUsedTwice();
    anEtagThatIsNoLongerTrueIsAConflict();
    aQuotaHoldsAndIsNamed();
    checkingChangesNothing();
    everythingIsThereAgainAfterARestart();
    fencedThingsAreLeftAlone();
    networksAreKeptWhileTheyAreUsed();
    aMachineGetsAnotherSize();
    aVolumeIsOfAMachineAndThenOfNone();
    aMomentIsKeptAndGoes();
    anImageIsMadeOfAVolume();
}

}
