// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/site/lodge.h"

#include "site/config.h"
#include "site/token.h"

#include <fstream>
#include <sys/stat.h>

namespace portulan::test {

namespace {

constexpr auto identity = R"({"name": "Lyon", "place": {"latitude": 45.76, "longitude": 4.85, "country": "FR"}, "kind": "cloud",
  "operator": {"id": "op", "name": "Rhône Nuage", "country": "FR", "fictitious": true},
  "capacity": {"vcpus": 64, "ram_bytes": 274877906944, "storage_bytes": 10995116277760}})";

constexpr auto config = R"([site]
id = "lyon"
directory = "state"
identity = "identity.json"
[tls]
authority = "authority.pem"
certificate = "lyon.pem"
key = "lyon.key"
[limits]
upload_bytes = 8388608
[[grant]]
who = "user/alice"
role = "operator"
project = "p1"
[[grant]]
who = "user/vera"
role = "viewer"
project = "p1"
[[grant]]
who = "user/otto"
role = "viewer"
project = "p2"
[[grant]]
who = "user/ada"
role = "administrator"
project = "*"
[[grant]]
who = "user/audrey"
role = "auditor"
project = "*"
)";

Instant now()
{
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

Project project(const std::string &id, std::int64_t volumes)
{
    Project made;
    made.id = {"lyon", ObjectKind::Project, id};
    made.name = id;
    made.project = id;
    made.quota.volumes = volumes;
    return made;
}

void write(const std::string &path, const std::string &text)
{
    std::ofstream(path, std::ios::binary) << text;
    ::chmod(path.c_str(), 0600);
}

}

Lodge::Lodge()
    : m_authority(makeAuthority("test", now() - std::chrono::hours(1), now() + std::chrono::hours(24 * 400)).value())
{
    const auto lyon
        = issue(m_authority, {.kind = Bearer::Kind::Site, .id = "lyon"}, now() - std::chrono::hours(1), now() + std::chrono::hours(24 * 300)).value();
    write(m_scratch.path("authority.pem"), m_authority.certificatePem);
    write(m_scratch.path("lyon.pem"), lyon.certificatePem);
    write(m_scratch.path("lyon.key"), lyon.keyPem);
    write(m_scratch.path("identity.json"), identity);
    write(m_scratch.path("site.toml"), config);
    m_left = {project("p1", 10), project("p2", -1)};
    start();
}

Lodge::~Lodge() = default;

void Lodge::start()
{
    auto driver = std::make_unique<FakeDriver>("lyon");
    m_driver = driver.get();
    for (const auto &thing : m_left) {
        m_driver->put(thing);
    }
    site::Log log(site::Log::Format::Text, [log = m_log](const std::string &line) {
        const std::lock_guard lock(log->first);
        log->second += line;
    });
    auto runtime = site::Runtime::start(site::readConfig(m_scratch.path("site.toml")).value(), std::move(driver), log);
    if (!runtime) {
        throw std::runtime_error(describe(runtime.error()));
    }
    m_runtime = std::move(*runtime);
}

void Lodge::stop()
{
    m_left = m_driver->inventory().value();
    m_runtime.reset();
}

void Lodge::restart()
{
    stop();
    start();
}

std::string Lodge::logged() const
{
    const std::lock_guard lock(m_log->first);
    return m_log->second;
}

std::shared_ptr<grpc::Channel> Lodge::dial(const KeyAndCertificate &own)
{
    grpc::ChannelArguments arguments;
    arguments.SetSslTargetNameOverride("lyon.site.portulan");
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetMaxSendMessageSize(64 << 20);
    return grpc::CreateCustomChannel(endpoint(), grpc::SslCredentials({m_authority.certificatePem, own.keyPem, own.certificatePem}), arguments);
}

std::shared_ptr<grpc::Channel> Lodge::channel(const std::string &who)
{
    const auto slash = who.find('/');
    const auto kind = who.substr(0, slash) == "site" ? Bearer::Kind::Site : Bearer::Kind::User;
    return dial(
        issue(m_authority, {.kind = kind, .id = who.substr(slash + 1)}, now() - std::chrono::hours(1), now() + std::chrono::hours(1)).value());
}

std::shared_ptr<grpc::Channel> Lodge::strangersChannel()
{
    const auto other = makeAuthority("elsewhere", now() - std::chrono::hours(1), now() + std::chrono::hours(1)).value();
    return dial(issue(other, {.kind = Bearer::Kind::User, .id = "ada"}, now() - std::chrono::hours(1), now() + std::chrono::hours(1)).value());
}

std::shared_ptr<grpc::Channel> Lodge::expiredChannel()
{
    return dial(
        issue(m_authority, {.kind = Bearer::Kind::User, .id = "alice"}, now() - std::chrono::hours(2), now() - std::chrono::hours(1)).value());
}

std::shared_ptr<grpc::Channel> Lodge::namelessChannel()
{
    return dial({});
}

std::unique_ptr<Lodge::Stub> Lodge::client(const std::string &who)
{
    return v1::Gateway::NewStub(channel(who));
}

std::string Lodge::uuid()
{
    const std::string hex = site::randomHex(16);
    return hex.substr(0, 8) + '-' + hex.substr(8, 4) + '-' + hex.substr(12, 4) + '-' + hex.substr(16, 4) + '-' + hex.substr(20);
}

Operation Lodge::ended(Stub &stub, const v1::Operation &operation)
{
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
    const auto stream = stub.Watch(&context, {});
    v1::WatchResponse message;
    Operation found;
    while (stream->Read(&message)) {
        for (const auto &change : message.changes()) {
            if (change.has_operation() && change.operation().name() == operation.name()) {
                found = wire::fromWire(change.operation()).value();
            }
        }
        if (isOver(found.state)) {
            break;
        }
    }
    context.TryCancel();
    return found;
}

Instance Lodge::instance(const std::string &id, const std::string &project, Classification classification)
{
    Instance made;
    made.id = {"lyon", ObjectKind::Instance, id};
    made.name = id;
    made.project = project;
    made.classification = classification;
    return made;
}

Volume Lodge::volume(const std::string &id, const std::string &project, Classification classification)
{
    Volume made;
    made.id = {"lyon", ObjectKind::Volume, id};
    made.name = id;
    made.project = project;
    made.sizeBytes = 1 << 20;
    made.format = "raw";
    made.classification = classification;
    return made;
}

v1::CreateVolumeRequest volumeRequest(const std::string &id, const std::string &project)
{
    v1::CreateVolumeRequest request;
    Lodge::fill(request.mutable_header());
    request.set_volume_id(id);
    request.set_display_name("data");
    request.set_project(project);
    request.set_size_bytes(1 << 20);
    request.set_classification("open");
    return request;
}

grpc::Status create(Lodge::Stub &stub, const v1::CreateVolumeRequest &request, v1::Operation *operation)
{
    grpc::ClientContext context;
    v1::Operation own;
    return stub.CreateVolume(&context, request, operation ? operation : &own);
}

}
