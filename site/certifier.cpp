// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/certifier.h"

#include "site/arrivalsrequest.h"
#include "site/audit.h"

namespace portulan::site {

namespace {
constexpr std::size_t atOnce = 100;
constexpr auto longestPause = std::chrono::hours(1);

/// Whether it may be signed when it is asked for again: also another time's statement, and over a link whose papers have lapsed.
bool maySign(const Problem &problem)
{
    return mayPass(problem) || problem.reason == Reason::NotReady || problem.reason == Reason::Expired || problem.reason == Reason::Cancelled;
}
}

MigrationCertificate beginCertificate(const Context &context, const Departure &departure, const Arrival &arrival)
{
    auto draft = departure.draft;
    const auto classifications = classificationsOf(arrival);
    draft.migration = departure.migration;
    draft.object = departure.order.object;
    draft.name = nameOf(arrival);
    draft.project = departure.order.toProject.empty() ? arrival.project : departure.order.toProject;
    draft.classification = classifications.empty() ? std::string() : std::string(toString(classifications.front()));
    draft.from = ownParty(context);
    draft.orderedBy = departure.requestedBy;
    draft.before = judgementOf(verdictOn(context.policy, arrival));
    return draft;
}

Certifier::Certifier(Context &context, const Patience &patience)
    : m_context(context)
    , m_patience(patience)
{
}

Certifier::~Certifier()
{
    stop();
}

void Certifier::start()
{
    m_looked = true; // what was released before this start
    m_thread = std::thread([this] { watchOver(); });
}

void Certifier::stop()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_stopping = true;
        if (m_link) {
            m_link->cancel();
        }
    }
    m_wake.notify_all();
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

void Certifier::look()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_looked = true;
    }
    m_wake.notify_all();
}

void Certifier::watchOver()
{
    std::unique_lock lock(m_mutex);
    while (!m_stopping) {
        m_looked = false;
        lock.unlock();
        certifyAll();
        recordErasures();
        lock.lock();
        m_wake.wait_for(lock, m_patience.retentionLook, [this] { return m_stopping || m_looked; });
    }
}

void Certifier::certifyAll()
{
    const auto records = m_context.journal.uncertified(atOnce);
    if (!records) {
        return; // asked again at the next look
    }
    for (const auto &record : *records) {
        const auto departure = departureFrom(record);
        auto &next = m_next[record.migration];
        if (!departure || departure->draft.steps.empty() || next.isHopeless || std::chrono::steady_clock::now() < next.at) {
            continue;
        }
        const auto done = certify(*departure);
        if (done) {
            m_next.erase(record.migration);
            continue;
        }
        next.pause = std::clamp<std::chrono::milliseconds>(next.pause * 2, m_patience.firstPause, longestPause);
        next.at = std::chrono::steady_clock::now() + next.pause;
        next.isHopeless = !maySign(done.error());
        m_context.log.problem("migration.uncertified", done.error(), {{"migration", record.migration}});
    }
}

Result<> Certifier::certify(const Departure &departure)
{
    const auto papers = ownPapers(m_context);
    if (!papers) {
        return unexpected(papers.error());
    }
    const auto stated = m_context.journal.statement(departure.migration).and_then([](const std::string &text) { return jwsTextFrom(text); });
    if (stated && stated->signatures.size() == 1) { // whose answer was lost, it may be
        auto done = submit(departure, {departure.migration, stated->payload, stated->signatures.front()}, *papers);
        if (done || done.error().reason != Reason::NotReady) {
            return done;
        }
    }
    return state(departure, *papers).and_then([&](const SourceStatement &statement) { return submit(departure, statement, *papers); });
}

/// As of now, for papers of either site may be younger than the release. Noted before anybody hears it: stated again it is the same.
Result<SourceStatement> Certifier::state(const Departure &departure, const Papers &papers)
{
    auto said = departure.draft;
    said.issuedAt = std::max(m_context.clock(), said.steps.back().at);
    SourceStatement statement {departure.migration, statementOf(said), {}};
    auto ours = signJws(papers.own, statement.payload);
    if (!ours) {
        return unexpected(ours.error());
    }
    statement.signature = *std::move(ours);
    return m_context.journal.putStatement(statement.migration, certificateText(statement.payload, {statement.signature})).map([&statement] {
        return statement;
    });
}

Result<> Certifier::submit(const Departure &departure, const SourceStatement &statement, const Papers &papers)
{
    const auto endpoint = endpointOf(m_context.config, departure.order.toSite, departure.order.toEndpoint);
    auto link = endpoint ? PeerLink::to(m_context.config, departure.order.toSite, *endpoint)
                         : Result<std::unique_ptr<PeerLink>>(unexpected(endpoint.error()));
    if (!link) {
        return unexpected(link.error());
    }
    {
        const std::scoped_lock lock(m_mutex);
        if (m_stopping) {
            return refuse(Reason::Cancelled);
        }
        m_link = std::move(*link);
    }
    v1::CertifyRequest request;
    request.set_migration(statement.migration);
    request.set_payload(statement.payload);
    request.set_protected_header(statement.signature.protectedHeader);
    request.set_signature(statement.signature.signature);
    const auto answer = m_link->certify(request);
    if (!answer) {
        return unexpected(answer.error());
    }
    const auto text = certificateText(statement.payload, {statement.signature, {answer->protected_header(), answer->signature()}});
    // Nothing is kept that somebody else would not accept.
    if (auto checked = checkCertificate(text, papers.authorityPem); !checked) {
        return unexpected(checked.error());
    }
    return m_context.journal.putCertificate(statement.migration, text);
}

void Certifier::recordErasures()
{
    const auto notes = m_context.journal.unrecordedErasures(atOnce);
    for (const auto &note : notes ? *notes : std::vector<ErasureNote>()) {
        auto record = note.isErased ? erasureFrom(note.draft) : Result<ErasureRecord>(unexpected(Problem {}));
        if (!record) {
            continue;
        }
        const auto certificate = m_context.journal.certificate(note.migration);
        const auto jws = certificate ? jwsTextFrom(*certificate) : Result<JwsText>(unexpected(certificate.error()));
        const auto next = m_next.find(note.migration);
        const bool maySay = next == m_next.end() || !next->second.isHopeless;
        if (!jws && maySay && m_context.clock() - record->erasedAt < m_patience.unheard) {
            continue;
        }
        record->certificate = jws ? certificateDigest(*jws) : std::string();
        const auto certified = jws ? statementFrom(jws->payload) : Result<MigrationCertificate>(unexpected(jws.error()));
        record->issuedAt = certified ? certified->issuedAt : Instant {}; // not before what it refers to, though the clock was set back
        if (auto done = recordErasure(*std::move(record)); !done) {
            m_context.log.problem("erasure.unrecorded", done.error(), {{"migration", note.migration}});
        }
    }
}

Result<> Certifier::recordErasure(ErasureRecord record)
{
    const auto papers = ownPapers(m_context);
    if (!papers) {
        return unexpected(papers.error());
    }
    record.issuedAt = std::max({m_context.clock(), record.erasedAt, record.issuedAt});
    const auto payload = statementOf(record);
    const auto ours = signJws(papers->own, payload);
    const auto text = ours ? toText({payload, {*ours}}) : std::string();
    const auto checked = ours ? checkErasure(text, papers->authorityPem) : Result<CheckedErasure>(unexpected(ours.error()));
    if (!checked) {
        return unexpected(checked.error());
    }
    AuditRecord entry;
    entry.actor = "site/" + m_context.config.siteId;
    entry.action = "erasure.record";
    entry.object = record.object.text();
    entry.project = record.project;
    entry.detail = record.migration + ' ' + certificateDigest({payload, {*ours}});
    const auto recorded = m_context.trail ? m_context.trail(std::move(entry)).map([](const AuditRecord &) {}) : Result<>();
    return recorded ? m_context.journal.putErasure(record.migration, text) : recorded;
}

}
