// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/driver.h"
#include "tests/site/workshop.h"

#include <condition_variable>
#include <gtest/gtest.h>
#include <mutex>

namespace portulan::tests {

/// Progress nobody looks at; cancelled once told so.
class Quiet final : public site::Progress {
public:
    void phase(std::string_view) override { }
    void bytes(std::int64_t, std::int64_t) override { }
    void log(std::string_view) override { }
    bool isCancelled() const override { return cancelled; }
    std::atomic<bool> cancelled = false;
};

/// An embedded driver in a directory of its own, with a project "p", and what it announces. Leaves no machine behind.
class DriverRig {
public:
    explicit DriverRig(std::string qemu = "auto", std::string directory = {});
    ~DriverRig();

    site::Driver &driver() { return *m_driver; }
    void restart(); ///< the gateway ends and another begins
    void shutDown() { m_driver.reset(); }
    void begin();

    Result<ObjectId> perform(const Order &order, std::string_view etag = {});
    /// The same, which must be done.
    ObjectId done(const Order &order);
    /// The reason an order is refused for; perform() and check() must agree.
    Reason refusal(const Order &order, std::string_view etag = {});
    template <typename T>
    T get(const ObjectId &id)
    {
        const auto thing = m_driver->find(id);
        if (!thing || !std::holds_alternative<T>(*thing)) {
            ADD_FAILURE() << "no such thing: " << id.text();
            return {};
        }
        return std::get<T>(*thing);
    }
    bool isThere(const ObjectId &id) { return m_driver->find(id).has_value(); }
    ObjectId id(ObjectKind kind, const std::string &name) const { return {"here", kind, name}; }

    ObjectId project(const std::string &id, const Quota &quota = {});
    ObjectId nanoImage(); ///< the nano guest, imported
    Result<ObjectId> import(const site::ImportSpec &spec, const std::string &file);
    Result<std::vector<std::byte>> exported(const ObjectId &object, const std::string &format);
    CreateInstance instance(const std::string &name, const ObjectId &image) const;
    Result<ObjectId> put(const ObjectId &dataSet, const std::string &key, const std::string &text, const std::string &sha256 = {});
    std::string got(const ObjectId &dataSet, const std::string &key);

    /// Until an announcement makes `holds` true; false after `patience`.
    bool awaitState(const ObjectId &instance, PowerState state);
    bool awaitConsole(const ObjectId &instance, const std::string &text);
    /// The last thing announced of this id, if any.
    std::optional<Thing> announced(const ObjectId &id);
    std::string root() const { return m_directory; }
    pid_t pidOf(const ObjectId &instance) const;

    Workshop dir;
    Quiet progress;

private:
    bool wait(const std::function<bool()> &holds, std::chrono::seconds patience);

    std::string m_qemu;
    std::string m_directory;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::map<ObjectId, Thing> m_announced;
    std::unique_ptr<site::Driver> m_driver;
};

std::vector<std::byte> bytesOf(const std::string &path);

}
