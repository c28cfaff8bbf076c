// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/runtime.h"

#include "site/alarm.h"
#include "site/builtin.h"
#include "site/gateway.h"
#include "site/kubernetes/watch.h"
#include "site/metrics.h"
#include "site/mover.h"
#include "site/peer.h"
#include "site/pulse.h"
#include "site/tls.h"
#include "site/token.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace portulan::site {

namespace {

constexpr int portTries = 20;
constexpr auto portPause = std::chrono::milliseconds(100);
constexpr auto goodbye = std::chrono::seconds(2); ///< for calls under way when the gateway stops

Instant systemNow()
{
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

Result<Rulebook> rulesOf(const Config &config)
{
    if (config.rulesFile.empty()) {
        return Rulebook::fromJson(builtinRules());
    }
    std::ifstream file(config.rulesFile, std::ios::binary);
    if (!file) {
        return refuse(Reason::NotFound, {{"file", config.rulesFile}});
    }
    auto rules = Rulebook::fromJson(std::string(std::istreambuf_iterator<char>(file), {}));
    if (!rules) {
        rules.error().facts.emplace("file", config.rulesFile);
    }
    return rules;
}

/// The gateway's directory, its own for as long as this lives: two gateways over one journal would be two owners of one site.
class Hold {
public:
    static Result<Hold> on(const std::string &directory)
    {
        std::error_code failed;
        std::filesystem::create_directories(directory, failed);
        if (failed || ::chmod(directory.c_str(), 0700) != 0) {
            return refuse(Reason::InvalidArgument, {{"field", "site.directory"}, {"file", directory}, {"expected", "a directory to write in"}});
        }
        Hold hold(::open((directory + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
        if (hold.m_file < 0 || ::flock(hold.m_file, LOCK_EX | LOCK_NB) != 0) {
            return refuse(Reason::AlreadyExists, {{"file", directory + "/lock"}}, "another gateway runs on this directory");
        }
        return hold;
    }
    Hold(Hold &&other) noexcept
        : m_file(std::exchange(other.m_file, -1))
    {
    }
    Hold(const Hold &) = delete;
    Hold &operator=(Hold &&) = delete;
    ~Hold()
    {
        if (m_file >= 0) {
            ::close(m_file);
        }
    }

private:
    explicit Hold(int file)
        : m_file(file)
    {
    }
    int m_file;
};

Result<> writeEndpoint(const std::string &directory, const std::string &endpoint)
{
    const std::string path = directory + "/endpoint";
    const std::string draft = path + ".part";
    std::ofstream(draft) << endpoint << '\n';
    if (std::rename(draft.c_str(), path.c_str()) != 0) {
        return refuse(Reason::Internal, {{"file", path}}, "cannot be written");
    }
    return {};
}

}

/// Declared in the order in which they are made; destroyed the other way round.
struct Runtime::Parts {
    Config config;
    Log log;
    Hold hold;
    Papers papers;
    Rulebook rulebook;
    std::unique_ptr<Driver> driver;
    std::unique_ptr<Journal> journal;
    std::unique_ptr<Audit> audit;
    Broadcast broadcast {randomHex(8)};
    Operations operations {config.siteId, *journal, broadcast, systemNow};
    Policy policy {rulebook, broadcast, config.siteId, systemNow};
    Authority authority {config.grants};
    std::optional<Workers> workers {std::in_place, config.workers};
    Context context {config, *driver, *journal, broadcast, operations, policy, *workers, systemNow, log,
        [this](AuditRecord entry) { return audit->append(std::move(entry)); }};
    /// Other gateways are answered even while every worker is busy with orders.
    std::optional<Workers> receivers {std::in_place, config.workers};
    Context peerContext {config, *driver, *journal, broadcast, operations, policy, *receivers, systemNow, log};
    std::unique_ptr<Pulse> pulse {};
    std::vector<std::unique_ptr<kubernetes::Watch>> clusters {};
    std::unique_ptr<Arrivals> arrivals {};
    std::unique_ptr<Mover> mover {};
    std::unique_ptr<PeerService> peer {};
    std::unique_ptr<Gateway> gateway {};
    std::unique_ptr<grpc::Server> server {};
    std::unique_ptr<Metrics> metrics {};
    std::string endpoint {};

    Result<> populate(Site site);
    void tell(const KubernetesCluster &cluster, const std::optional<Problem> &trouble);
    Result<> admitPeer(const std::string &who, const std::string &action, const std::string &migration);
    Result<> move();
    Result<> listen();
    ~Parts();
};

Result<> Runtime::Parts::populate(Site site)
{
    if (auto recovered = operations.recover(); !recovered) {
        return recovered;
    }
    if (auto started = driver->start([this](const Thing &thing) { broadcast.announce(thing); }); !started) {
        return started;
    }
    const auto things = driver->inventory();
    if (!things) {
        return tl::unexpected(things.error());
    }
    for (const auto &thing : *things) {
        broadcast.announce(thing);
    }
    site.version = PORTULAN_VERSION;
    site.rulebookVersion = rulebook.version();
    pulse = std::make_unique<Pulse>(context, std::move(site), papers.facts);
    for (const auto &row : config.clusters) {
        clusters.push_back(std::make_unique<kubernetes::Watch>(
            row, config.siteId, [this](const KubernetesCluster &cluster, const std::optional<Problem> &trouble) { tell(cluster, trouble); }));
    }
    return {};
}

void Runtime::Parts::tell(const KubernetesCluster &cluster, const std::optional<Problem> &trouble)
{
    broadcast.announce(cluster);
    alertCluster(context, cluster, trouble);
}

/// Sites only; what changes something here is in the trail before it is done.
Result<> Runtime::Parts::admitPeer(const std::string &who, const std::string &action, const std::string &migration)
{
    const auto role = authority.authorise(who, "peer", {});
    constexpr std::array questions {
        "peer.greet", "peer.assess", "peer.progress", "peer.fingerprints", "peer.receive", "peer.decision", "peer.testboot.look"};
    const bool isQuestion = std::ranges::find(questions, action) != questions.end();
    if (role && isQuestion) {
        return {};
    }
    AuditRecord entry;
    entry.actor = who;
    entry.action = action;
    entry.detail = migration;
    entry.allowed = role.has_value();
    entry.problem = role ? Problem {} : role.error();
    const auto recorded = audit->append(std::move(entry));
    if (!role || !recorded) {
        const Problem &problem = role ? recorded.error() : role.error();
        log.problem("peer.refused", problem, {{"caller", who}, {"call", action}});
        return tl::unexpected(problem);
    }
    return {};
}

Result<> Runtime::Parts::move()
{
    arrivals = std::make_unique<Arrivals>(context);
    mover = std::make_unique<Mover>(context);
    peer = std::make_unique<PeerService>(peerContext, *arrivals, *mover,
        [this](const std::string &who, const std::string &action, const std::string &migration) { return admitPeer(who, action, migration); });
    return arrivals->start().and_then([this] { return mover->start(); });
}

Result<> Runtime::Parts::listen()
{
    gateway = std::make_unique<Gateway>(GatewayParts {context, authority, *audit, mover.get()});
    grpc::EnableDefaultHealthCheckService(true);
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
    int port = 0;
    const auto build = [&] {
        grpc::ServerBuilder builder;
        builder.AddListeningPort(config.listen, serverCredentials(config), &port);
        builder.RegisterService(gateway.get());
        builder.RegisterService(peer.get());
        builder.SetMaxReceiveMessageSize(wire::maxMessageBytes);
        builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0); // a second gateway on the port is a mistake, not a colleague
        builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 5000);
        builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, 20000);
        builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 10000);
        return builder.BuildAndStart();
    };
    // After a restart somebody's passing connection may have been given the port.
    for (int tries = 0; (!server || port == 0) && tries < portTries; ++tries) {
        if (tries > 0) {
            std::this_thread::sleep_for(portPause);
        }
        server = build();
    }
    if (!server || port == 0) {
        return refuse(Reason::Internal, {{"field", "site.listen"}, {"value", config.listen}}, "the address cannot be listened on");
    }
    endpoint = config.listen.substr(0, config.listen.rfind(':')) + ':' + std::to_string(port);
    if (!config.metricsListen.empty()) {
        auto listening = Metrics::listen(config.metricsListen, broadcast);
        if (!listening) {
            return tl::unexpected(listening.error());
        }
        metrics = std::move(*listening);
    }
    log.event("gateway.listening", {{"site", config.siteId}, {"endpoint", endpoint}, {"version", PORTULAN_VERSION}, {"rules", rulebook.version()}});
    return writeEndpoint(config.directory, endpoint);
}

Runtime::Parts::~Parts()
{
    metrics.reset();
    if (server) {
        server->Shutdown(std::chrono::system_clock::now() + goodbye);
        server->Wait();
    }
    gateway.reset();
    if (mover) {
        mover->stop();
    }
    if (arrivals) {
        arrivals->stop();
    }
    receivers.reset();
    peer.reset();
    mover.reset();
    arrivals.reset();
    pulse.reset();
    workers.reset(); // orders under way end; what has not begun is found in the journal at the next start
    driver->stop();
    log.event("gateway.stopped", {{"site", config.siteId}});
}

Runtime::Runtime(std::unique_ptr<Parts> parts)
    : m_parts(std::move(parts))
{
}

Runtime::~Runtime() = default;

const std::string &Runtime::endpoint() const
{
    return m_parts->endpoint;
}

Result<> Runtime::check(const Config &config)
{
    if (const auto site = readIdentity(config.identityFile, config.siteId); !site) {
        return tl::unexpected(site.error());
    }
    if (const auto rules = rulesOf(config); !rules) {
        return tl::unexpected(rules.error());
    }
    return readPapers(config, systemNow()).map([](const Papers &) {});
}

Result<std::unique_ptr<Runtime>> Runtime::start(Config config, std::unique_ptr<Driver> driver, Log log)
{
    auto site = readIdentity(config.identityFile, config.siteId);
    if (!site) {
        return tl::unexpected(site.error());
    }
    auto rules = rulesOf(config);
    if (!rules) {
        return tl::unexpected(rules.error());
    }
    auto papers = readPapers(config, systemNow());
    if (!papers) {
        return tl::unexpected(papers.error());
    }
    auto hold = Hold::on(config.directory);
    if (!hold) {
        return tl::unexpected(hold.error());
    }
    auto journal = Journal::open(config.directory + "/journal.db");
    if (!journal) {
        return tl::unexpected(journal.error());
    }
    auto audit = Audit::open(config.directory + "/audit.db", systemNow);
    if (!audit) {
        return tl::unexpected(audit.error());
    }
    std::unique_ptr<Parts> parts(new Parts {std::move(config), std::move(log), std::move(*hold), std::move(*papers), std::move(*rules),
        std::move(driver), std::move(*journal), std::move(*audit)});
    if (auto populated = parts->populate(std::move(*site)); !populated) {
        return tl::unexpected(populated.error());
    }
    if (auto moving = parts->move(); !moving) {
        return tl::unexpected(moving.error());
    }
    if (auto listening = parts->listen(); !listening) {
        return tl::unexpected(listening.error());
    }
    return std::unique_ptr<Runtime>(new Runtime(std::move(parts)));
}

}
