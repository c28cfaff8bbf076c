// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/embedded/following.h"

#include "site/drivers/disk/nbdreader.h"

#include <algorithm>

namespace portulan::site::embedded {

using namespace std::chrono_literals;
using Json = Qmp::Json;

namespace {

constexpr auto socketName = "nbd.sock", ours = "pass-";
constexpr auto patience = 20s;
constexpr std::int64_t leastRoom = std::int64_t(64) << 20; // on the storage, to put aside what is written over
// As fine as what travels alone, unless a bitmap took more than 32 MiB of QEMU's memory.
constexpr std::uint64_t finest = 4096, mostBits = std::uint64_t(1) << 28;

std::uint64_t granularity(std::uint64_t diskBytes)
{
    auto bytes = finest;
    while (diskBytes / bytes > mostBits) {
        bytes *= 2;
    }
    return bytes;
}

Result<> execute(Machine &machine, const std::string &command, Json arguments = Json::object())
{
    return machine.qmp().execute(command, std::move(arguments)).map([](const Json &) {});
}

std::string exportName(std::size_t disk)
{
    return ours + std::to_string(disk);
}

/// All exports of ours are gone on return.
Result<> removeExports(Machine &machine)
{
    const auto until = std::chrono::steady_clock::now() + patience;
    for (bool asked = false;; asked = true) {
        const auto exports = machine.qmp().execute("query-block-exports");
        if (!exports) {
            return tl::unexpected(exports.error());
        }
        bool any = false;
        for (const auto &one : *exports) {
            const auto id = one.value("id", std::string());
            any = any || id.starts_with(ours);
            if (id.starts_with(ours) && !asked) {
                (void)execute(machine, "block-export-del", {{"id", id}, {"mode", "hard"}});
            }
        }
        if (!any) {
            return {};
        }
        if (std::chrono::steady_clock::now() > until) {
            return refuse(Reason::TimedOut, {}, "QEMU keeps an export");
        }
        machine.qmp().waitEvent("BLOCK_EXPORT_DELETED", {}, 20ms);
    }
}

/// Each block node's bitmaps.
Result<std::vector<std::pair<std::string, Json>>> bitmapsIn(Machine &machine)
{
    const auto nodes = machine.qmp().execute("query-named-block-nodes", {{"flat", true}});
    if (!nodes) {
        return tl::unexpected(nodes.error());
    }
    std::vector<std::pair<std::string, Json>> found;
    for (const auto &node : *nodes) {
        for (const auto &bitmap : node.value("dirty-bitmaps", Json::array())) {
            found.emplace_back(node.value("node-name", std::string()), bitmap);
        }
    }
    return found;
}

}

Following::Following(Plant &plant, Instances &instances, const Instance &instance, std::shared_ptr<Machine> machine, std::vector<Disk> disks)
    : m_plant(plant)
    , m_instances(instances)
    , m_instance(instance.id)
    , m_machine(std::move(machine))
    , m_disks(std::move(disks))
    , m_directory(plant.layout.machine(instance.id.id))
{
}

Following::~Following()
{
    if (!m_machine->isOver()) {
        (void)removeExports(*m_machine);
        m_fleece.reset();
        (void)sweep(*m_machine, m_directory);
    }
}

Result<> Following::sweep(Machine &machine, const std::string &directory)
{
    auto done = removeExports(machine).and_then([&] { return Fleece::sweep(machine, directory); });
    const auto bitmaps = bitmapsIn(machine);
    if (!done || !bitmaps) {
        return done ? tl::unexpected(bitmaps.error()) : done;
    }
    for (const auto &[node, bitmap] : *bitmaps) {
        if (const auto name = bitmap.value("name", std::string()); name.starts_with(ours)) {
            done = execute(machine, "block-dirty-bitmap-remove", {{"node", node}, {"name", name}});
        }
    }
    (void)execute(machine, "nbd-server-stop"); // refused if there is none
    return done;
}

Result<std::unique_ptr<RunningDisks>> Following::begin(Plant &plant, Instances &instances, const Instance &instance)
{
    auto machine = plant.running(instance.id.id);
    if (!machine) {
        return notReady(toString(instance.state));
    }
    const auto directory = plant.layout.machine(instance.id.id);
    if (auto clean = sweep(*machine, directory); !clean) {
        return tl::unexpected(clean.error());
    }
    removeFile(directory + '/' + socketName);
    // QEMU runs in that directory: a path of any length fits.
    if (auto serving = execute(*machine, "nbd-server-start", {{"addr", {{"type", "unix"}, {"data", {{"path", socketName}}}}}}); !serving) {
        return tl::unexpected(serving.error());
    }
    std::vector<Disk> disks;
    for (const auto &volume : instance.volumeIds) {
        const auto known = plant.store.get<Volume>(plant.store.id(ObjectKind::Volume, volume));
        disks.push_back({volume, known ? static_cast<std::uint64_t>(known->sizeBytes) : 0});
    }
    return std::unique_ptr<RunningDisks>(new Following(plant, instances, instance, std::move(machine), std::move(disks)));
}

Result<> Following::openBitmaps()
{
    auto actions = Json::array();
    for (const auto &disk : m_disks) {
        const auto node = nodeName(disk.volume);
        actions.push_back({{"type", "block-dirty-bitmap-add"},
            {"data", {{"node", node}, {"name", bitmap(m_view + 1)}, {"granularity", granularity(disk.sizeBytes)}}}});
        if (m_view > 0) {
            actions.push_back({{"type", "block-dirty-bitmap-disable"}, {"data", {{"node", node}, {"name", bitmap(m_view)}}}});
        }
    }
    for (const auto &action : m_fleece ? m_fleece->actions() : Json::array()) {
        actions.push_back(action);
    }
    // In one transaction, between two of the guest's writes: each is in one of the two bitmaps.
    return execute(*m_machine, "transaction", {{"actions", actions}}).map([this] { ++m_view; });
}

Result<> Following::forget(int view)
{
    for (const auto &disk : m_disks) {
        if (auto done = execute(*m_machine, "block-dirty-bitmap-remove", {{"node", nodeName(disk.volume)}, {"name", bitmap(view)}}); !done) {
            return done;
        }
    }
    return {};
}

Result<> Following::closeView()
{
    if (!m_open) {
        return {};
    }
    return removeExports(*m_machine).and_then([this] {
        m_open = false;
        m_fleece.reset();
        return m_view > 1 ? forget(m_view - 1) : Result<>();
    });
}

/// Exports every disk with the bitmap that was closed last and reads what it marks.
Result<std::vector<RunningDisks::View>> Following::look(const std::function<std::string(std::size_t)> &node)
{
    std::vector<View> views;
    m_open = true;
    for (std::size_t i = 0; i < m_disks.size(); ++i) {
        Json arguments {{"type", "nbd"}, {"id", exportName(i)}, {"node-name", node(i)}, {"name", exportName(i)}, {"writable", false}};
        const auto closed = m_view > 1 ? bitmap(m_view - 1) : std::string();
        if (!closed.empty()) {
            arguments["bitmaps"] = Json::array({closed});
        }
        if (auto added = execute(*m_machine, "block-export-add", arguments); !added) {
            return tl::unexpected(added.error());
        }
        auto reader = NbdReader::open({m_directory, socketName, exportName(i), closed.empty() ? closed : "qemu:dirty-bitmap:" + closed});
        auto dirty = reader && !closed.empty() ? (*reader)->marked() : Result<std::vector<Extent>>();
        if (!reader || !dirty) {
            return tl::unexpected(reader ? dirty.error() : reader.error());
        }
        views.push_back({std::move(*reader), std::move(*dirty)});
    }
    return views;
}

Result<std::vector<RunningDisks::View>> Following::next()
{
    return closeView().and_then([this] { return openBitmaps(); }).and_then([this] {
        return look([this](std::size_t disk) { return nodeName(m_disks[disk].volume); });
    });
}

Result<std::vector<RunningDisks::View>> Following::still()
{
    if (const auto room = demandRoom(m_plant, leastRoom); !room) {
        return refuse(Reason::DiskFull, {}, "no room to put aside what the guest writes over");
    }
    std::vector<Fleece::Disk> disks;
    for (const auto &disk : m_disks) {
        disks.push_back({disk.volume, disk.sizeBytes});
    }
    auto closed = closeView();
    auto fleece = closed ? Fleece::prepare(*m_machine, m_directory, disks) : tl::unexpected(closed.error());
    if (!fleece) {
        return tl::unexpected(fleece.error());
    }
    m_fleece = std::move(*fleece);
    if (auto opened = openBitmaps(); !opened) {
        m_fleece.reset();
        return tl::unexpected(opened.error());
    }
    return look(Fleece::nodeOf);
}

Result<std::int64_t> Following::written()
{
    const auto bitmaps = bitmapsIn(*m_machine);
    if (!bitmaps) {
        return tl::unexpected(bitmaps.error());
    }
    std::int64_t bytes = 0;
    for (const auto &[node, one] : *bitmaps) {
        bytes += one.value("name", std::string()) == bitmap(m_view) ? one.value("count", std::int64_t(0)) : 0;
    }
    return bytes;
}

Result<std::vector<std::vector<Extent>>> Following::stop(bool force, Progress &progress)
{
    std::vector<std::vector<Extent>> dirty;
    const auto atRest = [&]() -> Result<> {
        // Nobody writes any more; a last, empty bitmap closes the one that counts.
        auto views = next();
        for (const auto &view : views ? *views : std::vector<View>()) {
            dirty.push_back(view.dirty);
        }
        return views ? Result<>() : tl::unexpected(views.error());
    };
    return m_instances.halt(m_instance, force, progress, atRest).map([&] { return std::move(dirty); });
}

}
