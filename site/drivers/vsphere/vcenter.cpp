// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/vsphere/vcenter.h"

#include "site/drivers/disk/fd.h"
#include "site/drivers/disk/process.h"
#include "site/drivers/vsphere/describe.h"
#include "site/drivers/vsphere/vsphere.h"

#include <fcntl.h>
#include <thread>

namespace portulan::site::vsphere {

using namespace cloud;
using namespace std::chrono_literals;

namespace {

constexpr auto patienceTask = 1800s;
constexpr std::int64_t mib = 1 << 20;

Moref machineOf(const Ref &ref)
{
    return {"VirtualMachine", ref.word.substr(0, ref.word.find('/'))};
}

Moref snapshotOf(const Ref &ref)
{
    return {"VirtualMachineSnapshot", ref.word.substr(ref.word.find('/') + 1)};
}

CloudFacts known()
{
    CloudFacts facts;
    facts.stack = Stack::VMware;
    facts.capabilities = {"image.delete", "instance.create", "instance.delete", "instance.reboot", "instance.resize", "instance.start",
        "instance.stop", "instance.update", "migrate", "snapshot.create", "snapshot.delete", "snapshot.revert"};
    return facts;
}

/// What vCenter takes as a name: 80 characters, three of them written in percent signs.
std::string nameOf(const std::string &name)
{
    std::string word;
    for (const char c : name.substr(0, 80)) {
        word += c == '%' ? "%25" : c == '/' ? "%2f" : c == '\\' ? "%5c" : std::string(1, c);
    }
    return word;
}

}

VCenter::VCenter(Soap::Settings settings)
    : m_soap(std::move(settings))
    , m_facts(known())
{
}

CloudFacts VCenter::facts()
{
    const std::lock_guard lock(m_mutex);
    return m_facts;
}

Result<Sightings> VCenter::look(bool)
{
    Sightings found;
    found.isWhole = true;
    auto facts = known();
    facts.used = Amounts {};
    const std::map<std::string, std::vector<std::string>> wanted {{"VirtualMachine", machineProperties},
        {"HostSystem", {"summary.hardware.numCpuThreads", "summary.hardware.memorySize", "summary.quickStats.overallMemoryUsage"}},
        {"Datastore", {"summary.capacity", "summary.freeSpace"}}, {"Network", {"name"}}};
    auto done = m_soap.each(wanted, [&](const Moref &object, const Soap::Properties &about) {
        if (object.type == "VirtualMachine") {
            if (!isTemplate(about) && textIn(about, "runtime.powerState") == "poweredOn") {
                facts.used->vcpus += numberIn(about, "config.hardware.numCPU");
            }
            for (auto &sighting : sightingsFrom(object, about)) {
                found.seen.push_back(std::move(sighting));
            }
        } else if (object.type == "HostSystem") {
            facts.measured.vcpus += numberIn(about, "summary.hardware.numCpuThreads");
            facts.measured.ramBytes += numberIn(about, "summary.hardware.memorySize");
            facts.used->ramBytes += numberIn(about, "summary.quickStats.overallMemoryUsage") * mib;
        } else if (object.type == "Datastore") {
            const auto capacity = numberIn(about, "summary.capacity");
            facts.measured.storageBytes += capacity;
            facts.used->storageBytes += capacity - std::min(capacity, numberIn(about, "summary.freeSpace"));
        } else {
            Network network;
            network.id = {{}, ObjectKind::Network, object.id};
            network.name = textIn(about, "name");
            network.kind = object.type == "Network" ? "standard" : "distributed";
            found.seen.emplace_back(network);
        }
    });
    const auto version = done ? m_soap.version() : tl::unexpected(done.error());
    if (!version) {
        return tl::unexpected(version.error());
    }
    facts.hypervisor = *version;
    const std::lock_guard lock(m_mutex);
    m_facts = std::move(facts);
    return found;
}

Result<Sighting> VCenter::look(const Ref &ref)
{
    std::optional<Sighting> found;
    if (ref.kind == ObjectKind::Network) {
        return refuse(Reason::NotFound, {{"id", ref.word}});
    }
    auto done = m_soap.one(machineOf(ref), machineProperties, [&](const Moref &machine, const Soap::Properties &about) {
        for (auto &sighting : sightingsFrom(machine, about)) {
            if (idOf(sighting).kind == ref.kind && idOf(sighting).id == ref.word) {
                found = std::move(sighting);
            }
        }
    });
    if (!done) {
        return tl::unexpected(done.error());
    }
    return found ? Result<Sighting>(*found) : refuse(Reason::NotFound, {{"id", ref.word}});
}

Result<> VCenter::power(const Ref &ref, Power power)
{
    const auto machine = machineOf(ref);
    const auto task = [&](const char *method) { return m_soap.perform(method, machine, {}, patienceTask).map([](const std::string &) {}); };
    // A guest without VMware Tools cannot be asked: then the plug is what there is.
    const auto guest = [&](const char *method, const char *otherwise) {
        const auto asked = m_soap.call(method, machine, {});
        return asked                                            ? Result<>()
            : asked.error().reason == Reason::Unsupported       ? task(otherwise)
            : asked.error().fact("fault") == "ToolsUnavailable" ? task(otherwise)
            : asked.error().fact("fault") == "MethodNotFound"   ? task(otherwise)
                                                                : Result<>(tl::unexpected(asked.error()));
    };
    switch (power) {
    case Power::Start:
        return task("PowerOnVM_Task");
    case Power::Stop:
        return guest("ShutdownGuest", "PowerOffVM_Task");
    case Power::StopNow:
        return task("PowerOffVM_Task");
    case Power::Reboot:
        return guest("RebootGuest", "ResetVM_Task");
    case Power::RebootNow:
        return task("ResetVM_Task");
    }
    return {};
}

/// Where new machines go: the first datacentre, its root resource pool, the datastore with most room.
Result<VCenter::Place> VCenter::place()
{
    Place place;
    std::int64_t free = -1;
    const std::map<std::string, std::vector<std::string>> wanted {
        {"Datacenter", {"vmFolder"}}, {"ResourcePool", {"name"}}, {"Datastore", {"name", "summary.freeSpace"}}};
    auto done = m_soap.each(wanted, [&](const Moref &object, const Soap::Properties &about) {
        if (object.type == "Datacenter" && place.folder.id.empty()) {
            place.folder = {"Folder", textIn(about, "vmFolder")};
        } else if (object.type == "ResourcePool" && (place.pool.id.empty() || textIn(about, "name") == "Resources")) {
            place.pool = object;
        } else if (object.type == "Datastore" && numberIn(about, "summary.freeSpace") > free) {
            free = numberIn(about, "summary.freeSpace");
            place.datastore = object;
            place.datastoreName = textIn(about, "name");
        }
    });
    if (!done) {
        return tl::unexpected(done.error());
    }
    const bool isWhole = !place.folder.id.empty() && !place.pool.id.empty() && !place.datastore.id.empty();
    return isWhole ? Result<Place>(place) : refuse(Reason::NoCapacity, {{"resource", "datastore"}});
}

Result<Ref> VCenter::createInstance(const NewInstance &wanted)
{
    const auto place = this->place();
    if (!place) {
        return tl::unexpected(place.error());
    }
    const auto size
        = element("numCPUs", std::to_string(wanted.vcpus)) + element("memoryMB", std::to_string(std::max<std::int64_t>(wanted.ramBytes / mib, 4)));
    Result<std::string> made;
    if (!wanted.image.empty()) {
        const auto spec = "<spec><location>" + element("datastore", place->datastore) + element("pool", place->pool)
            + "</location><template>false</template><config>" + size + "</config><powerOn>false</powerOn></spec>";
        made = m_soap.perform("CloneVM_Task", {"VirtualMachine", wanted.image},
            element("folder", place->folder) + element("name", nameOf(wanted.name)) + spec, patienceTask);
    } else {
        std::string devices;
        if (wanted.diskBytes > 0) {
            devices
                = R"(<deviceChange><operation>add</operation><device xsi:type="ParaVirtualSCSIController"><key>1000</key><busNumber>0</busNumber>)"
                  R"(<sharedBus>noSharing</sharedBus></device></deviceChange><deviceChange><operation>add</operation><fileOperation>create</fileOperation>)"
                  R"(<device xsi:type="VirtualDisk"><key>-1</key><backing xsi:type="VirtualDiskFlatVer2BackingInfo">)"
                + element("fileName", '[' + place->datastoreName + ']')
                + "<diskMode>persistent</diskMode><thinProvisioned>true</thinProvisioned></backing><controllerKey>1000</controllerKey>"
                  "<unitNumber>0</unitNumber>"
                + element("capacityInKB", std::to_string(wanted.diskBytes / 1024)) + "</device></deviceChange>";
        }
        const auto config = "<config>" + element("name", nameOf(wanted.name)) + "<guestId>otherGuest64</guestId><files>"
            + element("vmPathName", '[' + place->datastoreName + ']') + "</files>" + size + devices + "</config>";
        made = m_soap.perform("CreateVM_Task", place->folder, config + element("pool", place->pool), patienceTask);
    }
    return made.map([](const std::string &id) { return Ref {ObjectKind::Instance, id}; });
}

Result<> VCenter::deleteInstance(const Ref &ref)
{
    return m_soap.perform("Destroy_Task", machineOf(ref), {}, patienceTask).map([](const std::string &) {});
}

Result<> VCenter::resizeInstance(const Ref &ref, std::int64_t vcpus, std::int64_t ramBytes)
{
    const auto spec = (vcpus > 0 ? element("numCPUs", std::to_string(vcpus)) : "")
        + (ramBytes > 0 ? element("memoryMB", std::to_string(std::max<std::int64_t>(ramBytes / mib, 4))) : "");
    return m_soap.perform("ReconfigVM_Task", machineOf(ref), "<spec>" + spec + "</spec>", patienceTask).map([](const std::string &) {});
}

/// Of all disks of a machine; so also of the disk of one that has no other.
Result<Ref> VCenter::createSnapshot(const NewSnapshot &wanted)
{
    const auto machine = machineOf(wanted.of);
    if (wanted.of.kind == ObjectKind::Volume) {
        std::size_t disks = 0;
        auto seen = m_soap.one(machine, machineProperties, [&](const Moref &, const Soap::Properties &about) {
            for (const auto &sighting : sightingsFrom(machine, about)) {
                disks += idOf(sighting).kind == ObjectKind::Volume ? 1 : 0;
            }
        });
        if (!seen || disks != 1) {
            return seen ? Result<Ref>(refuse(Reason::Unsupported, {{"what", "snapshot.create.volume"}}, "vCenter takes snapshots of machines"))
                        : tl::unexpected(seen.error());
        }
    }
    const auto form = element("name", nameOf(wanted.name)) + element("description", wanted.id) + "<memory>false</memory><quiesce>false</quiesce>";
    return m_soap.perform("CreateSnapshot_Task", machine, form, patienceTask).map([&](const std::string &id) {
        return Ref {ObjectKind::Snapshot, machine.id + '/' + id};
    });
}

Result<> VCenter::revertSnapshot(const Ref &ref)
{
    return m_soap.perform("RevertToSnapshot_Task", snapshotOf(ref), "<suppressPowerOn>true</suppressPowerOn>", patienceTask)
        .map([](const std::string &) {});
}

Result<> VCenter::deleteSnapshot(const Ref &ref)
{
    return m_soap.perform("RemoveSnapshot_Task", snapshotOf(ref), "<removeChildren>false</removeChildren>", patienceTask)
        .map([](const std::string &) {});
}

/// vCenter has no lock for a machine; its notes are what an administrator reads.
Result<> VCenter::fence(const Ref &ref, const std::string &movedTo)
{
    const std::string ours = "Moved by Portulan, do not start it here: it is at ";
    std::string note;
    auto known = m_soap.one(
        machineOf(ref), {"config.annotation"}, [&](const Moref &, const Soap::Properties &about) { note = textIn(about, "config.annotation"); });
    if (const auto at = note.find(ours); at != std::string::npos) { // the rest is somebody else's
        const auto end = note.find('\n', at);
        note.erase(at, end == std::string::npos ? end : end + 1 - at);
    } else if (movedTo.empty()) {
        return known;
    }
    if (!known) {
        return known;
    }
    note = movedTo.empty() ? note : ours + movedTo + '\n' + note;
    return m_soap.perform("ReconfigVM_Task", machineOf(ref), "<spec>" + element("annotation", note) + "</spec>", patienceTask)
        .map([](const std::string &) {});
}

std::vector<Problem> VCenter::leftBehind(const Ref &ref)
{
    std::vector<Problem> left;
    const auto note = [&](const char *what, const std::string &which) {
        left.push_back({Reason::Unsupported, {{"cause", "left-behind"}, {"what", what}, {"id", which}}, {}});
    };
    (void)m_soap.one(machineOf(ref), {"config.hardware.device"}, [&](const Moref &, const Soap::Properties &about) {
        const auto at = about.find("config.hardware.device");
        for (const auto device : at == about.end() ? pugi::xml_node() : at->second) {
            const auto kind = kindOf(device);
            const std::string file = device.child("backing").child_value("fileName"), label = device.child("deviceInfo").child_value("label");
            if (kind == "VirtualCdrom" && file.ends_with(".iso")) {
                note("cdrom", file);
            } else if (kind == "VirtualPCIPassthrough" || kind == "VirtualSriovEthernetCard" || kind == "VirtualUSB") {
                note("passthrough", label);
            } else if (kind == "VirtualTPM") {
                note("tpm", label);
            }
        }
    });
    return left;
}

/// Of a machine's disks in a lease that is ready, the one of this index.
Result<std::string> VCenter::diskUrl(const Moref &lease, std::size_t index, std::int64_t &bytes)
{
    const auto deadline = std::chrono::steady_clock::now() + patienceTask;
    for (;;) {
        std::string state;
        std::vector<std::pair<std::string, std::int64_t>> disks;
        auto seen = m_soap.one(lease, {"state", "info"}, [&](const Moref &, const Soap::Properties &about) {
            state = textIn(about, "state");
            if (const auto at = about.find("info"); at != about.end()) {
                for (const auto url : at->second.children("deviceUrl")) {
                    if (std::string_view(url.child_value("disk")) == "true") {
                        disks.emplace_back(url.child_value("url"), url.child("fileSize").text().as_llong());
                    }
                }
            }
        });
        if (!seen) {
            return tl::unexpected(seen.error());
        }
        if (state == "ready" && index < disks.size()) {
            bytes = disks[index].second;
            return disks[index].first;
        }
        if (state == "ready" || state == "error" || state == "done") {
            return refuse(Reason::NotReady, {{"state", "lease " + state}});
        }
        if (std::chrono::steady_clock::now() > deadline) {
            return refuse(Reason::TimedOut, {{"what", "ExportVm"}});
        }
        std::this_thread::sleep_for(200ms);
    }
}

/// The disk as a stream-optimised vmdk out of a lease, made a qcow2.
Result<std::string> VCenter::fetch(const Ref &ref, const std::string &path, Progress &progress)
{
    const auto machine = machineOf(ref);
    std::size_t index = 0;
    bool isKnown = false;
    auto done = m_soap.one(machine, machineProperties, [&](const Moref &, const Soap::Properties &about) {
        for (const auto &sighting : sightingsFrom(machine, about)) {
            isKnown = isKnown || idOf(sighting).id == ref.word;
            index += !isKnown && idOf(sighting).kind == ObjectKind::Volume ? 1 : 0;
        }
    });
    if (!done || !isKnown) {
        return done ? Result<std::string>(refuse(Reason::NotFound, {{"id", ref.word}})) : tl::unexpected(done.error());
    }
    const auto granted = m_soap.call("ExportVm", machine, {});
    if (!granted) {
        return tl::unexpected(granted.error());
    }
    const Moref lease {"HttpNfcLease", (*granted)->first_child().first_child().first_child().child("returnval").text().get()};
    std::int64_t total = 0;
    const auto url = diskUrl(lease, index, total);
    const Scrap packed(path + ".vmdk");
    const auto file = url ? openFile(packed.path(), O_RDWR | O_CREAT | O_EXCL) : tl::unexpected(url.error());
    std::int64_t at = 0;
    auto told = std::chrono::steady_clock::now();
    auto got = !file ? Result<HttpAnswer>(tl::unexpected(file.error())) : m_soap.download(*url, [&](std::span<const std::byte> bytes) {
        auto written = progress.isCancelled() ? Result<>(refuse(Reason::Cancelled)) : writeAt(file->get(), static_cast<std::uint64_t>(at), bytes);
        at += static_cast<std::int64_t>(bytes.size());
        progress.bytes(at, total);
        if (const auto now = std::chrono::steady_clock::now(); now - told > 30s) { // else the lease ends
            told = now;
            (void)m_soap.call(
                "HttpNfcLeaseProgress", lease, element("percent", std::to_string(total > 0 ? std::min<std::int64_t>(at * 100 / total, 99) : 0)));
        }
        return written;
    });
    (void)m_soap.call(got ? "HttpNfcLeaseComplete" : "HttpNfcLeaseAbort", lease, {});
    if (!got || (total > 0 && at != total)) {
        return got ? Result<std::string>(
                   refuse(Reason::Integrity, {{"where", ref.word}, {"expected", std::to_string(total)}, {"found", std::to_string(at)}}))
                   : tl::unexpected(got.error());
    }
    return runTool({{"qemu-img", "convert", "-f", "vmdk", "-O", "qcow2", packed.path(), path}, {}, -1, -1}, {}, [&] {
        return progress.isCancelled();
    }).map([](const std::string &) { return std::string("qcow2"); });
}

std::unique_ptr<Cloud> makeCloud(Soap::Settings settings)
{
    return std::make_unique<VCenter>(std::move(settings));
}

}
