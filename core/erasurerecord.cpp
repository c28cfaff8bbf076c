// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/erasurerecord.h"

#include "core/strictjson.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace portulan {

namespace {

using Json = nlohmann::json;

constexpr std::string_view type = "portulan/erasure-record/1";
constexpr std::size_t maxBytes = 4 << 20;

tl::unexpected<Problem> malformed(std::string expected, std::string detail = {})
{
    return refuse(Reason::Malformed, {{"file", "certificate"}, {"expected", std::move(expected)}}, std::move(detail));
}
tl::unexpected<Problem> untrusted(std::string what)
{
    return refuse(Reason::Untrusted, {{"what", std::move(what)}});
}

// Throws nlohmann's exceptions, or the Problem itself; erasureFrom() catches both.
template <typename T>
T need(Result<T> result)
{
    return result ? std::move(*result) : throw result.error();
}

ErasureRecord read(const Json &json)
{
    ErasureRecord r;
    r.migration = json.at("migration");
    r.certificate = json.at("certificate_sha256");
    r.object = need(ObjectId::fromText(json.at("object").get<std::string>()));
    r.name = json.at("name");
    r.project = json.at("project");
    const auto &site = json.at("site");
    r.site = {site.at("site"), site.at("name"), site.at("operator"), site.at("country"), site.at("parent_country")};
    r.cause = json.at("cause");
    r.method = json.at("method");
    r.gateway = json.at("gateway");
    for (const auto &one : json.at("disks")) {
        r.disks.push_back({one.at("name"), one.at("size_bytes"), one.at("sha256_tree")});
    }
    r.whole = json.at("whole");
    r.diskCount = json.at("disk_count");
    r.retainedUntil = need(instantFrom(json.at("retained_until").get<std::string>()));
    r.begunAt = need(instantFrom(json.at("begun_at").get<std::string>()));
    r.erasedAt = need(instantFrom(json.at("erased_at").get<std::string>()));
    r.issuedAt = need(instantFrom(json.at("issued_at").get<std::string>()));
    return r;
}

/// What no honest site would sign.
Result<> coherent(const ErasureRecord &r)
{
    if (!areDigested(r.disks, r.whole, r.diskCount) || (!r.certificate.empty() && !digestFrom(r.certificate))) {
        return untrusted("digests");
    }
    const bool inTime = r.retainedUntil <= r.begunAt && r.begunAt <= r.erasedAt && r.erasedAt <= r.issuedAt;
    return !inTime ? untrusted("times") : r.object.site == r.site.site ? Result<>() : untrusted("sites");
}

/// The record speaks of the copy that the certificate left behind; one that refers to it is not older.
bool belongs(const CheckedErasure &erasure, const CheckedCertificate &certificate)
{
    const auto &[r, c] = std::tie(erasure.record, certificate.certificate);
    return r.migration == c.migration && r.object == c.object && r.site.site == c.from.site && r.whole == c.whole && r.disks == c.disks
        && r.diskCount == c.diskCount && r.retainedUntil == c.retainedUntil && (r.certificate.empty() || (r.certificate == certificate.digest && r.issuedAt >= c.issuedAt));
}

Result<> add(MigrationProof &proof, std::string_view text, std::string_view authoritiesPem)
{
    const auto jws = jwsTextFrom(text);
    if (!jws) {
        return unexpected(jws.error());
    }
    if (erasureFrom(jws->payload)) {
        auto checked = checkErasure(text, authoritiesPem);
        if (!checked || proof.erasure) {
            return checked ? malformed("one erasure record") : Result<>(unexpected(checked.error()));
        }
        proof.erasure = std::move(*checked);
        return {};
    }
    auto checked = checkCertificate(text, authoritiesPem);
    if (!checked || proof.certificate) {
        return checked ? malformed("one certificate") : Result<>(unexpected(checked.error()));
    }
    proof.certificate = std::move(*checked);
    return {};
}

/// The parts of a file: itself, or the two it holds.
Result<std::vector<std::string>> partsOf(std::string_view text)
{
    const auto json = strictJson(text, {"certificate", maxBytes * 4, 9});
    if (!json) {
        return unexpected(json.error());
    }
    if (!json->is_object() || !json->contains("certificate") || !json->contains("erasure")) {
        return std::vector {std::string(text)};
    }
    if (json->size() != 2) {
        return malformed("a certificate, a record of erasure and nothing else");
    }
    const auto textOf = [&json](const char *part) { return json->at(part).dump(1, ' ', false, Json::error_handler_t::replace) + '\n'; };
    std::vector parts {textOf("certificate"), textOf("erasure")};
    if (proofText(parts.front(), parts.back()) != text) {
        return malformed("the very bytes that were issued, layout included");
    }
    return parts;
}

}

std::string statementOf(const ErasureRecord &r)
{
    Json disks = Json::array();
    for (const auto &one : r.disks) {
        disks.push_back({{"name", one.name}, {"size_bytes", one.sizeBytes}, {"sha256_tree", one.root}});
    }
    const Json site {{"site", r.site.site}, {"name", r.site.name}, {"operator", r.site.operatedBy}, {"country", r.site.country},
        {"parent_country", r.site.parentCountry}};
    return Json {{"type", type}, {"migration", r.migration}, {"certificate_sha256", r.certificate}, {"object", r.object.text()}, {"name", r.name},
        {"project", r.project}, {"site", site}, {"cause", r.cause}, {"method", r.method}, {"gateway", r.gateway}, {"disks", disks},
        {"whole", r.whole}, {"disk_count", r.diskCount}, {"retained_until", toRfc3339(r.retainedUntil)}, {"begun_at", toRfc3339(r.begunAt)},
        {"erased_at", toRfc3339(r.erasedAt)}, {"issued_at", toRfc3339(r.issuedAt)}}
        .dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<ErasureRecord> erasureFrom(std::string_view payload)
{
    const auto json = strictJson(payload, {"certificate", maxBytes, 8});
    if (!json) {
        return unexpected(json.error());
    }
    if (!json->is_object() || json->value("type", Json()) != type) {
        return malformed(std::string(type));
    }
    try {
        return read(*json);
    } catch (const Json::exception &error) {
        return malformed("a record of erasure", error.what());
    } catch (const Problem &problem) {
        return unexpected(problem);
    }
}

Result<CheckedErasure> checkErasure(std::string_view text, std::string_view authoritiesPem)
{
    const auto jws = jwsTextFrom(text);
    const auto record = jws ? erasureFrom(jws->payload) : Result<ErasureRecord>(unexpected(jws.error()));
    if (!record) {
        return unexpected(record.error());
    }
    if (jws->signatures.size() != 1) {
        return malformed("the signature of one site");
    }
    auto who = verifyJws(jws->payload, jws->signatures.front(), authoritiesPem, record->issuedAt);
    if (!who) {
        return unexpected(who.error());
    }
    if (who->certificate.identity != "site/" + record->site.site) {
        return untrusted("signer");
    }
    if (auto sound = coherent(*record); !sound) {
        return unexpected(sound.error());
    }
    return CheckedErasure {*record, std::move(*who)};
}

std::string proofText(const std::string &certificate, const std::string &erasure)
{
    if (erasure.empty()) {
        return certificate;
    }
    const auto parsed = [](const std::string &text) { return Json::parse(text, nullptr, false); };
    return Json {{"certificate", parsed(certificate)}, {"erasure", parsed(erasure)}}.dump(1, ' ', false, Json::error_handler_t::replace) + '\n';
}

Result<MigrationProof> checkProof(std::string_view text, std::string_view authoritiesPem, const std::vector<std::string> &more)
{
    MigrationProof proof;
    std::vector<std::string> files {std::string(text)};
    files.insert(files.end(), more.begin(), more.end());
    for (const auto &file : files) {
        const auto parts = partsOf(file);
        if (!parts) {
            return unexpected(parts.error());
        }
        for (const auto &part : *parts) {
            if (auto added = add(proof, part, authoritiesPem); !added) {
                return unexpected(added.error());
            }
        }
    }
    if (proof.certificate && proof.erasure && !belongs(*proof.erasure, *proof.certificate)) {
        return untrusted("erasure");
    }
    return proof;
}

}
