// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/credentials.h"
#include "site/context.h"

#include <set>

namespace portulan::site {

/// What the site says of itself, again and again: what is used, a sample for the charts, what is about to lapse. Has a thread of its own,
/// because it asks the driver.
class Pulse {
public:
    static constexpr auto beat = std::chrono::seconds(15);

    /// `site`: as its identity file describes it. Announces the site at once.
    Pulse(Context &context, Site site, CertificateFacts certificate);
    ~Pulse();
    Pulse(const Pulse &) = delete;
    Pulse &operator=(const Pulse &) = delete;
    /// One beat; also for tests.
    void sample();

private:
    void describe();
    void raise(std::vector<Alert> alerts);
    void serve();
    Context &m_context;
    Site m_site;
    CertificateFacts m_certificate;
    std::set<std::string> m_raised;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_closing = false;
    std::thread m_thread;
};

}
