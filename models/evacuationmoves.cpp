// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/evacuationmoves.h"

#include "models/moveoptions.h"

#include <algorithm>

namespace portulan {

namespace {

using Stage = EvacuationMove::Stage;
using Position = std::pair<std::size_t, std::size_t>; ///< wave, move

Stage stageOf(const Operation &operation)
{
    switch (operation.state) {
    case OperationState::Done:
        return Stage::Moved;
    case OperationState::Failed:
    case OperationState::Cancelled:
        return Stage::Failed;
    case OperationState::Paused:
        return Stage::Paused;
    default:
        return operation.cancellable && operation.passes.readySince != Instant {} ? Stage::Ready : Stage::UnderWay;
    }
}

template <typename T>
T valueOr(const std::map<ObjectId, T> &values, const ObjectId &key, T otherwise)
{
    const auto at = values.find(key);
    return at == values.end() ? std::move(otherwise) : at->second;
}

std::vector<EvacuationWave> asPlanned(const PlannedEvacuation &planned, std::map<ObjectId, Position> &places)
{
    std::vector<EvacuationWave> waves;
    for (const auto &its : planned.order.moves) {
        if (isAwaited(planned.order, its)) {
            continue; // another site's
        }
        const auto number = its.wave + 1;
        auto wave = std::ranges::find(waves, number, &EvacuationWave::number);
        wave = wave == waves.end() ? waves.insert(waves.end(), {number, {}}) : wave;
        const auto &object = its.order.object;
        places.emplace(object, Position(std::size_t(wave - waves.begin()), wave->moves.size()));
        wave->moves.push_back({object, valueOr(planned.names, object, object.id), its.order.toSite, Stage::Waiting,
            valueOr<std::int64_t>(planned.bytes, object, 0), its.after, {}});
    }
    return waves;
}

/// The migrations of its objects since it began, oldest first, so that the last one stays.
std::vector<const Operation *> migrationsSince(const Inventory &inventory, const Operation &evacuation)
{
    std::vector<const Operation *> found;
    const auto all = inventory.operations();
    std::ranges::copy_if(all, std::back_inserter(found), [&evacuation](const Operation *operation) {
        return operation->kind == "migrate" && operation->id.site == evacuation.id.site && operation->startedAt >= evacuation.startedAt;
    });
    std::ranges::stable_sort(found, {}, &Operation::startedAt);
    return found;
}

/// What a migration moves, as it was called here. Once it is over it speaks of what arrived, which may have got another id there: then its name tells.
ObjectId movedBy(const Operation &operation, const ObjectId &evacuation, const std::vector<EvacuationWave> &waves,
    const std::map<ObjectId, Position> &places)
{
    const ObjectId same {evacuation.site, operation.object.kind, operation.object.id};
    if (operation.object.site == evacuation.site || places.contains(same)) {
        return same;
    }
    for (const bool again : {false, true}) { // what failed before was tried once more
        for (const auto &wave : waves) {
            const auto at = std::ranges::find_if(wave.moves, [&](const EvacuationMove &move) {
                const bool isOpen = move.hasBegun() ? again && stageOf(move.operation) == Stage::Failed : !again;
                return isOpen && move.object.kind == same.kind && move.name == operation.objectName && move.toSite == operation.toSite;
            });
            if (at != wave.moves.end()) {
                return at->object;
            }
        }
    }
    return same;
}

void settle(const Inventory &inventory, EvacuationMove &move, bool isOver)
{
    move.stage = move.hasBegun() ? stageOf(move.operation) : isOver ? Stage::Left : Stage::Waiting;
    if (move.stage == Stage::Waiting || move.stage == Stage::Left) { // an operation long over may be forgotten; the copy it left is not
        move.stage = hasLeft(inventory, move.object) ? Stage::Moved : move.stage;
    }
}

}

bool hasLeft(const Inventory &inventory, const ObjectId &object)
{
    const Slot slot = inventory.find(object);
    return slot == noSlot || inventory.rows(object.kind)[slot].custody == Custody::Retained;
}

double EvacuationMove::share() const
{
    return stage == Stage::Moved ? 1 : hasBegun() ? operation.progress() : 0;
}

std::vector<EvacuationWave> movesOf(const Federation &federation, const Operation &evacuation, const PlannedEvacuation *planned)
{
    std::map<ObjectId, Position> places;
    auto waves = planned != nullptr ? asPlanned(*planned, places) : std::vector<EvacuationWave>();
    for (const Operation *operation : migrationsSince(federation.inventory(), evacuation)) {
        const bool isPart = operation->partOf == evacuation.id.id;
        const auto object = movedBy(*operation, evacuation.id, waves, places);
        const auto known = places.find(object);
        if (known != places.end()) {
            auto &move = waves[known->second.first].moves[known->second.second];
            if (isPart || move.hasBegun() || isOver(evacuation.state)) {
                move.operation = *operation;
            }
        } else if (isPart) {
            if (waves.empty()) {
                waves.push_back({});
            }
            auto &moves = waves.back().moves;
            places.emplace(object, Position(waves.size() - 1, moves.size()));
            moves.push_back({object, operation->objectName, operation->toSite, Stage::Waiting, operation->bytesTotal, {}, *operation});
        }
    }
    for (auto &wave : waves) {
        std::ranges::for_each(wave.moves, [&](EvacuationMove &move) { settle(federation.inventory(), move, isOver(evacuation.state)); });
    }
    return waves;
}

Evacuate remainderOf(
    const Federation &federation, const ObjectId &evacuation, const std::vector<EvacuationWave> &waves, const PlannedEvacuation *planned)
{
    Evacuate order;
    order.site = {evacuation.site, ObjectKind::Site, {}};
    std::set<ObjectId> wanted;
    for (const auto &wave : waves) {
        for (const auto &move : wave.moves) {
            if (move.stage != Stage::Failed && move.stage != Stage::Left) {
                continue;
            }
            wanted.insert(move.object);
            if (planned == nullptr) {
                Migrate again;
                again.object = move.object;
                again.toSite = move.toSite;
                again.toEndpoint = federation.profile(QString::fromStdString(move.toSite)).endpoint.toStdString();
                again.mode = moveModeFrom(move.operation.mode).value_or(MoveMode::Cold);
                order.moves.push_back({again, 0, {}});
            }
        }
    }
    if (planned != nullptr) {
        order = planned->order;
        const auto wantedBy
            = [](const ObjectId &object) { return [&object](const Evacuate::Move &move) { return std::ranges::count(move.after, object) > 0; }; };
        std::erase_if(order.moves, [&](const Evacuate::Move &move) { return !isAwaited(order, move) && !wanted.contains(move.order.object); });
        const auto moves = order.moves;
        std::erase_if(order.moves,
            [&](const Evacuate::Move &move) { return isAwaited(order, move) && std::ranges::none_of(moves, wantedBy(move.order.object)); });
    }
    return order;
}

}
