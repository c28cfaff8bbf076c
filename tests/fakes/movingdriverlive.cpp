// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Machines of MovingDriver whose memory moves: the source's pauses as soon as it is looked at twice, the destination's waits for all of it.
#include "tests/fakes/movingdriver.h"

#include <condition_variable>

namespace portulan::test {

namespace {

constexpr std::size_t bulk = 600'000; // more than one piece, before what counts

class LeavingMemory final : public site::RunningMemory {
public:
    LeavingMemory(MovingDriver &driver, std::string instance)
        : m_driver(driver)
        , m_instance(std::move(instance))
    {
    }
    ~LeavingMemory() override
    {
        close();
        const auto machine = m_driver.instance(m_instance);
        if (!m_kept && machine && machine->state == PowerState::Paused) {
            (void)m_driver.resume(machine->id);
        }
    }
    Result<Flow> flow() override
    {
        if (auto allowed = m_driver.ask("flow"); !allowed) {
            return unexpected(allowed.error());
        }
        const std::scoped_lock lock(m_mutex);
        const auto rounds = ++m_looks;
        if (m_driver.fickle && !m_patient) { // never rests
            return Flow {false, std::int64_t(bulk), std::int64_t(bulk), 1, rounds, m_driver.ficklePause};
        }
        if (rounds > 2 && !m_paused) {
            m_driver.setState(m_instance, PowerState::Paused);
            m_paused = true;
        }
        return Flow {m_paused, std::int64_t(bulk), std::int64_t(bulk), 0, rounds, {}};
    }
    Result<> bear(std::chrono::milliseconds pause) override
    {
        const std::scoped_lock lock(m_mutex);
        m_patient = pause >= m_driver.ficklePause;
        return {};
    }
    Result<std::size_t> read(std::span<std::byte> into) override
    {
        std::unique_lock lock(m_mutex);
        m_turn.wait(lock, [this] { return m_closed || m_sent < bulk || m_finished; });
        if (m_closed) {
            return refuse(Reason::Cancelled);
        }
        const bool rest = m_sent >= bulk;
        const auto words = rest ? m_words.substr(m_sent - bulk) : std::string(bulk - m_sent, '.');
        const auto bytes = std::min(into.size(), words.size());
        std::ranges::copy(std::as_bytes(std::span(words)).first(bytes), into.begin());
        m_sent += bytes;
        return bytes;
    }
    void close() override
    {
        const std::scoped_lock lock(m_mutex);
        m_closed = true;
        m_turn.notify_all();
    }
    Result<> finish() override
    {
        if (auto allowed = m_driver.ask("finish memory"); !allowed) {
            return allowed;
        }
        {
            const std::scoped_lock lock(m_mutex);
            m_words = m_driver.memoryOf(m_instance);
            m_finished = true;
            m_turn.notify_all();
        }
        return m_driver.ask("finish memory done");
    }
    void keep() override { m_kept = true; }

private:
    MovingDriver &m_driver;
    const std::string m_instance;
    std::mutex m_mutex;
    std::condition_variable m_turn;
    std::string m_words;
    std::size_t m_sent = 0;
    int m_looks = 0;
    bool m_paused = false, m_patient = false, m_closed = false, m_finished = false, m_kept = false;
};

class LandingMemory final : public site::MemorySink {
public:
    LandingMemory(MovingDriver &driver, std::string instance)
        : m_driver(driver)
        , m_instance(std::move(instance))
    {
    }
    Result<> write(std::span<const std::byte> bytes) override
    {
        m_bytes.append(reinterpret_cast<const char *>(bytes.data()), bytes.size());
        return {};
    }
    Result<> finish() override
    {
        if (auto allowed = m_driver.ask("memory here"); !allowed) {
            return allowed;
        }
        if (m_bytes.size() <= bulk) {
            return refuse(Reason::Internal, {}, "cut short");
        }
        m_driver.landed(m_instance, m_bytes.substr(bulk));
        return m_driver.ask("memory here done");
    }
    void cut() override { }

private:
    MovingDriver &m_driver;
    const std::string m_instance;
    std::string m_bytes;
};

}

std::string MovingDriver::memoryOf(const std::string &instance)
{
    const std::scoped_lock lock(m_mutex);
    return memories[instance].words;
}

void MovingDriver::think(const std::string &id, const std::string &word)
{
    const std::scoped_lock lock(m_mutex);
    const auto machine = instance(id);
    if (machine && machine->state == PowerState::Running) {
        memories[id].words += ' ' + word;
    }
}

Result<std::string> MovingDriver::describeMachine(const ObjectId &id)
{
    if (auto allowed = ask("describe machine"); !allowed) {
        return unexpected(allowed.error());
    }
    return "machine of " + id.id;
}

Result<std::unique_ptr<site::RunningMemory>> MovingDriver::sendMemory(const ObjectId &id)
{
    if (auto allowed = ask("send memory"); !allowed) {
        return unexpected(allowed.error());
    }
    const auto found = instance(id.id);
    if (!found || found->state != PowerState::Running) {
        return refuse(Reason::NotReady, {{"state", "stopped"}});
    }
    return std::make_unique<LeavingMemory>(*this, id.id);
}

Result<> MovingDriver::resume(const ObjectId &id)
{
    if (auto allowed = ask("resume"); !allowed) {
        return allowed;
    }
    {
        const std::scoped_lock lock(m_mutex);
        const auto machine = instance(id.id);
        auto &memory = memories[id.id];
        const bool may = machine && (memory.waits ? machine->custody == Custody::Owner && memory.isHere : machine->state != PowerState::Stopped);
        if (!may) {
            return refuse(Reason::NotReady, {{"state", "stopped"}});
        }
        memory.waits = false;
        setState(id.id, PowerState::Running);
    }
    return ask("resume done");
}

Result<> MovingDriver::mayTake(const std::string &machine)
{
    return movesLive && (mayTakeOnly.empty() || mayTakeOnly == machine)
        ? Result<>()
        : refuse(Reason::Unsupported, {{"what", "migrate.live"}, {"here", mayTakeOnly}, {"there", machine}});
}

Result<std::shared_ptr<site::MemorySink>> MovingDriver::takeMemory(const ObjectId &id, const std::string &)
{
    if (auto allowed = ask("take memory"); !allowed) {
        return unexpected(allowed.error());
    }
    {
        const std::scoped_lock lock(m_mutex);
        memories[id.id] = {{}, true, false};
    }
    return ask("take memory done").map([&] { return std::make_shared<LandingMemory>(*this, id.id); });
}

void MovingDriver::landed(const std::string &id, const std::string &words)
{
    const std::scoped_lock lock(m_mutex);
    memories[id] = {words, true, true};
}

Result<bool> MovingDriver::hasMemory(const ObjectId &id)
{
    if (auto allowed = ask("has memory"); !allowed) {
        return unexpected(allowed.error());
    }
    const std::scoped_lock lock(m_mutex);
    return memories[id.id].waits && memories[id.id].isHere;
}

Result<> MovingDriver::dropMemory(const ObjectId &id)
{
    if (auto allowed = ask("drop memory"); !allowed) {
        return allowed;
    }
    const std::scoped_lock lock(m_mutex);
    if (memories[id.id].waits) {
        memories.erase(id.id);
    }
    return {};
}

}
