// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/certifier.h"

#include "site/arrivalsincoming.h"
#include "site/arrivalsrequest.h"
#include "site/audit.h"
#include "site/tls.h"

namespace portulan::site {

using enum MigrationStep;

namespace {
constexpr std::size_t atOnce = 100;
constexpr std::size_t maxPayload = 3 << 20;
constexpr auto longestPause = std::chrono::hours(1);

Result<> kept(Context &context, const SourceStatement &statement, const JwsSignature &destination)
{
    return context.journal.putCertificate(statement.migration, certificateText(statement.payload, {statement.signature, destination}));
}

/// What is wrong with this site's own key is not the other's fault, and may be mended while the gateway runs.
Result<Papers> ownPapers(const Context &context)
{
    auto papers = readPapers(context.config, context.clock());
    return papers ? std::move(papers) : refuse(Reason::Internal, {{"what", "credentials"}}, describe(papers.error()));
}

std::optional<Site> selfOf(const Context &context)
{
    const auto thing = context.broadcast.find({context.config.siteId, ObjectKind::Site, {}});
    const auto *site = thing ? std::get_if<Site>(&*thing) : nullptr;
    return site ? std::optional(*site) : std::nullopt;
}

/// Where the statement differs from what this destination knows; empty if nowhere.
std::string differenceOf(const MigrationCertificate &said, const IncomingNotes &notes, const SourceStatement &statement, const std::string &self)
{
    if (said.migration != statement.migration || said.from.site != notes.source || said.to.site != self) {
        return "parties";
    }
    if (said.arrived != notes.received.object) {
        return "object";
    }
    if (said.whole != notes.whole || said.diskCount != notes.disks) {
        return "digests";
    }
    if (said.memory != notes.memory) {
        return "memory";
    }
    return said.after == notes.after ? std::string() : "verdict";
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
    if (const auto self = selfOf(context)) {
        draft.from = partyOf(*self);
    }
    draft.orderedBy = departure.requestedBy;
    draft.before = judgementOf(verdictOn(context.policy, arrival));
    return draft;
}

Result<JwsSignature> countersign(Context &context, const std::string &source, const SourceStatement &statement)
{
    const auto record = context.journal.migration(statement.migration, false);
    if (!record) {
        return unexpected(record.error());
    }
    const auto notes = *record ? notesFrom((*record)->payload) : IncomingNotes {};
    if (notes.source != source) {
        return refuse(Reason::NotFound, {{"id", statement.migration}, {"migration", statement.migration}});
    }
    if ((*record)->step != Released) {
        return refuse(Reason::NotReady, {{"state", std::string(toString((*record)->step))}});
    }
    const auto said = statement.payload.size() > maxPayload ? Result<MigrationCertificate>(refuse(Reason::TooLarge, {{"what", "statement"}}))
                                                            : statementFrom(statement.payload);
    if (!said) {
        return unexpected(said.error());
    }
    if (const auto difference = differenceOf(*said, notes, statement, context.config.siteId); !difference.empty()) {
        return refuse(Reason::Conflict, {{"migration", statement.migration}, {"what", difference}}, "the source states otherwise than happened here");
    }
    const auto papers = ownPapers(context);
    if (!papers) {
        return unexpected(papers.error());
    }
    const auto signer = verifyJws(statement.payload, statement.signature, papers->authorityPem, context.clock());
    if (!signer || signer->certificate.identity != "site/" + source) {
        return signer ? refuse(Reason::Untrusted, {{"what", "signer"}}) : Result<JwsSignature>(unexpected(signer.error()));
    }
    const auto ours = signJws(papers->own, statement.payload);
    if (!ours) {
        return ours;
    }
    // Signed before, with the answer lost: the certificate that is kept is the one that counts, and it says the same.
    const auto noted = kept(context, statement, *ours);
    return noted || noted.error().reason == Reason::Conflict ? ours : Result<JwsSignature>(unexpected(noted.error()));
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
        next.isHopeless = !mayPass(done.error()) && done.error().reason != Reason::NotReady && done.error().reason != Reason::Cancelled;
        m_context.log.problem("migration.uncertified", done.error(), {{"migration", record.migration}});
    }
}

Result<> Certifier::certify(const Departure &departure)
{
    const auto papers = ownPapers(m_context);
    if (!papers) {
        return unexpected(papers.error());
    }
    SourceStatement statement {departure.migration, statementOf(departure.draft), {}};
    const auto ours = signJws(papers->own, statement.payload);
    const auto endpoint = endpointOf(m_context.config, departure.order.toSite, departure.order.toEndpoint);
    if (!ours || !endpoint) {
        return unexpected(ours ? endpoint.error() : ours.error());
    }
    statement.signature = *ours;
    auto link = PeerLink::to(m_context.config, departure.order.toSite, *endpoint);
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
    request.set_protected_header(ours->protectedHeader);
    request.set_signature(ours->signature);
    const auto answer = m_link->certify(request);
    if (!answer) {
        return unexpected(answer.error());
    }
    const JwsSignature theirs {answer->protected_header(), answer->signature()};
    // Nothing is kept that somebody else would not accept.
    if (auto checked = checkCertificate(certificateText(statement.payload, {*ours, theirs}), papers->authorityPem); !checked) {
        return unexpected(checked.error());
    }
    return kept(m_context, statement, theirs);
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
    record.issuedAt = std::max(m_context.clock(), record.erasedAt);
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
