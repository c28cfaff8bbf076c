// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/moverretention.h"

#include "core/erasurerecord.h"
#include "site/audit.h"
#include "site/moverdeparture.h"

#include <algorithm>

namespace portulan::site {

namespace {
constexpr std::size_t atOnce = 1000;

Result<> recordInTrail(const Context &context, const ObjectId &id, const std::string &project, const std::string &migration)
{
    AuditRecord entry;
    entry.actor = "site/" + context.config.siteId;
    entry.action = "retention.erase";
    entry.object = id.text();
    entry.project = project;
    entry.detail = migration;
    return context.trail ? context.trail(std::move(entry)).map([](const AuditRecord &) {}) : Result<>();
}

/// What will be recorded once it is gone.
ErasureRecord draftOf(const Context &context, const Departure &departure, const Common &object, Instant retainedUntil)
{
    const auto &moved = departure.draft;
    ErasureRecord draft;
    draft.migration = departure.migration;
    draft.object = object.id;
    draft.name = object.name;
    draft.project = object.project;
    const auto self = context.broadcast.find({context.config.siteId, ObjectKind::Site, {}});
    draft.site = self && std::holds_alternative<Site>(*self) ? partyOf(std::get<Site>(*self)) : moved.from;
    draft.method = context.driver.facts().erasure;
    draft.gateway = "portulan-site " PORTULAN_VERSION;
    draft.disks = moved.disks;
    draft.whole = moved.whole;
    draft.diskCount = moved.diskCount;
    // Before Released the end it has may not be what the certificate will say (Job::release).
    draft.retainedUntil = departure.step == MigrationStep::Released ? moved.retainedUntil : retainedUntil;
    draft.begunAt = std::max(context.clock(), draft.retainedUntil);
    return draft;
}

/// Whether it may begin: the trail and the journal know of it.
bool mayErase(Context &context, const Common &object, Instant retainedUntil)
{
    const auto record = context.journal.departureOf(object.id.text());
    if (!record) {
        return false;
    }
    const auto departure = *record ? departureFrom(**record) : Result<Departure>(Departure {});
    if (!departure) {
        context.log.problem("retention.unknown", departure.error(), {{"object_id", object.id.id}});
        return false;
    }
    const auto noted = context.journal.erasing(departure->migration);
    if (!noted || *noted) {
        return noted.has_value(); // begun before a crash
    }
    if (auto recorded = recordInTrail(context, object.id, object.project, departure->migration); !recorded) {
        return false;
    }
    // Moved by a journal that is lost, or before there were certificates: nothing a record could refer to.
    return departure->draft.whole.empty()
        || context.journal.noteErasing(departure->migration, statementOf(draftOf(context, *departure, object, retainedUntil)));
}

template <typename T>
void eraseAll(Context &context, const ClockWatch &watch, ObjectKind kind, std::optional<Instant> &next)
{
    const auto now = watch.at(); // whatever the clock does meanwhile
    for (const auto &thing : context.broadcast.all(kind)) {
        const auto *object = std::get_if<T>(&thing);
        if (!object || object->custody != Custody::Retained) {
            continue;
        }
        if (const auto end = watch.endOf(object->id, object->retainedUntil); end > now) {
            next = next ? std::min(*next, end) : end;
            continue;
        }
        if constexpr (std::is_same_v<T, Volume>) {
            if (!object->instanceId.empty() && context.broadcast.find({object->id.site, ObjectKind::Instance, object->instanceId})) {
                continue; // goes with its instance
            }
        }
        // Asked again, not from what was announced: between the two it may have changed hands.
        const auto found = context.driver.find(object->id);
        const auto *present = found ? std::get_if<T>(&*found) : nullptr;
        if (present && present->custody == Custody::Retained && watch.endOf(object->id, present->retainedUntil) <= now
            && mayErase(context, *present, present->retainedUntil)) {
            (void)context.driver.erase(object->id);
        }
    }
}

/// What was noted and is gone was erased since: now, or before a crash.
bool noteErased(Context &context)
{
    bool erased = false;
    const auto notes = context.journal.unrecordedErasures(atOnce);
    for (const auto &note : notes ? *notes : std::vector<ErasureNote>()) {
        auto draft = note.isErased ? Result<ErasureRecord>(tl::unexpected(Problem {})) : erasureFrom(note.draft);
        if (!draft) {
            continue;
        }
        const auto found = context.driver.find(draft->object);
        if (found || found.error().reason != Reason::NotFound) {
            continue;
        }
        draft->erasedAt = std::max(context.clock(), draft->begunAt);
        erased = context.journal.noteErased(note.migration, statementOf(*draft)).has_value() || erased;
    }
    return erased;
}
}

Retention eraseExpired(Context &context, const ClockWatch &watch)
{
    Retention retention;
    eraseAll<Instance>(context, watch, ObjectKind::Instance, retention.next);
    eraseAll<Volume>(context, watch, ObjectKind::Volume, retention.next);
    eraseAll<Image>(context, watch, ObjectKind::Image, retention.next);
    eraseAll<DataSet>(context, watch, ObjectKind::DataSet, retention.next);
    retention.erased = noteErased(context);
    return retention;
}

Instant endedRetention(const Context &context, const std::string &migration, Instant otherwise)
{
    const auto noted = context.journal.erasing(migration);
    const auto draft = noted && *noted ? erasureFrom((*noted)->draft) : Result<ErasureRecord>(tl::unexpected(Problem {}));
    return draft ? draft->retainedUntil : otherwise;
}

}
