// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/erasurerecord.h"
#include "site/countersign.h"
#include "site/moverdeparture.h"
#include "site/moverpatience.h"
#include "site/peerlink.h"

#include <condition_variable>
#include <map>
#include <thread>

namespace portulan::site {

/// The first facts of a certificate, as the source knows them when the object is fenced.
MigrationCertificate beginCertificate(const Context &context, const Departure &departure, const Arrival &arrival);

/// Sees to it that every migration released from here gets its certificate: asks the destination for its signature, again and again with growing
/// pauses until it has answered. A migration does not wait for it. And that every erasure of a copy kept here gets its record, which refers to that
/// certificate and waits for it for a day.
class Certifier {
public:
    Certifier(Context &context, const Patience &patience);
    ~Certifier();
    void start();
    void stop();
    void look(); ///< from any thread: something was released or erased

private:
    struct Next {
        std::chrono::steady_clock::time_point at {};
        std::chrono::milliseconds pause {0};
        bool isHopeless = false; ///< the destination will never sign this
    };
    void watchOver();
    void certifyAll();
    Result<> certify(const Departure &departure);
    Result<SourceStatement> state(const Departure &departure, const Papers &papers);
    Result<> submit(const Departure &departure, const SourceStatement &statement, const Papers &papers);
    void recordErasures();
    Result<> recordErasure(ErasureRecord record);

    Context &m_context;
    Patience m_patience;
    std::map<std::string, Next> m_next; ///< by migration; of the thread
    std::mutex m_mutex; ///< the rest
    std::condition_variable m_wake;
    std::unique_ptr<PeerLink> m_link;
    bool m_looked = false;
    bool m_stopping = false;
    std::thread m_thread;
};

}
