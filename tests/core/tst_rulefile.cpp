// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/core/rulescene.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <random>

using namespace portulan;
using namespace portulan::test;
using nlohmann::json;

namespace {

json goodFile()
{
    return json::parse(R"({"version":"1","sets":{"EU":["FR"]},"cert_orders":{"HDS":["1.1","2.0"]},"rules":[
 {"id":"A-1","severity":"blocker","on_false":"fail","title":{"en":"E","fr":"F"},"source":{"name":"S"},"applies_when":{"true":[]},
  "condition":{"in":[{"var":"site.country"},{"set":"EU"}]},"attested_by":[["HDS","2.0"]]}]})");
}

/// A random expression, mostly lawful, sometimes not.
json wildExpression(std::mt19937 &chance, int depth)
{
    const auto pick = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(chance); };
    const auto leaf = [&]() -> json {
        const json leaves[] = {{{"var", "site.country"}}, {{"var", "policy.allowed_countries"}}, {{"var", "dataset.class"}},
            {{"var", "provider.seal"}}, {{"set", "EU"}}, {{"var", "moon.phase"}}, "FR", 3, true, nullptr, {"FR", "DE"},
            {{"var", "site.backup_countries"}}, {{"var", "workload.a"}}};
        return leaves[pick(std::size(leaves))];
    };
    const char *const operators[] = {"and", "or", "not", "eq", "ne", "lt", "le", "gt", "ge", "in", "allIn", "anyIn", "empty", "exists", "cert",
        "certAtLeastVar", "true", "false", "xor"};
    const std::string name = operators[pick(depth > 0 ? std::size(operators) : 18)];
    json list = json::array();
    if (name == "and" || name == "or" || name == "not") {
        const std::size_t parts = name == "not" ? 1 : 1 + pick(3);
        for (std::size_t i = 0; i < parts; ++i) {
            list.push_back(depth > 0 ? wildExpression(chance, depth - 1) : json {{"true", json::array()}});
        }
    } else if (name == "cert" || name == "certAtLeastVar") {
        list = {"HDS", name == "cert" ? json(pick(2) ? "2.0" : "1.1") : json {{"var", "dataset.level"}}};
    } else if (name == "empty" || name == "exists") {
        list.push_back(leaf());
    } else if (name != "true" && name != "false") {
        list = {leaf(), leaf()};
    }
    return {{name, list}};
}

}

TEST(RuleFile, theShippedFileReads)
{
    const auto book = Rulebook::fromJson(shippedRules());
    ASSERT_TRUE(book) << describe(book.error());
    EXPECT_EQ(book->version(), "0.1.0");
    const auto *rule = book->rule("PTL-LOC-002");
    ASSERT_NE(rule, nullptr);
    EXPECT_EQ(rule->condition, "in(site.country, EEA)");
    EXPECT_EQ(rule->appliesWhen, "eq(dataset.class, \"health_fr\")");
    EXPECT_EQ(rule->source.reference, "EXI 28");
    EXPECT_EQ(book->rule("PTL-XXX"), nullptr);
}

TEST(RuleFile, whatIsUnknownIsRefusedWithItsRule)
{
    const auto set = [](const char *pointer, json value) { return std::pair<std::string, json>(pointer, std::move(value)); };
    const std::pair<std::string, json> changes[] = {set("/rules/0/severity", "fatal"), set("/rules/0/severity", 3),
        set("/rules/0/on_false", "explode"), set("/rules/0/condition/in/1/set", "MOON"), set("/rules/0/condition/in/0/var", "moon.phase"),
        set("/rules/0/condition", nullptr), set("/rules/0/applies_when", {{"xor", json::array()}}), set("/rules/0/title", "E"),
        set("/rules/0/title/fr", ""), set("/rules/0/source", nullptr), set("/rules/0/attested_by/0/1", "9"), set("/rules/0/attested_by/0/0", "C5"),
        set("/rules/0/attested_by", "HDS"), set("/rules/0/attested_bye", json::array()), set("/rules/1", goodFile()["rules"][0])};
    for (const auto &[pointer, value] : changes) {
        json file = goodFile();
        file[json::json_pointer(pointer)] = value;
        const auto book = Rulebook::fromJson(file.dump(1));
        ASSERT_FALSE(book) << pointer << ' ' << value;
        EXPECT_EQ(book.error().reason, Reason::Malformed) << pointer;
        EXPECT_EQ(book.error().fact("rule"), "A-1") << pointer;
        EXPECT_FALSE(book.error().fact("expected").empty()) << pointer;
        EXPECT_FALSE(book.error().fact("line").empty()) << pointer;
    }
}

TEST(RuleFile, aFileThatIsNoRuleFileIsRefused)
{
    const std::string good = goodFile().dump();
    ASSERT_TRUE(Rulebook::fromJson(good));
    const std::string bad[] = {"", "{", "[]", "null", "{}", R"({"version":"1"})", R"({"version":"1","rules":[]})", R"({"version":1,"rules":[{}]})",
        R"({"version":"1","rules":[{}]})", R"({"version":"1","rules":[{"id":""}]})", R"({"version":"1","surprise":1,"rules":[{}]})", "\xff\xfe",
        good + "x", R"({"version":"1","sets":{"EU":[1]},"rules":[{}]})", R"({"version":"1","cert_orders":[],"rules":[{}]})",
        R"({"version":"1","policy_defaults":{"a":[]},"rules":[{}]})", R"({"version":"1","version":"2","rules":[{}]})", std::string(100000, '[')};
    for (const auto &text : bad) {
        const auto book = Rulebook::fromJson(text);
        ASSERT_FALSE(book) << text.substr(0, 80);
        EXPECT_EQ(book.error().reason, Reason::Malformed) << text.substr(0, 80);
    }
    EXPECT_EQ(Rulebook::fromJson("{\n\"version\": \"1\",\n oops").error().fact("line"), "3");
    EXPECT_EQ(Rulebook::fromJson(std::string(5 << 20, ' ')).error().reason, Reason::TooLarge);
}

TEST(RuleFile, everyTruncationIsRefusedAndNoneCrashes)
{
    const std::string good = shippedRules();
    const std::size_t end = good.find_last_of('}');
    for (std::size_t length = 0; length <= end; length += 397) {
        EXPECT_FALSE(Rulebook::fromJson(std::string_view(good).substr(0, length))) << length;
    }
}

TEST(RuleFile, flippedBytesNeverCrash)
{
    const std::string good = shippedRules();
    std::mt19937 chance(20261122);
    const Scene scene("dataset.class=health_fr site.country=FR cert=HDS/2.0");
    std::size_t read = 0;
    for (int i = 0; i < 120; ++i) {
        std::string bad = good;
        for (int flips = 0; flips < 3; ++flips) {
            bad[std::uniform_int_distribution<std::size_t>(0, bad.size() - 1)(chance)] = char(std::uniform_int_distribution<int>(0, 255)(chance));
        }
        if (const auto book = Rulebook::fromJson(bad)) {
            ++read;
            EXPECT_EQ(book->judge(scene.subject, scene.site, day("2026-11-22")).status, book->status(scene.subject, scene.site, day("2026-11-22")));
        }
    }
    EXPECT_LT(read, 120u);
}

TEST(RuleFile, randomRulesAreReadOrRefusedAndJudgeAsTheyStatus)
{
    std::mt19937 chance(7);
    const Scene scenes[] = {Scene("dataset.class=open site.country=FR site.backup_countries=FR,US cert=HDS/2.0"),
        Scene("policy.allowed_countries=FR workload.a=3"), Scene("dataset.class=personal dataset.level=1.1 provider.seal=2 cert=HDS/1.1/declared")};
    std::size_t read = 0;
    for (int i = 0; i < 2000; ++i) {
        json file = goodFile();
        file["rules"][0]["condition"] = wildExpression(chance, 5);
        file["rules"][0]["applies_when"] = wildExpression(chance, 2);
        const auto book = Rulebook::fromJson(file.dump());
        if (!book) {
            EXPECT_EQ(book.error().reason, Reason::Malformed);
            continue;
        }
        ++read;
        for (const auto &scene : scenes) {
            const Verdict verdict = book->judge(scene.subject, scene.site, day("2026-11-22"));
            EXPECT_EQ(verdict.status, book->status(scene.subject, scene.site, day("2026-11-22"))) << file;
            for (const auto &finding : verdict.findings) {
                EXPECT_TRUE(finding.outcome != Outcome::NotEvaluated || !finding.missing.empty()) << file;
            }
        }
    }
    EXPECT_GT(read, 80u);
}
