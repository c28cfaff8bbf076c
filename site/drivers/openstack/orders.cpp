// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Orders on servers and volumes. That a service has accepted one says nothing: it is asked until it is so.
#include "site/drivers/openstack/describe.h"
#include "site/drivers/openstack/project.h"

#include <optional>
#include <thread>

namespace portulan::site::openstack {

using namespace cloud;
using namespace std::chrono_literals;

namespace {
constexpr auto patienceServer = 600s, patienceVolume = 1800s, patienceGone = 300s;
constexpr std::int64_t mib = 1 << 20;

std::string pathOf(const char *collection, const std::string &id)
{
    return std::string(collection) + escaped(id);
}

Result<> nothing(const Result<Json> &answer)
{
    return answer ? Result<>() : tl::unexpected(answer.error());
}
}

Result<Json> OpenStack::await(
    Service service, const std::string &path, const char *key, const std::function<bool(const Json &)> &isThere, Seconds patience, Progress *progress)
{
    const auto deadline = std::chrono::steady_clock::now() + patience;
    for (auto pause = 200ms;; pause = std::min(pause * 3 / 2, 3000ms)) {
        const auto answer = m_session.get(service, path);
        if (!answer) {
            return answer;
        }
        const auto &thing = *key ? in(*answer, key) : *answer;
        if (isThere(thing)) {
            return thing;
        }
        if (m_isClosed || (progress && progress->isCancelled())) {
            return refuse(Reason::Cancelled);
        }
        if (std::chrono::steady_clock::now() > deadline) {
            return refuse(Reason::TimedOut, {{"state", wordIn(thing, "status")}}, std::string(nameOf(service)) + ' ' + path);
        }
        std::this_thread::sleep_for(pause);
    }
}

Result<> OpenStack::awaitGone(Service service, const std::string &path, Seconds patience)
{
    std::string state;
    const auto gone = await(
        service, path, "", [](const Json &) { return false; }, patience);
    return gone || gone.error().reason == Reason::NotFound ? Result<>() : tl::unexpected(gone.error());
}

Result<std::string> OpenStack::create(Service service, const std::string &path, const char *key, const Json &body)
{
    const auto answer = m_session.call(service, "POST", path, body);
    if (!answer) {
        return tl::unexpected(answer.error());
    }
    auto id = wordIn(*key ? in(*answer, key) : *answer, "id");
    return id.empty() ? Result<std::string>(refuse(Reason::Malformed, {{"file", std::string(nameOf(service))}, {"expected", "id"}})) : id;
}

Result<std::pair<std::string, std::int64_t>> OpenStack::consoleOutput(const Ref &ref, std::size_t maxBytes)
{
    const auto answer
        = m_session.call(Service::Compute, "POST", pathOf("/servers/", ref.word) + "/action", {{"os-getConsoleOutput", Json::object()}});
    if (!answer) {
        return tl::unexpected(answer.error());
    }
    auto text = wordIn(*answer, "output");
    const auto from = text.size() > maxBytes ? text.size() - maxBytes : 0; // of what Nova keeps
    return std::pair(text.substr(from), static_cast<std::int64_t>(from));
}

Result<> OpenStack::power(const Ref &ref, Power power)
{
    const auto path = pathOf("/servers/", ref.word);
    const auto act = [&](const Json &action) { return nothing(m_session.call(Service::Compute, "POST", path + "/action", action)); };
    switch (power) {
    case Power::Start: {
        const auto server = m_session.get(Service::Compute, path);
        if (!server) {
            return tl::unexpected(server.error());
        }
        const auto status = wordIn(in(*server, "server"), "status");
        const char *verb = status == "PAUSED" ? "unpause"
            : status == "SUSPENDED"           ? "resume"
            : status.starts_with("SHELVED")   ? "unshelve"
                                              : "os-start";
        return act({{verb, nullptr}});
    }
    case Power::Stop: // Nova presses the button, and pulls the plug when its own patience is over
    case Power::StopNow:
        return act({{"os-stop", nullptr}});
    case Power::Reboot:
        return act({{"reboot", {{"type", "SOFT"}}}});
    case Power::RebootNow:
        return act({{"reboot", {{"type", "HARD"}}}});
    }
    return {};
}

/// The one it is told by name, else the smallest that has what is wanted.
Result<OpenStack::Flavor> OpenStack::flavorFor(const NewInstance &wanted)
{
    std::optional<Flavor> best, named;
    auto done = m_session.each(Service::Compute, "/flavors/detail?limit=1000", "flavors", [&](const Json &flavor) {
        const Flavor one {wordIn(flavor, "id"), wordIn(flavor, "name"), numberIn(flavor, "ram") * mib, numberIn(flavor, "vcpus")};
        if (!wanted.flavor.empty() && one.name == wanted.flavor) {
            named = one;
        }
        const bool fits = one.ramBytes >= wanted.ramBytes && one.vcpus >= wanted.vcpus;
        if (fits && (!best || std::pair(one.ramBytes, one.vcpus) < std::pair(best->ramBytes, best->vcpus))) {
            best = one;
        }
    });
    if (!done) {
        return tl::unexpected(done.error());
    }
    const auto &chosen = named ? named : best;
    return chosen
        ? Result<Flavor>(*chosen)
        : refuse(Reason::NoCapacity,
            {{"resource", "flavor"}, {"wanted", std::to_string(wanted.vcpus) + " vCPU, " + std::to_string(wanted.ramBytes / mib) + " MiB"}});
}

/// Its sizes are the flavor's, its disks are whole GiB; firmware, bus and card are asked for by the image its disk begins as.
Foresight OpenStack::foresee(const Arrival &arrival)
{
    Foresight foresight;
    for (const auto &volume : arrival.volumes) {
        const auto bytes = wholeGib(volume.sizeBytes) << 30;
        if (bytes != volume.sizeBytes) {
            foresight.changes.push_back({Reason::Unsupported,
                {{"cause", "disk-grows"}, {"id", volume.name.empty() ? volume.id.id : volume.name}, {"from", std::to_string(volume.sizeBytes)},
                    {"to", std::to_string(bytes)}},
                {}});
        }
    }
    if (!arrival.instance) {
        return foresight;
    }
    NewInstance wanted;
    wanted.flavor = arrival.instance->flavor;
    wanted.vcpus = arrival.instance->vcpus;
    wanted.ramBytes = arrival.instance->ramBytes;
    const auto flavor = flavorFor(wanted);
    if (!flavor) {
        if (flavor.error().reason == Reason::NoCapacity) { // that it does not answer is said elsewhere
            foresight.obstacles.push_back(flavor.error());
        }
    } else if (flavor->vcpus != wanted.vcpus || flavor->ramBytes != wanted.ramBytes) {
        foresight.changes.push_back({Reason::Unsupported,
            {{"cause", "other-size"}, {"flavor", flavor->name}, {"vcpus", std::to_string(flavor->vcpus)}, {"ram", std::to_string(flavor->ramBytes)}},
            {}});
    }
    return foresight;
}

/// A volume that is there, or nothing.
Result<std::string> OpenStack::makeVolume(const Json &form, Seconds patience, Progress *progress)
{
    const auto id = create(Service::Volume, "/volumes", "volume", {{"volume", form}});
    if (!id) {
        return id;
    }
    const auto isOver = [](const Json &volume) {
        const auto status = wordIn(volume, "status");
        return status == "available" || status.starts_with("error");
    };
    const auto made = await(Service::Volume, pathOf("/volumes/", *id), "volume", isOver, patience, progress);
    if (made && wordIn(*made, "status") == "available") {
        return id;
    }
    (void)m_session.call(Service::Volume, "DELETE", pathOf("/volumes/", *id), {});
    return made ? Result<std::string>(refuse(Reason::NoCapacity, {{"resource", "storage"}}, "cinder could not make the volume " + *id))
                : tl::unexpected(made.error());
}

/// What a volume that begins as an image must be, in whole GiB.
Result<Json> OpenStack::volumeForm(const std::string &image, std::int64_t bytes)
{
    Json form {{"size", wholeGib(bytes)}};
    if (!image.empty()) {
        const auto about = m_session.get(Service::Image, pathOf("/images/", image));
        if (!about) {
            return about;
        }
        form["imageRef"] = image;
        form["size"]
            = std::max(wholeGib(std::max({bytes, numberIn(*about, "virtual_size"), numberIn(*about, "size")})), numberIn(*about, "min_disk"));
    }
    return form;
}

Result<Ref> OpenStack::createVolume(const CreateVolume &order, const std::string &image)
{
    return volumeForm(image, order.sizeBytes).and_then([&](Json form) {
        form["name"] = order.name;
        form["metadata"] = {{idKey, order.id}};
        return makeVolume(form, patienceVolume).map([](const std::string &id) { return Ref {ObjectKind::Volume, id}; });
    });
}

Result<Ref> OpenStack::createInstance(const NewInstance &wanted)
{
    const auto flavor = flavorFor(wanted);
    if (!flavor) {
        return tl::unexpected(flavor.error());
    }
    auto volumes = wanted.volumes;
    std::string made;
    if (volumes.empty() && (!wanted.image.empty() || wanted.diskBytes > 0)) {
        auto form = volumeForm(wanted.image, wanted.diskBytes);
        if (!form) {
            return tl::unexpected(form.error());
        }
        (*form)["name"] = plainName(wanted.name);
        (*form)["metadata"] = {{idKey, wanted.id}};
        const auto volume = makeVolume(*form, patienceVolume);
        if (!volume) {
            return tl::unexpected(volume.error());
        }
        volumes.push_back(made = *volume);
    }
    Json devices = Json::array();
    for (std::size_t i = 0; i < volumes.size(); ++i) {
        devices.push_back({{"uuid", volumes[i]}, {"source_type", "volume"}, {"destination_type", "volume"}, {"boot_index", i == 0 ? 0 : -1},
            {"delete_on_termination", false}});
    }
    Json networks = "none";
    if (!wanted.networks.empty()) {
        networks = Json::array();
        for (const auto &network : wanted.networks) {
            networks.push_back({{"uuid", network}});
        }
    }
    const Json form {{"name", plainName(wanted.name)}, {"flavorRef", flavor->id}, {"networks", networks}, {"block_device_mapping_v2", devices},
        {"metadata", {{idKey, wanted.id}}}};
    const auto giveUp = [&](const std::string &server, Problem why) -> Result<Ref> {
        if (!server.empty()) {
            (void)deleteInstance({ObjectKind::Instance, server});
        }
        if (!made.empty()) {
            (void)deleteVolume({ObjectKind::Volume, made});
        }
        return tl::unexpected(std::move(why));
    };
    // Nova starts from no volume that Cinder does not call bootable, which one that began blank is not.
    const auto bootable = volumes.empty() ? Result<>()
                                          : nothing(m_session.call(Service::Volume, "POST", pathOf("/volumes/", volumes.front()) + "/action",
                                              {{"os-set_bootable", {{"bootable", true}}}}));
    const auto id = bootable ? create(Service::Compute, "/servers", "server", {{"server", form}}) : tl::unexpected(bootable.error());
    if (!id) {
        return giveUp({}, id.error());
    }
    const auto path = pathOf("/servers/", *id);
    const auto isStill = [](const Json &server) { return !isBusy(server); };
    auto server = await(Service::Compute, path, "server", isStill, patienceServer);
    if (server && wordIn(*server, "status") == "ERROR") { // "No valid host was found", mostly
        return giveUp(
            *id, {Reason::NoCapacity, {{"resource", "compute"}, {"cloud", wordIn(in(*server, "fault"), "message")}}, "nova: server " + *id});
    }
    if (server && !wanted.start) {
        server = m_session.call(Service::Compute, "POST", path + "/action", {{"os-stop", nullptr}}).and_then([&](const Json &) {
            return await(
                Service::Compute, path, "server", [&](const Json &now) { return !isBusy(now) && wordIn(now, "status") == "SHUTOFF"; },
                patienceServer);
        });
    }
    return server ? Result<Ref>(Ref {ObjectKind::Instance, *id}) : giveUp(*id, server.error());
}

Result<> OpenStack::deleteInstance(const Ref &ref)
{
    const auto path = pathOf("/servers/", ref.word);
    return nothing(m_session.call(Service::Compute, "DELETE", path, {})).and_then([&] { return awaitGone(Service::Compute, path, patienceGone); });
}

Result<> OpenStack::resizeVolume(const Ref &ref, std::int64_t bytes)
{
    const auto path = pathOf("/volumes/", ref.word), wanted = std::to_string(wholeGib(bytes));
    return nothing(m_session.call(Service::Volume, "POST", path + "/action", {{"os-extend", {{"new_size", wholeGib(bytes)}}}})).and_then([&] {
        return nothing(await(
            Service::Volume, path, "volume", [](const Json &now) { return wordIn(now, "status") != "extending"; }, patienceVolume));
    });
}

Result<> OpenStack::deleteVolume(const Ref &ref)
{
    const auto path = pathOf("/volumes/", ref.word);
    // A server that has just gone lets go of it a little later.
    const auto free = await(
        Service::Volume, path, "volume",
        [](const Json &now) {
            const auto status = wordIn(now, "status");
            return status == "available" || status.starts_with("error") || (status == "in-use" && !listIn(now, "attachments").empty());
        },
        patienceGone);
    if (!free) {
        return tl::unexpected(free.error());
    }
    if (wordIn(*free, "status") == "in-use") {
        return refuse(Reason::NotReady, {{"state", "in-use"}});
    }
    return nothing(m_session.call(Service::Volume, "DELETE", path, {})).and_then([&] { return awaitGone(Service::Volume, path, patienceGone); });
}

Result<> OpenStack::deleteImage(const Ref &ref)
{
    return nothing(m_session.call(Service::Image, "DELETE", pathOf("/images/", ref.word), {}));
}

}
