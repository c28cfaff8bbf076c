// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/arrivals.h"
#include "site/audit.h"
#include "site/certifier.h"
#include "site/mover.h"
#include "site/peer.h"
#include "tests/fakes/movingdriver.h"
#include "tests/fakes/paperfiles.h"

#include <grpcpp/grpcpp.h>

namespace portulan::test {

/// A gateway as far as moving goes: real journal, real gRPC and data plane over mutual TLS, a cloud in memory. It can die and come back:
/// what it was in the middle of fails with Cancelled and changes nothing any more.
class MovingSite {
public:
    MovingSite(PaperFiles &papers, const std::string &directory, const std::string &id);
    ~MovingSite();

    void start();
    void die();
    bool isUp() const { return m_life != nullptr; }

    /// Orders a migration; answers with its operation.
    ObjectId migrate(const ObjectId &object, const std::string &to, std::int64_t retentionSeconds = 3600);
    ObjectId migrate(const Migrate &order);
    Result<> steer(const ObjectId &id, site::Operations::Steer steer);
    site::Assessment assess(const Migrate &order);
    std::optional<Operation> operation(const ObjectId &id) const;
    /// The only operation of a kind; none if there is none.
    std::optional<Operation> operationOf(const std::string &kind) const;
    void cancel(const ObjectId &id);
    std::vector<Alert> alerts() const;
    void settleAlerts(); ///< as the gateway's pulse does
    /// Journals the operation of a migration and no more, as a gateway that dies there.
    ObjectId beginOnly(const ObjectId &object);
    /// What `destination` is told of a migration of `object` that no journal knows.
    std::string decisionFor(const std::string &destination, const ObjectId &object) const;
    /// What its trail of other sites' calls says of itself.
    site::Audit::Verification trail() const;
    /// What both sites signed of a migration; NotFound until then.
    Result<std::string> certificate(const std::string &migration) const;
    /// The record of the erasure of its copy; NotFound until then.
    Result<std::string> erasure(const std::string &migration) const;
    /// Actions of the trail about an object, oldest first.
    std::vector<std::string> trailOf(const ObjectId &object) const;
    Result<JwsSignature> countersign(const std::string &from, const site::SourceStatement &statement);
    std::string endpoint() const { return m_config.listen; }
    site::Config &config() { return m_config; }

    MovingDriver driver;
    Site self; ///< how it describes itself; changed before start()
    Rulebook rules;
    std::string project = "care";
    Quota quota; ///< of that project
    std::atomic<std::int64_t> clockOffsetSeconds = 0; ///< time that passes
    std::atomic<std::int64_t> clockLeapSeconds = 0; ///< its clock is wrong by that
    std::atomic<bool> clockIsKept = true; ///< by a time service
    void rebootMachine(); ///< while it is down
    std::atomic<bool> deaf = false; ///< no call of another site gets through
    std::atomic<int> unheard = 0; ///< …how many did not
    site::Patience patience; ///< changed before start()

private:
    site::MachineTime machineTime() const;
    struct Life;
    int m_boots = 0;
    std::int64_t m_bootedMs = 0;
    site::Config m_config;
    std::unique_ptr<Life> m_life;
};

}
