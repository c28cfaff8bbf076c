// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/core/rulescene.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <numeric>

using namespace portulan;
using namespace portulan::test;

namespace {

const Rulebook &shipped()
{
    static const Rulebook book = Rulebook::fromJson(shippedRules()).value();
    return book;
}
const Date today = day("2026-11-22");

/// A book of one rule about "site.a", of any severity.
Rulebook bookOf(const std::string &severity, const std::string &onFalse = "fail", const std::string &attestedBy = "[]")
{
    return Rulebook::fromJson(R"({"version":"1","cert_orders":{"HDS":["1.1","2.0"]},"rules":[{"id":"R","severity":")" + severity + R"(","on_false":")"
        + onFalse
        + R"(","title":{"en":"E","fr":"F"},"source":{"name":"S","ref":"1"},"applies_when":{"true":[]},"condition":{"eq":[{"var":"site.a"},true]},"attested_by":)"
        + attestedBy + "}]}")
        .value();
}
std::string statusOf(const Rulebook &book, const std::string &stated)
{
    const Scene scene("dataset.class=open " + stated);
    const Verdict verdict = book.judge(scene.subject, scene.site, today);
    EXPECT_EQ(verdict.status, book.status(scene.subject, scene.site, today));
    return std::string(toString(verdict.status));
}

}

TEST(Rulebook, theWorstFindingMakesTheStatus)
{
    struct {
        const char *severity, *onFalse, *kept, *broken, *unknown;
    } const rows[] = {
        {"blocker", "fail", "compliant", "non_compliant", "not_evaluated"},
        {"blocker", "review", "compliant", "to_watch", "not_evaluated"},
        {"major", "fail", "compliant", "to_watch", "to_watch"},
        {"major", "review", "compliant", "to_watch", "to_watch"},
        {"minor", "fail", "compliant", "to_watch", "compliant"},
        {"minor", "review", "compliant", "to_watch", "compliant"},
        {"info", "fail", "compliant", "compliant", "compliant"},
    };
    for (const auto &row : rows) {
        const Rulebook book = bookOf(row.severity, row.onFalse);
        EXPECT_EQ(statusOf(book, "site.a=true"), row.kept) << row.severity;
        EXPECT_EQ(statusOf(book, "site.a=false"), row.broken) << row.severity;
        EXPECT_EQ(statusOf(book, ""), row.unknown) << row.severity;
    }
    const Rulebook attested = bookOf("blocker", "fail", R"([["HDS","2.0"]])");
    EXPECT_EQ(statusOf(attested, "site.a=false cert=HDS/2.0"), "conflict");
    EXPECT_EQ(statusOf(attested, "cert=HDS/2.0"), "compliant");
    EXPECT_EQ(statusOf(attested, "cert=HDS/1.1"), "not_evaluated");
    EXPECT_EQ(statusOf(attested, "cert=HDS/2.0/declared"), "not_evaluated");
}

TEST(Rulebook, knowingNothingIsNeverGreen)
{
    const Scene open("dataset.class=open");
    EXPECT_EQ(Rulebook().status(open.subject, open.site, today), Status::NotEvaluated);
    EXPECT_EQ(Rulebook().judge(open.subject, open.site, today).status, Status::NotEvaluated);
    const Scene unclassified("site.a=true");
    EXPECT_EQ(bookOf("blocker").status(unclassified.subject, unclassified.site, today), Status::NotEvaluated);
    const Verdict verdict = shipped().judge({}, {}, today);
    EXPECT_EQ(verdict.status, Status::NotEvaluated);
    EXPECT_TRUE(verdict.refusals().empty());
    EXPECT_TRUE(
        std::ranges::any_of(verdict.findings, [](const Finding &f) { return f.rule == "PTL-CLS-003" && f.missing == Words {"dataset.class"}; }));
}

TEST(Rulebook, aSiteAndAProjectThatDeclareEverythingAreGreen)
{
    Scene scene("site.country=FR site.subdivision=FR-ARA site.backup_countries=FR site.documented_export=true provider.operator_country=FR "
                "provider.ultimate_parent_country=FR provider.contract_law_countries=FR provider.nis2_registered=true cert=ISO27001/2022");
    Project project;
    project.labels = {{"workload.key_country", "FR"}, {"workload.encrypted_at_rest", "true"}};
    const Subject subject = subjectOf(Classification::Personal, &project);
    EXPECT_EQ(shipped().status(subject, scene.site, today), Status::Compliant);
    for (const auto *needed : {"site.backup_countries", "site.documented_export", "provider.ultimate_parent_country", "provider.nis2_registered"}) {
        Scene without = scene;
        without.site.facts.erase(needed);
        EXPECT_NE(shipped().status(subject, without.site, today), Status::Compliant) << needed;
    }
}

// The letters are those of an independent evaluator of the same rules (sensitive State data, health, personal, open, restricted, classified):
// + allowed, - forbidden, ? not evaluated.
TEST(Rulebook, fictitiousSitesAreJudgedAsTheOracleJudgesThem)
{
    struct {
        const char *letters, *stated;
    } const sites[] = {
        {"++++?-",
            "site.country=FR site.subdivision=FR-ARA site.backup_countries=FR site.admin_countries=FR site.support_countries=FR "
            "site.ownership_model=commercial provider.operator_country=FR provider.registered_office_country=FR provider.hq_country=FR "
            "provider.main_establishment_country=FR provider.ultimate_parent_country=FR provider.max_non_eu_share_pct=0 "
            "provider.total_non_eu_share_pct=0 cert=SecNumCloud/3.2 cert=HDS/2.0 cert=ISO27001/2022"},
        {"???+?-",
            "site.country=FR site.subdivision=FR-BRE provider.operator_country=FR provider.hq_country=FR provider.registered_office_country=FR "
            "provider.ultimate_parent_country=FR cert=HDS/2.0/unverified cert=ISO27001/2022"},
        {"---+--",
            "site.country=HR site.subdivision=HR-21 site.backup_countries=HR,CH provider.operator_country=HR provider.hq_country=HR "
            "provider.registered_office_country=HR provider.ultimate_parent_country=HR"},
        {"?-?+?-", "site.country=PT"},
        {"--?+--",
            "site.country=CH site.subdivision=CH-GE provider.operator_country=CH provider.hq_country=CH provider.registered_office_country=CH "
            "provider.ultimate_parent_country=MX provider.max_non_eu_share_pct=60.8 provider.total_non_eu_share_pct=60.8 cert=HDS/2.0"},
        {"-??+--",
            "site.country=DE site.subdivision=DE-HE site.backup_countries=DE site.support_countries=DE provider.operator_country=DE "
            "provider.hq_country=DE provider.registered_office_country=DE provider.ultimate_parent_country=US provider.max_non_eu_share_pct=100 "
            "provider.total_non_eu_share_pct=100 provider.us_presence=true cert=HDS/2.0 cert=C5/type2 cert=ISO27001/2022"},
        {"--++--",
            "site.country=SI site.backup_countries=SI provider.operator_country=SI provider.ultimate_parent_country=AT "
            "provider.max_non_eu_share_pct=29 site.ownership_model=commercial cert=ISO27001/2022"},
        {"---+--", "site.country=CN site.backup_countries=CN provider.operator_country=CN provider.ultimate_parent_country=CN cert=ISO27001/2022"},
    };
    const char *const subjects[] = {
        "dataset.class=sren_sensitive tenant.type=fr_state policy.forbid_us_exposure=true policy.require_secnumcloud=true",
        "dataset.class=health_fr tenant.type=private",
        "dataset.class=personal tenant.type=private",
        "dataset.class=open tenant.type=fr_state",
        "dataset.class=dr_fr tenant.type=fr_state policy.forbid_us_exposure=true policy.require_secnumcloud=true",
        "dataset.class=classified tenant.type=fr_state policy.forbid_us_exposure=true policy.require_secnumcloud=true",
    };
    for (const auto &site : sites) {
        std::string letters;
        for (const auto *subject : subjects) {
            const Scene scene(std::string(subject) + ' ' + site.stated);
            const Verdict verdict = shipped().judge(scene.subject, scene.site, today);
            EXPECT_EQ(verdict.refusals().empty(), verdict.status > Status::Conflict);
            letters += verdict.status <= Status::Conflict ? '-' : verdict.status == Status::NotEvaluated ? '?' : '+';
        }
        EXPECT_EQ(letters, site.letters) << site.stated;
    }
}

TEST(Rulebook, findingsComeWorstFirstWithoutThoseThatDoNotApply)
{
    const Scene scene("dataset.class=health_fr site.country=CH site.pue=2");
    const Verdict verdict = shipped().judge(scene.subject, scene.site, today);
    ASSERT_FALSE(verdict.findings.empty());
    EXPECT_EQ(verdict.findings.front().rule, "PTL-CRT-002");
    Status before = Status::NonCompliant;
    for (const auto &finding : verdict.findings) {
        EXPECT_NE(finding.outcome, Outcome::NotApplicable);
        const Status now = portulan::statusOf(finding.severity, finding.outcome);
        EXPECT_GE(now, before) << finding.rule;
        before = now;
    }
    EXPECT_EQ(verdict.rulebookVersion, shipped().version());
    EXPECT_EQ(verdict.judgedOn, today);
}

TEST(Rulebook, aRefusalNamesItsRule)
{
    const Scene scene("dataset.class=health_fr site.country=CH");
    const Verdict verdict = shipped().judge(scene.subject, scene.site, today);
    const Problem problem = refusal(verdict, scene.subject.classification, "geneve");
    EXPECT_EQ(problem.reason, Reason::Refused);
    EXPECT_EQ(problem.fact("rule"), "PTL-CRT-002");
    EXPECT_EQ(problem.fact("title_en"), "Valid HDS certificate covering the activity");
    EXPECT_EQ(problem.fact("title_fr"), shipped().rule("PTL-CRT-002")->titleFr);
    EXPECT_EQ(problem.fact("severity"), "blocker");
    EXPECT_EQ(problem.fact("classification"), "health_fr");
    EXPECT_EQ(problem.fact("site"), "geneve");
    EXPECT_EQ(problem.fact("further"), std::to_string(verdict.refusals().size() - 1));
    EXPECT_FALSE(problem.fact("source").empty());
    EXPECT_EQ(refusal(Verdict(), Classification::Open, "x").reason, Reason::Internal);
}

TEST(Rulebook, aConflictNamesTheCertificateThatVouched)
{
    const Scene scene("dataset.class=sren_sensitive site.country=US cert=SecNumCloud/3.2");
    const Verdict verdict = shipped().judge(scene.subject, scene.site, today);
    const auto at = std::ranges::find(verdict.findings, "PTL-LOC-001", &Finding::rule);
    ASSERT_NE(at, verdict.findings.end());
    EXPECT_EQ(at->attestedBy, "SecNumCloud 3.2, n° 42, until 2027-12-31");
    EXPECT_EQ(at->condition.fact.value().source, "site description");
    EXPECT_EQ(at->applies.parts.at(0).fact.value().source, "classification of the data");
}

TEST(Rulebook, aCertificateThatLapsesTurnsTheVerdict)
{
    const Scene scene("dataset.class=health_de cert=C5/type2 site.country=DE site.backup_countries=DE provider.ultimate_parent_country=DE");
    EXPECT_EQ(shipped().status(scene.subject, scene.site, day("2027-12-31")), Status::ToWatch);
    EXPECT_EQ(shipped().status(scene.subject, scene.site, day("2028-01-01")), Status::NonCompliant);
}

TEST(Rulebook, nobodyOverrulesTheClassOrTheSiteByAFactOfTheirOwn)
{
    Scene scene("site.country=CH");
    for (const auto *name : {"dataset.class", "site.country", "policy.require_secnumcloud", "tenant.type"}) {
        scene.subject.facts[name] = {std::string("open"), "forger", {}, Assurance::Measured};
        scene.site.facts[name] = {std::string("FR"), "forger", {}, Assurance::Measured};
    }
    Scene honest("site.country=CH");
    EXPECT_EQ(shipped().judge(scene.subject, scene.site, today), shipped().judge(honest.subject, honest.site, today));
}

TEST(Rulebook, aBoundSiteAnswersLikeTheSiteItself)
{
    const Scene scene("site.country=FR site.backup_countries=FR cert=HDS/2.0 cert=ISO27001/2022 provider.ultimate_parent_country=FR");
    BoundSite bound = shipped().bind(Site(), today);
    bound = shipped().bind(scene.site, today);
    for (const auto classification : allClassifications) {
        Subject subject;
        subject.classification = classification;
        EXPECT_EQ(shipped().status(subject, bound), shipped().judge(subject, scene.site, today).status) << toString(classification);
    }
}

TEST(Rulebook, aProjectSpeaksThroughItsPolicyAndItsLabels)
{
    Project project;
    project.id = {"lyon", ObjectKind::Project, "chu"};
    project.tenantType = "hospital";
    project.policy.minSeal = 2;
    project.labels
        = {{"workload.encrypted_at_rest", "true"}, {"dataset.scco_level", "3"}, {"workload.key_country", "FR"}, {"team", "x"}, {"dataset.empty", ""}};
    const Subject subject = subjectOf(Classification::HealthFr, &project);
    EXPECT_EQ(subject.tenantType, "hospital");
    EXPECT_EQ(subject.policy, project.policy);
    ASSERT_EQ(subject.facts.size(), 3u);
    EXPECT_EQ(subject.facts.at("workload.encrypted_at_rest").value, Value(true));
    EXPECT_EQ(subject.facts.at("dataset.scco_level").value, Value(3.0));
    EXPECT_EQ(subject.facts.at("workload.key_country").value, Value(std::string("FR")));
    EXPECT_EQ(subject.facts.at("workload.key_country").source, "label of project chu");
    EXPECT_EQ(subjectOf(Classification::Open, nullptr).policy, ProjectPolicy());
}

TEST(Rulebook, policiesTheProgramDoesNotKnowHaveTheFilesDefault)
{
    const auto book
        = Rulebook::fromJson(R"({"version":"1","policy_defaults":{"quiet":true,"loud":null},"rules":[{"id":"R","severity":"blocker","on_false":"fail",
        "title":{"en":"E","fr":"F"},"source":{"name":"S"},"applies_when":{"eq":[{"var":"policy.quiet"},true]},"condition":{"eq":[{"var":"policy.loud"},true]}}]})");
    ASSERT_TRUE(book) << describe(book.error());
    EXPECT_EQ(statusOf(*book, ""), "non_compliant");
}
