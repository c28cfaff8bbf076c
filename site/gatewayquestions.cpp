// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Questions that are more than one object: lists, samples, the console, verdicts, plans, the trail.
#include "site/gateway.h"

#include "core/query.h"
#include "site/mover.h"
#include "site/paging.h"

namespace portulan::site {

namespace {

constexpr int defaultConsoleBytes = 64 << 10;
constexpr int maxConsoleBytes = 1 << 20;
constexpr std::size_t messageBytes = 3 << 20; // of a page, below the 4 MiB limit

Target wholeSite(const std::string &site)
{
    return {{site, ObjectKind::Site, {}}, {}, true};
}

/// Those of the things that match a query, in their order.
Result<std::vector<Broadcast::Shared>> filtered(
    std::vector<Broadcast::Shared> things, const std::string &text, const Broadcast &broadcast, ObjectKind kind)
{
    const auto query = Query::parse(text);
    if (!query) {
        return tl::unexpected(query.error());
    }
    if (kind == ObjectKind::Project || kind == ObjectKind::Operation || kind == ObjectKind::Alert) {
        return refuse(Reason::InvalidArgument, {{"field", "filter"}, {"value", text.substr(0, 128)}, {"expected", "none for this list"}});
    }
    Inventory inventory; // of what the caller sees, and what the query may lean on
    for (const ObjectKind context : {ObjectKind::Site, ObjectKind::Project}) {
        for (const auto &change : broadcast.shared(context)) {
            inventory.apply(change->thing);
        }
    }
    for (const auto &change : things) {
        inventory.apply(change->thing);
    }
    std::erase_if(things, [&](const Broadcast::Shared &change) {
        const Slot slot = inventory.find(idOf(change->thing));
        return slot == noSlot || !query->matches(inventory, inventory.rows(kind)[slot]);
    });
    return things;
}

v1::AuditEntry toMessage(const AuditRecord &record)
{
    v1::AuditEntry entry;
    entry.set_sequence(record.sequence);
    *entry.mutable_at() = wire::toWire(record.at);
    entry.set_actor(record.actor);
    entry.set_role(record.role);
    entry.set_action(record.action);
    entry.set_object(record.object);
    entry.set_project(record.project);
    entry.set_outcome(record.allowed ? "allowed" : "refused");
    if (!record.allowed) {
        *entry.mutable_problem() = wire::toWire(record.problem);
    }
    entry.set_request_id(record.requestId);
    entry.set_detail(record.detail);
    entry.set_prev_hash(record.previousHash);
    entry.set_hash(record.hash);
    return entry;
}

v1::MigrationPlan toMessage(const Assessment &assessment)
{
    v1::MigrationPlan plan;
    for (const auto &blocker : assessment.blockers) {
        *plan.add_blockers() = wire::toWire(blocker);
    }
    for (const auto &warning : assessment.warnings) {
        *plan.add_warnings() = wire::toWire(warning);
    }
    *plan.mutable_verdict() = wire::toWire(assessment.verdict);
    plan.set_bytes(assessment.bytes);
    plan.set_disk_bytes(assessment.diskBytes);
    plan.set_seconds(assessment.seconds);
    plan.set_seconds_error(assessment.secondsError);
    plan.set_outage_seconds(assessment.outageSeconds);
    plan.set_outage_seconds_error(assessment.outageSecondsError);
    plan.set_learned_from(assessment.learnedFrom);
    for (const auto &step : assessment.steps) {
        plan.add_steps(step);
    }
    plan.set_link_bytes_per_second(assessment.linkBytesPerSecond);
    return plan;
}

}

Gateway::Reactor *Gateway::list(Call *call, const v1::ListRequest *request, v1::ListResponse *response, ObjectKind kind)
{
    return m_calls.serve<v1::ListResponse>(call, response, [this, kind, asked = *request](const std::string &who) -> Result<v1::ListResponse> {
        const auto role = m_admission.authorise(who, "read", wholeSite(site()));
        if (!role) {
            return tl::unexpected(role.error());
        }
        if (!asked.parent().empty() && asked.parent() != "sites/" + site()) {
            return refuse(Reason::NotFound, {{"id", asked.parent().substr(0, 128)}});
        }
        const std::string question = std::string(toString(kind)) + '\n' + asked.filter();
        const auto page = pageOf(asked.page_size(), asked.page_token(), question);
        if (!page) {
            return tl::unexpected(page.error());
        }
        auto things = m_context.broadcast.shared(kind);
        if (const auto sight = m_admission.sightOf(who); !sight.everything) {
            std::erase_if(things, [&](const auto &change) { return !sight.sees(change->project); });
        }
        if (!asked.filter().empty()) {
            auto matching = filtered(std::move(things), asked.filter(), m_context.broadcast, kind);
            if (!matching) {
                return tl::unexpected(matching.error());
            }
            things = std::move(*matching);
        }
        v1::ListResponse answer;
        answer.set_total_size(static_cast<int>(things.size()));
        auto at = std::ranges::upper_bound(things, page->after, {}, [](const auto &change) { return idOf(change->thing).id; });
        std::size_t bytes = 0;
        for (; at != things.end() && answer.items_size() < static_cast<int>(page->size) && bytes < messageBytes; ++at) {
            auto *item = answer.add_items();
            *item = wire::toWire(Change {0, (*at)->thing});
            bytes += item->ByteSizeLong();
        }
        if (at != things.end()) {
            answer.set_next_page_token(tokenAfter(idOf((*std::prev(at))->thing).id, question));
        }
        return answer;
    });
}

Gateway::Reactor *Gateway::ListCapacitySamples(Call *call, const v1::ListCapacitySamplesRequest *request, v1::ListCapacitySamplesResponse *response)
{
    return m_calls.serve<v1::ListCapacitySamplesResponse>(
        call, response, [this, asked = *request](const std::string &who) -> Result<v1::ListCapacitySamplesResponse> {
            const auto role = m_admission.authorise(who, "read", wholeSite(site()));
            if (!role) {
                return tl::unexpected(role.error());
            }
            const auto from = asked.has_from() ? wire::fromWire(asked.from()) : Result<Instant>(Instant {});
            const auto to = asked.has_to() ? wire::fromWire(asked.to()) : Result<Instant>(Instant::max());
            const auto page = pageOf(asked.page_size(), asked.page_token(), "samples");
            if (!from || !to || !page) {
                return tl::unexpected(!from ? from.error() : !to ? to.error() : page.error());
            }
            Instant begin = *from;
            if (!page->after.empty()) {
                const auto last = instantFrom(page->after);
                if (!last) {
                    return refuse(Reason::InvalidArgument, {{"field", "page_token"}, {"expected", "the next_page_token of the same question"}});
                }
                begin = std::max(begin, *last + std::chrono::milliseconds(1));
            }
            const auto samples = m_context.journal.samples(begin, *to, page->size);
            if (!samples) {
                return tl::unexpected(samples.error());
            }
            v1::ListCapacitySamplesResponse answer;
            for (const auto &sample : *samples) {
                *answer.add_samples() = wire::toWire(sample);
            }
            if (samples->size() == page->size) {
                answer.set_next_page_token(tokenAfter(toRfc3339(samples->back().at), "samples"));
            }
            return answer;
        });
}

Gateway::Reactor *Gateway::GetConsoleOutput(Call *call, const v1::GetConsoleOutputRequest *request, v1::ConsoleOutput *response)
{
    return m_calls.serve<v1::ConsoleOutput>(call, response, [this, asked = *request](const std::string &who) -> Result<v1::ConsoleOutput> {
        const auto instance = permitted(who, "console.read", asked.name());
        if (!instance) {
            return tl::unexpected(instance.error());
        }
        const int wanted = asked.max_bytes() == 0 ? defaultConsoleBytes : asked.max_bytes();
        if (wanted < 0) {
            return refuse(Reason::InvalidArgument, {{"field", "max_bytes"}, {"value", std::to_string(wanted)}, {"expected", "0 to 1048576"}});
        }
        return m_context.driver.consoleOutput(*instance, static_cast<std::size_t>(std::min(wanted, maxConsoleBytes))).map([](const auto &tail) {
            v1::ConsoleOutput output;
            output.set_content(tail.first);
            output.set_offset(tail.second);
            return output;
        });
    });
}

Gateway::Reactor *Gateway::Judge(Call *call, const v1::JudgeRequest *request, v1::Verdict *response)
{
    return m_calls.serve<v1::Verdict>(call, response, [this, asked = *request](const std::string &who) -> Result<v1::Verdict> {
        auto classification = classificationFrom(asked.classification());
        std::string project = asked.project();
        if (!classification) {
            return tl::unexpected(classification.error());
        }
        if (asked.object().empty()) {
            const auto role = m_admission.authorise(who, "read", {{site(), ObjectKind::Project, project}, project, true});
            if (!role) {
                return tl::unexpected(role.error());
            }
            return wire::toWire(m_context.policy.judge(*classification, project));
        }
        const auto object = permitted(who, "read", asked.object());
        if (!object) {
            return tl::unexpected(object.error());
        }
        const auto thing = m_context.broadcast.find(*object);
        std::visit(
            [&](const auto &it) {
                using T = std::decay_t<decltype(it)>;
                if constexpr (std::is_same_v<T, Instance> || std::is_same_v<T, Volume> || std::is_same_v<T, DataSet>) {
                    classification = it.classification;
                }
            },
            thing.value_or(Thing(Vanished {*object})));
        return wire::toWire(m_context.policy.judge(*classification, thing ? projectOf(*thing) : project));
    });
}

Gateway::Reactor *Gateway::PlanMigration(Call *call, const v1::MigrateRequest *request, v1::MigrationPlan *response)
{
    v1::MigrateRequest asked = *request;
    if (asked.header().request_id().empty()) { // changes nothing, so that it needs none
        asked.mutable_header()->set_request_id("00000000-0000-4000-8000-000000000000");
    }
    auto wanted = wire::fromWire(asked, site());
    return m_calls.serve<v1::MigrationPlan>(call, response, [this, wanted = std::move(wanted)](const std::string &who) -> Result<v1::MigrationPlan> {
        if (!wanted) {
            return tl::unexpected(wanted.error());
        }
        const auto &order = std::get<portulan::Migrate>(wanted->order);
        const Target target = m_admission.targetOf(order.object);
        const auto role = m_admission.authorise(who, "read", target);
        if (!role) {
            return tl::unexpected(role.error());
        }
        if (!m_mover) {
            return refuse(Reason::Unsupported, {{"what", "migrate"}});
        }
        return toMessage(m_mover->assess(order, who));
    });
}

Gateway::Reactor *Gateway::GetMigrationCertificate(Call *call, const v1::GetRequest *request, v1::MigrationCertificate *response)
{
    return m_calls.serve<v1::MigrationCertificate>(
        call, response, [this, name = request->name()](const std::string &who) -> Result<v1::MigrationCertificate> {
            const auto id = permitted(who, "read", name);
            const auto thing = id ? m_context.broadcast.find(*id) : std::nullopt;
            const auto *operation = thing ? std::get_if<Operation>(&*thing) : nullptr;
            if (!operation || operation->migration.empty()) {
                return id ? refuse(Reason::NotFound, {{"id", id->text()}}, "not a migration")
                          : Result<v1::MigrationCertificate>(tl::unexpected(id.error()));
            }
            const auto text = m_context.journal.certificate(operation->migration);
            if (!text) {
                return text.error().reason == Reason::NotFound
                    ? refuse(Reason::NotReady, {{"id", id->text()}, {"state", operation->phase}}, "no certificate yet")
                    : Result<v1::MigrationCertificate>(tl::unexpected(text.error()));
            }
            v1::MigrationCertificate certificate;
            certificate.set_text(*text);
            certificate.set_erasure(m_context.journal.erasure(operation->migration).value_or(std::string()));
            return certificate;
        });
}

Gateway::Reactor *Gateway::ListAuditEntries(Call *call, const v1::ListAuditEntriesRequest *request, v1::ListAuditEntriesResponse *response)
{
    return m_calls.serve<v1::ListAuditEntriesResponse>(
        call, response, [this, asked = *request](const std::string &who) -> Result<v1::ListAuditEntriesResponse> {
            const auto role = m_admission.authorise(who, "audit.read", wholeSite(site()));
            if (!role) {
                return tl::unexpected(role.error());
            }
            m_admission.recordCounted(true);
            const std::string question = "audit\n" + asked.object() + (asked.newest_first() ? "\nnewest" : "");
            const auto page = pageOf(asked.page_size(), asked.page_token(), question);
            if (!page) {
                return tl::unexpected(page.error());
            }
            // Entries speak of objects as SITE/KIND/ID; whoever asks may also use the resource name.
            const auto named = ObjectId::fromResourceName(asked.object());
            const std::string object = named ? named->text() : asked.object();
            const auto from = page->after.empty() ? 0 : std::strtoull(page->after.c_str(), nullptr, 10);
            const auto records = m_audit.entries(from, page->size, object, asked.newest_first());
            if (!records) {
                return tl::unexpected(records.error());
            }
            v1::ListAuditEntriesResponse answer;
            for (const auto &record : *records) {
                *answer.add_entries() = toMessage(record);
            }
            if (records->size() == page->size && !(asked.newest_first() && records->back().sequence == 1)) {
                answer.set_next_page_token(tokenAfter(std::to_string(records->back().sequence), question));
            }
            return answer;
        });
}

Gateway::Reactor *Gateway::VerifyAudit(Call *call, const google::protobuf::Empty *, v1::AuditVerification *response)
{
    return m_calls.serve<v1::AuditVerification>(call, response, [this](const std::string &who) -> Result<v1::AuditVerification> {
        const auto role = m_admission.authorise(who, "audit.read", wholeSite(site()));
        if (!role) {
            return tl::unexpected(role.error());
        }
        m_admission.recordCounted(true);
        return m_audit.verify().map([](const Audit::Verification &verified) {
            v1::AuditVerification answer;
            answer.set_intact(verified.intact);
            answer.set_entries(verified.entries);
            answer.set_first_broken(verified.firstBroken);
            answer.set_reason(verified.reason);
            answer.set_head_hash(verified.headHash);
            return answer;
        });
    });
}

}
