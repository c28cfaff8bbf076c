// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/countersign.h"

#include "site/arrivalsincoming.h"
#include "site/arrivalsrequest.h"
#include "site/clockwatch.h"

#include <array>

namespace portulan::site {

using enum MigrationStep;

namespace {
constexpr std::size_t maxPayload = 3 << 20;

/// Whether the source's moments fit those noted here. It reached each of these steps after this site had, and committed before it.
bool isInTime(const MigrationCertificate &said, const TakenOver &taken)
{
    return said.when(Verified) >= taken.verifiedAt - clocksApart && said.when(Committed) <= taken.activatedAt + clocksApart
        && said.when(MigrationStep::Activated) >= taken.activatedAt - clocksApart;
}

/// Of a machine that was started from its disks; whether one whose memory travelled had been running is its source's to say.
bool ranOtherwise(const MigrationCertificate &said, const IncomingNotes &notes)
{
    return said.arrived.kind == ObjectKind::Instance && notes.memory.empty() && said.ran != notes.start;
}

/// Where the statement differs from what this destination knows; empty if nowhere. What only the source can know is its word alone: its own name and
/// operator, the mode and the passes, the steps before there was anything here to verify, the bytes that were sent, the verdict before, and until when
/// its copy is kept.
std::string_view differenceOf(const Context &context, const MigrationCertificate &said, const IncomingNotes &notes, const std::string &migration)
{
    const auto &taken = notes.taken;
    const bool isKnown = !taken.object.id.empty();
    const bool isUs = said.to.site == context.config.siteId && (said.to == ownParty(context) || (isKnown && said.to == taken.to));
    const bool areNamed = taken.named.empty() || wholeOf(said.disks) == taken.named; // of those not named `whole` says enough
    const auto differing = std::to_array<std::pair<bool, std::string_view>>({
        {said.migration != migration || said.from.site != notes.source || !isUs, "parties"},
        {said.arrived != notes.received.object || (isKnown && said.object != taken.object), "object"},
        {isKnown && said.name != taken.name, "name"},
        {isKnown && said.project != taken.project, "project"},
        {isKnown && said.classification != taken.classification, "classification"},
        {isKnown && said.orderedBy != taken.orderedBy, "order"},
        {said.whole != notes.whole || said.diskCount != notes.disks || !areNamed, "digests"},
        {said.memory != notes.memory, "memory"},
        {isKnown && ranOtherwise(said, notes), "outage"},
        {said.after != notes.after, "verdict"},
        {isKnown && !isInTime(said, taken), "steps"},
    });
    const auto first = std::ranges::find(differing, true, &std::pair<bool, std::string_view>::first);
    return first == differing.end() ? std::string_view() : first->second;
}

tl::unexpected<Problem> otherwise(const std::string &migration, std::string_view what)
{
    return refuse(Reason::Conflict, {{"migration", migration}, {"what", std::string(what)}}, "the source states otherwise than happened here");
}

/// What is wrong with the papers of either for a moment is mended by another moment.
Problem ofThatMoment(Problem problem)
{
    if (problem.reason == Reason::Expired) {
        problem.reason = Reason::NotReady;
        problem.facts["what"] = "papers";
    }
    return problem;
}

/// Whether it is stated as of now, and may be signed as of then.
Result<> demandPresent(const Context &context, Instant issuedAt, const Papers &papers)
{
    const auto apart = issuedAt - context.clock();
    if (std::chrono::abs(apart) > clocksApart) {
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::abs(apart)).count();
        // As the source sees it: this site's clock is the other one.
        return refuse(Reason::NotReady,
            {{"cause", apart.count() > 0 ? "clock-behind" : "clock-ahead"}, {"site", context.config.siteId}, {"seconds", std::to_string(seconds)}});
    }
    return verifyCertificate(papers.own.certificatePem, papers.authorityPem, issuedAt);
}

/// The certificate kept of it, if there is one.
std::optional<JwsText> keptOf(const Context &context, const std::string &migration)
{
    const auto text = context.journal.certificate(migration);
    auto kept = text ? jwsTextFrom(*text) : Result<JwsText>(unexpected(text.error()));
    return kept && kept->signatures.size() == 2 ? std::optional(std::move(*kept)) : std::nullopt;
}

/// Of one migration one account: a second statement may be of another moment and of nothing else.
bool saysTheSame(const JwsText &kept, MigrationCertificate said)
{
    const auto before = statementFrom(kept.payload);
    said.issuedAt = before ? before->issuedAt : said.issuedAt;
    return before && *before == said;
}

Result<MigrationCertificate> believable(const Context &context, const IncomingNotes &notes, const SourceStatement &statement, const Papers &papers)
{
    auto said = statement.payload.size() > maxPayload ? Result<MigrationCertificate>(refuse(Reason::TooLarge, {{"what", "statement"}}))
                                                      : statementFrom(statement.payload);
    if (!said) {
        return said;
    }
    if (const auto difference = differenceOf(context, *said, notes, statement.migration); !difference.empty()) {
        return otherwise(statement.migration, difference);
    }
    if (auto sound = checkStatement(*said).and_then([&] { return demandPresent(context, said->issuedAt, papers); }); !sound) {
        return unexpected(ofThatMoment(sound.error()));
    }
    const auto signer = verifyJws(statement.payload, statement.signature, papers.authorityPem, said->issuedAt);
    if (!signer || signer->certificate.identity != "site/" + notes.source) {
        return signer ? refuse(Reason::Untrusted, {{"what", "signer"}}) : Result<MigrationCertificate>(unexpected(ofThatMoment(signer.error())));
    }
    return said;
}
}

void noteTakenOver(const Context &context, const Wanted &wanted, const DataSet *arrived, TakenOver &notes)
{
    const auto classes = classificationsOf(wanted.arrival);
    notes.object = objectOf(wanted.arrival);
    notes.name = arrived ? arrived->name : nameOf(wanted.arrival);
    notes.project = wanted.arrival.project;
    notes.classification = arrived ? toString(arrived->classification) : classes.empty() ? std::string_view() : toString(classes.front());
    notes.orderedBy = wanted.requestedBy;
    notes.to = ownParty(context);
    notes.activatedAt = context.clock();
}

MigrationCertificate::Party ownParty(const Context &context)
{
    const auto thing = context.broadcast.find({context.config.siteId, ObjectKind::Site, {}});
    const auto *site = thing ? std::get_if<Site>(&*thing) : nullptr;
    return site ? partyOf(*site) : MigrationCertificate::Party {};
}

Result<Papers> ownPapers(const Context &context)
{
    auto papers = readPapers(context.config, context.clock());
    return papers ? std::move(papers) : refuse(Reason::Internal, {{"what", "credentials"}}, describe(papers.error()));
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
    const auto kept = keptOf(context, statement.migration);
    if (kept && kept->payload == statement.payload && kept->signatures.front() == statement.signature) {
        return kept->signatures.back(); // signed before, with the answer lost
    }
    const auto papers = ownPapers(context);
    if (!papers) {
        return unexpected(papers.error());
    }
    const auto said = believable(context, notes, statement, *papers);
    if (!said) {
        return unexpected(said.error());
    }
    if (kept && !saysTheSame(*kept, *said)) {
        return otherwise(statement.migration, "certificate");
    }
    const auto ours = signJws(papers->own, statement.payload);
    if (!ours || kept) { // the one that is kept counts here, and it says the same
        return ours;
    }
    const auto noted = context.journal.putCertificate(statement.migration, certificateText(statement.payload, {statement.signature, *ours}));
    if (!noted) { // signed by another call meanwhile: then that one counts
        return noted.error().reason == Reason::Conflict ? countersign(context, source, statement) : Result<JwsSignature>(unexpected(noted.error()));
    }
    return ours;
}

}
