// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/queryterm.h"

#include "core/folding.h"
#include "core/verdict.h"
#include "core/workload.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

namespace portulan {

namespace {

constexpr std::size_t longestQuery = 4096;
constexpr std::size_t mostTerms = 64;
constexpr std::string_view expectedKeys = "site, project, kind, class, state, verdict, name, id, country, custody, cpu, ram, size";

using K = QueryKey;
constexpr std::pair<std::string_view, K> keys[] = {{"site", K::Site}, {"project", K::Project}, {"kind", K::Kind}, {"class", K::Class},
    {"state", K::State}, {"verdict", K::Verdict}, {"name", K::Name}, {"id", K::Id}, {"country", K::Country}, {"custody", K::Custody},
    {"cpu", K::Count}, {"objects", K::Count}, {"nodes", K::Count}, {"rules", K::Count}, {"ram", K::Ram}, {"size", K::Size},
    // The same in French, without accents.
    {"projet", K::Project}, {"genre", K::Kind}, {"classe", K::Class}, {"etat", K::State}, {"nom", K::Name}, {"pays", K::Country},
    {"garde", K::Custody}, {"memoire", K::Ram}, {"taille", K::Size}};

tl::unexpected<Problem> wrong(std::string_view term, std::string expected)
{
    return refuse(Reason::InvalidArgument, {{"field", "query"}, {"value", repaired(term, 128)}, {"expected", std::move(expected)}});
}

template <typename E>
struct Word {
    std::string word;
    E value;
    bool isAlias = false; ///< asked only if no other word fits
};
template <typename E, std::size_t N>
std::vector<Word<E>> wordsOf(const std::array<E, N> &values)
{
    std::vector<Word<E>> words;
    words.reserve(values.size());
    for (const E value : values) {
        words.push_back({std::string(toString(value)), value});
    }
    return words;
}

std::vector<Word<ObjectKind>> kindWords()
{
    return wordsOf(allObjectKinds);
}
std::vector<Word<Status>> verdictWords()
{
    auto words = wordsOf(allStatuses);
    words.insert(words.end(),
        {{"non_conforme", Status::NonCompliant, true}, {"conflit", Status::Conflict, true}, {"non_evalue", Status::NotEvaluated, true},
            {"a_surveiller", Status::ToWatch, true}, {"conforme", Status::Compliant, true}});
    return words;
}
std::vector<Word<Classification>> classWords()
{
    using enum Classification;
    auto words = wordsOf(allClassifications);
    words.front().word = "unclassified";
    words.insert(words.end(),
        {{"none", Unclassified, true}, {"sans_classe", Unclassified, true}, {"ouvert", Open, true}, {"interne", Internal, true},
            {"personnel", Personal, true}, {"sante_fr", HealthFr, true}, {"sante_de", HealthDe, true}, {"sensible_fr", StateSensitiveFr, true},
            {"restricted", RestrictedFr, true}, {"restreint", RestrictedFr, true}});
    return words;
}
std::vector<Word<PowerState>> stateWords()
{
    using enum PowerState;
    return wordsOf(std::array {Stopped, Starting, Running, Stopping, Paused, Failed, RecordedOnly});
}
std::vector<Word<Custody>> custodyWords()
{
    using enum Custody;
    return wordsOf(std::array {Owner, Leaving, Incoming, Retained});
}

/// The enumerators whose words begin so; all their words if none does.
template <typename E>
Result<std::uint32_t> maskOf(const std::vector<Word<E>> &words, std::string_view begin, std::string_view term)
{
    std::uint32_t mask = 0;
    std::uint32_t aliases = 0;
    std::string expected;
    for (const auto &[word, value, isAlias] : words) {
        const std::uint32_t bit = 1u << int(value);
        if (word == begin) { // "stop" is two, "stopped" is one
            return bit;
        }
        if (!begin.empty() && word.starts_with(begin)) {
            (isAlias ? aliases : mask) |= bit;
        }
        if (!isAlias) {
            expected += (expected.empty() ? "" : ", ") + word;
        }
    }
    mask = mask ? mask : aliases;
    return mask ? Result<std::uint32_t>(mask) : wrong(term, expected);
}

Result<std::uint32_t> maskOf(QueryKey key, std::string word, std::string_view term)
{
    for (char &c : word) {
        c = c == '-' || c == ' ' ? '_' : c;
    }
    switch (key) {
    case K::Kind:
        return maskOf(kindWords(), word, term);
    case K::Class:
        return maskOf(classWords(), word, term);
    case K::State:
        return maskOf(stateWords(), word, term);
    case K::Verdict:
        return maskOf(verdictWords(), word, term);
    default:
        return maskOf(custodyWords(), word, term);
    }
}

/// "8", "1.5", "4GiB" (2^30), "4G", "4GB" and "4Go" (10^9), as everywhere sizes are typed; the text is folded.
std::optional<std::int64_t> numberFrom(std::string_view text)
{
    double value = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    if (error != std::errc()) {
        return std::nullopt;
    }
    const std::string_view unit(rest, std::size_t(text.data() + text.size() - rest));
    constexpr std::string_view prefixes = "kmgtp";
    double factor = 1;
    if (!unit.empty() && unit != "b" && unit != "o") {
        const auto power = prefixes.find(unit.front());
        const auto tail = unit.substr(1);
        const bool binary = tail == "i" || tail == "ib" || tail == "io";
        if (power == std::string_view::npos || (!binary && !tail.empty() && tail != "b" && tail != "o")) {
            return std::nullopt;
        }
        factor = std::pow(binary ? 1024.0 : 1000.0, double(power + 1));
    }
    const double product = value * factor;
    return product >= 0 && product < 9e18 ? std::optional(std::int64_t(std::llround(product))) : std::nullopt;
}

/// One term as typed, up to the next space outside quotation marks; the marks are dropped.
struct Token {
    std::string_view source;
    bool negated = false;
    std::string key; ///< folded; empty: a bare word
    std::string_view comparison; ///< ":", ">", "<", ">=", "<="
    std::vector<std::string> values; ///< folded, between commas
};

Token takeToken(std::string_view &text)
{
    Token token;
    const std::string_view start = text;
    const auto skip = [&](std::size_t count) { text.remove_prefix(count); };
    if (text.size() > 1 && text.front() == '-' && text[1] != ' ') {
        token.negated = true;
        skip(1);
    }
    const auto at = text.find_first_of(":<>= \t\n\"");
    const std::string key = fold(text.substr(0, std::min(at, text.size())));
    const bool isKey = at != std::string_view::npos && at > 0 && std::string_view(":<>=").find(text[at]) != std::string_view::npos
        && key.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos;
    if (isKey) {
        token.key = key;
        const bool two = text[at] != ':' && text[at] != '=' && at + 1 < text.size() && text[at + 1] == '=';
        token.comparison = text.substr(at, two ? 2 : 1);
        skip(at + (two ? 2 : 1));
    }
    std::string value;
    bool quoted = false;
    while (!text.empty() && (quoted || std::string_view(" \t\n").find(text.front()) == std::string_view::npos)) {
        const char c = text.front();
        if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && !quoted && isKey) {
            token.values.push_back(fold(value));
            value.clear();
        } else {
            value += c;
        }
        skip(1);
    }
    token.values.push_back(fold(value));
    token.source = start.substr(0, start.size() - text.size());
    return token;
}

Comparison comparisonOf(std::string_view sign)
{
    return sign == ">" ? Comparison::Greater
        : sign == ">=" ? Comparison::GreaterOrEqual
        : sign == "<"  ? Comparison::Less
        : sign == "<=" ? Comparison::LessOrEqual
                       : Comparison::Equal;
}

Result<QueryTerm> termOf(const Token &token)
{
    QueryTerm term;
    term.negated = token.negated;
    term.comparison = comparisonOf(token.comparison);
    if (!token.key.empty()) {
        const auto *const known = std::ranges::find(keys, std::string_view(token.key), &std::pair<std::string_view, QueryKey>::first);
        if (known == std::end(keys)) {
            return wrong(token.source, std::string(expectedKeys));
        }
        term.key = known->second;
    }
    const bool isNumber = term.key >= K::Count;
    if (term.comparison != Comparison::Equal && (!isNumber || token.values.size() > 1)) {
        return wrong(token.source, isNumber ? "one number" : std::string(token.key) + ":…");
    }
    for (const std::string &value : token.values) {
        if (isNumber) {
            const auto number = numberFrom(value);
            if (!number) {
                return wrong(token.source, "8, 1.5G, 4GiB, 4GB");
            }
            term.numbers.push_back(*number);
        } else if (term.key == K::Kind || term.key == K::Class || term.key == K::State || term.key == K::Verdict || term.key == K::Custody) {
            const auto mask = maskOf(term.key, value, token.source);
            if (!mask) {
                return unexpected(mask.error());
            }
            term.mask |= *mask;
        } else if (!value.empty()) {
            term.words.push_back(value);
        } else if (term.key != K::Any) {
            return wrong(token.source, std::string(token.key) + ":…");
        }
    }
    return term;
}

}

Result<std::vector<QueryTerm>> parseQuery(std::string_view text)
{
    std::vector<QueryTerm> terms;
    if (text.size() > longestQuery) {
        return wrong(text, "at most 4096 bytes");
    }
    while (true) {
        text.remove_prefix(std::min(text.find_first_not_of(" \t\n"), text.size()));
        if (text.empty()) {
            return terms;
        }
        const Token token = takeToken(text);
        auto term = termOf(token);
        if (!term) {
            return unexpected(term.error());
        }
        if (term->key != K::Any || !term->words.empty()) { // an empty pair of quotation marks asks nothing
            terms.push_back(std::move(*term));
        }
        if (terms.size() > mostTerms) {
            return wrong(token.source, "at most 64 terms");
        }
    }
}

bool matchesPattern(std::string_view text, std::string_view pattern)
{
    // Greedy with one step back: enough, as only the last star matters.
    std::size_t t = 0;
    std::size_t p = 0;
    std::size_t star = std::string_view::npos;
    std::size_t resume = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = t;
        } else if (p < pattern.size() && pattern[p] == text[t]) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

}
