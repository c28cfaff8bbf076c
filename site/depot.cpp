// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/depot.h"

#include "core/manifest.h"

namespace portulan::site {

namespace {

/// For work that is part of a call, not an operation.
class Unseen final : public Progress {
public:
    void phase(std::string_view) override { }
    void bytes(std::int64_t, std::int64_t) override { }
    void log(std::string_view) override { }
    bool isCancelled() const override { return false; }
};

}

Delivery::Delivery(std::unique_ptr<Upload> upload, std::shared_ptr<Running> running, std::int64_t limitBytes)
    : m_upload(std::move(upload))
    , m_running(std::move(running))
    , m_limit(limitBytes)
{
}

Delivery::~Delivery()
{
    m_upload.reset(); // first the bytes, then the word that it failed
    if (m_running) {
        m_running->fail({Reason::Cancelled, {{"cause", "broken"}}, "the call ended before the file did"});
    }
}

void Delivery::expect(std::int64_t bytes, std::string sha256)
{
    m_expectedBytes = bytes;
    m_expectedSha256 = std::move(sha256);
}

Result<> Delivery::write(std::span<const std::byte> bytes)
{
    const auto after = m_bytes + static_cast<std::int64_t>(bytes.size());
    const auto limit = m_expectedBytes > 0 ? std::min(m_limit, m_expectedBytes) : m_limit;
    if (after > limit) {
        return refuse(Reason::TooLarge, {{"what", "file"}, {"limit", std::to_string(limit)}, {"size", std::to_string(after)}});
    }
    if (m_running && m_running->isCancelled()) {
        return refuse(Reason::Cancelled);
    }
    if (auto written = m_upload->write(bytes); !written) {
        return written;
    }
    m_digest.add(bytes);
    m_bytes = after;
    if (m_running) {
        m_running->bytes(m_bytes, m_expectedBytes);
    }
    return {};
}

Result<> Delivery::check()
{
    m_sha256 = toHex(m_digest.end());
    if (m_expectedBytes > 0 && m_bytes != m_expectedBytes) {
        return refuse(Reason::Integrity,
            {{"where", "file"}, {"expected", std::to_string(m_expectedBytes) + " bytes"}, {"found", std::to_string(m_bytes) + " bytes"}});
    }
    if (!m_expectedSha256.empty() && m_sha256 != m_expectedSha256) {
        return refuse(Reason::Integrity, {{"where", "file"}, {"expected", m_expectedSha256}, {"found", m_sha256}});
    }
    return {};
}

Result<> Delivery::commit()
{
    Unseen unseen;
    Result<ObjectId> made = check().and_then([&] { return m_upload->commit(m_running ? static_cast<Progress &>(*m_running) : unseen); });
    m_upload.reset();
    if (m_running) {
        if (made) {
            m_running->succeed(*made);
        } else {
            m_running->fail(made.error());
        }
    }
    return made.map([](const ObjectId &) {});
}

std::optional<Operation> Delivery::operation() const
{
    return m_running ? std::optional(m_running->operation()) : std::nullopt;
}

Depot::Depot(Context &context, Admission &admission, Orders &orders)
    : m_context(context)
    , m_admission(admission)
    , m_orders(orders)
{
}

Result<Role> Depot::admit(const Ask &ask, std::optional<Classification> classification)
{
    auto role = m_admission.authorise(ask.who, ask.action, ask.target);
    if (role && classification) {
        if (const auto verdict = m_context.policy.demand(*classification, ask.target.project); !verdict) {
            role = tl::unexpected(verdict.error());
        }
    }
    return role;
}

template <typename Way>
Result<std::unique_ptr<Way>> Depot::recorded(const Ask &ask, Role role, Result<std::unique_ptr<Way>> opened)
{
    if (!opened) {
        return m_admission.refused(ask, opened.error());
    }
    if (const auto allowed = m_admission.allow(ask, role); !allowed) {
        return tl::unexpected(allowed.error());
    }
    return opened;
}

Result<Depot::Opened> Depot::openImport(const std::string &who, const Request &header, const ImportSpec &spec)
{
    const std::string &site = m_context.config.siteId;
    const ObjectId proposed {site, spec.kind, spec.id};
    const Ask ask {who, std::string(toString(spec.kind)) + ".import", {{site, spec.kind, {}}, spec.project, true}, proposed, header.requestId,
        spec.name + ", " + std::to_string(spec.fileBytes) + " B"};
    if (const auto earlier = m_orders.earlier(who, header.requestId); !earlier) {
        return tl::unexpected(earlier.error());
    } else if (*earlier && !header.validateOnly) {
        return m_admission.authorise(who, ask.action, {{}, (*earlier)->project, true}).map([&](Role) { return Opened {nullptr, **earlier}; });
    }
    Operation draft;
    draft.kind = ask.action;
    draft.project = spec.project;
    draft.object = proposed;
    draft.objectName = spec.name;
    draft.requestedBy = who;
    draft.requestId = header.requestId;
    draft.cancellable = true;
    auto role = admit(ask, spec.kind == ObjectKind::Volume ? std::optional(spec.classification) : std::nullopt);
    if (role && !m_context.broadcast.find({site, ObjectKind::Project, spec.project})) {
        role = refuse(Reason::NotFound, {{"id", site + "/project/" + spec.project}});
    }
    if (role && spec.fileBytes > m_context.config.uploadLimitBytes) {
        role = refuse(Reason::TooLarge,
            {{"what", "file"}, {"limit", std::to_string(m_context.config.uploadLimitBytes)}, {"size", std::to_string(spec.fileBytes)}});
    }
    if (header.validateOnly) {
        draft.id = {site, ObjectKind::Operation, "validated"};
        draft.state = OperationState::Done;
        draft.phase = "validated";
        draft.startedAt = draft.changedAt = draft.endedAt = m_context.clock();
        return role.map([&](Role) { return Opened {nullptr, draft}; });
    }
    if (!role) {
        return m_admission.refused(ask, role.error());
    }
    // An upload dropped before its first byte leaves nothing, so that the trail need not speak of one that could not begin.
    auto upload = m_context.driver.beginImport(spec);
    if (!upload) {
        return m_admission.refused(ask, upload.error());
    }
    auto ticket = m_context.operations.begin(std::move(draft));
    if (!ticket) {
        return tl::unexpected(ticket.error());
    }
    if (!ticket->running) {
        return Opened {nullptr, std::move(ticket->earlier)};
    }
    if (const auto allowed = m_admission.allow(ask, *role); !allowed) {
        ticket->running->fail(allowed.error());
        return tl::unexpected(allowed.error());
    }
    auto delivery = std::make_unique<Delivery>(std::move(*upload), std::move(ticket->running), m_context.config.uploadLimitBytes);
    delivery->expect(spec.fileBytes, spec.sha256);
    return Opened {std::move(delivery), std::nullopt};
}

Result<std::unique_ptr<Delivery>> Depot::openPut(
    const std::string &who, const std::string &requestId, const DataObject &object, const ObjectId &dataSet)
{
    const Ask ask {who, "dataset.object.put", m_admission.targetOf(dataSet), dataSet, requestId, object.key};
    const auto thing = m_context.broadcast.find(dataSet);
    const auto *known = thing ? std::get_if<DataSet>(&*thing) : nullptr;
    const auto role = admit(ask, known ? std::optional(known->classification) : std::nullopt);
    if (!role) {
        return m_admission.refused(ask, role.error());
    }
    return recorded(ask, *role, m_context.driver.beginPut(dataSet, object.key, object.sha256)).map([&](std::unique_ptr<Upload> upload) {
        auto delivery = std::make_unique<Delivery>(std::move(upload), nullptr, m_context.config.uploadLimitBytes);
        delivery->expect(object.size, object.sha256);
        return delivery;
    });
}

Result<std::unique_ptr<Download>> Depot::openExport(const std::string &who, const ObjectId &object, const std::string &format, Progress &progress)
{
    const Ask ask {who, std::string(toString(object.kind)) + ".export", m_admission.targetOf(object), object, {}, format};
    const auto role = admit(ask, std::nullopt);
    if (!role) {
        return m_admission.refused(ask, role.error());
    }
    return recorded(ask, *role, m_context.driver.beginExport(object, format, progress)); // data leaves: the trail says who took it
}

Result<std::unique_ptr<Download>> Depot::openGet(const std::string &who, const ObjectId &dataSet, const std::string &key)
{
    const Ask ask {who, "dataset.object.get", m_admission.targetOf(dataSet), dataSet, {}, key};
    const auto role = admit(ask, std::nullopt);
    if (!role) {
        return m_admission.refused(ask, role.error());
    }
    return recorded(ask, *role, m_context.driver.beginGet(dataSet, key));
}

}
