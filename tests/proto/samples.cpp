// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/proto/samples.h"

namespace portulan::samples {

namespace {

using namespace std::chrono_literals;

const std::string someDigest(64, 'a');

Instant at(int second)
{
    return Instant(std::chrono::seconds(1'795'000'000 + second) + 250ms);
}
Date day(int offset)
{
    return std::chrono::floor<std::chrono::days>(at(0)) + std::chrono::days(offset);
}

Common common(ObjectKind kind, const std::string &id)
{
    Common object;
    object.id = {"lyon", kind, id};
    object.name = "Dossier médical 東京 🏥";
    object.project = "hospices";
    object.etag = "e-7";
    object.createdAt = at(1);
    object.changedAt = at(2);
    object.labels = {{"owner", "cardio"}, {"étage", "3ᵉ"}};
    return object;
}

template <typename T>
T object(ObjectKind kind, const std::string &id)
{
    T thing;
    static_cast<Common &>(thing) = common(kind, id);
    return thing;
}

Proof proof()
{
    Proof leaf {"site.country", Truth::True, Fact {std::string("FR"), "operator declaration", day(-3), Assurance::Attested}, "site.country", {}};
    return {"in(site.country, EU)", Truth::False, Fact {Words {"FR", "DE"}, "statute", day(-4), Assurance::Measured}, "site.countries", {leaf}};
}

}

Problem problem()
{
    return {Reason::Quota, {{"resource", "vcpus"}, {"limit", "4"}}, "8 wanted"};
}
CapacitySample capacitySample()
{
    return {at(5), {1, 2, 3}, {4, 5, 6}};
}

Site site()
{
    Site site;
    site.id = "lyon";
    site.name = "Lyon Confluence";
    site.place = {45.74, 4.82, "FR", "FR-ARA", "Lyon"};
    site.kind = SiteKind::Edge;
    site.stack = Stack::OpenNebula;
    site.slaClass = "gold";
    site.operatedBy = {"rhone-cloud", "Rhône Cloud", "FR", "Rhône Holding", "LU", {{"Caisse", "FR", 60.5, 66, true, true}}, true};
    site.certificates = {{"SecNumCloud", "3.2", "ANSSI", "n° 42", day(-100), day(200), CertificateStatus::Confirmed}};
    site.facts = {{"site.country", {std::string("FR"), "declaration", day(-10), Assurance::Attested}},
        {"site.pue", {1.25, "meter", day(-1), Assurance::Measured}}, {"provider.eu_only", {true, "statutes", day(-1), Assurance::Declared}},
        {"site.personnel", {Words {"FR", "BE"}, "declaration", day(-2), Assurance::Declared}}};
    site.capacity = {{64, 1 << 30, 1 << 30}, {32, 1 << 29, 1 << 29}, {8, 1 << 20, 1 << 21}};
    site.version = "0.1.0";
    site.hypervisor = "QEMU 7.2 (TCG)";
    site.lifecycleRecordedOnly = true;
    site.demonstration = true;
    site.rulebookVersion = "2026.11";
    site.capabilities = {"instance.create", "volume.export.vmdk"};
    return site;
}

Project project()
{
    auto project = object<Project>(ObjectKind::Project, "hospices");
    project.tenantType = "hospital";
    project.quota = {{16, 1 << 30, 1 << 30}, 10, 20};
    project.used = {2, 1 << 20, 1 << 21};
    project.usedInstances = 1;
    project.usedVolumes = 2;
    project.policy = {{"FR", "DE"}, true, true, 3, "L2"};
    return project;
}

Instance instance()
{
    auto instance = object<Instance>(ObjectKind::Instance, "i-1");
    instance.flavor = "m1.small";
    instance.vcpus = 4;
    instance.ramBytes = 1 << 30;
    instance.state = PowerState::Running;
    instance.stateNote = "guest agent\nis silent";
    instance.classification = Classification::HealthFr;
    instance.imageId = "debian-12";
    instance.volumeIds = {"v-1", "v-2"};
    instance.networkIds = {"n-1"};
    instance.custody = Custody::Retained;
    instance.retainedUntil = at(900);
    instance.movedTo = "brest";
    instance.firmware = "uefi";
    instance.diskBus = "scsi";
    instance.nicModel = "e1000";
    return instance;
}

Volume volume()
{
    auto volume = object<Volume>(ObjectKind::Volume, "v-1");
    volume.sizeBytes = 10 << 20;
    volume.allocatedBytes = 5 << 20;
    volume.format = "qcow2";
    volume.instanceId = "i-1";
    volume.bootable = true;
    volume.classification = Classification::RestrictedFr;
    volume.custody = Custody::Leaving;
    volume.retainedUntil = at(901);
    volume.movedTo = "brest";
    return volume;
}

DataSet dataSet()
{
    auto dataSet = object<DataSet>(ObjectKind::DataSet, "scans");
    dataSet.classification = Classification::SpecialCategory;
    dataSet.objects = 3;
    dataSet.bytes = 4096;
    dataSet.digest = someDigest;
    dataSet.replicas = {{"brest", at(7), someDigest}};
    dataSet.custody = Custody::Incoming;
    dataSet.retainedUntil = at(902);
    dataSet.movedTo = "brest";
    return dataSet;
}

DataObject dataObject()
{
    return {"2026/IRM-001.dcm", 512, someDigest, at(8), "v-17"};
}

Operation operation()
{
    Operation operation;
    operation.id = {"lyon", ObjectKind::Operation, "op-1"};
    operation.kind = "migrate";
    operation.project = "hospices";
    operation.object = {"lyon", ObjectKind::Instance, "i-1"};
    operation.objectName = "Dossier médical";
    operation.state = OperationState::Failed;
    operation.phase = "copying";
    operation.bytesDone = 10;
    operation.bytesTotal = 20;
    operation.bytesOnWire = 7;
    operation.requestedBy = "user/alice";
    operation.requestId = "0b3f1c52-9e6c-4f0f-8a35-2f1d7c1f0a11";
    operation.fromSite = "lyon";
    operation.toSite = "brest";
    operation.migration = "9d1f9a0e-1111-4222-8333-444455556666";
    operation.startedAt = at(10);
    operation.changedAt = at(11);
    operation.endedAt = at(12);
    operation.cancellable = true;
    operation.problem = problem();
    operation.log = {"asked brest", "copied 10 of 20"};
    operation.digests = {"v-1 " + someDigest};
    operation.mode = "warm";
    operation.passes = {{9, 3}, 2, 1, 4, at(11)};
    operation.forecast = {1000, 2000, 300, 400, 50};
    operation.testBoot = {"failed", at(12), at(13), "login:", {Reason::TimedOut, {{"what", "boot"}}, "silent"}};
    operation.waiting = {Reason::NotReady, {{"cause", "slot"}, {"limit", "4"}}, "four are under way"};
    operation.permille = 412;
    operation.bytesPerSecond = 90'000'000;
    operation.remainingMs = 12'500;
    operation.workedMs = 61'000;
    operation.outageMs = 950;
    operation.partOf = "op-0";
    operation.parts = {30, 12, 1, 2, 2, 4};
    return operation;
}

Verdict verdict()
{
    Finding finding {"PTL-LOC-001", "Data stays in the Union", "Les données restent dans l’Union", Severity::Major, Outcome::Conflict,
        {"GDPR", "art. 44", "https://eur-lex.europa.eu", "in-force"}, {"site.backup_country"}, "SecNumCloud 3.2", proof(), proof()};
    return {Status::Conflict, {finding}, "2026.11", day(0)};
}

std::vector<Thing> things()
{
    auto image = object<Image>(ObjectKind::Image, "debian-12");
    image.sizeBytes = 2 << 20;
    image.fileBytes = 1 << 20;
    image.format = "raw";
    image.os = "debian-12";
    image.sha256 = someDigest;
    image.custody = Custody::Retained;
    image.retainedUntil = at(903);
    image.movedTo = "brest";
    auto snapshot = object<Snapshot>(ObjectKind::Snapshot, "s-1");
    snapshot.volumeId = "v-1";
    snapshot.instanceId = "i-1";
    snapshot.sizeBytes = 77;
    auto network = object<Network>(ObjectKind::Network, "n-1");
    network.kind = "isolated";
    network.cidr = "10.1.0.0/24";
    auto group = object<SecurityGroup>(ObjectKind::SecurityGroup, "web");
    group.rules = 5;
    auto cluster = object<KubernetesCluster>(ObjectKind::KubernetesCluster, "k-1");
    cluster.version = "1.31";
    cluster.nodes = 3;
    cluster.readyNodes = 2;
    auto alert = object<Alert>(ObjectKind::Alert, "a-1");
    alert.severity = AlertSeverity::Critical;
    alert.problem = problem();
    alert.object = "lyon/instance/i-1";
    alert.since = at(13);
    return {site(), project(), instance(), volume(), image, snapshot, dataSet(), network, group, cluster, operation(), alert,
        Vanished {{"lyon", ObjectKind::Volume, "v-9"}}, Sampled {"lyon", capacitySample()}};
}

std::vector<Request> requests()
{
    const ObjectId machine {"lyon", ObjectKind::Instance, "i-1"}, disk {"lyon", ObjectKind::Volume, "v-1"},
        data {"lyon", ObjectKind::DataSet, "scans"};
    const std::map<std::string, std::string> labels {{"owner", "cardio"}};
    const ObjectId snapshot {"lyon", ObjectKind::Snapshot, "s-1"};
    const std::vector<Order> orders {CreateProject {project()}, UpdateProject {project()}, DeleteProject {{"lyon", ObjectKind::Project, "hospices"}},
        CreateInstance {"i-2", "Base", "hospices", "m1", 2, 1 << 20, "debian-12", 1 << 21, Classification::Personal, {"n-1"}, labels, true},
        UpdateInstance {machine, "Nouveau nom", Classification::Internal, labels}, StartInstance {machine}, StopInstance {machine, true},
        RebootInstance {machine, true}, ResizeInstance {machine, 4, 1 << 20}, DeleteInstance {machine, false}, AttachVolume {machine, disk},
        DetachVolume {machine, disk}, CreateVolume {"v-2", "Disque", "hospices", 1 << 20, Classification::Open, "debian-12", labels},
        ResizeVolume {disk, 1 << 22}, DeleteVolume {disk}, CreateSnapshot {disk, "avant"}, RevertSnapshot {snapshot}, DeleteSnapshot {snapshot},
        CreateImage {"img", "Image", "hospices", disk, "debian-12"}, DeleteImage {{"lyon", ObjectKind::Image, "img"}},
        CreateDataSet {"d-2", "Jeu", "hospices", Classification::HealthDe, labels}, UpdateDataSet {data, "Autre", Classification::Open},
        DeleteDataSet {data}, DeleteDataObject {data, "a/b"}, CreateNetwork {"n-2", "Réseau", "hospices", "isolated", "10.2.0.0/24"},
        DeleteNetwork {{"lyon", ObjectKind::Network, "n-2"}},
        Migrate {machine, "brest", "127.0.0.1:7602", "hospices", 1 << 20, 3600, true, MoveMode::Warm, CutOver::Manual, {22 * 60, 6 * 60 + 30},
            {{{8 * 60, 18 * 60}, 1 << 20}, {{18 * 60, 8 * 60}, 0}}, Instant(std::chrono::milliseconds(1'790'000'000'250))},
        CancelOperation {{"lyon", ObjectKind::Operation, "op-1"}}, PauseOperation {{"lyon", ObjectKind::Operation, "op-1"}},
        ResumeOperation {{"lyon", ObjectKind::Operation, "op-1"}}, CutOverOperation {{"lyon", ObjectKind::Operation, "op-1"}},
        TestBootOperation {{"lyon", ObjectKind::Operation, "op-1"}},
        Evacuate {{"lyon", ObjectKind::Site, {}},
            {{{machine, "brest", "127.0.0.1:7602", "hospices", 1 << 20, 3600, true, MoveMode::Warm, CutOver::Automatic, {60, 120}, {{{60, 120}, 5}},
                  Instant(std::chrono::milliseconds(1'790'000'000'250))},
                3, {data}, 77}},
            8, 1, {1000, 2000, 300, 400, 50}, {}}};
    std::vector<Request> requests;
    for (const auto &order : orders) {
        requests.push_back({"0b3f1c52-9e6c-4f0f-8a35-2f1d7c1f0a11", "e-7", true, order});
    }
    return requests;
}

}
