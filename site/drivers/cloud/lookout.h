// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/cloud/registry.h"

#include <condition_variable>
#include <thread>

namespace portulan::site::cloud {

/// Looks at the cloud, in a thread of its own: when something stirs, at intervals, and when it is asked to. A cloud that does not answer is
/// asked again, ever less often up to the interval.
class Lookout {
public:
    Lookout(Cloud &cloud, Registry &registry, std::chrono::milliseconds interval);
    ~Lookout();
    void begin();
    void end();
    void stir(); ///< from any thread; does not wait
    /// Waits until a look that began after this call is over, but no longer than that; what it came to, or TimedOut.
    Result<> look(std::chrono::seconds patience);

private:
    void run();
    Result<> once(bool isWhole);

    Cloud &m_cloud;
    Registry &m_registry;
    const std::chrono::milliseconds m_interval;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::condition_variable m_over;
    bool m_ends = false;
    bool m_stirred = false;
    std::uint64_t m_begun = 0;
    std::uint64_t m_done = 0;
    Result<> m_last;
    std::thread m_thread;
};

}
