// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Live, at the destination: a machine that waits, paused, with the memory of the one that ran at the source.
#include "site/alarm.h"
#include "site/arrivalsincoming.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

namespace portulan::site {

using enum MigrationStep;

Result<Token> Incoming::prepare(const std::string &machine)
{
    const std::scoped_lock lock(m_mutex);
    heard();
    if (m_step != Reserved || m_dropping) {
        return refuse(Reason::NotReady, {{"state", std::string(toString(m_step.load()))}});
    }
    {
        const std::scoped_lock door(m_door);
        if (!m_receiving || m_token == Token {}) {
            return refuse(Reason::Unreachable, {{"site", m_context.config.siteId}}, "reserved in an earlier life of this gateway");
        }
    }
    cutMemory();
    auto sink = m_context.driver.takeMemory(m_notes.received.object, machine);
    if (!sink) {
        return unexpected(sink.error());
    }
    Token fresh {};
    if (RAND_bytes(reinterpret_cast<unsigned char *>(fresh.data()), int(fresh.size())) != 1) {
        return refuse(Reason::Internal, {}, "no randomness");
    }
    const std::scoped_lock door(m_door);
    m_memory = std::move(*sink);
    m_memoryToken = fresh;
    return fresh;
}

std::shared_ptr<MemorySink> Incoming::openMemory(const Token &token)
{
    const std::scoped_lock lock(m_door);
    if (!m_memory || m_memoryToken == Token {} || CRYPTO_memcmp(token.data(), m_memoryToken.data(), token.size()) != 0) {
        return nullptr;
    }
    m_memoryToken = {};
    heard();
    return m_memory;
}

void Incoming::cutMemory()
{
    const std::scoped_lock lock(m_door);
    if (m_memory) {
        m_memory->cut();
        m_memory.reset();
    }
    m_memoryToken = {};
}

/// What `Verify` says of the memory, made true here or refused; noted with the step that follows.
Result<> Incoming::settleMemory(bool sent)
{
    const auto object = m_notes.received.object;
    if (m_step == Verified || object.kind != ObjectKind::Instance) {
        return {};
    }
    if (!sent) { // of an earlier attempt: the disks have gone on since
        cutMemory();
        return m_context.driver.dropMemory(object);
    }
    const auto here = m_context.driver.hasMemory(object);
    if (!here || !*here) {
        return here ? refuse(Reason::NotReady, {{"what", "memory"}, {"id", object.text()}}, "the machine that took it is gone")
                    : Result<>(unexpected(here.error()));
    }
    m_notes.memory = "arrived";
    return {};
}

/// The machine goes on with the memory it was sent; false if there is none: then it is started from its disks.
Result<bool> Incoming::goOn()
{
    const auto object = m_notes.received.object;
    if (m_notes.memory != "arrived") {
        return false;
    }
    const auto found = m_context.driver.find(object);
    const auto *instance = found ? std::get_if<Instance>(&*found) : nullptr;
    if (instance && instance->state == PowerState::Running) { // before a crash
        return true;
    }
    const auto here = m_context.driver.hasMemory(object);
    if (!here) {
        return unexpected(here.error());
    }
    if (*here) {
        cutMemory(); // whoever took it still speaks with QEMU, which listens to one at a time
        if (auto resumed = m_context.driver.resume(object); !resumed) {
            return unexpected(resumed.error());
        }
        return true;
    }
    m_notes.memory = "lost";
    if (auto noted = journal(m_step); !noted) {
        m_notes.memory = "arrived";
        return unexpected(noted.error());
    }
    if (auto dropped = m_context.driver.dropMemory(object); !dropped) {
        return unexpected(dropped.error());
    }
    alertMemoryLost(m_context, object);
    if (m_running) {
        m_running->log("its memory was lost here after the commit: it starts from its disks, as after a power cut");
    }
    return false;
}

}
