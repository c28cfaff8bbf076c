// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// How fast the rules judge: one JSON line a figure, {"metric", "unit", "value"}.
#include "tests/core/rulescene.h"

#include <chrono>
#include <cstdio>

using namespace portulan;
using portulan::test::Scene;

namespace {

using Clock = std::chrono::steady_clock;

struct Benched {
    double seconds = 0;
    std::size_t count = 0;
};

/// Runs `work` over and over for about half a second.
template <typename Work>
Benched measure(std::size_t each, Work work)
{
    Benched done;
    const auto start = Clock::now();
    while (done.seconds < 0.5) {
        work();
        done.count += each;
        done.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    }
    return done;
}

void print(const char *metric, const char *unit, double value)
{
    std::printf("{\"metric\": \"%s\", \"unit\": \"%s\", \"value\": %.6g}\n", metric, unit, value);
}

std::vector<Site> tenSites()
{
    std::vector<Site> sites;
    for (const auto *country : {"FR", "DE", "ES", "NL", "PL", "HR", "SI", "CH", "US", "NO"}) {
        Site site = Scene(
            "site.subdivision=XX site.backup_countries=FR,DE site.admin_countries=FR site.support_countries=FR,ES site.support_languages=fr,en "
            "site.soc_countries=FR site.technical_data_countries=FR site.documented_export=true site.pue=1.3 provider.us_presence=false "
            "provider.nis2_registered=true provider.contract_law_countries=FR provider.non_eu_subcontractor_data_access=false "
            "provider.main_establishment_country=FR site.ownership_model=commercial cert=ISO27001/2022 cert=HDS/2.0 cert=SecNumCloud/3.2")
                        .site;
        site.id = country;
        site.place.country = country;
        site.operatedBy.country = country;
        site.operatedBy.holders = {{"Mairie", country, 60, 60, false, true}, {"Caisse", "FR", 40, 40, true, false}};
        sites.push_back(std::move(site));
    }
    return sites;
}

}

int main()
{
    const Rulebook book = Rulebook::fromJson(test::shippedRules()).value();
    const std::vector<Site> sites = tenSites();
    const Date today = test::day("2026-11-22");
    std::vector<Subject> subjects;
    for (const auto classification : allClassifications) {
        subjects.emplace_back().classification = classification;
        subjects.back().tenantType = "fr_state";
    }
    const std::size_t pairs = sites.size() * subjects.size();
    std::size_t green = 0;

    const auto judged = measure(pairs, [&] {
        for (const auto &site : sites) {
            for (const auto &subject : subjects) {
                green += book.judge(subject, site, today).findings.size();
            }
        }
    });
    const auto raw = measure(pairs, [&] {
        for (const auto &site : sites) {
            for (const auto &subject : subjects) {
                green += book.status(subject, site, today) == Status::Compliant;
            }
        }
    });
    std::vector<BoundSite> bound;
    for (const auto &site : sites) {
        bound.push_back(book.bind(site, today));
    }
    const auto once = measure(pairs, [&] {
        for (const auto &site : bound) {
            for (const auto &subject : subjects) {
                green += book.status(subject, site) == Status::Compliant;
            }
        }
    });
    const std::string text = test::shippedRules();
    const auto read = measure(1, [&] { green += Rulebook::fromJson(text).value().ruleIds().size(); });

    print("rules.judge_with_proofs", "us", judged.seconds / double(judged.count) * 1e6);
    print("rules.status", "us", raw.seconds / double(raw.count) * 1e6);
    print("rules.status_of_bound_site", "us", once.seconds / double(once.count) * 1e6);
    print("rules.evaluations_per_second", "1/s", double(once.count) * double(book.ruleIds().size()) / once.seconds);
    print("rules.read_file", "ms", read.seconds / double(read.count) * 1e3);
    return green == 0 ? 1 : 0; // keeps the work from being optimised away
}
