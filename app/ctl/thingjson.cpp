// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "app/ctl/thingjson.h"

namespace portulan::ctl {

namespace {

Json moment(Instant at)
{
    return at == Instant {} ? Json() : Json(toRfc3339(at));
}
Json day(Date at)
{
    return at == Date {} ? Json() : Json(toIsoDate(at));
}
Json amounts(const Amounts &a)
{
    return {{"vcpus", a.vcpus}, {"ram_bytes", a.ramBytes}, {"storage_bytes", a.storageBytes}};
}

Json common(const Common &object)
{
    Json json {{"id", object.id.text()}, {"name", object.name}, {"site", object.id.site}, {"project", object.project}, {"etag", object.etag},
        {"created_at", moment(object.createdAt)}, {"changed_at", moment(object.changedAt)}, {"labels", Json::object()}};
    for (const auto &[name, value] : object.labels) {
        json["labels"][name] = value;
    }
    return json;
}

template <typename T>
Json withCustody(const T &object)
{
    Json json = common(object);
    json["class"] = toString(object.classification);
    json["custody"] = toString(object.custody);
    json["retained_until"] = moment(object.retainedUntil);
    json["moved_to"] = object.movedTo;
    return json;
}

Json with(Json json, const Json &more)
{
    json.update(more);
    return json;
}

struct Writer {
    Json operator()(const Site &o) const { return toJson(o); }
    Json operator()(const Project &o) const { return toJson(o); }
    Json operator()(const Operation &o) const { return toJson(o); }
    Json operator()(const Instance &o) const
    {
        return with(withCustody(o),
            {{"flavor", o.flavor}, {"vcpus", o.vcpus}, {"ram_bytes", o.ramBytes}, {"state", toString(o.state)}, {"state_note", o.stateNote},
                {"image", o.imageId}, {"volumes", o.volumeIds}, {"networks", o.networkIds}, {"firmware", o.firmware}, {"disk_bus", o.diskBus},
                {"nic_model", o.nicModel}});
    }
    Json operator()(const Volume &o) const
    {
        return with(withCustody(o),
            {{"size_bytes", o.sizeBytes}, {"allocated_bytes", o.allocatedBytes}, {"format", o.format}, {"instance", o.instanceId},
                {"bootable", o.bootable}});
    }
    Json operator()(const Image &o) const
    {
        return with(common(o),
            {{"size_bytes", o.sizeBytes}, {"file_bytes", o.fileBytes}, {"format", o.format}, {"os", o.os}, {"sha256", o.sha256},
                {"custody", toString(o.custody)}, {"retained_until", moment(o.retainedUntil)}, {"moved_to", o.movedTo}});
    }
    Json operator()(const Snapshot &o) const
    {
        return with(common(o), {{"volume", o.volumeId}, {"instance", o.instanceId}, {"size_bytes", o.sizeBytes}});
    }
    Json operator()(const DataSet &o) const
    {
        Json replicas = Json::array();
        for (const auto &replica : o.replicas) {
            replicas.push_back({{"site", replica.site}, {"as_of", moment(replica.asOf)}, {"digest", replica.digest}});
        }
        return with(withCustody(o), {{"objects", o.objects}, {"size_bytes", o.bytes}, {"digest", o.digest}, {"replicas", replicas}});
    }
    Json operator()(const Network &o) const { return with(common(o), {{"kind", o.kind}, {"cidr", o.cidr}}); }
    Json operator()(const SecurityGroup &o) const { return with(common(o), {{"rules", o.rules}}); }
    Json operator()(const KubernetesCluster &o) const
    {
        return with(common(o), {{"version", o.version}, {"nodes", o.nodes}, {"ready_nodes", o.readyNodes}});
    }
    Json operator()(const Alert &o) const
    {
        return with(
            common(o), {{"severity", toString(o.severity)}, {"problem", toJson(o.problem)}, {"object", o.object}, {"since", moment(o.since)}});
    }
    Json operator()(const Vanished &o) const { return {{"id", o.id.text()}, {"vanished", true}}; }
    Json operator()(const Sampled &o) const
    {
        return {{"site", o.site}, {"at", moment(o.sample.at)}, {"used", amounts(o.sample.used)}, {"total", amounts(o.sample.total)}};
    }
};

}

Json toJson(const Thing &thing)
{
    return std::visit(Writer {}, thing);
}

Json toJson(const Capacity &capacity)
{
    return {{"total", amounts(capacity.total())}, {"declared", amounts(capacity.declared)}, {"measured", amounts(capacity.measured)},
        {"used", amounts(capacity.used)}, {"load", capacity.load()}};
}

Json toJson(const Value &value)
{
    return std::visit([](const auto &held) { return Json(held); }, value);
}

Json toJson(const Site &site)
{
    Json holders = Json::array();
    for (const auto &holder : site.operatedBy.holders) {
        holders.push_back({{"name", holder.name}, {"country", holder.country}, {"capital_percent", holder.capitalPercent},
            {"votes_percent", holder.votesPercent}, {"veto", holder.veto}, {"board_majority", holder.boardMajority}});
    }
    Json certificates = Json::array();
    for (const auto &certificate : site.certificates) {
        certificates.push_back(
            {{"scheme", certificate.scheme}, {"level", certificate.level}, {"issuer", certificate.issuer}, {"number", certificate.number},
                {"valid_from", day(certificate.validFrom)}, {"valid_until", day(certificate.validUntil)}, {"status", toString(certificate.status)}});
    }
    Json facts = Json::object();
    for (const auto &[name, fact] : site.facts) {
        facts[name] = {{"value", toJson(fact.value)}, {"source", fact.source}, {"as_of", day(fact.asOf)}, {"assurance", toString(fact.assurance)}};
    }
    const auto &by = site.operatedBy;
    return {{"id", site.id}, {"name", site.name},
        {"place",
            {{"latitude", site.place.latitude}, {"longitude", site.place.longitude}, {"country", site.place.country},
                {"subdivision", site.place.subdivision}, {"city", site.place.city}}},
        {"kind", toString(site.kind)}, {"stack", toString(site.stack)}, {"sla_class", site.slaClass},
        {"operator",
            {{"id", by.id}, {"name", by.name}, {"country", by.country}, {"ultimate_parent", by.ultimateParent},
                {"ultimate_parent_country", by.ultimateParentCountry}, {"fictitious", by.fictitious}, {"holders", holders}}},
        {"certificates", certificates}, {"facts", facts}, {"capacity", toJson(site.capacity)}, {"version", site.version},
        {"hypervisor", site.hypervisor}, {"lifecycle_recorded_only", site.lifecycleRecordedOnly}, {"demonstration", site.demonstration},
        {"rulebook_version", site.rulebookVersion}, {"capabilities", site.capabilities}};
}

Json toJson(const Project &project)
{
    const auto &policy = project.policy;
    return with(common(project),
        {{"tenant_type", project.tenantType},
            {"quota", with(amounts(project.quota.limit), {{"instances", project.quota.instances}, {"volumes", project.quota.volumes}})},
            {"used", with(amounts(project.used), {{"instances", project.usedInstances}, {"volumes", project.usedVolumes}})},
            {"policy",
                {{"allowed_countries", policy.allowedCountries}, {"require_secnumcloud", policy.requireSecNumCloud},
                    {"forbid_us_exposure", policy.forbidUsExposure}, {"min_seal", policy.minSeal}, {"gaiax_label", policy.gaiaxLabel}}}});
}

namespace {
Json forecastJson(const Forecast &forecast)
{
    return {{"bytes", forecast.bytes}, {"duration_milliseconds", forecast.durationMs}, {"duration_error_milliseconds", forecast.durationErrorMs},
        {"outage_milliseconds", forecast.outageMs}, {"outage_error_milliseconds", forecast.outageErrorMs}};
}
Json testBootJson(const TestBoot &boot)
{
    return {{"state", boot.state}, {"started_at", moment(boot.startedAt)}, {"ended_at", moment(boot.endedAt)}, {"console", boot.console},
        {"problem", boot.problem == Problem {} ? Json() : toJson(boot.problem)}};
}
}

Json toJson(const Operation &operation)
{
    const bool hasProblem = operation.state == OperationState::Failed || operation.state == OperationState::Cancelled;
    const Parts &parts = operation.parts;
    const Json evacuated = parts.total == 0
        ? Json()
        : Json {{"total", parts.total}, {"done", parts.done}, {"failed", parts.failed}, {"running", parts.running},
            {"left", parts.total - parts.done - parts.failed}, {"wave", parts.wave}, {"waves", parts.waves}};
    const Json partOf = operation.partOf.empty() ? Json() : Json(ObjectId {operation.id.site, ObjectKind::Operation, operation.partOf}.text());
    return {{"id", operation.id.text()}, {"kind", operation.kind}, {"site", operation.id.site}, {"project", operation.project},
        {"object", operation.object.id.empty() ? std::string() : operation.object.text()}, {"object_name", operation.objectName},
        {"state", toString(operation.state)}, {"phase", operation.phase},
        {"progress", operation.progress() < 0 ? Json() : Json(operation.progress())}, {"bytes_done", operation.bytesDone},
        {"bytes_total", operation.bytesTotal}, {"bytes_on_wire", operation.bytesOnWire}, {"requested_by", operation.requestedBy},
        {"request_id", operation.requestId}, {"from_site", operation.fromSite}, {"to_site", operation.toSite}, {"migration", operation.migration},
        {"started_at", moment(operation.startedAt)}, {"changed_at", moment(operation.changedAt)}, {"ended_at", moment(operation.endedAt)},
        {"cancellable", operation.cancellable}, {"problem", hasProblem ? toJson(operation.problem) : Json()}, {"log", operation.log},
        {"digests", operation.digests}, {"mode", operation.mode},
        {"passes",
            {{"bytes", operation.passes.bytes}, {"dirty_bytes_per_second", operation.passes.dirtyBytesPerSecond},
                {"left_bytes", operation.passes.leftBytes}, {"last_pass_milliseconds", operation.passes.lastPassMs},
                {"ready_since", moment(operation.passes.readySince)}}},
        {"waiting", operation.waiting == Problem {} ? Json() : toJson(operation.waiting)},
        {"bytes_per_second", operation.bytesPerSecond > 0 ? Json(operation.bytesPerSecond) : Json()},
        {"remaining_milliseconds", operation.remainingMs > 0 ? Json(operation.remainingMs) : Json()},
        {"worked_milliseconds", operation.workedMs > 0 ? Json(operation.workedMs) : Json()},
        {"forecast", operation.forecast == Forecast {} ? Json() : forecastJson(operation.forecast)},
        {"test_boot", operation.testBoot.state.empty() ? Json() : testBootJson(operation.testBoot)}, {"outage_milliseconds", operation.outageMs},
        {"part_of", partOf}, {"parts", evacuated}};
}

namespace {
Json proofJson(const Proof &proof)
{
    Json json {{"expression", proof.expression}, {"value", proof.value == Truth::True ? "true" : proof.value == Truth::False ? "false" : "unknown"}};
    if (!proof.factName.empty()) {
        json["fact"] = proof.factName;
    }
    if (proof.fact) {
        json["fact_value"] = toJson(proof.fact->value);
        json["source"] = proof.fact->source;
        json["as_of"] = day(proof.fact->asOf);
        json["assurance"] = toString(proof.fact->assurance);
    }
    if (!proof.parts.empty()) {
        json["parts"] = Json::array();
        for (const auto &part : proof.parts) {
            json["parts"].push_back(proofJson(part));
        }
    }
    return json;
}
}

Json toJson(const Finding &finding)
{
    return {{"rule", finding.rule}, {"title_en", finding.titleEn}, {"title_fr", finding.titleFr}, {"severity", toString(finding.severity)},
        {"outcome", toString(finding.outcome)},
        {"source",
            {{"name", finding.source.name}, {"reference", finding.source.reference}, {"url", finding.source.url}, {"status", finding.source.status}}},
        {"missing", finding.missing}, {"attested_by", finding.attestedBy}, {"proof", proofJson(finding.condition)}};
}

Json toJson(const Verdict &verdict)
{
    Json findings = Json::array();
    for (const auto &finding : verdict.findings) {
        findings.push_back(toJson(finding));
    }
    return {{"status", toString(verdict.status)}, {"refused", !verdict.refusals().empty()}, {"rulebook_version", verdict.rulebookVersion},
        {"judged_on", day(verdict.judgedOn)}, {"findings", findings}};
}

}
