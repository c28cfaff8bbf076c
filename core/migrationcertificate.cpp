// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/migrationcertificate.h"

#include "core/strictjson.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace portulan {

namespace {

using Json = nlohmann::json;

constexpr std::string_view type = "portulan/migration-certificate/1";
constexpr std::size_t maxBytes = 4 << 20;

tl::unexpected<Problem> malformed(std::string expected, std::string detail = {})
{
    return refuse(Reason::Malformed, {{"file", "certificate"}, {"expected", std::move(expected)}}, std::move(detail));
}
tl::unexpected<Problem> untrusted(std::string what)
{
    return refuse(Reason::Untrusted, {{"what", std::move(what)}});
}

Json jsonOf(const MigrationCertificate::Party &party)
{
    return {{"site", party.site}, {"name", party.name}, {"operator", party.operatedBy}, {"country", party.country},
        {"parent_country", party.parentCountry}};
}
Json jsonOf(const MigrationCertificate::Judgement &judgement)
{
    return {{"status", toString(judgement.status)}, {"broken_rules", judgement.broken}, {"rulebook", judgement.rulebook}};
}

// The readers below throw nlohmann's exceptions, or the Problem itself; statementFrom() catches both.
Instant momentOf(const Json &json)
{
    const auto moment = instantFrom(json.get<std::string>());
    return moment ? *moment : throw moment.error();
}
std::string textOf(const ObjectId &id)
{
    return id.id.empty() ? std::string() : id.text();
}
/// Empty in a draft: where it arrives is known once the destination has reserved.
ObjectId idOf(const Json &json)
{
    const auto text = json.get<std::string>();
    const auto id = text.empty() ? Result<ObjectId>(ObjectId {}) : ObjectId::fromText(text);
    return id ? *id : throw id.error();
}
MigrationCertificate::Party partyOf(const Json &json)
{
    return {json.at("site"), json.at("name"), json.at("operator"), json.at("country"), json.at("parent_country")};
}
MigrationCertificate::Judgement judgementFrom(const Json &json)
{
    return {statusFrom(json.at("status").get<std::string>()), json.at("broken_rules"), json.at("rulebook")};
}

MigrationCertificate read(const Json &json)
{
    MigrationCertificate c;
    c.migration = json.at("migration");
    c.mode = json.at("mode");
    c.object = idOf(json.at("object"));
    c.arrived = idOf(json.at("arrived"));
    c.name = json.at("name");
    c.project = json.at("project");
    c.classification = json.at("classification");
    c.from = partyOf(json.at("from"));
    c.to = partyOf(json.at("to"));
    c.orderedBy = json.at("ordered_by");
    for (const auto &one : json.at("steps")) {
        const auto step = migrationStepFrom(one.at("step").get<std::string>());
        c.steps.push_back({step ? *step : throw step.error(), momentOf(one.at("at"))});
    }
    c.digest = json.at("digest");
    for (const auto &one : json.at("disks")) {
        c.disks.push_back({one.at("name"), one.at("size_bytes"), one.at("sha256_tree")});
    }
    c.whole = json.at("whole");
    c.diskCount = json.at("disk_count");
    c.bytes = json.at("bytes");
    c.bytesOnWire = json.at("bytes_on_wire");
    c.passes = json.value("passes", c.passes); // only a warm one has any
    c.memory = json.value("memory", std::string());
    c.ran = json.at("ran");
    c.before = judgementFrom(json.at("before"));
    c.after = judgementFrom(json.at("after"));
    c.retainedUntil = momentOf(json.at("retained_until"));
    c.issuedAt = momentOf(json.at("issued_at"));
    return c;
}

/// One line of what wholeOf() digests.
void add(std::string &text, std::string_view key, std::uint64_t sizeBytes, std::string_view root)
{
    text += key;
    text += '\0';
    text += std::to_string(sizeBytes);
    text += '\0';
    text += root;
    text += '\n';
}

}

void FoundDisksTally::add(FoundDisk one)
{
    std::string text;
    portulan::add(text, one.key, one.sizeBytes, toHex(one.root));
    m_hasher.add(text);
    if (m_found.count++ < std::int64_t(MigrationCertificate::mostNamed)) {
        m_found.named.push_back(std::move(one));
    }
}

FoundDisks FoundDisksTally::end()
{
    m_found.whole = m_hasher.end();
    return std::move(m_found);
}

Digest wholeOf(const std::vector<FoundDisk> &found)
{
    FoundDisksTally tally;
    std::ranges::for_each(found, [&tally](const auto &one) { tally.add(one); });
    return tally.end().whole;
}

std::string wholeOf(const std::vector<MigrationCertificate::Disk> &named)
{
    std::string text;
    for (const auto &one : named) {
        add(text, one.name, std::uint64_t(one.sizeBytes), one.root);
    }
    return toHex(sha256(std::as_bytes(std::span(text))));
}

bool areDigested(const std::vector<MigrationCertificate::Disk> &named, const std::string &whole, std::int64_t count)
{
    const auto expected = std::min(count, std::int64_t(MigrationCertificate::mostNamed));
    const bool sound = count >= 0 && std::int64_t(named.size()) == expected && digestFrom(whole)
        && std::ranges::all_of(named, [](const auto &disk) { return disk.sizeBytes >= 0 && digestFrom(disk.root); });
    return sound && (count > expected || wholeOf(named) == whole);
}

Result<> checkStatement(const MigrationCertificate &c)
{
    const bool inOrder = std::ranges::is_sorted(c.steps, {}, &MigrationCertificate::StepTime::at)
        && std::ranges::adjacent_find(c.steps, [](const auto &a, const auto &b) { return a.step >= b.step; }) == c.steps.end();
    const bool whole = !c.steps.empty() && c.steps.back().step == MigrationStep::Released && c.when(MigrationStep::Verified) != Instant {};
    if (!inOrder || !whole) {
        return untrusted("steps");
    }
    if (c.issuedAt < c.steps.back().at || c.retainedUntil < c.when(MigrationStep::Committed)) {
        return untrusted("times");
    }
    const bool placed = c.object.site == c.from.site && c.arrived.site == c.to.site && c.from.site != c.to.site;
    return !areDigested(c.disks, c.whole, c.diskCount) ? untrusted("digests") : placed ? Result<>() : untrusted("sites");
}

Instant MigrationCertificate::when(MigrationStep step) const
{
    const auto at = std::ranges::find(steps, step, &StepTime::step);
    return at == steps.end() ? Instant {} : at->at;
}

std::chrono::milliseconds MigrationCertificate::outage() const
{
    const auto down = when(MigrationStep::Stopped);
    const auto up = when(MigrationStep::Activated);
    return ran && down != Instant {} && up > down ? up - down : std::chrono::milliseconds(0);
}

MigrationCertificate::Party partyOf(const Site &site)
{
    return {site.id, site.name, site.operatedBy.name, site.place.country, site.operatedBy.ultimateParentCountry};
}

MigrationCertificate::Judgement judgementOf(const Verdict &verdict)
{
    MigrationCertificate::Judgement judgement {verdict.status, {}, verdict.rulebookVersion};
    for (const auto *finding : verdict.refusals()) {
        judgement.broken.push_back(finding->rule);
    }
    return judgement;
}

std::string statementOf(const MigrationCertificate &c)
{
    Json steps = Json::array();
    for (const auto &one : c.steps) {
        steps.push_back({{"step", toString(one.step)}, {"at", toRfc3339(one.at)}});
    }
    Json disks = Json::array();
    for (const auto &one : c.disks) {
        disks.push_back({{"name", one.name}, {"size_bytes", one.sizeBytes}, {"sha256_tree", one.root}});
    }
    Json json {{"type", type}, {"migration", c.migration}, {"mode", c.mode}, {"object", textOf(c.object)}, {"arrived", textOf(c.arrived)},
        {"name", c.name}, {"project", c.project}, {"classification", c.classification}, {"from", jsonOf(c.from)}, {"to", jsonOf(c.to)},
        {"ordered_by", c.orderedBy}, {"steps", steps}, {"digest", c.digest}, {"disks", disks}, {"whole", c.whole}, {"disk_count", c.diskCount},
        {"bytes", c.bytes}, {"bytes_on_wire", c.bytesOnWire}, {"ran", c.ran}, {"outage_ms", c.outage().count()}, {"before", jsonOf(c.before)},
        {"after", jsonOf(c.after)}, {"retained_until", toRfc3339(c.retainedUntil)}, {"issued_at", toRfc3339(c.issuedAt)}};
    if (!c.passes.empty()) {
        json["passes"] = c.passes;
    }
    if (!c.memory.empty()) {
        json["memory"] = c.memory;
    }
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<MigrationCertificate> statementFrom(std::string_view payload)
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
        return malformed("a migration certificate", error.what());
    } catch (const Problem &problem) {
        return unexpected(problem);
    }
}

std::string certificateText(std::string_view payload, const std::vector<JwsSignature> &signatures)
{
    return toText({std::string(payload), signatures});
}

std::string certificateDigest(const JwsText &certificate)
{
    const auto text = toText(certificate);
    return toHex(sha256(std::as_bytes(std::span(text))));
}

Result<CheckedCertificate> checkCertificate(std::string_view text, std::string_view authoritiesPem)
{
    const auto jws = jwsTextFrom(text);
    const auto statement = jws ? statementFrom(jws->payload) : Result<MigrationCertificate>(unexpected(jws.error()));
    if (!statement) {
        return unexpected(statement.error());
    }
    if (jws->signatures.size() != 2) {
        return malformed("the signatures of two sites");
    }
    CheckedCertificate checked {*statement, {}, {}, certificateDigest(*jws)};
    for (auto *signer : {&checked.source, &checked.destination}) {
        const bool isSource = signer == &checked.source;
        auto who = verifyJws(jws->payload, jws->signatures[isSource ? 0 : 1], authoritiesPem, statement->issuedAt);
        if (!who) {
            return unexpected(who.error());
        }
        if (who->certificate.identity != "site/" + (isSource ? statement->from : statement->to).site) {
            return untrusted("signer");
        }
        *signer = std::move(*who);
    }
    if (auto sound = checkStatement(*statement); !sound) {
        return unexpected(sound.error());
    }
    return checked;
}

}
