// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/fakes/world.h"

namespace portulan::world {

namespace {

using namespace std::chrono;
using namespace std::chrono_literals;

constexpr std::int64_t GiB = std::int64_t {1} << 30;

void fill(Common &object, const std::string &site, ObjectKind kind, const std::string &id, const std::string &name, const std::string &project)
{
    object.id = {site, kind, id};
    object.name = name;
    object.project = project;
    object.etag = id + "-1";
    object.createdAt = now() - days(30);
    object.changedAt = now() - hours(1);
}

Fact declared(Value value)
{
    return {std::move(value), "operator declaration", today() - days(20), Assurance::Declared};
}

Site site(const std::string &id, const std::string &name, Place place, Operator who, Amounts capacity)
{
    Site site;
    site.id = id;
    site.name = name;
    site.place = std::move(place);
    site.kind = SiteKind::Cloud;
    site.slaClass = "silver";
    site.operatedBy = std::move(who);
    site.capacity.declared = capacity;
    site.capacity.used = {capacity.vcpus / 4, capacity.ramBytes / 4, capacity.storageBytes / 4};
    site.version = "0.1.0";
    site.hypervisor = "QEMU 7.2 (TCG)";
    site.demonstration = true;
    site.rulebookVersion = "0.1.0";
    site.capabilities = {"instance.create", "instance.start", "volume.create", "volume.export.qcow2", "dataset.create", "migrate", "migrate.in"};
    return site;
}

void addLyon(std::vector<Thing> &things)
{
    auto record = instance("lyon", "i-1", "dossier-patient", Classification::HealthFr);
    record.project = "hospices";
    record.volumeIds = {"v-1", "v-2"};
    record.state = PowerState::Running;
    auto first = volume("lyon", "v-1", 10 * GiB, "i-1");
    first.project = "hospices";
    first.bootable = true;
    first.classification = Classification::HealthFr;
    auto second = volume("lyon", "v-2", 40 * GiB, "i-1");
    second.project = "hospices";
    second.classification = Classification::HealthFr;
    auto web = instance("lyon", "i-2", "web-1", Classification::Open);
    web.volumeIds = {"v-3"};
    web.networkIds = {"n-1"};
    web.state = PowerState::Running;
    things.insert(
        things.end(), {record, first, second, web, volume("lyon", "v-3", 5 * GiB, "i-2"), instance("lyon", "i-3", "web-2", Classification::Open)});

    Image image;
    fill(image, "lyon", ObjectKind::Image, "debian-12", "Debian 12", {});
    image.sizeBytes = 2 * GiB;
    image.fileBytes = GiB / 2;
    image.format = "qcow2";
    image.os = "debian-12";
    image.sha256 = std::string(64, 'd');
    Snapshot snapshot;
    fill(snapshot, "lyon", ObjectKind::Snapshot, "s-1", "avant mise à jour", "hospices");
    snapshot.volumeId = "v-1";
    snapshot.sizeBytes = 10 * GiB;
    Network network;
    fill(network, "lyon", ObjectKind::Network, "n-1", "public", "transports");
    network.kind = "isolated";
    network.cidr = "10.1.0.0/24";
    auto scans = dataSet("lyon", "imagerie", "Imagerie médicale", Classification::HealthFr);
    scans.project = "hospices";
    scans.replicas = {{"brest", now() - hours(2), scans.digest}};
    things.insert(things.end(), {image, snapshot, network, scans});
}

}

Instant now()
{
    return Instant(sys_days(2026y / November / 22) + 12h);
}
Date today()
{
    return floor<days>(now());
}

Site lyon()
{
    auto lyon = site("lyon", "Lyon Confluence", {45.7400, 4.8180, "FR", "FR-ARA", "Lyon"},
        {"rhone-cloud", "Rhône Cloud", "FR", "Rhône Holding", "FR",
            {{"Caisse régionale", "FR", 70, 70, false, true}, {"Salariés", "FR", 30, 30, false, false}}, true},
        {64, 256 * GiB, 4096 * GiB});
    lyon.slaClass = "gold";
    lyon.certificates = {{"SecNumCloud", "3.2", "ANSSI", "DEMO-1", today() - days(400), today() + days(600), CertificateStatus::Confirmed},
        {"HDS", "2.0", "AFNOR", "DEMO-2", today() - days(100), today() + days(900), CertificateStatus::Confirmed}};
    lyon.facts = {{"site.country", declared(std::string("FR"))}, {"provider.total_non_eu_share_pct", declared(0.0)}};
    return lyon;
}

Site brest()
{
    auto brest = site("brest", "Brest Arsenal", {48.3800, -4.4950, "FR", "FR-BRE", "Brest"}, {"ponant", "Ponant Numérique", "FR", {}, {}, {}, true},
        {8, 32 * GiB, 256 * GiB});
    brest.kind = SiteKind::Edge;
    brest.slaClass = "best-effort";
    brest.facts = {{"site.country", declared(std::string("FR"))}};
    return brest;
}

Site dublin()
{
    auto dublin = site("dublin", "Dublin Docklands", {53.3440, -6.2370, "IE", "IE-D", "Dublin"},
        {"liffey", "Liffey Hosting", "IE", "Hudson Systems Inc.", "US", {{"Hudson Systems Inc.", "US", 100, 100, true, true}}, true},
        {128, 512 * GiB, 8192 * GiB});
    dublin.facts = {{"site.country", declared(std::string("IE"))}, {"provider.total_non_eu_share_pct", declared(100.0)}};
    return dublin;
}

std::vector<Site> sites()
{
    return {lyon(), brest(), dublin()};
}

Project project(const std::string &site, const std::string &id)
{
    Project project;
    const bool health = id == "hospices";
    fill(project, site, ObjectKind::Project, id, health ? "Hospices civils" : "Transports", id);
    project.tenantType = health ? "hospital" : "private";
    project.quota = {{16, 64 * GiB, 512 * GiB}, 20, 40};
    if (health) {
        project.policy.allowedCountries = {"FR"};
    }
    return project;
}

Instance instance(const std::string &site, const std::string &id, const std::string &name, Classification classification)
{
    Instance instance;
    fill(instance, site, ObjectKind::Instance, id, name, "transports");
    instance.flavor = "small";
    instance.vcpus = 2;
    instance.ramBytes = 4 * GiB;
    instance.classification = classification;
    instance.imageId = "debian-12";
    return instance;
}

Volume volume(const std::string &site, const std::string &id, std::int64_t bytes, const std::string &instanceId)
{
    Volume volume;
    fill(volume, site, ObjectKind::Volume, id, id, "transports");
    volume.sizeBytes = bytes;
    volume.allocatedBytes = bytes / 2;
    volume.format = "qcow2";
    volume.instanceId = instanceId;
    volume.classification = Classification::Internal;
    return volume;
}

DataSet dataSet(const std::string &site, const std::string &id, const std::string &name, Classification classification)
{
    DataSet dataSet;
    fill(dataSet, site, ObjectKind::DataSet, id, name, "transports");
    dataSet.classification = classification;
    dataSet.objects = 3;
    dataSet.bytes = 3 * GiB;
    dataSet.digest = std::string(64, 'e');
    return dataSet;
}

Operation migration(const std::string &id, const Instance &instance, const std::string &toSite)
{
    Operation operation;
    operation.id = {instance.id.site, ObjectKind::Operation, id};
    operation.kind = "migrate";
    operation.project = instance.project;
    operation.object = instance.id;
    operation.objectName = instance.name;
    operation.state = OperationState::Running;
    operation.phase = toString(MigrationStep::Copying);
    operation.bytesDone = GiB;
    operation.bytesTotal = 4 * GiB;
    operation.bytesOnWire = GiB / 2;
    operation.requestedBy = "user/alice";
    operation.requestId = "11111111-2222-4333-8444-555555555555";
    operation.fromSite = instance.id.site;
    operation.toSite = toSite;
    operation.migration = "22222222-2222-4333-8444-555555555555";
    operation.startedAt = now() - minutes(5);
    operation.changedAt = now();
    operation.cancellable = true;
    return operation;
}

Alert alert(const std::string &site, const std::string &id, AlertSeverity severity, Problem problem)
{
    Alert alert;
    fill(alert, site, ObjectKind::Alert, id, id, {});
    alert.severity = severity;
    alert.problem = std::move(problem);
    alert.since = now() - hours(3);
    return alert;
}

std::vector<Thing> things(const std::string &site)
{
    std::vector<Thing> things;
    for (const auto &known : sites()) {
        if (known.id == site) {
            things.emplace_back(known);
        }
    }
    things.insert(things.end(), {project(site, "hospices"), project(site, "transports")});
    if (site == "lyon") {
        addLyon(things);
    } else if (site == "brest") {
        things.emplace_back(instance(site, "i-1", "capteurs"));
    } else if (site == "dublin") {
        things.emplace_back(instance(site, "i-1", "billetterie", Classification::Personal));
    }
    return things;
}

}
