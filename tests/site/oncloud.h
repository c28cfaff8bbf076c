// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/cloud/clouddriver.h"
#include "tests/site/driverrig.h"

namespace portulan::tests {

/// The driver on a real cloud, and what it announces.
struct OnCloud : testing::Test {
    Quiet progress;
    std::mutex mutex;
    std::condition_variable changed;
    std::map<ObjectId, Thing> announced;
    std::unique_ptr<site::Driver> driver;

    void begin(
        std::unique_ptr<site::cloud::Cloud> cloud, const std::string &directory, std::chrono::milliseconds interval = std::chrono::milliseconds(500))
    {
        driver = site::cloud::makeDriver({"here", directory, "default", interval}, std::move(cloud));
        const auto started = driver->start([this](const Thing &thing) {
            const std::lock_guard lock(mutex);
            announced.insert_or_assign(idOf(thing), thing);
            changed.notify_all();
        });
        ASSERT_TRUE(started) << describe(started.error());
    }
    template <typename T>
    std::vector<T> each()
    {
        std::vector<T> found;
        const auto things = driver->inventory().value();
        for (const auto &thing : things) {
            if (const auto *one = std::get_if<T>(&thing)) {
                found.push_back(*one);
            }
        }
        return found;
    }
    template <typename T>
    T get(const ObjectId &id)
    {
        const auto thing = driver->find(id);
        if (!thing || !std::holds_alternative<T>(*thing)) {
            ADD_FAILURE() << "no such thing: " << id.text();
            return {};
        }
        return std::get<T>(*thing);
    }
    Instance named(const std::string &name)
    {
        for (const auto &instance : each<Instance>()) {
            if (instance.name == name) {
                return instance;
            }
        }
        ADD_FAILURE() << "no instance " << name;
        return {};
    }
    bool await(const std::function<bool()> &holds, std::chrono::seconds patience = std::chrono::seconds(30))
    {
        const auto deadline = std::chrono::steady_clock::now() + patience;
        std::unique_lock lock(mutex);
        for (;;) {
            lock.unlock();
            if (holds()) {
                return true;
            }
            lock.lock();
            if (std::chrono::steady_clock::now() > deadline) {
                return false;
            }
            changed.wait_for(lock, std::chrono::milliseconds(50));
        }
    }
    Result<ObjectId> perform(const Order &order) { return driver->perform(order, {}, progress); }
    std::string consoleOf(const ObjectId &id) { return driver->consoleOutput(id, 65536).value_or(std::pair<std::string, std::int64_t>()).first; }

    /// A machine of another site with disks of these names, as large as the nano guest.
    static site::Arrival machineArriving(const std::string &id, const std::vector<std::string> &disks);
    /// A disk with the bytes of a file, as another site would send it: received and written, not yet settled.
    site::Received arrive(site::Arrival arrival, const std::string &file);
    /// Until it has settled, or cannot.
    Result<> settled(const ObjectId &object);
    /// All a guest would read of it, to its last byte that is not zero.
    std::string bytesOf(const ObjectId &disk);
};

std::string nanoGuest(); ///< path of its disk, raw

}
