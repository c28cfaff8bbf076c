// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/site/driverrig.h"

#include "site/drivers/embedded/embedded.h"

#include <csignal>

namespace portulan::tests {

using namespace std::chrono_literals;

std::vector<std::byte> bytesOf(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    const auto bytes = std::as_bytes(std::span(text));
    return {bytes.begin(), bytes.end()};
}

DriverRig::DriverRig(std::string qemu, std::string directory)
    : m_qemu(std::move(qemu))
    , m_directory(directory.empty() ? dir.path("site") : std::move(directory))
{
    begin();
    project("p");
}

DriverRig::~DriverRig()
{
    for (const auto &entry : std::filesystem::directory_iterator(m_directory + "/machines")) {
        std::ifstream file(entry.path() / "pid");
        pid_t pid = 0;
        if (file >> pid && pid > 1) {
            const std::string line = "/proc/" + std::to_string(pid) + "/cmdline";
            const auto words = bytesOf(line); // only a QEMU of this very machine
            if (std::string(reinterpret_cast<const char *>(words.data()), words.size()).find(entry.path().filename().string()) != std::string::npos) {
                ::kill(pid, SIGKILL);
            }
        }
    }
}

void DriverRig::begin()
{
    m_driver = site::embedded::makeDriver({"here", m_directory, m_qemu, {}});
    const auto started = m_driver->start([this](const Thing &thing) {
        const std::lock_guard lock(m_mutex);
        m_announced.insert_or_assign(idOf(thing), thing);
        m_changed.notify_all();
    });
    EXPECT_TRUE(started) << describe(started.error());
}

void DriverRig::restart()
{
    shutDown();
    begin();
}

Result<ObjectId> DriverRig::perform(const Order &order, std::string_view etag)
{
    return m_driver->perform(order, etag, progress);
}

ObjectId DriverRig::done(const Order &order)
{
    const auto checked = m_driver->check(order, {});
    EXPECT_TRUE(checked) << kindOf(order) << ' ' << describe(checked.error());
    auto object = perform(order);
    EXPECT_TRUE(object) << kindOf(order) << ' ' << (object ? "" : describe(object.error()));
    return object.value_or(ObjectId {});
}

Reason DriverRig::refusal(const Order &order, std::string_view etag)
{
    const auto checked = m_driver->check(order, etag);
    const auto object = perform(order, etag);
    EXPECT_FALSE(checked) << kindOf(order);
    EXPECT_FALSE(object) << kindOf(order);
    if (checked || object) {
        return Reason::Internal;
    }
    EXPECT_EQ(checked.error().reason, object.error().reason) << describe(checked.error()) << describe(object.error());
    return object.error().reason;
}

ObjectId DriverRig::project(const std::string &name, const Quota &quota)
{
    Project project;
    project.id = id(ObjectKind::Project, name);
    project.name = "Project " + name;
    project.quota = quota;
    return done(CreateProject {project});
}

ObjectId DriverRig::nanoImage()
{
    site::ImportSpec spec;
    spec.kind = ObjectKind::Image;
    spec.name = "nano";
    spec.project = "p";
    spec.os = "nano";
    const auto image = import(spec, PORTULAN_BINARY_DIR "/nano/nano.raw");
    EXPECT_TRUE(image) << describe(image.error());
    return image.value_or(ObjectId {});
}

Result<ObjectId> DriverRig::import(const site::ImportSpec &spec, const std::string &file)
{
    auto upload = m_driver->beginImport(spec);
    if (!upload) {
        return tl::unexpected(upload.error());
    }
    const auto bytes = bytesOf(file);
    for (std::size_t at = 0; at < bytes.size(); at += 100'000) {
        if (auto written = (*upload)->write(std::span(bytes).subspan(at, std::min<std::size_t>(100'000, bytes.size() - at))); !written) {
            return tl::unexpected(written.error());
        }
    }
    return (*upload)->commit(progress);
}

Result<std::vector<std::byte>> DriverRig::exported(const ObjectId &object, const std::string &format)
{
    auto download = m_driver->beginExport(object, format, progress);
    if (!download) {
        return tl::unexpected(download.error());
    }
    std::vector<std::byte> bytes, piece(70'000);
    for (;;) {
        const auto got = (*download)->read(piece);
        if (!got) {
            return tl::unexpected(got.error());
        }
        if (*got == 0) {
            return bytes;
        }
        bytes.insert(bytes.end(), piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(*got));
    }
}

CreateInstance DriverRig::instance(const std::string &name, const ObjectId &image) const
{
    CreateInstance order;
    order.name = name;
    order.project = "p";
    order.ramBytes = 8 << 20;
    order.imageId = image.id;
    return order;
}

Result<ObjectId> DriverRig::put(const ObjectId &dataSet, const std::string &key, const std::string &text, const std::string &sha256)
{
    auto upload = m_driver->beginPut(dataSet, key, sha256);
    if (!upload) {
        return tl::unexpected(upload.error());
    }
    const auto bytes = std::as_bytes(std::span(text));
    return (*upload)->write(bytes.first(bytes.size() / 2)).and_then([&] { return (*upload)->write(bytes.subspan(bytes.size() / 2)); }).and_then([&] {
        return (*upload)->commit(progress);
    });
}

std::string DriverRig::got(const ObjectId &dataSet, const std::string &key)
{
    auto download = m_driver->beginGet(dataSet, key);
    if (!download) {
        return std::string(toString(download.error().reason));
    }
    std::string text(static_cast<std::size_t>((*download)->totalBytes()), '\0');
    EXPECT_EQ((*download)->read(std::as_writable_bytes(std::span(text))).value_or(0), text.size());
    return text;
}

bool DriverRig::wait(const std::function<bool()> &holds, std::chrono::seconds patience)
{
    std::unique_lock lock(m_mutex);
    const auto deadline = std::chrono::steady_clock::now() + patience;
    for (;;) {
        lock.unlock(); // the question may go to the driver, which may be announcing
        if (holds()) {
            return true;
        }
        lock.lock();
        if (std::chrono::steady_clock::now() > deadline) {
            return false;
        }
        m_changed.wait_for(lock, 20ms);
    }
}

bool DriverRig::awaitState(const ObjectId &instance, PowerState state)
{
    return wait([&] { return get<Instance>(instance).state == state; }, 60s);
}

bool DriverRig::awaitConsole(const ObjectId &instance, const std::string &text)
{
    return wait([&] { return m_driver->consoleOutput(instance, 65536).value().first.find(text) != std::string::npos; }, 60s);
}

std::optional<Thing> DriverRig::announced(const ObjectId &object)
{
    const std::lock_guard lock(m_mutex);
    const auto at = m_announced.find(object);
    return at == m_announced.end() ? std::nullopt : std::optional(at->second);
}

pid_t DriverRig::pidOf(const ObjectId &instance) const
{
    std::ifstream file(m_directory + "/machines/" + instance.id + "/pid");
    pid_t pid = 0;
    file >> pid;
    return pid;
}

}
