// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/ruleset.h"

#include "core/strictjson.h"

#include <algorithm>
#include <initializer_list>
#include <nlohmann/json.hpp>

namespace portulan {

namespace {

using nlohmann::json;
constexpr std::size_t maxBytes = 4u << 20;
constexpr int maxJsonDepth = 2 * Expression::maxDepth + 16;
constexpr std::size_t maxRules = 4096;

auto expected(std::string what)
{
    return refuse(Reason::Malformed, {{"expected", std::move(what)}});
}

bool hasText(const json &object, const char *key)
{
    const auto at = object.find(key);
    return at != object.end() && at->is_string() && !at->get_ref<const std::string &>().empty();
}
std::string textOf(const json &object, const char *key)
{
    const auto at = object.find(key);
    return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

Result<> onlyKnows(const json &object, std::initializer_list<std::string_view> known)
{
    for (const auto &[key, value] : object.items()) {
        if (std::ranges::find(known, key) == known.end()) {
            return expected("no such key as \"" + key.substr(0, 64) + '"');
        }
    }
    return {};
}

Result<std::map<std::string, Words, std::less<>>> readLists(const json &root, const char *key)
{
    std::map<std::string, Words, std::less<>> lists;
    const auto at = root.find(key);
    const auto complaint = std::string("lists of words under ") + key;
    if (at == root.end()) {
        return lists;
    }
    if (!at->is_object()) {
        return expected(complaint);
    }
    for (const auto &[name, list] : at->items()) {
        if (!list.is_array() || !std::ranges::all_of(list, [](const json &word) { return word.is_string(); })) {
            return expected(complaint);
        }
        lists.emplace(name, list.get<Words>());
    }
    return lists;
}

Result<FactSet> readDefaults(const json &root)
{
    FactSet defaults;
    const auto at = root.find("policy_defaults");
    if (at == root.end()) {
        return defaults;
    }
    if (!at->is_object()) {
        return expected("an object under policy_defaults");
    }
    for (const auto &[name, value] : at->items()) {
        Fact fact {{}, "default of the rules", {}, Assurance::Declared};
        if (value.is_boolean()) {
            fact.value = value.get<bool>();
        } else if (value.is_number()) {
            fact.value = value.get<double>();
        } else if (value.is_string()) {
            fact.value = value.get<std::string>();
        } else if (value.is_null()) {
            continue;
        } else {
            return expected("true, false, a number, a word or null for " + name.substr(0, 64));
        }
        defaults.emplace("policy." + name, std::move(fact));
    }
    return defaults;
}

Result<> readWords(const json &source, Rulebook::Rule &to)
{
    const auto severity = severityFrom(textOf(source, "severity"));
    if (!severity) {
        return expected("severity: blocker, major, minor or info");
    }
    to.severity = *severity;
    const auto title = source.find("title");
    if (title == source.end() || !title->is_object() || !hasText(*title, "en") || !hasText(*title, "fr")) {
        return expected("a title in en and in fr");
    }
    to.titleEn = textOf(*title, "en");
    to.titleFr = textOf(*title, "fr");
    const auto cited = source.find("source");
    if (cited == source.end() || !cited->is_object() || !hasText(*cited, "name")) {
        return expected("a source with its name");
    }
    to.source = {textOf(*cited, "name"), textOf(*cited, "ref"), textOf(*cited, "url"), textOf(*cited, "status")};
    to.group = textOf(source, "group");
    to.subject = textOf(source, "subject");
    to.evidenceKind = textOf(source, "evidence_kind");
    to.note = textOf(source, "note");
    return {};
}

Result<> readAttestations(const json &source, const Vocabulary &vocabulary, CompiledRule &to)
{
    const auto at = source.find("attested_by");
    if (at == source.end()) {
        return {};
    }
    const auto complaint = "attested_by: a list of [scheme, level] as in cert_orders; the level may be null";
    if (!at->is_array()) {
        return expected(complaint);
    }
    for (const auto &pair : *at) {
        if (!pair.is_array() || pair.size() != 2 || !pair[0].is_string() || !(pair[1].is_string() || pair[1].is_null())) {
            return expected(complaint);
        }
        CompiledRule::Attestation attestation {pair[0].get<std::string>(), pair[1].is_null() ? std::string() : pair[1].get<std::string>(), nullptr};
        const auto ranking = vocabulary.rankings.find(attestation.scheme);
        if (!attestation.level.empty()) {
            if (ranking == vocabulary.rankings.end() || std::ranges::find(ranking->second, attestation.level) == ranking->second.end()) {
                return expected(complaint);
            }
            attestation.ranking = &ranking->second;
        }
        to.attestedBy.push_back(std::move(attestation));
    }
    return {};
}

Result<CompiledRule> readRule(const json &source, Vocabulary &vocabulary)
{
    CompiledRule rule;
    if (const auto known = onlyKnows(source,
            {"id", "group", "severity", "subject", "source", "title", "applies_when", "condition", "evidence_kind", "on_false", "note",
                "attested_by"});
        !known) {
        return tl::unexpected(known.error());
    }
    if (const auto words = readWords(source, rule.words); !words) {
        return tl::unexpected(words.error());
    }
    const std::string onFalse = textOf(source, "on_false");
    if (onFalse != "fail" && onFalse != "review") {
        return expected("on_false: fail or review");
    }
    rule.reviewOnFalse = onFalse == "review";
    const json none;
    auto applies = Expression::fromJson(source.value("applies_when", none), Role::AppliesWhen, vocabulary);
    if (!applies) {
        return expected("applies_when: " + applies.error().fact("expected"));
    }
    auto condition = Expression::fromJson(source.value("condition", none), Role::Condition, vocabulary);
    if (!condition) {
        return expected("condition: " + condition.error().fact("expected"));
    }
    if (const auto attested = readAttestations(source, vocabulary, rule); !attested) {
        return tl::unexpected(attested.error());
    }
    rule.applies = std::move(*applies);
    rule.condition = std::move(*condition);
    rule.words.appliesWhen = rule.applies.text();
    rule.words.condition = rule.condition.text();
    return rule;
}

Result<> readRules(const json &root, std::string_view text, RuleSet &to)
{
    const auto list = root.find("rules");
    if (list == root.end() || !list->is_array() || list->empty() || list->size() > maxRules) {
        return expected("1 to " + std::to_string(maxRules) + " rules");
    }
    for (std::size_t i = 0; i < list->size(); ++i) {
        const json &source = (*list)[i];
        const std::string id = source.is_object() ? textOf(source, "id") : std::string();
        Result<CompiledRule> rule;
        if (id.empty() || id.size() > 64) {
            rule = expected("an object with an id of 1 to 64 characters");
        } else if (std::ranges::any_of(to.rules, [&](const auto &known) { return known.words.id == id; })) {
            rule = expected("each id once");
        } else {
            rule = readRule(source, to.vocabulary);
        }
        if (!rule) {
            Problem problem = rule.error();
            problem.facts["rule"] = id.empty() ? '#' + std::to_string(i + 1) : id.substr(0, 64);
            if (const auto at = text.rfind('"' + id + '"'); !id.empty() && at != text.npos) {
                problem.facts["line"] = lineOf(text, at);
            }
            return tl::unexpected(std::move(problem));
        }
        rule->words.id = id;
        to.rules.push_back(std::move(*rule));
    }
    return {};
}

}

Result<RuleSet> ruleSetFrom(std::string_view text)
{
    const auto root = strictJson(text, {"rules", maxBytes, maxJsonDepth});
    if (!root) {
        return tl::unexpected(root.error());
    }
    if (!root->is_object()) {
        return expected("an object with version, sets, cert_orders and rules");
    }
    if (const auto known = onlyKnows(*root,
            {"ruleset", "version", "generated", "semantics", "world", "policy_defaults", "severities", "sets", "set_notes", "cert_orders", "rules"});
        !known) {
        return tl::unexpected(known.error());
    }
    if (!hasText(*root, "version")) {
        return expected("a version");
    }
    auto sets = readLists(*root, "sets");
    auto rankings = readLists(*root, "cert_orders");
    auto defaults = readDefaults(*root);
    if (!sets || !rankings || !defaults) {
        return tl::unexpected(!sets ? sets.error() : !rankings ? rankings.error() : defaults.error());
    }
    RuleSet set;
    set.version = textOf(*root, "version");
    set.vocabulary.sets = std::move(*sets);
    for (auto &[name, words] : set.vocabulary.sets) {
        std::ranges::sort(words);
    }
    set.vocabulary.rankings = std::move(*rankings);
    set.defaults = std::move(*defaults);
    if (const auto rules = readRules(*root, text, set); !rules) {
        return tl::unexpected(rules.error());
    }
    return set;
}

}
