// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/fakes/movingsite.h"

#include "site/alarm.h"
#include "site/tls.h"

#include <fstream>

namespace portulan::test {

using namespace std::chrono_literals;

namespace {
void demand(const Result<> &result)
{
    if (!result) {
        throw std::runtime_error(describe(result.error()));
    }
}
}

struct MovingSite::Life {
    explicit Life(MovingSite &site)
        : clock([&site] {
            return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now())
                + std::chrono::seconds(site.clockOffsetSeconds + site.clockLeapSeconds);
        })
        , journal(site::Journal::open(site.m_config.directory + "/journal.db").value())
        , broadcast("epoch")
        , operations(site.m_config.siteId, *journal, broadcast, clock)
        , policy(site.rules, broadcast, site.m_config.siteId, clock)
        , workers(4)
        , context {site.m_config, site.driver, *journal, broadcast, operations, policy, workers, clock, site::Log(),
              [this](site::AuditRecord entry) { return audit->append(std::move(entry)); }, [&site] { return site.machineTime(); }}
        , arrivals(context, site.patience)
        , mover(context, site.patience)
        , audit(site::Audit::open(site.m_config.directory + "/audit.db", clock).value())
        , service(context, arrivals, mover, [this, &site](const std::string &who, const std::string &action, const std::string &migration) {
            if (site.deaf) {
                ++site.unheard;
                return Result<>(refuse(Reason::Unreachable, {}, "deaf"));
            }
            if (auto allowed = site.driver.ask(action); !allowed) {
                return allowed;
            }
            site::AuditRecord entry;
            entry.actor = who;
            entry.action = action;
            entry.detail = migration;
            return audit->append(std::move(entry)).map([](const auto &) {});
        })
    {
    }
    std::function<Instant()> clock;
    std::unique_ptr<site::Journal> journal;
    site::Broadcast broadcast;
    site::Operations operations;
    site::Policy policy;
    site::Workers workers;
    site::Context context;
    site::Arrivals arrivals;
    site::Mover mover;
    std::unique_ptr<site::Audit> audit;
    site::PeerService service;
    std::unique_ptr<grpc::Server> server;
};

MovingSite::MovingSite(PaperFiles &papers, const std::string &directory, const std::string &id)
    : driver(id)
    , patience {.firstPause = 20ms, .longestPause = 100ms, .giveUp = 120s, .shutdown = 200ms, .silence = 300ms, .unheard = 60s, .retentionLook = 50ms}
{
    const auto credentials = papers.site(id);
    std::filesystem::create_directories(directory);
    m_config.siteId = id;
    m_config.directory = directory;
    m_config.authorityPem = credentials.authority;
    m_config.certificatePem = credentials.certificate;
    m_config.keyPem = credentials.key;
    self.id = id;
}

MovingSite::~MovingSite()
{
    die();
}

site::MachineTime MovingSite::machineTime() const
{
    return {"boot-" + std::to_string(m_boots), site::machineTime().upMs + clockOffsetSeconds * 1000 - m_bootedMs, clockIsKept};
}

void MovingSite::rebootMachine()
{
    ++m_boots;
    m_bootedMs += machineTime().upMs;
}

void MovingSite::start()
{
    m_life = std::make_unique<Life>(*this);
    auto &life = *m_life;
    life.broadcast.announce(self);
    Project care;
    care.id = {m_config.siteId, ObjectKind::Project, project};
    care.project = project;
    care.quota = quota;
    life.broadcast.announce(care);
    demand(life.operations.recover());
    demand(driver.start([&life](const Thing &thing) { life.broadcast.announce(thing); }));
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort(m_config.listen, site::serverCredentials(m_config, 1s), &port);
    builder.RegisterService(&life.service);
    demand(life.arrivals.start());
    life.server = builder.BuildAndStart();
    m_config.listen = "127.0.0.1:" + std::to_string(port);
    std::ofstream(m_config.directory + "/endpoint") << m_config.listen << '\n';
    demand(life.mover.start());
}

void MovingSite::die()
{
    if (!m_life) {
        return;
    }
    m_life->mover.stop();
    m_life->server->Shutdown(std::chrono::system_clock::now() + 2s);
    m_life->arrivals.stop();
    driver.stop();
    m_life.reset();
}

std::vector<Alert> MovingSite::alerts() const
{
    std::vector<Alert> alerts;
    for (const auto &thing : m_life ? m_life->broadcast.all(ObjectKind::Alert) : std::vector<Thing>()) {
        alerts.push_back(std::get<Alert>(thing));
    }
    return alerts;
}

void MovingSite::settleAlerts()
{
    site::settleStarted(m_life->context);
}

ObjectId MovingSite::beginOnly(const ObjectId &object)
{
    Operation draft;
    draft.kind = "migrate";
    draft.object = object;
    draft.requestedBy = "user/alice";
    return m_life->operations.begin(draft).value().running->operation().id;
}

std::string MovingSite::decisionFor(const std::string &destination, const ObjectId &object) const
{
    return m_life->mover.decisionFor("00000000-0000-4000-8000-000000000000", destination, object.resourceName()).word;
}

ObjectId MovingSite::migrate(const ObjectId &object, const std::string &to, std::int64_t retentionSeconds)
{
    Migrate order;
    order.object = object;
    order.toSite = to;
    order.retentionSeconds = retentionSeconds;
    return migrate(order);
}

Result<> MovingSite::steer(const ObjectId &id, site::Operations::Steer steer)
{
    return m_life->operations.steer(id, steer);
}

ObjectId MovingSite::migrate(const Migrate &order)
{
    Operation draft;
    draft.kind = "migrate";
    draft.object = order.object;
    draft.project = project;
    draft.requestedBy = "user/alice";
    draft.cancellable = true;
    auto running = m_life->operations.begin(draft).value().running;
    const auto id = running->operation().id;
    m_life->mover.migrate(order, running);
    return id;
}

site::Assessment MovingSite::assess(const Migrate &order)
{
    return m_life->mover.assess(order, "user/alice");
}

std::optional<Operation> MovingSite::operation(const ObjectId &id) const
{
    const auto found = m_life ? m_life->broadcast.find(id) : std::nullopt;
    return found ? std::optional(std::get<Operation>(*found)) : std::nullopt;
}

std::optional<Operation> MovingSite::operationOf(const std::string &kind) const
{
    for (const auto &thing : m_life ? m_life->broadcast.all(ObjectKind::Operation) : std::vector<Thing>()) {
        if (std::get<Operation>(thing).kind == kind) {
            return std::get<Operation>(thing);
        }
    }
    return std::nullopt;
}

site::Audit::Verification MovingSite::trail() const
{
    return m_life->audit->verify().value();
}

void MovingSite::cancel(const ObjectId &id)
{
    demand(m_life->operations.cancel(id));
}

Result<std::string> MovingSite::certificate(const std::string &migration) const
{
    return m_life->journal->certificate(migration);
}

Result<std::string> MovingSite::erasure(const std::string &migration) const
{
    return m_life->journal->erasure(migration);
}

std::vector<std::string> MovingSite::trailOf(const ObjectId &object) const
{
    std::vector<std::string> actions;
    const auto entries = m_life->audit->entries(0, 1000, object.text(), false).value();
    for (const auto &entry : entries) {
        actions.push_back(entry.action);
    }
    return actions;
}

Result<JwsSignature> MovingSite::countersign(const std::string &from, const site::SourceStatement &statement)
{
    return site::countersign(m_life->context, from, statement);
}

}
