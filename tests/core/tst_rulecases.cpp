// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/core/rulescene.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>

using namespace portulan;
using namespace portulan::test;

namespace {

struct Case {
    int line = 0;
    std::string rule;
    std::string outcome;
    std::string stated;
    Words missing;
};

std::vector<Case> readCases()
{
    std::vector<Case> cases;
    std::istringstream file(readText(PORTULAN_SOURCE_DIR "/tests/core/rulecases.txt"));
    int line = 0;
    for (std::string text; std::getline(file, text);) {
        ++line;
        if (text.empty() || text.starts_with('#')) {
            continue;
        }
        Case next;
        next.line = line;
        std::istringstream words(text);
        words >> next.rule >> next.outcome;
        bool missing = false;
        for (std::string word; words >> word;) {
            if (word == "?") {
                missing = true;
            } else if (missing) {
                std::ranges::replace(word, '~', ' ');
                next.missing.push_back(word);
            } else {
                next.stated += word + ' ';
            }
        }
        cases.push_back(next);
    }
    return cases;
}

const Rulebook &shipped()
{
    static const Rulebook book = Rulebook::fromJson(shippedRules()).value();
    return book;
}

Finding findingOf(const Verdict &verdict, const std::string &rule)
{
    const auto at = std::ranges::find(verdict.findings, rule, &Finding::rule);
    if (at != verdict.findings.end()) {
        return *at;
    }
    Finding none;
    none.outcome = Outcome::NotApplicable;
    return none;
}

}

TEST(RuleCases, everyCaseComesOutAsItSays)
{
    for (const auto &next : readCases()) {
        if (next.outcome == "never") {
            continue;
        }
        const Scene scene(next.stated);
        const Date today = day("2026-11-22");
        const Verdict verdict = shipped().judge(scene.subject, scene.site, today);
        const Finding finding = findingOf(verdict, next.rule);
        EXPECT_EQ(toString(finding.outcome), next.outcome) << "rulecases.txt:" << next.line << ' ' << next.rule;
        EXPECT_EQ(finding.missing, next.missing) << "rulecases.txt:" << next.line << ' ' << next.rule;
        EXPECT_EQ(verdict.status, shipped().status(scene.subject, scene.site, today)) << "rulecases.txt:" << next.line;
    }
}

TEST(RuleCases, everyRuleIsShownKeptBrokenAndUnknown)
{
    std::set<std::pair<std::string, std::string>> shown;
    for (const auto &next : readCases()) {
        std::string outcome = next.outcome == "never" ? next.stated.substr(0, next.stated.find(' ')) : next.outcome;
        shown.emplace(next.rule, outcome == "review" ? "fail" : outcome);
    }
    const auto ids = shipped().ruleIds();
    EXPECT_EQ(ids.size(), 53u);
    for (const auto &id : ids) {
        for (const auto *outcome : {"pass", "fail", "not_evaluated"}) {
            EXPECT_TRUE(shown.contains({id, outcome})) << id << " has no case " << outcome;
        }
    }
    for (const auto &[rule, outcome] : shown) {
        EXPECT_NE(shipped().rule(rule), nullptr) << rule << " is not a rule";
    }
}

TEST(RuleCases, everyRuleHasItsWordsInBothLanguagesAndItsSource)
{
    for (const auto &id : shipped().ruleIds()) {
        const auto *rule = shipped().rule(id);
        EXPECT_FALSE(rule->titleEn.empty() || rule->titleFr.empty()) << id;
        EXPECT_NE(rule->titleEn, rule->titleFr) << id;
        EXPECT_FALSE(rule->source.name.empty()) << id;
        const auto known = {"in-force", "published", "guidance", "foreign-law", "proposal", "local"};
        EXPECT_NE(std::ranges::find(known, rule->source.status), known.end()) << id << ' ' << rule->source.status;
        EXPECT_FALSE(rule->severity == Severity::Blocker && rule->source.status == "proposal") << id << ": a proposal is not law";
    }
}
