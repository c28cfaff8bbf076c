// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What an operator may want before the cut-over: a copy booted at the destination, as a test; a cold move held until an order.
#include "site/moverjob.h"
#include "site/arrivals.h"
#include "site/testboot.h"
#include "site/token.h"

#include <algorithm>

namespace portulan::site {

using enum MigrationStep;

namespace {
constexpr auto glance = std::chrono::milliseconds(100);

template <typename Bytes>
std::string textOf(const Bytes &bytes)
{
    return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

TestBoot failed(const Problem &why)
{
    return {"failed", {}, {}, {}, why};
}
}

/// A test boot that was ordered is made now, well or not: nothing it meets ends the migration. What a machine that is followed wrote meanwhile is
/// sent before anything else.
Result<> Job::testIfOrdered()
{
    if (!m_running || !m_running->isTestOrdered()) {
        return {};
    }
    log("test boot: a copy is made of one instant");
    const auto boot = rehearse();
    if (m_parked || isCancelled()) { // whoever takes it up again, or ends it, says so
        return refuse(Reason::Cancelled);
    }
    log(boot.state == "booted" ? std::string("test boot: it boots there") : "test boot: " + describe(boot.problem));
    m_running->tested(boot);
    if (step() != Reserved || (m_running->isCutOver() && m_followed)) { // a last pass has what was written since
        return {};
    }
    return passPatiently().map([this] { tellPasses(m_ledger->course() != PassLedger::Course::Again); });
}

void Job::forgoTest()
{
    if (m_running && m_running->isTestOrdered()) {
        m_running->tested(failed({Reason::Cancelled, {}, "it was cut over"}));
    }
}

TestBoot Job::rehearse()
{
    v1::TestBootRequest request;
    request.set_migration(departure().migration);
    request.set_run(randomHex(16));
    request.set_seconds(m_yard.context.config.testBootSeconds);
    if (step() == Reserved) {
        const auto copied = awaitLeave(true).and_then([this] { // whoever was paused sends again
            m_interrupted = false;
            return patiently(false, [this] { return beginFollowing().and_then([this] { return pass(true); }); });
        });
        if (!copied) {
            if (m_followed) {
                m_followed->letGo();
            }
            return failed(m_interrupted ? Problem {Reason::NotReady, {{"state", "paused"}}, "paused while the copy was made"} : copied.error());
        }
        m_followed->letGo();
        tellPasses(m_ledger->course() != PassLedger::Course::Again);
    }
    if (auto claimed = claimFor(request); !claimed) {
        return failed(claimed.error());
    }
    const bool waited = m_waits.exchange(true); // others may copy meanwhile
    const auto boot = awaitTest(request);
    m_waits = waited;
    return boot;
}

/// What the destination must find before it boots anything: of a copy that follows what was read at that instant, else what was verified.
Result<> Job::claimFor(v1::TestBootRequest &request)
{
    std::vector<FoundDisk> claimed;
    const auto plan = departure();
    const auto roots = plan.step == Reserved ? m_sending->roots() : std::vector<Digest>();
    for (std::size_t i = 0; i < roots.size(); ++i) {
        claimed.push_back({m_sending->parcels()[i].key, m_sending->parcels()[i].sizeBytes, roots[i]});
    }
    const auto verified = plan.step == Reserved ? std::vector<MigrationCertificate::Disk>() : plan.draft.disks;
    for (const auto &disk : verified) {
        const auto root = digestFrom(disk.root);
        if (!root) {
            return unexpected(root.error());
        }
        claimed.push_back({disk.name, std::uint64_t(disk.sizeBytes), *root});
    }
    for (const auto &one : claimed) {
        auto *disk = request.add_disks();
        disk->set_volume(one.key);
        disk->set_size_bytes(std::int64_t(one.sizeBytes));
        disk->set_root(textOf(one.root));
    }
    request.set_whole(textOf(wholeOf(claimed)));
    return {};
}

TestBoot Job::awaitTest(v1::TestBootRequest &request)
{
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(request.seconds()) + m_yard.patience.giveUp;
    for (bool begun = false;;) {
        const auto to = link();
        const auto answer = to ? (*to)->testBoot(request) : Result<v1::TestBootResponse>(unexpected(to.error()));
        if (answer) {
            auto boot = testBootFrom(answer->boot());
            if (boot.state != "running" || request.end()) {
                return boot.state == "running" ? failed({Reason::Cancelled, {}, "ended"}) : boot;
            }
            begun = true;
            request.clear_disks();
            request.clear_whole(); // from now on it is only asked after
        } else if ((begun && answer.error().reason == Reason::NotFound) || answer.error().reason == Reason::Conflict) {
            return failed({Reason::Unreachable, {{"site", departure().order.toSite}}, "the destination was restarted in the middle of it"});
        } else if (!mayPass(answer.error()) || request.end() || answer.error().reason == Reason::Integrity) {
            return failed(answer.error());
        }
        if (m_parked || isCancelled()) {
            return failed({Reason::Cancelled, {}, {}});
        }
        const bool late = std::chrono::steady_clock::now() > until;
        if (m_running->isCutOver() || late) {
            request.clear_whole();
            request.set_end(true);
            continue;
        }
        pause(answer ? glance : std::max<std::chrono::milliseconds>(glance, m_yard.patience.firstPause));
    }
}

/// Cold, and wanted by an order: every byte is there and verified, and nothing has been handed over.
Result<> Job::awaitOrder()
{
    const auto order = departure().order;
    if (!m_running || m_running->isCutOver() || order.mode != MoveMode::Cold || order.cutOver != CutOver::Manual) {
        return {};
    }
    log("verified: waiting for the order to cut over");
    m_running->update(
        [now = m_yard.context.clock()](Operation &operation) {
            auto &since = operation.passes.readySince;
            since = since == Instant {} ? now : since;
        },
        true);
    Result<> done;
    m_waits = true;
    while (done && !m_running->isCutOver()) {
        pause(glance);
        done = m_parked || isCancelled() ? refuse(Reason::Cancelled) : isPaused() ? awaitLeave(false) : testIfOrdered();
    }
    m_waits = false;
    forgoTest();
    return done;
}

}
