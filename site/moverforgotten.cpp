// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/moverforgotten.h"

#include "site/arrivalsincoming.h"
#include "site/moverdeparture.h"

#include <set>

namespace portulan::site {

using enum MigrationStep;

namespace {

const Problem restarted {Reason::Internal, {{"cause", "restarted"}}, "the gateway stopped before this could begin"};

/// An operation that is over without having been told, or nothing if its record is still open.
void end(Context &context, const Operation &operation, const std::optional<MigrationRecord> &record, const ObjectId &arrived, const Problem &why)
{
    if (record && record->step != Released && record->step != Aborted) {
        return;
    }
    const auto running = context.operations.resume(operation);
    if (record && record->step == Released) {
        running->succeed(arrived.id.empty() ? operation.object : arrived);
    } else {
        running->fail(why);
    }
}

template <typename T>
void release(Context &context, ObjectKind kind, const std::set<ObjectId> &moving)
{
    for (const auto &thing : context.broadcast.all(kind)) {
        const auto *object = std::get_if<T>(&thing);
        bool theirs = !object || object->custody != Custody::Leaving || moving.contains(object->id);
        if constexpr (std::is_same_v<T, Volume>) {
            theirs = theirs || !object->instanceId.empty(); // goes with its instance
        }
        if (theirs) {
            continue;
        }
        const auto back = context.driver.setCustody(object->id, Custody::Owner, {}, {});
        if constexpr (std::is_same_v<T, Instance>) {
            if (back && object->state == PowerState::Paused) { // half-way through a live one
                (void)context.driver.resume(object->id);
            }
        }
        context.log.problem("custody.forgotten",
            back ? Problem {Reason::Internal, {{"cause", "restarted"}}, "its move is not in the journal"} : back.error(),
            {{"object_id", object->id.id}});
    }
}

}

void endForgotten(Context &context, const std::vector<Operation> &operations)
{
    for (const auto &operation : operations) {
        if (operation.kind != "migrate" || isOver(operation.state)) {
            continue;
        }
        const auto record
            = operation.migration.empty() ? Result<std::optional<MigrationRecord>>() : context.journal.migration(operation.migration, true);
        if (!record) {
            continue; // read at the next start
        }
        const auto departure = *record ? departureFrom(**record) : Result<Departure>();
        end(context, operation, *record, departure ? departure->arrived : ObjectId {},
            departure && departure->aborting ? *departure->aborting : restarted);
    }
}

Result<> endForgottenArrivals(Context &context)
{
    const auto operations = context.journal.operations();
    if (!operations) {
        return tl::unexpected(operations.error());
    }
    for (const auto &operation : *operations) {
        if (operation.kind != "migrate.incoming" || isOver(operation.state)) {
            continue;
        }
        const auto record = context.journal.migration(operation.migration, false);
        if (!record) {
            return tl::unexpected(record.error());
        }
        const auto notes = *record ? notesFrom((*record)->payload) : IncomingNotes {};
        end(context, operation, *record, notes.received.object, {Reason::Cancelled, {{"site", operation.fromSite}}, "the source gave it up"});
    }
    return {};
}

void releaseForgotten(Context &context, const std::vector<MigrationRecord> &open)
{
    std::set<ObjectId> moving;
    for (const auto &record : open) {
        if (const auto departure = record.isSource ? departureFrom(record) : Result<Departure>(tl::unexpected(Problem {}))) {
            moving.insert(departure->order.object);
        }
    }
    release<Instance>(context, ObjectKind::Instance, moving);
    release<Volume>(context, ObjectKind::Volume, moving);
    release<Image>(context, ObjectKind::Image, moving);
    release<DataSet>(context, ObjectKind::DataSet, moving);
}

bool isFencedFor(Context &context, const std::string &object, const std::string &destination)
{
    const auto id = ObjectId::fromResourceName(object);
    if (!id || id->site != context.config.siteId) {
        return false;
    }
    const auto explained = context.journal.knowsDeparture(id->text());
    if (!explained || *explained) {
        return false;
    }
    const auto found = context.driver.find(*id);
    return found
        && std::visit(
            [&](const auto &thing) {
                if constexpr (requires { thing.movedTo; }) {
                    return thing.custody == Custody::Retained && thing.movedTo == destination;
                } else {
                    return false;
                }
            },
            *found);
}

}
