// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/gateway.h"

#include "site/mover.h"
#include "site/watcher.h"

namespace portulan::site {

namespace {

constexpr std::size_t deskThreads = 4;
constexpr std::size_t defaultPage = 500;

}

Gateway::Gateway(const GatewayParts &parts)
    : m_context(parts.context)
    , m_audit(parts.audit)
    , m_mover(parts.mover)
    , m_admission(parts.authority, parts.audit, parts.context.broadcast, parts.context.log)
    , m_orders(parts.context, m_admission, parts.mover)
    , m_depot(parts.context, m_admission, m_orders)
    , m_desk(deskThreads)
    , m_porters(parts.context.config.workers)
    , m_calls(m_desk, m_timer, parts.context.log)
{
}

Gateway::~Gateway() = default;

Result<ObjectId> Gateway::permitted(const std::string &who, std::string_view action, const std::string &resourceName) const
{
    auto id = ObjectId::fromResourceName(resourceName);
    if (id && id->site != site()) {
        id = refuse(Reason::NotFound, {{"id", id->text()}});
    }
    if (!id) {
        return id;
    }
    Target target = m_admission.targetOf(*id);
    return m_admission.authorise(who, action, target).and_then([&](Role) -> Result<ObjectId> {
        return target.known ? Result<ObjectId>(*id) : refuse(Reason::NotFound, {{"id", id->text()}});
    });
}

grpc::ServerWriteReactor<v1::WatchResponse> *Gateway::Watch(Call *call, const v1::WatchRequest *request)
{
    class Refusal final : public grpc::ServerWriteReactor<v1::WatchResponse> {
    public:
        explicit Refusal(const Problem &problem) { Finish(wire::toStatus(problem)); }
        void OnDone() override { delete this; }
    };
    auto caller = m_calls.admit(*call);
    if (!caller) {
        return new Refusal(caller.error()); // gRPC's to keep
    }
    if (request->page_size() < 0 || request->page_size() > wire::maxPage) {
        return new Refusal({Reason::InvalidArgument, {{"field", "page_size"}, {"expected", "0 to 1000"}}, {}});
    }
    const auto role = m_admission.authorise(caller->who, "read", {{site(), ObjectKind::Site, {}}, {}, true});
    if (!role) {
        return new Refusal(role.error());
    }
    const auto pageSize = request->page_size() == 0 ? defaultPage : static_cast<std::size_t>(request->page_size());
    return Watcher::begin(m_context.broadcast, m_calls, std::move(caller->place), {m_admission.sightOf(caller->who), request->resume(), pageSize});
}

Gateway::Reactor *Gateway::GetSite(Call *call, const v1::GetRequest *request, v1::Site *response)
{
    const std::string name = request->name().empty() ? "sites/" + site() : request->name();
    return m_calls.serve<v1::Site>(call, response, [this, name](const std::string &who) -> Result<v1::Site> {
        return permitted(who, "read", name).and_then([&](const ObjectId &id) -> Result<v1::Site> {
            const auto thing = m_context.broadcast.find(id);
            const auto *found = thing ? std::get_if<Site>(&*thing) : nullptr;
            return found ? Result<v1::Site>(wire::toWire(*found)) : refuse(Reason::NotFound, {{"id", id.text()}});
        });
    });
}

Gateway::Reactor *Gateway::WhoAmI(Call *call, const google::protobuf::Empty *, v1::Identity *response)
{
    return m_calls.serve<v1::Identity>(call, response, [this](const std::string &who) -> Result<v1::Identity> {
        return m_admission.authorise(who, "whoami", {}).map([&](Role) {
            v1::Identity identity;
            identity.set_identity(who);
            for (const auto &grant : m_admission.grantsOf(who)) {
                auto *row = identity.add_grants();
                row->set_role(grant.role);
                row->set_project(grant.project);
            }
            return identity;
        });
    });
}

Gateway::Reactor *Gateway::GetObject(Call *call, const v1::GetRequest *request, v1::Change *response)
{
    return m_calls.serve<v1::Change>(call, response, [this, name = request->name()](const std::string &who) -> Result<v1::Change> {
        return permitted(who, "read", name).and_then([&](const ObjectId &id) -> Result<v1::Change> {
            const auto thing = m_context.broadcast.find(id);
            return thing ? Result<v1::Change>(wire::toWire(Change {0, *thing})) : refuse(Reason::NotFound, {{"id", id.text()}});
        });
    });
}

Gateway::Reactor *Gateway::ListProjects(Call *call, const v1::ListRequest *request, v1::ListResponse *response)
{
    return list(call, request, response, ObjectKind::Project);
}

Gateway::Reactor *Gateway::ListInstances(Call *call, const v1::ListRequest *request, v1::ListResponse *response)
{
    return list(call, request, response, ObjectKind::Instance);
}

Gateway::Reactor *Gateway::ListVolumes(Call *call, const v1::ListRequest *request, v1::ListResponse *response)
{
    return list(call, request, response, ObjectKind::Volume);
}

Gateway::Reactor *Gateway::ListImages(Call *call, const v1::ListRequest *request, v1::ListResponse *response)
{
    return list(call, request, response, ObjectKind::Image);
}

Gateway::Reactor *Gateway::ListSnapshots(Call *call, const v1::ListRequest *request, v1::ListResponse *response)
{
    return list(call, request, response, ObjectKind::Snapshot);
}

Gateway::Reactor *Gateway::ListDataSets(Call *call, const v1::ListRequest *request, v1::ListResponse *response)
{
    return list(call, request, response, ObjectKind::DataSet);
}

Gateway::Reactor *Gateway::ListNetworks(Call *call, const v1::ListRequest *request, v1::ListResponse *response)
{
    return list(call, request, response, ObjectKind::Network);
}

Gateway::Reactor *Gateway::ListOperations(Call *call, const v1::ListRequest *request, v1::ListResponse *response)
{
    return list(call, request, response, ObjectKind::Operation);
}

Gateway::Reactor *Gateway::ListAlerts(Call *call, const v1::ListRequest *request, v1::ListResponse *response)
{
    return list(call, request, response, ObjectKind::Alert);
}

}
