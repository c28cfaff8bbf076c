// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What becomes of servers and volumes that are there: another size, other disks, a moment kept, a fence.
#include "site/drivers/openstack/describe.h"
#include "site/drivers/openstack/project.h"

namespace portulan::site::openstack {

using namespace cloud;
using namespace std::chrono_literals;

namespace {

constexpr auto patienceServer = 600s, patienceVolume = 1800s, patienceGuest = 60s, patienceBytes = std::chrono::seconds(24h);

std::string pathOf(const char *collection, const std::string &id)
{
    return std::string(collection) + escaped(id);
}

Result<> nothing(const Result<Json> &answer)
{
    return answer ? Result<>() : tl::unexpected(answer.error());
}

bool isOver(const Json &thing)
{
    const auto status = wordIn(thing, "status");
    return status == "available" || status == "active" || status == "killed" || status.starts_with("error");
}

}

/// A flavor that has it, on whatever host; Nova keeps the old one until it is told that the new one is good.
Result<> OpenStack::resizeInstance(const Ref &ref, std::int64_t vcpus, std::int64_t ramBytes)
{
    const auto path = pathOf("/servers/", ref.word);
    const auto before = m_session.get(Service::Compute, path);
    if (!before) {
        return tl::unexpected(before.error());
    }
    const auto now = instanceFrom(in(*before, "server"));
    NewInstance wanted;
    wanted.vcpus = vcpus == 0 ? now.vcpus : vcpus;
    wanted.ramBytes = ramBytes == 0 ? now.ramBytes : ramBytes;
    const auto flavor = flavorFor(wanted);
    if (!flavor) {
        return tl::unexpected(flavor.error());
    }
    const auto act = [&](const Json &action) { return nothing(m_session.call(Service::Compute, "POST", path + "/action", action)); };
    auto done = act({{"resize", {{"flavorRef", flavor->id}}}});
    if (!done) {
        return done;
    }
    const auto resized = await(
        Service::Compute, path, "server", [](const Json &server) { return !isBusy(server); }, patienceServer);
    if (!resized || wordIn(*resized, "status") != "VERIFY_RESIZE") {
        return resized ? refuse(Reason::NoCapacity, {{"resource", "compute"}, {"cloud", wordIn(in(*resized, "fault"), "message")}}, "nova: " + path)
                       : Result<>(tl::unexpected(resized.error()));
    }
    return act({{"confirmResize", nullptr}}).and_then([&] {
        const auto isConfirmed = [](const Json &server) { return !isBusy(server) && wordIn(server, "status") != "VERIFY_RESIZE"; };
        return nothing(await(Service::Compute, path, "server", isConfirmed, patienceServer));
    });
}

Result<> OpenStack::attachVolume(const Ref &instance, const Ref &volume)
{
    const auto asked = m_session.call(
        Service::Compute, "POST", pathOf("/servers/", instance.word) + "/os-volume_attachments", {{"volumeAttachment", {{"volumeId", volume.word}}}});
    if (!asked) {
        return tl::unexpected(asked.error());
    }
    const auto isThere = [](const Json &now) { return wordIn(now, "status") == "in-use" || isOver(now); };
    const auto now = await(Service::Volume, pathOf("/volumes/", volume.word), "volume", isThere, patienceServer);
    if (!now) {
        return tl::unexpected(now.error());
    }
    noteDevices(*now);
    return wordIn(*now, "status") == "in-use" ? Result<>()
                                              : refuse(Reason::NotReady, {{"state", wordIn(*now, "status")}}, "nova could not attach it");
}

Result<> OpenStack::detachVolume(const Ref &instance, const Ref &volume)
{
    const auto path = pathOf("/servers/", instance.word) + pathOf("/os-volume_attachments/", volume.word);
    return nothing(m_session.call(Service::Compute, "DELETE", path, {})).and_then([&] {
        const auto now = await(Service::Volume, pathOf("/volumes/", volume.word), "volume", isOver, patienceGuest);
        return now && wordIn(*now, "status") != "available" ? refuse(Reason::NotReady, {{"state", wordIn(*now, "status")}}) : nothing(now);
    });
}

/// Cinder keeps moments of one volume. Of several at once only groups, which a volume joins when it is made.
Result<Ref> OpenStack::createSnapshot(const NewSnapshot &wanted)
{
    if (wanted.volumes.size() != 1) {
        return refuse(Reason::Unsupported, {{"what", "snapshot.create.several"}}, "cinder takes snapshots of one volume");
    }
    const auto made = create(Service::Volume, "/snapshots", "snapshot",
        {{"snapshot", {{"name", wanted.name}, {"volume_id", wanted.volumes.front()}, {"force", true}, {"metadata", {{idKey, wanted.id}}}}}});
    if (!made) {
        return tl::unexpected(made.error());
    }
    const Ref ref {ObjectKind::Snapshot, *made};
    const auto there = await(Service::Volume, pathOf("/snapshots/", *made), "snapshot", isOver, patienceVolume);
    if (there && wordIn(*there, "status") == "available") {
        return ref;
    }
    (void)deleteSnapshot(ref);
    return there ? Result<Ref>(refuse(Reason::NoCapacity, {{"resource", "storage"}}, "cinder could not make a snapshot"))
                 : tl::unexpected(there.error());
}

/// Only to the newest, and only of a volume that no server has: so Cinder demands.
Result<> OpenStack::revertSnapshot(const Ref &ref)
{
    const auto snapshot = m_session.get(Service::Volume, pathOf("/snapshots/", ref.word));
    if (!snapshot) {
        return tl::unexpected(snapshot.error());
    }
    const auto path = pathOf("/volumes/", wordIn(in(*snapshot, "snapshot"), "volume_id"));
    const auto before = m_session.get(Service::Volume, path);
    if (!before) {
        return tl::unexpected(before.error());
    }
    if (wordIn(in(*before, "volume"), "status") != "available") {
        return refuse(Reason::NotReady, {{"state", wordIn(in(*before, "volume"), "status")}}, "cinder reverts no volume that a server has");
    }
    return nothing(m_session.call(Service::Volume, "POST", path + "/action", {{"revert", {{"snapshot_id", ref.word}}}})).and_then([&] {
        const auto now = await(Service::Volume, path, "volume", isOver, patienceBytes);
        return now && wordIn(*now, "status") != "available" ? refuse(Reason::Internal, {}, "cinder could not revert " + path) : nothing(now);
    });
}

Result<> OpenStack::deleteSnapshot(const Ref &ref)
{
    const auto path = pathOf("/snapshots/", ref.word);
    return nothing(m_session.call(Service::Volume, "DELETE", path, {})).and_then([&] { return awaitGone(Service::Volume, path, patienceVolume); });
}

Result<Ref> OpenStack::createImage(const NewImage &wanted, Progress &progress)
{
    Json about = Json::array();
    for (const auto &[key, value] : {std::pair(std::string(idKey), wanted.id), std::pair(std::string("os_distro"), wanted.os)}) {
        if (!value.empty()) {
            about.push_back({{"op", "add"}, {"path", '/' + key}, {"value", value}});
        }
    }
    return imageOf(wanted.volume, wanted.name, progress).and_then([&](const std::string &id) {
        auto told = about.empty() ? Result<>() : nothing(m_session.call(Service::Image, "PATCH", pathOf("/images/", id), about));
        if (!told) {
            (void)deleteImage({ObjectKind::Image, id});
        }
        return told.map([&] { return Ref {ObjectKind::Image, id}; });
    });
}

/// A network of the project alone, with a subnet if it has addresses.
Result<Ref> OpenStack::createNetwork(const CreateNetwork &order)
{
    if (order.kind != "isolated" && !order.kind.empty()) {
        return refuse(Reason::Unsupported, {{"what", "networks of kind " + order.kind.substr(0, 32)}}, "isolated");
    }
    const auto id = create(Service::Network, "/networks", "network", {{"network", {{"name", order.name}}}});
    if (!id) {
        return tl::unexpected(id.error());
    }
    if (!order.cidr.empty()) {
        const Json form {{"network_id", *id}, {"cidr", order.cidr}, {"ip_version", order.cidr.find(':') == std::string::npos ? 4 : 6}};
        if (auto made = nothing(m_session.call(Service::Network, "POST", "/subnets", {{"subnet", form}})); !made) {
            (void)deleteNetwork({ObjectKind::Network, *id});
            return tl::unexpected(made.error());
        }
    }
    const std::lock_guard lock(m_mutex);
    if (!m_networks.emplace(order.name, *id).second) {
        m_networks.erase(order.name);
    }
    return Ref {ObjectKind::Network, *id};
}

Result<> OpenStack::deleteNetwork(const Ref &ref)
{
    return nothing(m_session.call(Service::Network, "DELETE", pathOf("/networks/", ref.word), {})).map([&] {
        const std::lock_guard lock(m_mutex);
        std::erase_if(m_networks, [&](const auto &each) { return each.second == ref.word; });
    });
}

/// Locked, a server takes orders of administrators only, and of its project after it has unlocked it: nobody starts it by mistake.
Result<> OpenStack::fence(const Ref &ref, const std::string &movedTo)
{
    const auto path = pathOf("/servers/", ref.word);
    const std::string ours = "portulan: moved to ";
    if (movedTo.empty()) { // another's lock stays
        const auto server = m_session.get(Service::Compute, path);
        if (!server || !wordIn(in(*server, "server"), "locked_reason").starts_with(ours)) {
            return nothing(server);
        }
    }
    const Json action = movedTo.empty() ? Json {{"unlock", nullptr}} : Json {{"lock", {{"locked_reason", ours + movedTo}}}};
    return nothing(m_session.call(Service::Compute, "POST", path + "/action", action));
}

}
