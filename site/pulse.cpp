// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/pulse.h"

#include "site/alarm.h"
#include "site/tls.h"

namespace portulan::site {

namespace {

constexpr std::int64_t fullPercent = 90;

}

Pulse::Pulse(Context &context, Site site, CertificateFacts certificate)
    : m_context(context)
    , m_site(std::move(site))
    , m_certificate(std::move(certificate))
{
    describe();
    m_thread = std::thread([this] { serve(); });
}

Pulse::~Pulse()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closing = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void Pulse::serve()
{
    std::unique_lock lock(m_mutex);
    while (!m_closing) {
        lock.unlock();
        sample();
        lock.lock();
        m_wake.wait_for(lock, beat, [this] { return m_closing; });
    }
}

void Pulse::describe()
{
    const DriverFacts facts = m_context.driver.facts();
    m_site.stack = facts.stack;
    m_site.hypervisor = facts.hypervisor;
    m_site.lifecycleRecordedOnly = facts.lifecycleRecordedOnly;
    m_site.capabilities = facts.capabilities;
    m_site.capacity.measured = facts.measured;
    m_context.broadcast.announce(m_site);
}

void Pulse::sample()
{
    const auto used = m_context.driver.used();
    if (!used) {
        m_context.log.problem("capacity.unknown", used.error());
        return;
    }
    m_site.capacity.used = *used;
    describe();
    const CapacitySample sample {m_context.clock(), *used, m_site.capacity.total()};
    if (const auto kept = m_context.journal.put(sample); !kept) {
        m_context.log.problem("sample.lost", kept.error());
    }
    m_context.broadcast.announce(Sampled {m_site.id, sample});
    auto alerts = expiryAlerts(m_site, m_certificate, sample.at);
    if (const auto total = sample.total.storageBytes; total > 0 && used->storageBytes / fullPercent >= total / 100) {
        Alert alert;
        alert.id = {m_site.id, ObjectKind::Alert, "storage"};
        alert.name = "storage";
        alert.problem
            = {Reason::NoCapacity, {{"resource", "storage"}, {"free", std::to_string(std::max<std::int64_t>(0, total - used->storageBytes))}}, {}};
        alert.object = m_site.id;
        alerts.push_back(std::move(alert));
    }
    raise(std::move(alerts));
    settleStarted(m_context);
}

void Pulse::raise(std::vector<Alert> alerts)
{
    std::set<std::string> raised;
    for (const auto &alert : alerts) {
        raised.insert(alert.id.id);
        if (!m_raised.contains(alert.id.id)) {
            m_context.log.problem("alert.raised", alert.problem, {{"alert", alert.id.id}});
        }
        m_context.broadcast.announce(alert);
    }
    for (const auto &id : m_raised) {
        if (!raised.contains(id)) {
            m_context.broadcast.announce(Vanished {{m_site.id, ObjectKind::Alert, id}});
        }
    }
    m_raised = std::move(raised);
}

}
