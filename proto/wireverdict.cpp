// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Verdicts with their proofs.
#include "proto/wireparts.h"

namespace portulan::wire {

namespace {

constexpr int maxDepth = 32;
constexpr int maxNodes = 20'000; ///< of all proofs of one verdict
constexpr int maxFindings = 1024;

std::string_view toWord(Truth truth)
{
    return truth == Truth::True ? "true" : truth == Truth::False ? "false" : "unknown";
}

Truth truthFrom(std::string_view word)
{
    return word == "true" ? Truth::True : word == "false" ? Truth::False : Truth::Unknown;
}

void write(v1::Proof &message, const Proof &proof, int depth = 1)
{
    message.set_expression(note(proof.expression));
    message.set_value(std::string(toWord(proof.value)));
    if (proof.fact) {
        wire::write(*message.mutable_fact(), *proof.fact);
    }
    message.set_fact_name(proof.factName);
    if (depth < maxDepth) { // the expression above says what a deeper part would
        for (const auto &part : proof.parts) {
            write(*message.add_parts(), part, depth + 1);
        }
    }
}

struct ProofReader {
    Reader &reader;
    int nodes = 0;

    Proof read(const v1::Proof &message, int depth = 1)
    {
        Proof proof;
        if (!reader.fits("proof.depth", depth, maxDepth) || !reader.fits("proof.nodes", ++nodes, maxNodes)) {
            return proof;
        }
        proof.expression = reader.text("proof.expression", message.expression(), maxNoteBytes);
        proof.value = truthFrom(message.value());
        if (message.has_fact()) {
            proof.fact = wire::read(reader, "proof.fact", message.fact());
        }
        proof.factName = reader.text("proof.fact_name", message.fact_name(), 128);
        for (const auto &part : message.parts()) {
            if (!reader.ok()) {
                break;
            }
            proof.parts.push_back(read(part, depth + 1));
        }
        return proof;
    }
};

void write(v1::Finding &message, const Finding &finding)
{
    message.set_rule(finding.rule);
    message.set_title_en(note(finding.titleEn));
    message.set_title_fr(note(finding.titleFr));
    message.set_severity(std::string(toString(finding.severity)));
    message.set_outcome(std::string(toString(finding.outcome)));
    message.set_source_name(note(finding.source.name));
    message.set_source_reference(note(finding.source.reference));
    message.set_source_url(note(finding.source.url));
    message.set_source_status(note(finding.source.status, 64));
    for (const auto &name : finding.missing) {
        message.add_missing(name);
    }
    message.set_attested_by(note(finding.attestedBy));
    write(*message.mutable_applies(), finding.applies);
    write(*message.mutable_condition(), finding.condition);
}

/// A severity or outcome is what a decision stands on: a word this version does not know is refused, not read as something milder.
template <typename E, std::size_t N>
E readWord(Reader &reader, std::string_view field, const std::string &word, const E (&all)[N])
{
    for (const E value : all) {
        if (toString(value) == word) {
            return value;
        }
    }
    reader.refuseField(field, "a word of this version", word);
    return E {};
}

constexpr Severity severities[] = {Severity::Blocker, Severity::Major, Severity::Minor, Severity::Info};
constexpr Outcome outcomes[]
    = {Outcome::Pass, Outcome::PassAttested, Outcome::Review, Outcome::Fail, Outcome::Conflict, Outcome::NotEvaluated, Outcome::NotApplicable};

Finding read(Reader &reader, ProofReader &proofs, const v1::Finding &message)
{
    Finding finding;
    finding.rule = reader.text("finding.rule", message.rule(), 64);
    finding.titleEn = reader.text("finding.title_en", message.title_en(), maxNoteBytes);
    finding.titleFr = reader.text("finding.title_fr", message.title_fr(), maxNoteBytes);
    finding.severity = readWord(reader, "finding.severity", message.severity(), severities);
    finding.outcome = readWord(reader, "finding.outcome", message.outcome(), outcomes);
    finding.source.name = reader.text("finding.source_name", message.source_name(), maxNoteBytes);
    finding.source.reference = reader.text("finding.source_reference", message.source_reference(), maxNoteBytes);
    finding.source.url = reader.text("finding.source_url", message.source_url(), maxNoteBytes);
    finding.source.status = reader.text("finding.source_status", message.source_status(), 64);
    finding.missing = reader.texts("finding.missing", message.missing(), 512, 128);
    finding.attestedBy = reader.text("finding.attested_by", message.attested_by(), maxNoteBytes);
    finding.applies = proofs.read(message.applies());
    finding.condition = proofs.read(message.condition());
    return finding;
}

}

v1::Verdict toWire(const Verdict &verdict)
{
    v1::Verdict message;
    message.set_status(std::string(toString(verdict.status)));
    for (const auto &finding : verdict.findings) {
        write(*message.add_findings(), finding);
    }
    message.set_rulebook_version(presentable(verdict.rulebookVersion));
    if (verdict.judgedOn != Date {}) {
        message.set_judged_on(toIsoDate(verdict.judgedOn));
    }
    return message;
}

Result<Verdict> fromWire(const v1::Verdict &message)
{
    Reader reader;
    ProofReader proofs {reader};
    Verdict verdict;
    verdict.status = statusFrom(reader.text("status", message.status(), 64));
    if (reader.fits("findings", message.findings_size(), maxFindings)) {
        for (const auto &finding : message.findings()) {
            if (!reader.ok()) {
                break;
            }
            verdict.findings.push_back(read(reader, proofs, finding));
        }
    }
    verdict.rulebookVersion = reader.text("rulebook_version", message.rulebook_version());
    verdict.judgedOn = reader.date("judged_on", message.judged_on());
    return reader.done(std::move(verdict));
}

}
