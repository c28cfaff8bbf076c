// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/core/rulescene.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

using namespace portulan;
using namespace portulan::test;

namespace {

const Date today = day("2026-11-22");

Site siteOf(std::vector<Holder> holders, std::string country = "FR")
{
    Site site;
    site.operatedBy.country = std::move(country);
    site.operatedBy.holders = std::move(holders);
    return site;
}
/// The value as words, "?" when nobody knows.
std::string said(const FactSet &facts, const std::string &name)
{
    const auto at = facts.find(name);
    return at == facts.end() ? "?" : describe(at->second.value);
}
/// Largest and total share from outside the Union, veto, board majority.
std::string ownership(std::vector<Holder> holders)
{
    const FactSet facts = factsOf(siteOf(std::move(holders)));
    return said(facts, "provider.max_non_eu_share_pct") + ' ' + said(facts, "provider.total_non_eu_share_pct") + ' '
        + said(facts, "provider.non_eu_veto") + ' ' + said(facts, "provider.non_eu_board_majority");
}

}

TEST(SiteFacts, aBareSiteSaysNothingOfWhatItDoesNotKnow)
{
    const FactSet facts = factsOf(Site(), today);
    for (const auto &[name, fact] : facts) {
        EXPECT_TRUE(name == "site.kind" || name == "site.stack") << name;
    }
}

TEST(SiteFacts, thePlaceSaysTheCountryWhateverTheFactsClaim)
{
    Site site;
    site.place.country = "CH";
    site.place.subdivision = "CH-GE";
    site.facts["site.country"] = {std::string("FR"), "operator declaration", today, Assurance::Declared};
    site.facts["workload.key_custody"] = {std::string("customer_hyok"), "operator declaration", today, Assurance::Declared};
    const FactSet facts = factsOf(site);
    EXPECT_EQ(said(facts, "site.country"), "CH");
    EXPECT_EQ(said(facts, "site.subdivision"), "CH-GE");
    EXPECT_EQ(said(facts, "workload.key_custody"), "?");
}

TEST(SiteFacts, sharesAreDerivedFromTheHolders)
{
    EXPECT_EQ(ownership({{"Mairie", "FR", 100, 100, false, true}}), "0 0 false false");
    EXPECT_EQ(ownership({{"Mairie", "FR", 70, 60, false, true}, {"Fund", "US", 20, 30, true, false}, {"Bank", "JP", 10, 10, false, false}}),
        "30 40 true false");
    EXPECT_EQ(ownership({{"Fund", "US", 100, 0, false, true}}), "100 100 false true");
    EXPECT_EQ(ownership({{"Mairie", "FR", 99.7, 0, false, true}, {"Fund", "NO", 0.1, 0, false, false}}), "0.1 0.1 false false");
}

TEST(SiteFacts, sharesNobodyDeclaresAreNotGuessed)
{
    EXPECT_EQ(ownership({}), "? ? ? ?");
    EXPECT_EQ(ownership({{"Mairie", "FR", 60, 0, false, false}}), "? ? ? ?");
    EXPECT_EQ(ownership({{"Mairie", "FR", 60, 0, false, false}, {"Fund", "US", 30, 0, true, false}}), "30 ? true ?");
    EXPECT_EQ(ownership({{"Fund", "US", 60, 0, false, false}}), "60 60 ? ?");
    EXPECT_EQ(ownership({{"Mairie", "FR", 60, 0, false, false}, {"Unknown", "", 40, 0, false, false}}), "? ? ? ?");
    EXPECT_EQ(ownership({{"Mairie", "FR", 100, 60, false, false}}), "? ? ? ?");
}

TEST(SiteFacts, anExplicitFactOutweighsADerivedOne)
{
    Site site = siteOf({{"Fund", "US", 100, 100, false, false}});
    site.facts["provider.max_non_eu_share_pct"] = {12.0, "register", today, Assurance::Attested};
    site.facts["provider.operator_country"] = {std::string("BE"), "register", today, Assurance::Attested};
    const FactSet facts = factsOf(site);
    EXPECT_EQ(said(facts, "provider.max_non_eu_share_pct"), "12");
    EXPECT_EQ(said(facts, "provider.operator_country"), "BE");
    EXPECT_EQ(said(facts, "provider.hq_country"), "FR");
    EXPECT_EQ(facts.at("provider.max_non_eu_share_pct").source, "register");
}

TEST(SiteFacts, theParentIsTheDeclaredOneOrTheHolderInControl)
{
    const auto parent = [](Site site) { return said(factsOf(site), "provider.ultimate_parent_country"); };
    Site site = siteOf({});
    EXPECT_EQ(parent(site), "?");
    site.operatedBy.ultimateParent = "Holding";
    EXPECT_EQ(parent(site), "?");
    site.operatedBy.ultimateParentCountry = "US";
    EXPECT_EQ(parent(site), "US");
    EXPECT_EQ(said(factsOf(site), "provider.us_presence"), "true");
    EXPECT_EQ(parent(siteOf({{"Fund", "MX", 60, 60, false, false}, {"Mairie", "FR", 40, 40, false, false}})), "MX");
    EXPECT_EQ(parent(siteOf({{"A", "DE", 50, 50, false, false}, {"B", "FR", 50, 50, false, false}})), "FR");
    EXPECT_EQ(parent(siteOf({{"A", "DE", 20, 20, false, false}})), "?");
    EXPECT_EQ(said(factsOf(siteOf({})), "provider.us_presence"), "?");
}

TEST(SiteFacts, daysLeftAndAgesDependOnTheDay)
{
    Site site = Scene("cert=HDS/2.0 cert=C5/type2/declared cert=ISO27001/2022").site;
    site.certificates[1].validUntil = today + std::chrono::days(3);
    site.certificates[2].validUntil = today + std::chrono::days(10);
    EXPECT_EQ(said(factsOf(site, today), "site.min_cert_days_left"), "10");
    EXPECT_EQ(said(factsOf(site, today + std::chrono::days(11)), "site.min_cert_days_left"), "393");
    EXPECT_EQ(said(factsOf(site, day("2029-01-01")), "site.min_cert_days_left"), "?");

    site.facts["provider.total_non_eu_share_pct"] = {3.0, "register", day("2026-01-01"), Assurance::Attested};
    site.facts["provider.max_non_eu_share_pct"] = {3.0, "register", day("2025-11-22"), Assurance::Attested};
    EXPECT_EQ(said(factsOf(site, today), "provider.ownership_age_days"), "365");
    site.facts["provider.ownership_age_days"] = {5.0, "operator declaration", day("2026-11-02"), Assurance::Declared};
    EXPECT_EQ(said(factsOf(site, today), "provider.ownership_age_days"), "25");
}

TEST(SiteFacts, theUnionIsThatOfTheRules)
{
    const auto rules = nlohmann::json::parse(shippedRules());
    const auto members = rules["sets"]["EU"].get<Words>();
    EXPECT_EQ(members.size(), 27u);
    for (const auto &country : rules["sets"]["EEA+ADEQUATE"].get<Words>()) {
        const bool member = std::find(members.begin(), members.end(), country) != members.end();
        EXPECT_EQ(ownership({{"Holder", country, 100, 100, false, false}}).starts_with("0 "), member) << country;
    }
}
