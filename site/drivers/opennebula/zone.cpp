// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/opennebula/describe.h"
#include "site/drivers/opennebula/opennebula.h"

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

namespace portulan::site::opennebula {

using namespace cloud;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t mib = 1 << 20, kib = 1024, percentOfCore = 100;
constexpr std::int64_t everything = -2, notDone = -1, pageSize = 500, overlap = 25;
constexpr auto patienceMachine = 600s, patienceImage = 1800s;

CloudFacts known()
{
    CloudFacts facts;
    facts.stack = Stack::OpenNebula;
    facts.capabilities = {"instance.create", "instance.delete", "instance.reboot", "instance.start", "instance.stop", "instance.update",
        "volume.create", "volume.delete"};
    return facts;
}

/// A word within quotes of OpenNebula's template language.
std::string quoted(const std::string &word)
{
    std::string text = "\"";
    for (const char c : word) {
        text += c == '"' || c == '\\' ? std::string {'\\', c} : std::string(1, static_cast<unsigned char>(c) < 0x20 ? ' ' : c);
    }
    return text + '"';
}

bool isDataBlock(const Ref &ref)
{
    return ref.kind == ObjectKind::Volume && ref.word.starts_with("i-");
}

std::int64_t numberOf(const Ref &ref)
{
    return std::atoll(ref.word.c_str() + (isDataBlock(ref) ? 2 : 0));
}

class Zone final : public Cloud {
public:
    explicit Zone(Rpc::Settings settings)
        : m_rpc(std::move(settings))
    {
    }
    ~Zone() override { close(); }
    Result<> open(std::function<void()>) override { return {}; }
    void close() override
    {
        m_isClosed = true;
        m_rpc.close();
    }
    CloudFacts facts() override
    {
        const std::lock_guard lock(m_mutex);
        return m_facts;
    }
    Result<Sightings> look(bool isWhole) override;
    Result<Sighting> look(const Ref &ref) override;
    Result<> power(const Ref &ref, Power power) override;
    Result<Ref> createInstance(const NewInstance &wanted) override;
    bool runsWhenMade() const override { return true; }
    bool disksGoWithMachine() const override { return true; }
    Result<> deleteInstance(const Ref &ref) override;
    Result<Ref> createVolume(const CreateVolume &order, const std::string &) override;
    Result<> deleteVolume(const Ref &ref) override;

private:
    Result<> lookAtMachines(Sightings &into);
    Result<CloudFacts> capacity();
    Result<std::string> imageStore();
    Result<> act(const Ref &ref, const char *action)
    {
        return m_rpc.call("vm.action", {std::string(action), numberOf(ref)}).map([](const std::string &) {});
    }
    Result<> await(const std::function<Result<bool>()> &isSo, std::chrono::seconds patience, const char *what);

    Rpc m_rpc;
    std::atomic<bool> m_isClosed = false;
    std::mutex m_mutex; ///< m_facts
    CloudFacts m_facts = known();
};

Result<> Zone::await(const std::function<Result<bool>()> &isSo, std::chrono::seconds patience, const char *what)
{
    const auto deadline = std::chrono::steady_clock::now() + patience;
    for (auto pause = 100ms;; pause = std::min(pause * 3 / 2, 3000ms)) {
        const auto now = isSo();
        if (!now || *now) {
            return now ? Result<>() : tl::unexpected(now.error());
        }
        if (m_isClosed || std::chrono::steady_clock::now() > deadline) {
            return refuse(m_isClosed ? Reason::Cancelled : Reason::TimedOut, {{"what", what}});
        }
        std::this_thread::sleep_for(pause);
    }
}

/// By pages, the newest first. Machines that come or go meanwhile move the pages: each begins among those of the one before, or all begins again.
Result<> Zone::lookAtMachines(Sightings &into)
{
    constexpr int attempts = 3;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        std::vector<Sighting> seen;
        std::set<std::int64_t> ids;
        bool isTorn = false;
        for (std::int64_t from = 0; !isTorn; from += pageSize - overlap) {
            const auto pool = m_rpc.read("vmpool.infoextended", {everything, from, -pageSize, notDone});
            if (!pool) {
                return tl::unexpected(pool.error());
            }
            std::int64_t count = 0;
            for (const auto vm : (*pool)->child("VM_POOL").children("VM")) {
                const auto id = numberIn(vm, "ID");
                isTorn = isTorn || (count == 0 && !ids.empty() && id < *ids.begin());
                ++count;
                if (ids.insert(id).second) {
                    (void)sightingsFrom(vm, seen);
                }
            }
            if (count < pageSize) {
                std::ranges::move(seen, std::back_inserter(into.seen));
                return {};
            }
        }
    }
    return refuse(Reason::Conflict, {{"what", "oned"}}, "machines come and go faster than they can be listed");
}

Result<CloudFacts> Zone::capacity()
{
    auto facts = known();
    facts.used = Amounts {};
    const auto hosts = m_rpc.read("hostpool.info", {});
    const auto stores = hosts ? m_rpc.read("datastorepool.info", {}) : tl::unexpected(hosts.error());
    if (!stores) {
        return tl::unexpected(stores.error());
    }
    for (const auto host : (*hosts)->child("HOST_POOL").children("HOST")) {
        if (numberIn(host, "STATE") == 4 || numberIn(host, "STATE") == 8) { // disabled, offline
            continue;
        }
        const auto share = host.child("HOST_SHARE");
        facts.measured = facts.measured + Amounts {numberIn(share, "MAX_CPU") / percentOfCore, numberIn(share, "MAX_MEM") * kib, 0};
        *facts.used = *facts.used + Amounts {numberIn(share, "CPU_USAGE") / percentOfCore, numberIn(share, "MEM_USAGE") * kib, 0};
        const std::string kind = host.child_value("VM_MAD");
        facts.hypervisor = facts.hypervisor.empty() ? "OpenNebula (" + kind + ')' : facts.hypervisor;
    }
    for (const auto store : (*stores)->child("DATASTORE_POOL").children("DATASTORE")) {
        if (numberIn(store, "TYPE") == 0) {
            facts.measured.storageBytes += numberIn(store, "TOTAL_MB") * mib;
            facts.used->storageBytes += numberIn(store, "USED_MB") * mib;
        }
    }
    return facts;
}

Result<Sightings> Zone::look(bool)
{
    Sightings found;
    found.isWhole = true;
    auto done = lookAtMachines(found);
    const auto images = done ? m_rpc.read("imagepool.info", {everything, std::int64_t(-1), std::int64_t(-1)}) : tl::unexpected(done.error());
    const auto networks = images ? m_rpc.read("vnpool.info", {everything, std::int64_t(-1), std::int64_t(-1)}) : tl::unexpected(images.error());
    auto facts = networks ? capacity() : tl::unexpected(networks.error());
    if (!facts) {
        return tl::unexpected(facts.error());
    }
    for (const auto node : (*images)->child("IMAGE_POOL").children("IMAGE")) {
        if (auto image = imageFrom(node)) {
            found.seen.emplace_back(std::move(*image));
        } else if (auto volume = volumeFrom(node)) {
            found.seen.emplace_back(std::move(*volume));
        }
    }
    for (const auto node : (*networks)->child("VNET_POOL").children("VNET")) {
        found.seen.emplace_back(networkFrom(node));
    }
    const std::lock_guard lock(m_mutex);
    m_facts = std::move(*facts);
    return found;
}

Result<Sighting> Zone::look(const Ref &ref)
{
    const auto missing = [&]() -> Result<Sighting> { return refuse(Reason::NotFound, {{"id", ref.word}}); };
    if (ref.kind == ObjectKind::Instance || (ref.kind == ObjectKind::Volume && !isDataBlock(ref))) {
        const auto vm = m_rpc.read("vm.info", {numberOf(ref)});
        std::vector<Sighting> seen;
        if (!vm || sightingsFrom((*vm)->child("VM"), seen) == Being::Gone) {
            return vm ? missing() : tl::unexpected(vm.error());
        }
        const auto at = std::ranges::find_if(seen, [&](const Sighting &each) { return idOf(each).kind == ref.kind && idOf(each).id == ref.word; });
        return at == seen.end() ? missing() : *at;
    }
    const auto image = m_rpc.read("image.info", {numberOf(ref)});
    if (!image) {
        return tl::unexpected(image.error());
    }
    if (auto volume = volumeFrom((*image)->child("IMAGE"))) {
        return Sighting(*volume);
    }
    auto found = imageFrom((*image)->child("IMAGE"));
    return found ? Result<Sighting>(Sighting(*found)) : missing();
}

Result<> Zone::power(const Ref &ref, Power power)
{
    switch (power) {
    case Power::Start: {
        const auto vm = m_rpc.read("vm.info", {numberOf(ref)});
        return !vm ? tl::unexpected(vm.error()) : act(ref, numberIn((*vm)->child("VM"), "STATE") == 2 ? "release" : "resume");
    }
    case Power::Stop:
        return act(ref, "poweroff");
    case Power::StopNow:
        return act(ref, "poweroff-hard");
    case Power::Reboot:
        return act(ref, "reboot");
    case Power::RebootNow:
        return act(ref, "reboot-hard");
    }
    return {};
}

Result<Ref> Zone::createInstance(const NewInstance &wanted)
{
    std::string form = "NAME=" + quoted(wanted.name) + "\nCPU=" + std::to_string(wanted.vcpus) + "\nVCPU=" + std::to_string(wanted.vcpus)
        + "\nMEMORY=" + std::to_string(std::max<std::int64_t>(wanted.ramBytes / mib, 1)) + "\nPORTULAN_ID=" + quoted(wanted.id) + '\n';
    const auto megabytes = std::to_string((wanted.diskBytes + mib - 1) / mib);
    if (!wanted.image.empty()) {
        form += "DISK=[IMAGE_ID=" + quoted(wanted.image) + (wanted.diskBytes > 0 ? ",SIZE=" + quoted(megabytes) : "") + "]\n";
    } else if (wanted.diskBytes > 0) {
        form += "DISK=[TYPE=\"fs\",FORMAT=\"raw\",SIZE=" + quoted(megabytes) + "]\n";
    }
    for (const auto &network : wanted.networks) {
        form += "NIC=[NETWORK_ID=" + quoted(network) + "]\n";
    }
    const auto id = m_rpc.call("vm.allocate", {form, !wanted.start}); // held, it stays down
    if (!id) {
        return tl::unexpected(id.error());
    }
    const Ref ref {ObjectKind::Instance, *id};
    std::string note;
    const auto arrived = [&]() -> Result<bool> {
        const auto seen = look(ref);
        if (!seen) {
            return tl::unexpected(seen.error());
        }
        const auto &instance = std::get<Instance>(*seen);
        note = instance.stateNote;
        if (instance.state == PowerState::Failed) {
            return refuse(Reason::NoCapacity, {{"resource", "compute"}, {"cloud", note}}, note);
        }
        // One that finds no host waits for ever; the scheduler says so.
        return note.starts_with("Not enough") ? refuse(Reason::NoCapacity, {{"resource", "compute"}, {"cloud", note}}, note)
                                              : Result<bool>(instance.state == (wanted.start ? PowerState::Running : PowerState::Stopped));
    };
    if (auto done = await(arrived, patienceMachine, "vm.allocate"); !done) {
        (void)deleteInstance(ref);
        return tl::unexpected(done.error());
    }
    return ref;
}

Result<> Zone::deleteInstance(const Ref &ref)
{
    return act(ref, "terminate-hard").and_then([&] {
        return await(
            [&]() -> Result<bool> {
                const auto seen = look(ref);
                return seen || seen.error().reason != Reason::NotFound ? (seen ? Result<bool>(false) : tl::unexpected(seen.error()))
                                                                       : Result<bool>(true);
            },
            patienceMachine, "vm.terminate");
    });
}

Result<std::string> Zone::imageStore()
{
    const auto stores = m_rpc.read("datastorepool.info", {});
    if (!stores) {
        return tl::unexpected(stores.error());
    }
    std::pair<std::int64_t, std::string> best {-1, {}};
    for (const auto store : (*stores)->child("DATASTORE_POOL").children("DATASTORE")) {
        if (numberIn(store, "TYPE") == 0 && numberIn(store, "STATE") == 0) {
            best = std::max(best, {numberIn(store, "FREE_MB"), store.child_value("ID")});
        }
    }
    return best.second.empty() ? Result<std::string>(refuse(Reason::NoCapacity, {{"resource", "storage"}})) : best.second;
}

Result<Ref> Zone::createVolume(const CreateVolume &order, const std::string &)
{
    const auto store = imageStore();
    const auto form = "NAME=" + quoted(order.name) + "\nTYPE=\"DATABLOCK\"\nPERSISTENT=\"YES\"\nFORMAT=\"raw\"\nSIZE="
        + quoted(std::to_string((order.sizeBytes + mib - 1) / mib)) + "\nPORTULAN_ID=" + quoted(order.id) + '\n';
    const auto id = store ? m_rpc.call("image.allocate", {form, std::int64_t(std::atoll(store->c_str()))}) : tl::unexpected(store.error());
    if (!id) {
        return tl::unexpected(id.error());
    }
    const Ref ref {ObjectKind::Volume, "i-" + *id};
    const auto ready = [&]() -> Result<bool> {
        const auto image = m_rpc.read("image.info", {numberOf(ref)});
        if (!image) {
            return tl::unexpected(image.error());
        }
        const auto node = (*image)->child("IMAGE");
        const std::string why = node.child("TEMPLATE").child_value("ERROR");
        return numberIn(node, "STATE") == 5 ? refuse(Reason::NoCapacity, {{"resource", "storage"}, {"cloud", why}}, why)
                                            : Result<bool>(numberIn(node, "STATE") == 1);
    };
    if (auto done = await(ready, patienceImage, "image.allocate"); !done) {
        (void)deleteVolume(ref);
        return tl::unexpected(done.error());
    }
    return ref;
}

Result<> Zone::deleteVolume(const Ref &ref)
{
    if (!isDataBlock(ref)) {
        return {}; // it goes with its machine
    }
    return m_rpc.call("image.delete", {numberOf(ref)}).and_then([&](const std::string &) {
        return await(
            [&]() -> Result<bool> {
                const auto image = m_rpc.read("image.info", {numberOf(ref)});
                return image || image.error().reason != Reason::NotFound ? (image ? Result<bool>(false) : tl::unexpected(image.error()))
                                                                         : Result<bool>(true);
            },
            patienceImage, "image.delete");
    });
}

}

std::unique_ptr<Cloud> makeCloud(Rpc::Settings settings)
{
    return std::make_unique<Zone>(std::move(settings));
}

}
