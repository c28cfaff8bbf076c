// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/ui/evacuating.h"

namespace portulan::test {

namespace {

const ObjectId evacuation {"lyon", ObjectKind::Operation, "op-evac"};

Operation move(const char *id, const char *object, const char *name, const char *to)
{
    auto its = world::migration(id, world::instance("lyon", object, name, Classification::Open), to);
    its.partOf = evacuation.id;
    its.migration = std::string("7e1f7a52-0000-4000-8000-0000000") + object;
    its.startedAt = world::now() - std::chrono::minutes(3);
    its.mode = "warm";
    return its;
}

}

PlannedEvacuation lyonEmptied()
{
    PlannedEvacuation plan;
    plan.order.site = {"lyon", ObjectKind::Site, {}};
    const auto add = [&plan](ObjectId object, const char *name, const char *to, std::int32_t wave, std::vector<ObjectId> after) {
        Migrate order;
        order.object = object;
        order.toSite = to;
        order.retentionSeconds = 3600;
        order.mode = MoveMode::Warm;
        plan.order.moves.push_back({order, wave, std::move(after)});
        plan.names.emplace(object, name);
        plan.bytes.emplace(object, std::int64_t(3) << 30);
    };
    const ObjectId web {"lyon", ObjectKind::Instance, "i-3"};
    add(web, "web-2", "brest", 0, {});
    add({"lyon", ObjectKind::Instance, "i-1"}, "dossier-patient", "brest", 0, {});
    add({"lyon", ObjectKind::Instance, "i-2"}, "web-1", "dublin", 0, {web});
    add({"lyon", ObjectKind::DataSet, "imagerie"}, "Imagerie médicale", "brest", 1, {{"lyon", ObjectKind::Instance, "i-2"}});
    plan.seconds = 400;
    plan.secondsError = 60;
    plan.transferSeconds = 130;
    plan.leastTransferSeconds = 125;
    return plan;
}

std::vector<Operation> lyonBeingEmptied()
{
    auto whole = world::migration("op-evac", world::instance("lyon", "i-1", "Lyon Confluence", Classification::Open), "");
    whole.kind = "evacuate";
    whole.object = {"lyon", ObjectKind::Site, {}};
    whole.migration.clear();
    whole.phase.clear();
    whole.bytesDone = whole.bytesTotal = whole.bytesOnWire = 0;
    whole.startedAt = world::now() - std::chrono::minutes(4);
    whole.cancellable = true;
    whole.parts = {4, 1, 1, 1, 1, 2};
    auto moved = move("op-e1", "i-3", "web-2", "brest");
    moved.state = OperationState::Done;
    moved.phase = toString(MigrationStep::Released);
    moved.bytesDone = moved.bytesTotal;
    moved.outageMs = 1400;
    moved.cancellable = false;
    auto failed = move("op-e2", "i-1", "dossier-patient", "brest");
    failed.state = OperationState::Failed;
    failed.problem = {Reason::Quota, {{"resource", "vcpus"}, {"limit", "16"}, {"used", "14"}, {"wanted", "8"}}, {}};
    failed.cancellable = false;
    auto ready = move("op-e3", "i-2", "web-1", "dublin");
    ready.passes = {{50'000'000, 1'200'000}, 40'000, 1'200'000, 300, world::now() - std::chrono::minutes(1)};
    ready.cancellable = true;
    return {whole, moved, failed, ready};
}

QString underWay(Stage &stage)
{
    const auto told = lyonBeingEmptied();
    stage.world().federation.keep(evacuation, lyonEmptied());
    stage.world().link("lyon").tell(std::vector<Thing>(told.begin(), told.end()));
    stage.world().settle();
    return QString::fromStdString(evacuation.text());
}

}
