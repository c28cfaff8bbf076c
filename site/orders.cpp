// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/orders.h"

#include "site/departures.h"
#include "site/mover.h"

#include <algorithm>

namespace portulan::site {

namespace {

std::optional<Operations::Steer> verbOf(const Order &order)
{
    using enum Operations::Steer;
    return std::holds_alternative<PauseOperation>(order)   ? std::optional(Pause)
        : std::holds_alternative<ResumeOperation>(order)   ? std::optional(Resume)
        : std::holds_alternative<CutOverOperation>(order)  ? std::optional(CutOver)
        : std::holds_alternative<TestBootOperation>(order) ? std::optional(TestBoot)
                                                           : std::nullopt;
}

}

Orders::Orders(Context &context, Admission &admission, Mover *mover)
    : m_context(context)
    , m_admission(admission)
    , m_mover(mover)
    , m_evacuations(mover
              ? std::make_unique<Evacuations>(context, [this](const std::string &who, const Request &request) { return submit(who, request); })
              : nullptr)
{
}

Result<std::optional<Operation>> Orders::earlier(const std::string &who, const std::string &requestId) const
{
    auto found = m_context.journal.byRequest(who, requestId);
    if (found && *found) {
        if (const auto running = m_context.operations.find((*found)->id)) {
            return running->operation();
        }
    }
    return found;
}

Result<Operation> Orders::submit(const std::string &who, const Request &request)
{
    if (!request.validateOnly) {
        const auto found = earlier(who, request.requestId);
        if (!found) {
            return tl::unexpected(found.error());
        }
        if (*found) { // its object may be gone meanwhile: what counts is who may speak of it
            return m_admission.authorise(who, kindOf(request.order), {{}, (*found)->project, true}).map([&](Role) { return **found; });
        }
    }
    const Errand errand = errandOf(request.order, m_context.config.siteId, m_context.broadcast);
    const Ask ask {who, std::string(kindOf(request.order)), errand.target, errand.object, request.requestId, errand.detail};
    const auto role = examine(who, request, errand);
    if (request.validateOnly) {
        return role.map([&](Role) {
            Operation checked = draft(ask, errand, request);
            checked.id = {m_context.config.siteId, ObjectKind::Operation, "validated"};
            checked.state = OperationState::Done;
            checked.phase = "validated";
            checked.startedAt = checked.changedAt = checked.endedAt = m_context.clock();
            checked.cancellable = false;
            return checked;
        });
    }
    if (!role) {
        return m_admission.refused(ask, role.error());
    }
    auto &operations = m_context.operations;
    if (const auto *order = std::get_if<CancelOperation>(&request.order)) {
        return steer(
            ask, *role, [&] { return operations.mayCancel(order->operation); }, [&] { return operations.cancel(order->operation); });
    }
    if (const auto verb = verbOf(request.order)) {
        return steer(
            ask, *role, [&] { return maySteer(errand.object, *verb); }, [&] { return operations.steer(errand.object, *verb); });
    }
    // The journal first: a disk that fills between the two leaves an operation that failed, not an entry about nothing.
    auto ticket = m_context.operations.begin(draft(ask, errand, request));
    if (!ticket) {
        return tl::unexpected(ticket.error());
    }
    if (!ticket->running) {
        return *ticket->earlier;
    }
    if (const auto allowed = m_admission.allow(ask, *role); !allowed) {
        ticket->running->fail(allowed.error());
        return tl::unexpected(allowed.error());
    }
    const Operation begun = ticket->running->operation();
    m_context.log.event("order.accepted",
        {{"operation", begun.id.id}, {"action", ask.action}, {"caller", who}, {"object_id", errand.object.id}, {"project", errand.target.project}});
    perform(request, std::move(ticket->running));
    return begun;
}

Result<Role> Orders::examine(const std::string &who, const Request &request, const Errand &errand) const
{
    const auto role = m_admission.authorise(who, kindOf(request.order), errand.target);
    if (!role) {
        return role;
    }
    if (const auto there = checkReferences(who, errand); !there) {
        return tl::unexpected(there.error());
    }
    for (const Classification classification : errand.classes) {
        if (const auto verdict = m_context.policy.demand(classification, errand.target.project); !verdict) {
            return tl::unexpected(verdict.error());
        }
    }
    const bool byDriver = !std::holds_alternative<Migrate>(request.order) && !std::holds_alternative<Evacuate>(request.order)
        && !kindOf(request.order).starts_with("operation.");
    if (!byDriver && !request.etag.empty() && request.etag != errand.etag) {
        return refuse(Reason::Conflict, {{"id", errand.object.text()}, {"etag", errand.etag}});
    }
    Result<> able;
    if (const auto *migrate = std::get_if<Migrate>(&request.order)) {
        able = checkMigration(*migrate, errand);
    } else if (const auto *evacuate = std::get_if<Evacuate>(&request.order)) {
        able = checkEvacuation(*evacuate);
    } else if (byDriver) {
        able = m_context.driver.check(request.order, request.etag);
    }
    return able ? role : Result<Role>(tl::unexpected(able.error()));
}

Result<> Orders::checkReferences(const std::string &who, const Errand &errand) const
{
    const auto sight = m_admission.sightOf(who);
    for (const auto &id : errand.visible) {
        const Target target = m_admission.targetOf(id);
        if (!target.known || !sight.sees(target.project)) {
            return refuse(Reason::NotFound, {{"id", id.text()}});
        }
    }
    for (const auto &id : errand.ownProject) {
        const Target target = m_admission.targetOf(id);
        if (!target.known || target.project != errand.target.project) {
            return refuse(Reason::NotFound, {{"id", id.text()}});
        }
    }
    return {};
}

Result<> Orders::checkMigration(const Migrate &order, const Errand &errand) const
{
    if (!m_mover) {
        return refuse(Reason::Unsupported, {{"what", "migrate"}});
    }
    const ObjectKind kind = errand.object.kind;
    if (kind != ObjectKind::Instance && kind != ObjectKind::Volume && kind != ObjectKind::Image && kind != ObjectKind::DataSet) {
        return refuse(Reason::InvalidArgument,
            {{"field", "name"}, {"value", errand.object.text()}, {"expected", "an instance, a volume, an image or a data set"}});
    }
    if (order.toSite == m_context.config.siteId) {
        return refuse(Reason::InvalidArgument, {{"field", "to_site"}, {"value", order.toSite}, {"expected", "another site"}});
    }
    if (order.mode != MoveMode::Cold && !(order.mode == MoveMode::Warm && kind == ObjectKind::DataSet)) { // any data set may be written meanwhile
        const auto what = "migrate." + std::string(toString(order.mode));
        if (!std::ranges::count(m_context.driver.facts().capabilities, what)) {
            return refuse(Reason::Unsupported, {{"what", what}},
                order.mode == MoveMode::Live ? "no driver here moves a machine without stopping it; a warm move stops it only for its last pass"
                                             : "this site's driver cannot copy a machine that runs");
        }
    }
    if (order.mode == MoveMode::Live && !order.start) {
        return refuse(Reason::InvalidArgument, {{"field", "start"}, {"expected", "true: a live move is of a machine that goes on"}});
    }
    if (errand.custody != Custody::Owner) {
        return refuse(Reason::NotReady, {{"id", errand.object.text()}, {"state", std::string(toString(errand.custody))}});
    }
    return {};
}

/// Whether it makes sense as a whole; each move is examined when it begins.
Result<> Orders::checkEvacuation(const Evacuate &asked) const
{
    if (!m_evacuations) {
        return refuse(Reason::Unsupported, {{"what", "evacuate"}});
    }
    const auto whole = m_evacuations->wholeOf(asked);
    if (!whole) {
        return tl::unexpected(whole.error());
    }
    const Evacuate &order = *whole;
    std::map<ObjectId, std::int32_t> waves;
    for (const auto &move : order.moves) {
        if (!waves.try_emplace(move.order.object, move.wave).second) {
            return refuse(Reason::InvalidArgument, {{"field", "moves"}, {"value", move.order.object.text()}, {"expected", "each object once"}});
        }
    }
    for (const auto &move : order.moves) {
        if (const auto &object = move.order.object; object.site != m_context.config.siteId) { // it is only waited for
            if (auto may = mayAskDeparture(m_context.config, object, move.order.toEndpoint); !may) {
                return may;
            }
        }
        for (const auto &before : move.after) {
            if (const auto at = waves.find(before); at != waves.end() && at->second > move.wave) {
                return refuse(Reason::InvalidArgument, {{"field", "after"}, {"value", before.text()}, {"expected", "of this or an earlier wave"}});
            }
        }
    }
    return {};
}

Result<> Orders::maySteer(const ObjectId &operation, Operations::Steer verb) const
{
    const auto running = m_context.operations.find(operation);
    // A copy of one instant of a machine that runs is the driver's to give; what is at rest needs nothing of it.
    if (verb == Operations::Steer::TestBoot && running && running->operation().kind == "migrate" && running->operation().mode != "cold"
        && !std::ranges::count(m_context.driver.facts().capabilities, "migrate.testboot")) {
        return refuse(Reason::Unsupported, {{"what", "migrate.testboot"}}, "this site's driver cannot tell how its disks are at one instant");
    }
    return m_context.operations.maySteer(operation, verb);
}

Result<Operation> Orders::steer(const Ask &ask, Role role, const std::function<Result<>()> &mayAct, const std::function<Result<>()> &act)
{
    const auto &id = ask.object;
    if (const auto may = mayAct(); !may) {
        return m_admission.refused(ask, may.error());
    }
    if (const auto allowed = m_admission.allow(ask, role); !allowed) {
        return tl::unexpected(allowed.error());
    }
    if (const auto acted = act(); !acted) { // it came to its end meanwhile
        return m_admission.refused(ask, acted.error());
    }
    m_context.log.event(ask.action == "operation.cancel" ? "operation.cancelling" : ask.action, {{"operation", id.id}, {"caller", ask.who}});
    if (const auto running = m_context.operations.find(id)) {
        return running->operation();
    }
    const auto over = m_context.broadcast.find(id);
    return over && std::holds_alternative<Operation>(*over) ? Result<Operation>(std::get<Operation>(*over))
                                                            : refuse(Reason::NotFound, {{"id", id.text()}});
}

Operation Orders::draft(const Ask &ask, const Errand &errand, const Request &request) const
{
    Operation operation;
    operation.kind = ask.action;
    operation.project = errand.target.project;
    operation.object = errand.object;
    operation.objectName = errand.name;
    operation.requestedBy = ask.who;
    operation.requestId = ask.requestId;
    operation.cancellable = errand.cancellable;
    operation.partOf = request.partOf;
    if (const auto *migrate = std::get_if<Migrate>(&request.order)) {
        operation.fromSite = m_context.config.siteId;
        operation.toSite = migrate->toSite;
    }
    return operation;
}

void Orders::perform(const Request &request, std::shared_ptr<Running> running)
{
    if (const auto *migrate = std::get_if<Migrate>(&request.order)) {
        m_mover->migrate(*migrate, std::move(running));
        return;
    }
    if (const auto *evacuate = std::get_if<Evacuate>(&request.order)) {
        m_evacuations->begin(*evacuate, std::move(running));
        return;
    }
    m_context.workers.post([this, request, running = std::move(running)] {
        const auto id = running->operation().id.id;
        const auto done = m_context.driver.perform(request.order, request.etag, *running);
        if (done) {
            m_context.log.event("order.done", {{"operation", id}, {"object", done->text()}});
            running->succeed(*done);
        } else {
            m_context.log.problem("order.failed", done.error(), {{"operation", id}});
            running->fail(done.error());
        }
    });
}

}
