// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/rollback.h"

#include "models/await.h"
#include "models/sourceoperation.h"

#include <QUuid>
#include <algorithm>

namespace portulan {

namespace {

RollbackWay nowhere(Reason reason, std::map<std::string, std::string> facts)
{
    RollbackWay way;
    way.why = {reason, std::move(facts), {}};
    return way;
}

const Row *rowOf(const Inventory &inventory, const ObjectId &id)
{
    const Slot slot = inventory.find(id);
    return slot == noSlot ? nullptr : &inventory.rows(id.kind)[slot];
}

/// The copy that the source keeps: under the id it arrived with, which is its own unless that was taken; else under its name.
ObjectId copyOf(const Inventory &inventory, const Operation &moved)
{
    const auto isKept = [&](const Row &row) {
        return row.alive && row.custody == Custody::Retained && inventory.text(row.site) == moved.fromSite
            && inventory.text(row.movedTo) == moved.toSite;
    };
    const ObjectId same {moved.fromSite, moved.object.kind, moved.object.id};
    if (const Row *row = rowOf(inventory, same); row != nullptr && isKept(*row)) {
        return same;
    }
    std::vector<ObjectId> named;
    for (const Row &row : inventory.rows(moved.object.kind)) {
        if (isKept(row) && inventory.text(row.name) == moved.objectName) {
            named.push_back(inventory.idOf(row));
        }
    }
    return named.size() == 1 ? named.front() : ObjectId {};
}

/// How often it was sent back before, in vain: another try is another order.
std::size_t failures(const Inventory &inventory, const ObjectId &object, const std::string &toSite)
{
    return std::size_t(std::ranges::count_if(inventory.operations(), [&](const Operation *one) {
        return one->kind == "migrate" && one->id.site == object.site && one->object == object && one->toSite == toSite && isOver(one->state)
            && one->state != OperationState::Done;
    }));
}

std::string requestIdOf(const Operation &moved, std::size_t attempt)
{
    const auto name = "rollback " + moved.id.text() + ' ' + moved.migration + ' ' + std::to_string(attempt);
    return QUuid::createUuidV5(QUuid(QStringLiteral("{6f1d5f0e-3c1b-5d4e-9a57-2f60b7c7a1d4}")), QByteArray::fromStdString(name))
        .toString(QUuid::WithoutBraces)
        .toStdString();
}

RollbackWay wayBack(const Federation &federation, const Operation &moved)
{
    const Inventory &inventory = federation.inventory();
    for (const auto &site : {moved.toSite, moved.fromSite}) {
        if (!federation.standing(QString::fromStdString(site)).isLive()) {
            return nowhere(Reason::Unreachable, {{"site", site}});
        }
    }
    const Row *now = rowOf(inventory, moved.object);
    if (now == nullptr) {
        return nowhere(Reason::NotFound, {{"what", std::string(toString(moved.object.kind))}, {"id", moved.object.text()}});
    }
    if (now->custody != Custody::Owner) {
        const bool movedOn = now->custody == Custody::Retained;
        return nowhere(Reason::NotReady,
            {{"cause", movedOn ? "moved-on" : "moving"}, {"id", moved.object.text()}, {"state", std::string(toString(now->custody))},
                {"site", std::string(inventory.text(now->movedTo))}});
    }
    RollbackWay way;
    way.former = copyOf(inventory, moved);
    if (way.former.id.empty()) {
        return nowhere(Reason::NotReady,
            {{"cause", "retention-over"}, {"id", moved.object.text()}, {"site", moved.fromSite}, {"to", moved.toSite}, {"state", "erased"}});
    }
    const Site *owner = federation.site(QString::fromStdString(moved.toSite));
    const bool canWarm = owner != nullptr && std::ranges::count(owner->capabilities, "migrate.warm") > 0;
    way.kind = RollbackWay::Return;
    way.object = moved.object;
    way.mode = canWarm && moved.object.kind == ObjectKind::Instance && now->state == PowerState::Running ? MoveMode::Warm : MoveMode::Cold;
    way.requestId = requestIdOf(moved, failures(inventory, moved.object, moved.fromSite));
    return way;
}

}

RollbackWay rollbackOf(const Federation &federation, const Operation &operation)
{
    const Operation &moved = sourceOperation(federation.inventory(), operation);
    if (!operation.kind.starts_with("migrate") || moved.fromSite.empty() || moved.toSite.empty()) {
        return nowhere(Reason::Unsupported, {{"what", "rollback"}, {"id", operation.id.text()}});
    }
    if (moved.state == OperationState::Done) {
        return wayBack(federation, moved);
    }
    if (isOver(moved.state)) {
        return nowhere(Reason::NotReady, {{"cause", "as-before"}, {"id", moved.id.text()}, {"state", std::string(toString(moved.state))}});
    }
    if (!moved.cancellable) {
        return nowhere(Reason::NotReady, {{"cause", "handing-over"}, {"id", moved.id.text()}, {"state", moved.phase}});
    }
    RollbackWay way;
    way.kind = RollbackWay::Cancel;
    way.operation = moved.id;
    return way;
}

Rollback::Rollback(Federation &federation, const Operation &operation, QObject *parent)
    : QObject(parent)
    , m_federation(federation)
    , m_operation(sourceOperation(federation.inventory(), operation))
    , m_way(rollbackOf(federation, operation))
{
}

void Rollback::submit()
{
    if (m_way.kind == RollbackWay::Nothing) {
        Q_EMIT submitted(tl::unexpected(m_way.why));
        return;
    }
    if (m_way.kind == RollbackWay::Cancel) {
        await(m_federation.submit(QString::fromStdString(m_way.operation.site), CancelOperation {m_way.operation}), this,
            [this](const Result<Operation> &answer) { Q_EMIT submitted(answer); });
        return;
    }
    auto *from = m_federation.link(QString::fromStdString(m_way.former.site));
    if (from == nullptr) {
        Q_EMIT submitted(refuse(Reason::Unreachable, {{"site", m_way.former.site}}));
        return;
    }
    await(from->object(m_way.former), this, [this](const Result<Thing> &former) { moveBack(former); });
}

void Rollback::moveBack(const Result<Thing> &former)
{
    auto *owner = m_federation.link(QString::fromStdString(m_way.object.site));
    if (!former || owner == nullptr) {
        Q_EMIT submitted(former ? refuse(Reason::Unreachable, {{"site", m_way.object.site}}) : Result<Operation>(tl::unexpected(former.error())));
        return;
    }
    Migrate order;
    order.object = m_way.object;
    order.toSite = m_way.former.site;
    order.toEndpoint = m_federation.profile(QString::fromStdString(order.toSite)).endpoint.toStdString();
    order.mode = m_way.mode;
    // As long as the move that is taken back kept its copy, and in the project it came from.
    std::visit(
        [&](const auto &thing) {
            if constexpr (requires {
                              thing.retainedUntil;
                              thing.project;
                          }) {
                order.toProject = thing.project;
                order.retentionSeconds
                    = std::max<std::int64_t>(0, std::chrono::round<std::chrono::seconds>(thing.retainedUntil - m_operation.endedAt).count());
            }
        },
        *former);
    await(owner->submit({m_way.requestId, {}, false, order}), this, [this](const Result<Operation> &answer) { Q_EMIT submitted(answer); });
}

}
