// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/expression.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

using namespace portulan;
using nlohmann::json;

namespace {

Vocabulary vocabulary()
{
    Vocabulary words;
    words.sets = {{"EU", {"DE", "FR"}}, {"NONE", {}}};
    words.rankings = {{"HDS", {"1.1", "2.0"}}};
    return words;
}

/// Facts said as JSON: {"site.country": "FR"}.
FactSet factsFrom(const json &stated)
{
    FactSet facts;
    for (const auto &[name, value] : stated.items()) {
        Fact fact {false, "test", {}, Assurance::Declared};
        if (value.is_boolean()) {
            fact.value = value.get<bool>();
        } else if (value.is_number()) {
            fact.value = value.get<double>();
        } else if (value.is_string()) {
            fact.value = value.get<std::string>();
        } else {
            fact.value = value.get<Words>();
        }
        facts.emplace(name, fact);
    }
    return facts;
}

struct Asked {
    Truth value;
    Proof proof;
    Words missing;
};

Asked ask(const std::string &expression, const json &stated, Role role = Role::Condition, std::vector<Certificate> certificates = {})
{
    Vocabulary words = vocabulary();
    const auto read = Expression::fromJson(json::parse(expression), role, words);
    EXPECT_TRUE(read) << expression << ' ' << describe(read.error());
    const FactSet facts = factsFrom(stated);
    std::vector<View> values(words.slots());
    std::vector<const Fact *> pointers(words.slots(), nullptr);
    for (const auto &[name, fact] : facts) {
        if (const auto slot = words.find(name)) {
            values[*slot] = viewOf(fact.value);
            pointers[*slot] = &fact;
        }
    }
    const World world {words, values, pointers, certificates, dateFrom("2026-11-22").value()};
    return {read->evaluate(world), read->prove(world), read->missing(world)};
}

char letter(Truth value)
{
    return value == Truth::True ? 'T' : value == Truth::False ? 'F' : 'U';
}

}

TEST(Expression, andOrNotFollowKleene)
{
    const std::string leaf[] = {R"({"false":[]})", R"({"eq":[{"var":"site.x"},true]})", R"({"true":[]})"}; // F U T
    const std::string both = "FFFFUUFUT";
    const std::string either = "FUTUUTTTT";
    for (std::size_t i = 0; i < 9; ++i) {
        const auto pair = '[' + leaf[i / 3] + ',' + leaf[i % 3] + "]}";
        EXPECT_EQ(letter(ask(R"({"and":)" + pair, json::object()).value), both[i]) << i;
        EXPECT_EQ(letter(ask(R"({"or":)" + pair, json::object()).value), either[i]) << i;
    }
    EXPECT_EQ(letter(ask(R"({"not":[)" + leaf[0] + "]}", json::object()).value), 'T');
    EXPECT_EQ(letter(ask(R"({"not":[)" + leaf[1] + "]}", json::object()).value), 'U');
    EXPECT_EQ(letter(ask(R"({"not":[)" + leaf[2] + "]}", json::object()).value), 'F');
}

TEST(Expression, everyComparisonHasItsThreeValues)
{
    struct {
        const char *expression;
        const char *facts;
        char value;
    } const rows[] = {
        {R"({"eq":[{"var":"site.a"},"FR"]})", R"({"site.a":"FR"})", 'T'},
        {R"({"eq":[{"var":"site.a"},"FR"]})", R"({"site.a":"DE"})", 'F'},
        {R"({"eq":[{"var":"site.a"},"FR"]})", R"({})", 'U'},
        {R"({"eq":[{"var":"site.a"},"FR"]})", R"({"site.a":true})", 'U'},
        {R"({"eq":[{"var":"site.a"},{"var":"site.b"}]})", R"({"site.a":"FR","site.b":"FR"})", 'T'},
        {R"({"eq":[{"var":"site.a"},{"var":"site.b"}]})", R"({"site.a":["x","y"],"site.b":["x","y"]})", 'T'},
        {R"({"eq":[{"var":"site.a"},2]})", R"({"site.a":2})", 'T'},
        {R"({"ne":[{"var":"site.a"},"US"]})", R"({"site.a":"US"})", 'F'},
        {R"({"ne":[{"var":"site.a"},"US"]})", R"({"site.a":"FR"})", 'T'},
        {R"({"ne":[{"var":"site.a"},"US"]})", R"({})", 'U'},
        {R"({"lt":[{"var":"site.a"},1.5]})", R"({"site.a":1.5})", 'F'},
        {R"({"le":[{"var":"site.a"},1.5]})", R"({"site.a":1.5})", 'T'},
        {R"({"gt":[{"var":"site.a"},1.5]})", R"({"site.a":1.6})", 'T'},
        {R"({"ge":[{"var":"site.a"},1.5]})", R"({"site.a":1.4})", 'F'},
        {R"({"ge":[2,{"var":"site.a"}]})", R"({"site.a":1})", 'T'},
        {R"({"ge":[{"var":"site.a"},1.5]})", R"({"site.a":"many"})", 'U'},
        {R"({"in":[{"var":"site.a"},{"set":"EU"}]})", R"({"site.a":"FR"})", 'T'},
        {R"({"in":[{"var":"site.a"},{"set":"EU"}]})", R"({"site.a":"US"})", 'F'},
        {R"({"in":[{"var":"site.a"},{"set":"NONE"}]})", R"({"site.a":"US"})", 'F'},
        {R"({"in":[{"var":"site.a"},{"set":"EU"}]})", R"({"site.a":["FR"]})", 'U'},
        {R"({"in":[{"var":"site.a"},["x","a"]]})", R"({"site.a":"a"})", 'T'},
        {R"({"in":["fr",{"var":"site.a"}]})", R"({"site.a":["en","fr"]})", 'T'},
        {R"({"in":["fr",{"var":"site.a"}]})", R"({"site.a":"fr"})", 'T'},
        {R"({"allIn":[{"var":"site.a"},{"set":"EU"}]})", R"({"site.a":["FR","DE"]})", 'T'},
        {R"({"allIn":[{"var":"site.a"},{"set":"EU"}]})", R"({"site.a":["FR","US"]})", 'F'},
        {R"({"allIn":[{"var":"site.a"},{"set":"EU"}]})", R"({"site.a":[]})", 'T'},
        {R"({"allIn":[{"var":"site.a"},{"set":"EU"}]})", R"({})", 'U'},
        {R"({"anyIn":[{"var":"site.a"},{"set":"EU"}]})", R"({"site.a":["US","FR"]})", 'T'},
        {R"({"anyIn":[{"var":"site.a"},{"set":"EU"}]})", R"({"site.a":["US"]})", 'F'},
        {R"({"empty":[{"var":"site.a"}]})", R"({"site.a":[]})", 'T'},
        {R"({"empty":[{"var":"site.a"}]})", R"({"site.a":["x"]})", 'F'},
        {R"({"empty":[{"var":"site.a"}]})", R"({})", 'U'},
    };
    for (const auto &row : rows) {
        EXPECT_EQ(letter(ask(row.expression, json::parse(row.facts)).value), row.value) << row.expression << ' ' << row.facts;
    }
}

TEST(Expression, policiesAndTenantsAreAClosedWorld)
{
    EXPECT_EQ(ask(R"({"eq":[{"var":"tenant.type"},"fr_state"]})", json::object()).value, Truth::False);
    EXPECT_EQ(ask(R"({"ne":[{"var":"tenant.type"},"fr_state"]})", json::object()).value, Truth::True);
    EXPECT_EQ(ask(R"({"in":[{"var":"site.country"},{"var":"policy.countries"}]})", json::object()).value, Truth::False);
    EXPECT_EQ(ask(R"({"allIn":[{"var":"policy.countries"},{"set":"EU"}]})", json::object()).value, Truth::True);
    EXPECT_EQ(ask(R"({"ge":[{"var":"policy.seal"},1]})", json::object()).value, Truth::False);
    EXPECT_EQ(ask(R"({"empty":[{"var":"policy.countries"}]})", json::object()).value, Truth::True);
}

TEST(Expression, whatNobodyStatedExistsForNoneButIsOnlyUnknownToACondition)
{
    const auto exists = R"({"exists":[{"var":"site.a"}]})";
    EXPECT_EQ(ask(exists, json::object(), Role::AppliesWhen).value, Truth::False);
    EXPECT_EQ(ask(exists, json::object(), Role::Condition).value, Truth::Unknown);
    EXPECT_EQ(ask(exists, {{"site.a", ""}}).value, Truth::False);
    EXPECT_EQ(ask(exists, {{"site.a", false}}).value, Truth::True);
    EXPECT_EQ(ask(R"({"exists":[{"var":"policy.a"}]})", json::object()).value, Truth::False);
}

TEST(Expression, aProofNamesTheFactItStandsOn)
{
    const auto asked = ask(R"({"and":[{"in":[{"var":"site.country"},{"set":"EU"}]},{"eq":[{"var":"site.a"},{"var":"site.b"}]}]})",
        {{"site.country", "FR"}, {"site.a", 1}});
    EXPECT_EQ(asked.proof.expression, "and(in(site.country, EU), eq(site.a, site.b))");
    EXPECT_EQ(asked.proof.value, Truth::Unknown);
    ASSERT_EQ(asked.proof.parts.size(), 2u);
    const auto &country = asked.proof.parts[0];
    EXPECT_EQ(country.expression, "in(site.country, EU)");
    EXPECT_EQ(country.value, Truth::True);
    EXPECT_EQ(country.factName, "site.country");
    EXPECT_EQ(describe(country.fact.value().value), "FR");
    const auto &both = asked.proof.parts[1];
    ASSERT_EQ(both.parts.size(), 2u);
    EXPECT_EQ(both.parts[0].factName, "site.a");
    EXPECT_TRUE(both.parts[0].fact);
    EXPECT_FALSE(both.parts[1].fact);
    EXPECT_EQ(asked.missing, Words {"site.b"});
}

TEST(Expression, onlyWhatWouldDecideIsMissing)
{
    const auto asked = ask(R"({"or":[{"and":[{"false":[]},{"exists":[{"var":"site.never"}]}]},{"eq":[{"var":"site.b"},1]},{"eq":[{"var":"site.a"},1]},
        {"eq":[{"var":"site.a"},2]}]})",
        json::object());
    EXPECT_EQ(asked.missing, (Words {"site.a", "site.b"}));
    EXPECT_TRUE(ask(R"({"or":[{"true":[]},{"eq":[{"var":"site.a"},1]}]})", json::object()).missing.empty());
}

TEST(Expression, aCertificateCountsOnlyConfirmedAndInTime)
{
    const auto wanted = R"({"cert":["HDS","2.0"]})";
    const Date today = dateFrom("2026-11-22").value();
    Certificate good {"HDS", "2.0", "ANS", "7", today - std::chrono::days(1), today, CertificateStatus::Confirmed};
    const auto with = [&](auto change) {
        Certificate changed = good;
        change(changed);
        return ask(wanted, json::object(), Role::Condition, {changed});
    };
    EXPECT_EQ(with([](auto &) {}).value, Truth::True);
    EXPECT_EQ(with([&](auto &c) { c.validUntil = today - std::chrono::days(1); }).value, Truth::False);
    EXPECT_EQ(with([&](auto &c) { c.validFrom = today + std::chrono::days(1); }).value, Truth::False);
    EXPECT_EQ(with([](auto &c) { c.status = CertificateStatus::Revoked; }).value, Truth::False);
    EXPECT_EQ(with([](auto &c) { c.scheme = "C5"; }).value, Truth::False);
    EXPECT_EQ(with([](auto &c) { c.level = "1.1"; }).value, Truth::False);
    EXPECT_EQ(with([](auto &c) { c.status = CertificateStatus::Declared; }).missing, Words {"certificate HDS evidence"});
    EXPECT_EQ(with([](auto &c) { c.level = ""; }).missing, Words {"certificate HDS level"});
    EXPECT_EQ(with([](auto &c) { c.validUntil = Date {}; }).missing, Words {"certificate HDS validity"});
    Certificate old = good;
    old.level = "1.1";
    const auto either = ask(wanted, json::object(), Role::Condition, {old, good});
    EXPECT_EQ(either.value, Truth::True);
    EXPECT_EQ(either.proof.factName, "certificate HDS");
    EXPECT_EQ(describe(either.proof.fact.value().value), "HDS 2.0, n° 7, until 2026-11-22 (confirmed)");
}

TEST(Expression, whatIsNotUnderstoodIsRefusedWithWhatWasExpected)
{
    const char *const bad[] = {"null", "[]", "{}", "true", R"({"and":[]})", R"({"and":{}})", R"({"not":[]})", R"({"not":[{"true":[]},{"true":[]}]})",
        R"({"xor":[{"true":[]}]})", R"({"true":[1]})", R"({"true":[],"false":[]})", R"({"eq":[{"var":"site.a"}]})", R"({"eq":[1,1]})",
        R"({"eq":[{"var":"site.a"},null]})", R"({"eq":[{"var":"site.a"},["x"]]})", R"({"eq":[{"var":"place.a"},1]})", R"({"eq":[{"var":"site."},1]})",
        R"({"eq":[{"var":"site.A B"},1]})", R"({"eq":[{"var":1},1]})", R"({"eq":[{"fact":"site.a"},1]})", R"({"ge":[{"var":"site.a"},"3"]})",
        R"({"ge":[{"var":"site.a"},true]})", R"({"in":[{"var":"site.a"},{"set":"MOON"}]})", R"({"in":[{"set":"EU"},{"var":"site.a"}]})",
        R"({"in":[{"var":"site.a"},[1]]})", R"({"in":[{"var":"site.a"},"FR"]})", R"({"in":["FR",{"set":"EU"}]})",
        R"({"allIn":["FR",{"var":"site.a"}]})", R"({"empty":["x"]})", R"({"exists":["site.a"]})", R"({"exists":[{"var":"site.a"},{"var":"site.b"}]})",
        R"({"cert":["HDS"]})", R"({"cert":["HDS","9"]})", R"({"cert":["ISO","2022"]})", R"({"cert":[null,null]})",
        R"({"certAtLeastVar":["HDS","2.0"]})", R"({"certAtLeastVar":["ISO",{"var":"site.a"}]})"};
    for (const auto *text : bad) {
        Vocabulary words = vocabulary();
        const auto read = Expression::fromJson(json::parse(text), Role::Condition, words);
        ASSERT_FALSE(read) << text;
        EXPECT_EQ(read.error().reason, Reason::Malformed) << text;
        EXPECT_FALSE(read.error().fact("expected").empty()) << text;
    }
}

TEST(Expression, depthAndSizeHaveLimits)
{
    const auto nested = [](int levels) {
        std::string text = R"({"true":[]})";
        for (int i = 1; i < levels; ++i) {
            text = R"({"not":[)" + text + "]}";
        }
        return json::parse(text);
    };
    Vocabulary words = vocabulary();
    EXPECT_TRUE(Expression::fromJson(nested(Expression::maxDepth), Role::Condition, words));
    EXPECT_FALSE(Expression::fromJson(nested(Expression::maxDepth + 1), Role::Condition, words));
    json wide = json::array();
    for (std::size_t i = 0; i < Expression::maxNodes; ++i) {
        wide.push_back({{"true", json::array()}});
    }
    EXPECT_FALSE(Expression::fromJson({{"and", wide}}, Role::Condition, words));
}
