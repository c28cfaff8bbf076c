// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// A machine of MovingDriver that is followed while it runs: its guest writes whenever somebody looks.
#include "tests/fakes/movingdriver.h"

namespace portulan::test {

namespace {

class WatchedDisks final : public site::RunningDisks {
public:
    WatchedDisks(MovingDriver &driver, std::string instance, std::vector<MovingDriver::Disk> disks)
        : m_driver(driver)
        , m_instance(std::move(instance))
        , m_disks(std::move(disks))
    {
        (void)taken();
    }

    Result<std::vector<View>> next() override { return view("view", false); }
    Result<std::vector<View>> still() override { return view("still", true); }
    void letGo() override { (void)m_driver.ask("let go"); }
    Result<std::int64_t> written() override
    {
        std::int64_t bytes = 0;
        for (const auto &disk : m_disks) {
            const std::scoped_lock lock(disk->mutex);
            bytes += std::int64_t(disk->dirty.size()) * 65536;
        }
        return bytes;
    }
    Result<std::vector<std::vector<site::Extent>>> stop(bool force, site::Progress &) override
    {
        if (auto allowed = m_driver.ask(force ? "halt hard" : "halt"); !allowed) {
            return unexpected(allowed.error());
        }
        if (m_driver.ignoresShutdown && !force) {
            return refuse(Reason::TimedOut);
        }
        write();
        m_driver.setState(m_instance, PowerState::Stopped);
        return m_driver.ask("halt done").map([this] { return taken(); });
    }

private:
    Result<std::vector<View>> view(const std::string &call, bool ofOneInstant)
    {
        write();
        if (auto allowed = m_driver.ask(call); !allowed) {
            return unexpected(allowed.error());
        }
        std::vector<View> views;
        for (auto &dirty : taken()) {
            const auto &disk = m_disks[views.size()];
            auto reader = std::make_shared<MemoryReader>(ofOneInstant ? disk->copy() : disk, [this] { return m_driver.ask("read"); });
            views.push_back({std::move(reader), m_looked ? std::move(dirty) : std::vector<site::Extent>()});
        }
        m_looked = true;
        write(); // as they are read
        return m_driver.ask(call + " done").map([&] { return std::move(views); });
    }
    void write() const
    {
        const auto machine = m_driver.instance(m_instance);
        if (m_driver.guest && machine && machine->state == PowerState::Running) {
            m_driver.guest();
        }
    }
    std::vector<std::vector<site::Extent>> taken()
    {
        std::vector<std::vector<site::Extent>> all;
        for (const auto &disk : m_disks) {
            all.push_back(disk->takeDirty());
        }
        return all;
    }
    MovingDriver &m_driver;
    const std::string m_instance;
    const std::vector<MovingDriver::Disk> m_disks;
    bool m_looked = false;
};

}

void MovingDriver::setState(const std::string &id, PowerState state)
{
    const std::scoped_lock lock(m_mutex);
    auto instance = std::get<Instance>(m_things.at({m_site, ObjectKind::Instance, id}));
    if (state == PowerState::Stopped || state == PowerState::Failed) {
        memories.erase(id);
    }
    instance.state = state;
    put(instance);
}

Result<std::unique_ptr<site::RunningDisks>> MovingDriver::follow(const ObjectId &id)
{
    if (auto allowed = ask("follow"); !allowed) {
        return unexpected(allowed.error());
    }
    const auto found = instance(id.id);
    if (!found || found->state != PowerState::Running) {
        return refuse(Reason::NotReady);
    }
    std::vector<Disk> disks;
    for (const auto &volume : found->volumeIds) {
        disks.push_back(disk(volume));
    }
    return std::make_unique<WatchedDisks>(*this, id.id, std::move(disks));
}

}
