// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/site.h"

#include <algorithm>

namespace portulan {

namespace {

/// The Member States (SecNumCloud 19.6 says the Union, not the EEA). tst_sitefacts compares it with the rules' set "EU".
constexpr std::string_view memberStates[] = {"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT",
    "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"};
constexpr auto bySite = "site description";
constexpr auto byOperator = "operator declaration";
constexpr auto byHolders = "computed from the holders the operator declares";
/// Shares are published rounded: this much may be lacking from 100 % without anybody being hidden.
constexpr double roundingPercent = 0.5;

bool isOutside(const Holder &holder)
{
    return !std::ranges::binary_search(memberStates, std::string_view(holder.country));
}

/// What the declared holders add up to, the country of each being known.
struct Shares {
    double largestOutside = 0;
    double capitalOutside = 0;
    double votesOutside = 0;
    double capital = 0;
    double votes = 0;
    bool veto = false;
    bool boardMajority = false;

    explicit Shares(const std::vector<Holder> &holders)
    {
        for (const auto &holder : holders) {
            if (holder.country.empty()) {
                continue; // whose share it is nobody knows: it stays in undeclared()
            }
            capital += holder.capitalPercent;
            votes += holder.votesPercent;
            if (isOutside(holder)) {
                largestOutside = std::max({largestOutside, holder.capitalPercent, holder.votesPercent});
                capitalOutside += holder.capitalPercent;
                votesOutside += holder.votesPercent;
                veto |= holder.veto;
                boardMajority |= holder.boardMajority;
            }
        }
    }
    double totalOutside() const { return std::max(capitalOutside, votesOutside); }
    /// Per cent held by nobody knows whom. Votes nobody declares follow the capital.
    double undeclared() const { return std::max(100 - capital, votes > 0 ? 100 - votes : 0); }
    bool areComplete() const { return undeclared() <= roundingPercent; }
};

void state(FactSet &facts, const char *name, Value value, const char *source)
{
    facts.try_emplace(name, Fact {std::move(value), source, {}, Assurance::Declared});
}
void stateCountry(FactSet &facts, const char *name, const std::string &country, const char *source)
{
    if (!country.empty()) {
        state(facts, name, country, source);
    }
}

void stateOwnership(FactSet &facts, const std::vector<Holder> &holders)
{
    if (holders.empty()) {
        return;
    }
    const Shares shares(holders);
    // The largest is certain if the rest, all in one hand, could not beat it; the total if there is no rest, or if it is a majority anyway.
    if (shares.areComplete() || shares.largestOutside >= shares.undeclared()) {
        state(facts, "provider.max_non_eu_share_pct", shares.largestOutside, byHolders);
    }
    if (shares.areComplete() || shares.totalOutside() > 50) {
        state(facts, "provider.total_non_eu_share_pct", shares.totalOutside(), byHolders);
    }
    if (shares.areComplete() || shares.veto) {
        state(facts, "provider.non_eu_veto", shares.veto, byHolders);
    }
    if (shares.areComplete() || shares.boardMajority) {
        state(facts, "provider.non_eu_board_majority", shares.boardMajority, byHolders);
    }
}

/// Whose law reaches the operator from above: the parent's; failing a parent, that of a holder with the majority, else its own.
std::string controllingCountry(const Operator &operatedBy)
{
    if (!operatedBy.ultimateParentCountry.empty() || !operatedBy.ultimateParent.empty() || operatedBy.holders.empty()) {
        return operatedBy.ultimateParentCountry;
    }
    for (const auto &holder : operatedBy.holders) {
        if (holder.capitalPercent > 50 || holder.votesPercent > 50 || holder.boardMajority) {
            return holder.country;
        }
    }
    return Shares(operatedBy.holders).undeclared() > 50 ? std::string() : operatedBy.country;
}

bool countsOn(const Certificate &certificate, Date today)
{
    return certificate.status == CertificateStatus::Confirmed && certificate.validFrom <= today && certificate.validUntil >= today;
}

double daysBetween(Date from, Date to)
{
    return double((to - from).count());
}

void stateDaysLeft(FactSet &facts, const Site &site, Date today)
{
    std::optional<double> fewest;
    for (const auto &certificate : site.certificates) {
        if (countsOn(certificate, today)) {
            const double left = daysBetween(today, certificate.validUntil);
            fewest = std::min(fewest.value_or(left), left);
        }
    }
    if (fewest) {
        facts.insert_or_assign("site.min_cert_days_left", Fact {*fewest, "computed from the certificates", today, Assurance::Measured});
    }
}

void stateOwnershipAge(FactSet &facts, Date today)
{
    if (const auto said = facts.find("provider.ownership_age_days"); said != facts.end()) {
        if (auto *age = std::get_if<double>(&said->second.value); age && said->second.asOf != Date {}) {
            *age += std::max(0.0, daysBetween(said->second.asOf, today)); // a declared age grows older by itself
        }
        return;
    }
    std::optional<Date> oldest;
    for (const auto *name : {"provider.max_non_eu_share_pct", "provider.total_non_eu_share_pct", "provider.ultimate_parent_country"}) {
        const auto at = facts.find(name);
        if (at != facts.end() && at->second.asOf != Date {}) {
            oldest = std::min(oldest.value_or(at->second.asOf), at->second.asOf);
        }
    }
    if (oldest) {
        state(facts, "provider.ownership_age_days", std::max(0.0, daysBetween(*oldest, today)), "computed from the dates of the ownership facts");
    }
}

}

FactSet factsOf(const Site &site)
{
    FactSet facts;
    stateCountry(facts, "site.country", site.place.country, bySite);
    stateCountry(facts, "site.subdivision", site.place.subdivision, bySite);
    state(facts, "site.kind", std::string(toString(site.kind)), bySite);
    state(facts, "site.stack", std::string(toString(site.stack)), bySite);
    for (const auto &[name, fact] : site.facts) {
        if (name.starts_with("site.") || name.starts_with("provider.")) {
            facts.try_emplace(name, fact);
        }
    }
    const Operator &who = site.operatedBy;
    for (const auto *name : {"provider.operator_country", "provider.registered_office_country", "provider.hq_country"}) {
        stateCountry(facts, name, who.country, byOperator);
    }
    const std::string above = controllingCountry(who);
    stateCountry(facts, "provider.ultimate_parent_country", above, byOperator);
    stateOwnership(facts, who.holders);
    if (who.country == "US" || above == "US") {
        state(facts, "provider.us_presence", true, byOperator);
    }
    return facts;
}

FactSet factsOf(const Site &site, Date today)
{
    FactSet facts = factsOf(site);
    stateDaysLeft(facts, site, today);
    stateOwnershipAge(facts, today);
    return facts;
}

}
