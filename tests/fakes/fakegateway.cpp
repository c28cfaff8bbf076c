// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/fakes/fakegateway.h"

#include "proto/wire.h"

#include <deque>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>

namespace portulan {

/// One open watch: the script first, then what tell() adds.
class FakeGateway::Writer final : public grpc::ServerWriteReactor<v1::WatchResponse> {
public:
    Writer(FakeGateway &gateway, std::string resume)
        : m_gateway(gateway)
        , m_resume(std::move(resume))
    {
    }
    void begin() { go(std::unique_lock(m_mutex)); }
    void tell(const v1::WatchResponse &message)
    {
        std::unique_lock lock(m_mutex);
        m_queue.push_back(message);
        if (!m_writing) {
            go(std::move(lock));
        }
    }
    void finish(const grpc::Status &status)
    {
        const std::lock_guard lock(m_mutex);
        if (!std::exchange(m_finished, true)) {
            Finish(status);
        }
    }

private:
    void OnWriteDone(bool ok) override
    {
        if (!ok) {
            finish(grpc::Status::CANCELLED);
            return;
        }
        go(std::unique_lock(m_mutex));
    }
    void OnCancel() override { finish(grpc::Status::CANCELLED); }
    void OnDone() override
    {
        {
            const std::lock_guard lock(m_gateway.m_mutex);
            m_gateway.m_watches.erase(this);
        }
        delete this;
    }
    void go(std::unique_lock<std::mutex>)
    {
        m_writing = false;
        if (m_finished) {
            return;
        }
        if (!m_scriptOver) {
            if (const auto next = m_gateway.script ? m_gateway.script(m_resume, m_sent++) : std::nullopt) {
                m_message = *next;
                m_writing = true;
                StartWrite(&m_message);
                return;
            }
            m_scriptOver = true;
            if (m_gateway.watchEnd) {
                m_finished = true;
                Finish(*m_gateway.watchEnd);
                return;
            }
        }
        if (!m_queue.empty()) {
            m_message = std::move(m_queue.front());
            m_queue.pop_front();
            m_writing = true;
            StartWrite(&m_message);
        }
    }

    FakeGateway &m_gateway;
    std::string m_resume;
    std::mutex m_mutex;
    std::deque<v1::WatchResponse> m_queue;
    v1::WatchResponse m_message;
    int m_sent = 0;
    bool m_scriptOver = false;
    bool m_writing = false;
    bool m_finished = false;
};

FakeGateway::FakeGateway() = default;
FakeGateway::~FakeGateway()
{
    stop();
}

void FakeGateway::start(const KeyAndCertificate &site, const std::string &authorityPem, int port)
{
    grpc::SslServerCredentialsOptions options(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
    options.pem_root_certs = authorityPem;
    options.pem_key_cert_pairs.push_back({site.keyPem, site.certificatePem});
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:" + std::to_string(port), grpc::SslServerCredentials(options), &m_port);
    builder.RegisterService(this);
    builder.SetMaxSendMessageSize(-1);
    m_server = builder.BuildAndStart();
}

void FakeGateway::stop()
{
    if (m_server) {
        m_server->Shutdown(std::chrono::system_clock::now());
        m_server->Wait();
        m_server.reset();
    }
}

void FakeGateway::tell(const v1::WatchResponse &message)
{
    const std::lock_guard lock(m_mutex);
    for (auto *watch : m_watches) {
        watch->tell(message);
    }
}

void FakeGateway::cut()
{
    const std::lock_guard lock(m_mutex);
    for (auto *watch : m_watches) {
        watch->finish({grpc::StatusCode::UNAVAILABLE, "cut"});
    }
}

int FakeGateway::watches() const
{
    const std::lock_guard lock(m_mutex);
    return static_cast<int>(m_watches.size());
}

std::vector<std::string> FakeGateway::resumes() const
{
    const std::lock_guard lock(m_mutex);
    return m_resumes;
}

std::string FakeGateway::received() const
{
    const std::lock_guard lock(m_mutex);
    return m_received;
}

std::string FakeGateway::lastRequest() const
{
    const std::lock_guard lock(m_mutex);
    return m_lastRequest;
}

grpc::ServerWriteReactor<v1::WatchResponse> *FakeGateway::Watch(Context *, const v1::WatchRequest *request)
{
    auto *writer = new Writer(*this, request->resume());
    {
        const std::lock_guard lock(m_mutex);
        m_watches.insert(writer);
        m_resumes.push_back(request->resume());
    }
    writer->begin();
    return writer;
}

template <typename Request, typename Reply>
grpc::ServerUnaryReactor *FakeGateway::answer(Context *context, const Request *request, Reply *reply, const std::function<void(Reply &)> &fill)
{
    {
        const std::lock_guard lock(m_mutex);
        m_lastRequest = request->ShortDebugString();
    }
    if (silent) { // answered when the client gives up, so that the server may stop
        struct Silence final : grpc::ServerUnaryReactor {
            void OnCancel() override { Finish(grpc::Status::CANCELLED); }
            void OnDone() override { delete this; }
        };
        return new Silence;
    }
    auto *reactor = context->DefaultReactor();
    if (problem) {
        reactor->Finish(wire::toStatus(*problem));
    } else {
        fill(*reply);
        reactor->Finish(grpc::Status::OK);
    }
    return reactor;
}

namespace {
void fillOperation(v1::Operation &reply)
{
    reply.set_name("sites/lyon/operations/op-1");
    reply.set_kind("instance.create");
    reply.set_state("running");
}
}

grpc::ServerUnaryReactor *FakeGateway::WhoAmI(Context *context, const google::protobuf::Empty *request, v1::Identity *reply)
{
    return answer<google::protobuf::Empty, v1::Identity>(context, request, reply, [](v1::Identity &identity) {
        identity.set_identity("user/alice");
        auto &grant = *identity.add_grants();
        grant.set_role("operator");
        grant.set_project("hospices");
    });
}

grpc::ServerUnaryReactor *FakeGateway::CreateInstance(Context *context, const v1::CreateInstanceRequest *request, v1::Operation *reply)
{
    return answer<v1::CreateInstanceRequest, v1::Operation>(context, request, reply, fillOperation);
}

grpc::ServerUnaryReactor *FakeGateway::DeleteVolume(Context *context, const v1::ObjectRequest *request, v1::Operation *reply)
{
    return answer<v1::ObjectRequest, v1::Operation>(context, request, reply, fillOperation);
}

grpc::ServerUnaryReactor *FakeGateway::TestBootOperation(Context *context, const v1::ObjectRequest *request, v1::Operation *reply)
{
    return answer<v1::ObjectRequest, v1::Operation>(context, request, reply, [this](v1::Operation &operation) { operation = testBoot(); });
}

grpc::ServerUnaryReactor *FakeGateway::Migrate(Context *context, const v1::MigrateRequest *request, v1::Operation *reply)
{
    auto *reactor = context->DefaultReactor();
    auto answer = migrate ? migrate(*request) : refuse(Reason::Unsupported);
    if (answer) {
        *reply = std::move(*answer);
    }
    reactor->Finish(answer ? grpc::Status::OK : wire::toStatus(answer.error()));
    return reactor;
}

grpc::ServerUnaryReactor *FakeGateway::GetObject(Context *context, const v1::GetRequest *request, v1::Change *reply)
{
    return answer<v1::GetRequest, v1::Change>(
        context, request, reply, [&](v1::Change &change) { change.mutable_volume()->mutable_common()->set_name(request->name()); });
}

grpc::ServerUnaryReactor *FakeGateway::Judge(Context *context, const v1::JudgeRequest *request, v1::Verdict *reply)
{
    return answer<v1::JudgeRequest, v1::Verdict>(context, request, reply, [](v1::Verdict &verdict) { verdict.set_status("to_watch"); });
}

grpc::ServerUnaryReactor *FakeGateway::PlanMigration(Context *context, const v1::MigrateRequest *request, v1::MigrationPlan *reply)
{
    return answer<v1::MigrateRequest, v1::MigrationPlan>(context, request, reply, [](v1::MigrationPlan &plan) {
        plan.add_blockers()->set_reason("QUOTA");
        plan.set_bytes(4096);
        plan.add_steps("reserve");
        plan.mutable_verdict()->set_status("compliant");
    });
}

grpc::ServerUnaryReactor *FakeGateway::ListDataObjects(
    Context *context, const v1::ListDataObjectsRequest *request, v1::ListDataObjectsResponse *reply)
{
    return answer<v1::ListDataObjectsRequest, v1::ListDataObjectsResponse>(context, request, reply, [&](v1::ListDataObjectsResponse &page) {
        const int from = request->page_token().empty() ? 0 : std::stoi(request->page_token());
        for (int i = from; i < from + request->page_size() && i < 2500; ++i) {
            page.add_objects()->set_key("k" + std::to_string(i));
        }
        if (from + request->page_size() < 2500) {
            page.set_next_page_token(std::to_string(from + request->page_size()));
        }
    });
}

grpc::ServerUnaryReactor *FakeGateway::ListAuditEntries(
    Context *context, const v1::ListAuditEntriesRequest *request, v1::ListAuditEntriesResponse *reply)
{
    return answer<v1::ListAuditEntriesRequest, v1::ListAuditEntriesResponse>(context, request, reply, [](v1::ListAuditEntriesResponse &page) {
        auto &entry = *page.add_entries();
        entry.set_sequence(7);
        entry.set_actor("user/alice");
        entry.set_outcome("refused");
        entry.mutable_problem()->set_reason("QUOTA");
        page.set_next_page_token("6");
    });
}

grpc::ServerUnaryReactor *FakeGateway::VerifyAudit(Context *context, const google::protobuf::Empty *request, v1::AuditVerification *reply)
{
    return answer<google::protobuf::Empty, v1::AuditVerification>(context, request, reply, [](v1::AuditVerification &verification) {
        verification.set_intact(true);
        verification.set_entries(42);
    });
}

namespace {

v1::WatchResponse message(v1::WatchResponse::Phase phase, const std::string &resume)
{
    v1::WatchResponse message;
    message.set_phase(phase);
    message.set_resume(resume);
    *message.mutable_at() = wire::toWire(std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()));
    return message;
}

}

v1::WatchResponse watching::page(const std::vector<Thing> &things, const std::string &resume)
{
    auto page = message(v1::WatchResponse::SNAPSHOT, resume);
    for (const auto &thing : things) {
        *page.add_changes() = wire::toWire(Change {0, thing});
    }
    return page;
}

v1::WatchResponse watching::end(const std::string &resume)
{
    return message(v1::WatchResponse::SNAPSHOT_END, resume);
}
v1::WatchResponse watching::keepAlive(const std::string &resume)
{
    return message(v1::WatchResponse::KEEP_ALIVE, resume);
}

v1::WatchResponse watching::changes(const std::vector<Thing> &things, std::uint64_t first, const std::string &epoch)
{
    auto changes = message(v1::WatchResponse::CHANGES, epoch + ':' + std::to_string(first + things.size() - 1));
    for (const auto &thing : things) {
        *changes.add_changes() = wire::toWire(Change {first++, thing});
    }
    return changes;
}

FakeGateway::Script watching::all(std::vector<v1::WatchResponse> messages)
{
    return [messages = std::move(messages)](const std::string &, int n) -> std::optional<v1::WatchResponse> {
        return static_cast<std::size_t>(n) < messages.size() ? std::optional(messages[static_cast<std::size_t>(n)]) : std::nullopt;
    };
}

FakeGateway::Script watching::snapshot(const std::vector<Thing> &things)
{
    return all({page(things), end()});
}

}
