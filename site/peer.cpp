// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/peer.h"

#include "core/credentials.h"
#include "proto/wire.h"
#include "site/arrivalsrequest.h"
#include "site/certifier.h"
#include "site/departures.h"
#include "site/peerparts.h"
#include "site/testboot.h"

#include <algorithm>
#include <fstream>
#include <grpcpp/grpcpp.h>

namespace portulan::site {

namespace {

/// "site/lyon", from the certificate the connection was opened with.
std::string callerOf(const grpc::CallbackServerContext &context)
{
    constexpr std::string_view scheme = "portulan://";
    const auto auth = context.auth_context();
    const auto uris = auth->FindPropertyValues("peer_uri");
    std::string caller;
    for (const auto &uri : uris) {
        const std::string_view text(uri.data(), uri.size());
        if (text.starts_with(scheme)) {
            if (!caller.empty()) {
                return {};
            }
            caller = text.substr(scheme.size());
        }
    }
    return auth->IsPeerAuthenticated() && caller.starts_with("site/") ? caller : std::string();
}

std::string siteOf(const std::string &caller)
{
    return caller.substr(5);
}

template <typename T>
grpc::Status statusOf(const Result<T> &result)
{
    return result ? grpc::Status::OK : wire::toStatus(result.error());
}

Result<Digest> digestOf(const std::string &bytes)
{
    Digest digest {};
    if (bytes.size() != digest.size()) {
        return refuse(Reason::InvalidArgument, {{"field", "root"}, {"expected", "32 bytes"}});
    }
    std::ranges::transform(bytes, digest.begin(), [](char c) { return std::byte(c); });
    return digest;
}

template <typename Bytes>
std::string textOf(const Bytes &bytes)
{
    return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

Result<std::vector<FoundDisk>> claimedFrom(const google::protobuf::RepeatedPtrField<v1::DiskDigest> &disks)
{
    std::vector<FoundDisk> claimed;
    for (const auto &disk : disks) {
        const auto root = digestOf(disk.root());
        if (!root) {
            return unexpected(root.error());
        }
        claimed.push_back({disk.volume(), std::uint64_t(disk.size_bytes()), *root});
    }
    return claimed;
}

constexpr std::size_t maxRenewalBytes = 64;
constexpr int longestTestSeconds = 600;

Result<Arrivals::Trial> trialFrom(const v1::TestBootRequest &request)
{
    if (request.run().empty() || request.run().size() > maxRenewalBytes) {
        return refuse(Reason::InvalidArgument, {{"field", "run"}, {"expected", "1 to 64 bytes"}});
    }
    const auto claimed = claimedFrom(request.disks());
    if (!claimed) {
        return unexpected(claimed.error());
    }
    Arrivals::Trial trial {request.run(), std::chrono::seconds(std::clamp(request.seconds(), 1, longestTestSeconds)), *claimed, {}, request.end()};
    if (!request.whole().empty()) {
        const auto whole = digestOf(request.whole());
        if (!whole) {
            return unexpected(whole.error());
        }
        trial.whole = *whole;
    }
    return trial;
}

Arrivals::Revision revisionOf(const v1::ReserveRequest &request, const Wanted &wanted)
{
    Arrivals::Revision revision {request.renewal().substr(0, maxRenewalBytes), {}, {}, request.after_lot()};
    for (const auto &disk : request.stale()) {
        revision.stale.emplace_back(disk.volume(), std::vector(disk.runs().begin(), disk.runs().end()));
    }
    if (request.lot() > 0 && wanted.arrival.dataSet) {
        revision.lot = Lot {request.lot(), *wanted.arrival.dataSet, {request.gone().begin(), request.gone().end()}, wanted.arrival.objects};
    }
    return revision;
}

/// The source may ask only for what is its own.
Result<> demandSource(const Wanted &wanted, const std::string &caller)
{
    return wanted.sourceSite == siteOf(caller)
        ? Result<>()
        : refuse(Reason::NotAuthorised, {{"who", caller}, {"action", "peer.reserve"}}, "a site reserves for itself only");
}
}

namespace {
Instant endOf(const std::string &certificatePem)
{
    std::ifstream file(certificatePem);
    const auto facts = inspect(std::string(std::istreambuf_iterator<char>(file), {}));
    return facts ? facts->notAfter : Instant {};
}
}

PeerService::PeerService(Context &context, Arrivals &arrivals, Mover &mover, Doorkeeper doorkeeper)
    : m_context(context)
    , m_arrivals(arrivals)
    , m_mover(mover)
    , m_doorkeeper(std::move(doorkeeper))
    , m_parts(new Parts)
{
}

PeerService::~PeerService() = default;

template <typename Work>
grpc::ServerUnaryReactor *PeerService::answer(grpc::CallbackServerContext *context, std::string action, std::string migration, Work work)
{
    auto *reactor = context->DefaultReactor();
    auto caller = callerOf(*context);
    if (caller.empty()) {
        reactor->Finish(wire::toStatus({Reason::NotAuthorised, {{"action", action}}, "sites only"}));
        return reactor;
    }
    m_context.workers.post([this, reactor, caller = std::move(caller), action = std::move(action), migration = std::move(migration), work] {
        const auto allowed = m_doorkeeper(caller, action, migration);
        reactor->Finish(allowed ? work(caller) : wire::toStatus(allowed.error()));
    });
    return reactor;
}

template <typename Response>
void PeerService::introduce(Response *response) const
{
    const auto site = m_context.broadcast.find({m_context.config.siteId, ObjectKind::Site, {}});
    if (const auto *self = site ? std::get_if<Site>(&*site) : nullptr) {
        *response->mutable_site() = wire::toWire(*self);
    }
}

grpc::ServerUnaryReactor *PeerService::Greet(grpc::CallbackServerContext *context, const v1::GreetRequest *, v1::GreetResponse *response)
{
    return answer(context, "peer.greet", {}, [this, response](const std::string &) {
        introduce(response);
        *response->mutable_at() = wire::toWire(m_context.clock());
        response->set_protocol(PeerLink::protocol);
        if (const auto until = endOf(m_context.config.certificatePem); until != Instant {}) { // renewed at any time
            *response->mutable_certificate_until_time() = wire::toWire(until);
        }
        return grpc::Status::OK;
    });
}

grpc::ServerUnaryReactor *PeerService::Assess(grpc::CallbackServerContext *context, const v1::ReserveRequest *request, v1::AssessResponse *response)
{
    return answer(context, "peer.assess", request->migration(), [this, request, response](const std::string &caller) {
        const auto wanted = wantedFrom(*request);
        const auto own = wanted ? demandSource(*wanted, caller) : Result<>(unexpected(wanted.error()));
        if (!own) {
            return statusOf(own);
        }
        const auto opinion = m_arrivals.assess(*wanted);
        for (const auto &problem : opinion.blockers) {
            *response->add_blockers() = wire::toWire(problem);
        }
        for (const auto &problem : opinion.warnings) {
            *response->add_warnings() = wire::toWire(problem);
        }
        *response->mutable_verdict() = wire::toWire(opinion.verdict);
        return grpc::Status::OK;
    });
}

grpc::ServerUnaryReactor *PeerService::Reserve(grpc::CallbackServerContext *context, const v1::ReserveRequest *request, v1::ReserveResponse *response)
{
    return answer(context, "peer.reserve", request->migration(), [this, request, response](const std::string &caller) {
        auto part = wantedFrom(*request);
        const auto own = part ? demandSource(*part, caller) : Result<>(unexpected(part.error()));
        if (!own) {
            return statusOf(own);
        }
        const auto whole = m_parts->add(caller, std::move(*part), request->part(), request->more());
        if (!whole || !*whole) {
            return statusOf(whole);
        }
        const auto reservation = m_arrivals.reserve(**whole, revisionOf(*request, **whole));
        if (reservation) {
            response->set_token(textOf(reservation->token));
            response->set_lot(request->lot());
            response->set_data_port(m_arrivals.dataPort());
            response->set_object(reservation->received.object.resourceName());
            for (const auto &volume : reservation->received.volumes) {
                response->add_volumes(volume.id);
            }
        }
        return statusOf(reservation);
    });
}

grpc::ServerUnaryReactor *PeerService::Receive(grpc::CallbackServerContext *context, const v1::ReceiveRequest *request, v1::ReceiveResponse *)
{
    return answer(context, "peer.receive", request->migration(), [this, request](const std::string &caller) {
        const auto token = digestOf(request->token());
        return statusOf(token ? m_arrivals.receive(*token, caller, std::as_bytes(std::span(request->frames())), request->end())
                              : Result<>(unexpected(token.error())));
    });
}

grpc::ServerUnaryReactor *PeerService::GetProgress(
    grpc::CallbackServerContext *context, const v1::ProgressRequest *request, v1::ProgressResponse *response)
{
    return answer(context, "peer.progress", request->migration(), [this, request, response](const std::string &caller) {
        const auto had = m_arrivals.progress(request->migration(), siteOf(caller), {request->disk(), request->chunk()});
        if (!had) {
            return statusOf(had);
        }
        response->set_step(std::string(toString(had->step)));
        for (const auto &[parcel, key, have, stale] : had->parcels) {
            auto *disk = response->add_disks();
            disk->set_volume(key);
            disk->set_chunk_bytes(Manifest::chunkBytes);
            disk->set_disk(static_cast<std::uint32_t>(parcel));
            disk->mutable_have()->Assign(have.begin(), have.end());
            disk->mutable_stale()->Assign(stale.begin(), stale.end());
        }
        response->set_more(had->next.has_value());
        response->set_next_disk(had->next ? static_cast<std::uint32_t>(had->next->parcel) : 0);
        response->set_next_chunk(had->next ? had->next->chunk : 0);
        return grpc::Status::OK;
    });
}

grpc::ServerUnaryReactor *PeerService::ListFingerprints(
    grpc::CallbackServerContext *context, const v1::FingerprintsRequest *request, v1::FingerprintsResponse *response)
{
    return answer(context, "peer.fingerprints", request->migration(), [this, request, response](const std::string &caller) {
        const auto found = m_arrivals.fingerprints(request->migration(), siteOf(caller), {request->disk(), request->chunk()}, request->count());
        for (const auto &one : found ? *found : std::vector<Receiving::ChunkPrints>()) {
            auto *chunk = response->add_chunks();
            chunk->set_chunk(one.chunk);
            chunk->set_blocks(textOf(one.prints));
        }
        return statusOf(found);
    });
}

grpc::ServerUnaryReactor *PeerService::Prepare(grpc::CallbackServerContext *context, const v1::PrepareRequest *request, v1::PrepareResponse *response)
{
    return answer(context, "peer.prepare", request->migration(), [this, request, response](const std::string &caller) {
        const auto token = m_arrivals.prepare(request->migration(), siteOf(caller), request->machine());
        if (token) {
            response->set_token(textOf(*token));
        }
        return statusOf(token);
    });
}

grpc::ServerUnaryReactor *PeerService::Verify(grpc::CallbackServerContext *context, const v1::VerifyRequest *request, v1::VerifyResponse *response)
{
    return answer(context, "peer.verify", request->migration(), [this, request, response](const std::string &caller) {
        if (request->digest() != Manifest::algorithm) {
            return statusOf(Result<>(refuse(
                Reason::Version, {{"what", "digests"}, {"expected", std::string(Manifest::algorithm)}, {"found", request->digest().substr(0, 80)}})));
        }
        const auto claimed = claimedFrom(request->disks());
        if (!claimed) {
            return statusOf(claimed);
        }
        const auto whole = request->whole().empty() ? Result<Digest>(wholeOf(*claimed)) : digestOf(request->whole());
        const auto found = whole ? m_arrivals.verify(request->migration(), siteOf(caller), *claimed, *whole, request->memory())
                                 : Result<FoundDisks>(unexpected(whole.error()));
        if (!found) {
            return statusOf(found);
        }
        for (const auto &one : found->named) {
            auto *disk = response->add_disks();
            disk->set_volume(one.key);
            disk->set_size_bytes(std::int64_t(one.sizeBytes));
            disk->set_root(textOf(one.root));
        }
        return grpc::Status::OK;
    });
}

grpc::ServerUnaryReactor *PeerService::TestBoot(
    grpc::CallbackServerContext *context, const v1::TestBootRequest *request, v1::TestBootResponse *response)
{
    // What only asks is no entry of the trail.
    const auto action = request->whole().empty() && !request->end() ? "peer.testboot.look" : "peer.testboot";
    return answer(context, action, request->migration(), [this, request, response](const std::string &caller) {
        const auto trial = trialFrom(*request);
        const auto boot
            = trial ? m_arrivals.testBoot(request->migration(), siteOf(caller), *trial) : Result<portulan::TestBoot>(unexpected(trial.error()));
        if (boot) {
            *response->mutable_boot() = toWire(*boot);
        }
        return statusOf(boot);
    });
}

grpc::ServerUnaryReactor *PeerService::Activate(
    grpc::CallbackServerContext *context, const v1::ActivateRequest *request, v1::ActivateResponse *response)
{
    return answer(context, "peer.activate", request->migration(), [this, request, response](const std::string &caller) {
        const auto activated = m_arrivals.activate(request->migration(), siteOf(caller), request->start());
        if (activated) {
            *response->mutable_operation() = wire::toWire(activated->operation);
            if (activated->startProblem) {
                *response->mutable_start_problem() = wire::toWire(*activated->startProblem);
            }
            introduce(response);
            response->set_verdict(std::string(toString(activated->after.status)));
            response->mutable_broken_rules()->Assign(activated->after.broken.begin(), activated->after.broken.end());
            response->set_rulebook(activated->after.rulebook);
            response->set_memory(activated->memory);
        }
        return statusOf(activated);
    });
}

grpc::ServerUnaryReactor *PeerService::Certify(grpc::CallbackServerContext *context, const v1::CertifyRequest *request, v1::CertifyResponse *response)
{
    return answer(context, "peer.certify", request->migration(), [this, request, response](const std::string &caller) {
        const auto ours
            = countersign(m_context, siteOf(caller), {request->migration(), request->payload(), {request->protected_header(), request->signature()}});
        if (ours) {
            response->set_protected_header(ours->protectedHeader);
            response->set_signature(ours->signature);
        }
        return statusOf(ours);
    });
}

grpc::ServerUnaryReactor *PeerService::Abort(grpc::CallbackServerContext *context, const v1::MigrationRequest *request, v1::AbortResponse *)
{
    return answer(context, "peer.abort", request->migration(),
        [this, request](const std::string &caller) { return statusOf(m_arrivals.abort(request->migration(), siteOf(caller))); });
}

grpc::ServerUnaryReactor *PeerService::GetDecision(
    grpc::CallbackServerContext *context, const v1::MigrationRequest *request, v1::DecisionResponse *response)
{
    return answer(context, "peer.decision", request->migration(), [this, request, response](const std::string &caller) {
        if (request->migration().empty()) { // something of the caller's comes after it
            const auto object = ObjectId::fromResourceName(request->object());
            response->set_decision(std::string(object ? toString(hasDeparted(m_context, *object)) : "unknown"));
            return grpc::Status::OK;
        }
        const auto decision = m_mover.decisionFor(request->migration(), siteOf(caller), request->object());
        response->set_decision(decision.word);
        response->set_start(decision.start);
        return grpc::Status::OK;
    });
}

}
