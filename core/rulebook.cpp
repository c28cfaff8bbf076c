// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/rulebook.h"

#include "core/ruleset.h"
#include "core/subjectfacts.h"

#include <algorithm>
#include <tuple>

namespace portulan {

namespace {

/// What one rule says in one world.
struct Ruling {
    Outcome outcome = Outcome::NotApplicable;
    Truth applies = Truth::False;
    const Certificate *attestedBy = nullptr;
};

const Certificate *attestation(const CompiledRule &rule, const World &world)
{
    for (const auto &wanted : rule.attestedBy) {
        const auto held = vouching(world.certificates, wanted.scheme, wanted.level, wanted.ranking, world.today);
        if (held.value == Truth::True) {
            return held.by;
        }
    }
    return nullptr;
}

Ruling rulingOf(const CompiledRule &rule, const World &world)
{
    const Truth applies = rule.applies.evaluate(world);
    if (applies != Truth::True) {
        return {applies == Truth::False ? Outcome::NotApplicable : Outcome::NotEvaluated, applies, nullptr};
    }
    const Truth kept = rule.condition.evaluate(world);
    if (kept == Truth::True) {
        return {Outcome::Pass, applies, nullptr};
    }
    const auto *by = attestation(rule, world);
    if (kept == Truth::Unknown) {
        return {by ? Outcome::PassAttested : Outcome::NotEvaluated, applies, by};
    }
    return {by ? Outcome::Conflict : rule.reviewOnFalse ? Outcome::Review : Outcome::Fail, applies, by};
}

Finding findingOf(const CompiledRule &rule, const Ruling &ruling, const World &world)
{
    Finding finding;
    finding.rule = rule.words.id;
    finding.titleEn = rule.words.titleEn;
    finding.titleFr = rule.words.titleFr;
    finding.severity = rule.words.severity;
    finding.outcome = ruling.outcome;
    finding.source = rule.words.source;
    finding.applies = rule.applies.prove(world);
    finding.condition = rule.condition.prove(world);
    if (ruling.outcome == Outcome::NotEvaluated || ruling.outcome == Outcome::PassAttested) {
        finding.missing = (ruling.applies == Truth::Unknown ? rule.applies : rule.condition).missing(world);
    }
    if (ruling.attestedBy) {
        finding.attestedBy = describe(*ruling.attestedBy);
    }
    return finding;
}

/// Never green by lack of knowledge: neither without rules nor for data nobody has classified.
Status bestPossible(const RuleSet &set, const Subject &subject)
{
    return set.rules.empty() || subject.classification == Classification::Unclassified ? Status::NotEvaluated : Status::Compliant;
}

bool isWorse(const Finding &a, const Finding &b)
{
    const auto order = [](const Finding &f) { return std::tuple(statusOf(f.severity, f.outcome), f.severity); };
    const auto badness = [](Outcome o) {
        constexpr Outcome worstFirst[]
            = {Outcome::Fail, Outcome::Conflict, Outcome::NotEvaluated, Outcome::Review, Outcome::PassAttested, Outcome::Pass};
        return std::ranges::find(worstFirst, o) - std::begin(worstFirst);
    };
    return std::tuple(order(a), badness(a.outcome), std::string_view(a.rule)) < std::tuple(order(b), badness(b.outcome), std::string_view(b.rule));
}

}

struct BoundSite::Data {
    FactSet facts;
    std::vector<Certificate> certificates;
    std::vector<View> values; ///< by slot of the rulebook; borrowed from `facts`
    Date today {};
};
BoundSite::BoundSite(std::unique_ptr<const Data> data)
    : m_data(std::move(data))
{
}
BoundSite::~BoundSite() = default;
BoundSite::BoundSite(BoundSite &&) noexcept = default;
BoundSite &BoundSite::operator=(BoundSite &&) noexcept = default;

struct Rulebook::Data {
    RuleSet set;
    std::vector<std::pair<std::size_t, const OwnFact *>> own; ///< the subject's facts some rule reads, with their slots

    World world(std::span<const View> values, const BoundSite::Data &site) const
    {
        return {set.vocabulary, values, {}, site.certificates, site.today};
    }
    /// The site's values with the subject's laid over them.
    std::vector<View> values(const Subject &subject, const BoundSite::Data &site) const
    {
        std::vector<View> all = site.values;
        for (const auto &[slot, fact] : own) {
            const View view = fact->of(subject);
            if (!std::holds_alternative<std::monostate>(view)) {
                all[slot] = view;
            }
        }
        for (const auto &[name, fact] : subject.facts) {
            const auto slot = isOfSubject(name) ? set.vocabulary.find(name) : std::nullopt;
            if (slot) {
                all[*slot] = viewOf(fact.value);
            }
        }
        return all;
    }
};

Rulebook::Rulebook()
    : m_data(std::make_unique<Data>())
{
}
Rulebook::~Rulebook() = default;
Rulebook::Rulebook(Rulebook &&) noexcept = default;
Rulebook &Rulebook::operator=(Rulebook &&) noexcept = default;

Result<Rulebook> Rulebook::fromJson(std::string_view json)
{
    auto set = ruleSetFrom(json);
    if (!set) {
        return tl::unexpected(set.error());
    }
    auto data = std::make_unique<Data>();
    data->set = std::move(*set);
    for (const auto &fact : ownFacts()) {
        if (const auto slot = data->set.vocabulary.find(fact.name)) {
            data->own.emplace_back(*slot, &fact);
        }
    }
    Rulebook book;
    book.m_data = std::move(data);
    return book;
}

const std::string &Rulebook::version() const
{
    return m_data->set.version;
}

bool Rulebook::isIn(std::string_view set, std::string_view word) const
{
    const auto at = m_data->set.vocabulary.sets.find(set);
    return at != m_data->set.vocabulary.sets.end() && std::ranges::binary_search(at->second, word);
}

std::vector<std::string> Rulebook::ruleIds() const
{
    std::vector<std::string> ids;
    for (const auto &rule : m_data->set.rules) {
        ids.push_back(rule.words.id);
    }
    return ids;
}

const Rulebook::Rule *Rulebook::rule(std::string_view id) const
{
    const auto at = std::ranges::find(m_data->set.rules, id, [](const CompiledRule &rule) -> std::string_view { return rule.words.id; });
    return at == m_data->set.rules.end() ? nullptr : &at->words;
}

BoundSite Rulebook::bind(const Site &site, Date today) const
{
    auto data = std::make_unique<BoundSite::Data>();
    data->facts = factsOf(site, today);
    data->certificates = site.certificates;
    data->today = today;
    const Vocabulary &vocabulary = m_data->set.vocabulary;
    data->values.resize(vocabulary.slots());
    for (const auto &[name, fact] : m_data->set.defaults) {
        if (const auto slot = vocabulary.find(name)) {
            data->values[*slot] = viewOf(fact.value);
        }
    }
    for (const auto &[name, fact] : data->facts) {
        if (const auto slot = vocabulary.find(name)) {
            data->values[*slot] = viewOf(fact.value);
        }
    }
    return BoundSite(std::move(data));
}

Status Rulebook::status(const Subject &subject, const BoundSite &site) const
{
    const auto values = m_data->values(subject, *site.m_data);
    const World world = m_data->world(values, *site.m_data);
    Status worst = bestPossible(m_data->set, subject);
    for (const auto &rule : m_data->set.rules) {
        worst = std::min(worst, statusOf(rule.words.severity, rulingOf(rule, world).outcome));
        if (worst == Status::NonCompliant) {
            break;
        }
    }
    return worst;
}

Status Rulebook::status(const Subject &subject, const Site &site, Date today) const
{
    return status(subject, bind(site, today));
}

Verdict Rulebook::judge(const Subject &subject, const Site &site, Date today) const
{
    const BoundSite bound = bind(site, today);
    const auto values = m_data->values(subject, *bound.m_data);
    const FactSet own = ownFactsOf(subject);
    std::vector<const Fact *> facts(m_data->set.vocabulary.slots(), nullptr);
    for (const auto *source : {&m_data->set.defaults, &bound.m_data->facts, &own, &subject.facts}) {
        for (const auto &[name, fact] : *source) {
            const auto slot = source != &subject.facts || isOfSubject(name) ? m_data->set.vocabulary.find(name) : std::nullopt;
            if (slot) {
                facts[*slot] = &fact;
            }
        }
    }
    World world = m_data->world(values, *bound.m_data);
    world.facts = facts;
    Verdict verdict;
    verdict.status = bestPossible(m_data->set, subject);
    verdict.rulebookVersion = version();
    verdict.judgedOn = today;
    for (const auto &rule : m_data->set.rules) {
        const Ruling ruling = rulingOf(rule, world);
        verdict.status = std::min(verdict.status, statusOf(rule.words.severity, ruling.outcome));
        if (ruling.outcome != Outcome::NotApplicable) {
            verdict.findings.push_back(findingOf(rule, ruling, world));
        }
    }
    std::ranges::sort(verdict.findings, isWorse);
    return verdict;
}

}
