// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/capacity.h"
#include "core/fact.h"
#include "core/objectid.h"

#include <cstdint>

namespace portulan {

/// How sensitive data is; orders nothing by itself, the rules do. Words on the wire and in files: toString().
enum class Classification { Unclassified, Open, Internal, Personal, SpecialCategory, HealthFr, HealthDe, StateSensitiveFr, RestrictedFr, Classified };
inline constexpr std::array allClassifications = {Classification::Unclassified, Classification::Open, Classification::Internal,
    Classification::Personal, Classification::SpecialCategory, Classification::HealthFr, Classification::HealthDe, Classification::StateSensitiveFr,
    Classification::RestrictedFr, Classification::Classified};
/// "", "open", "internal", "personal", "special_category", "health_fr", "health_de", "sren_sensitive", "dr_fr", "classified": the rules' words.
std::string_view toString(Classification classification);
Result<Classification> classificationFrom(std::string_view word);

/// Which right a site has to an object. Exactly one site is Owner of a workload at any instant.
enum class Custody {
    Owner,
    Leaving, ///< owner still, a migration away is under way: may not be changed
    Incoming, ///< a copy being received; not yet anybody's
    Retained, ///< handed over; fenced (cannot start), kept until `retainedUntil`
};
std::string_view toString(Custody custody);
Custody custodyFrom(std::string_view word); ///< unknown words read as Owner

enum class PowerState { Stopped, Starting, Running, Stopping, Paused, Failed, RecordedOnly };
std::string_view toString(PowerState state);
PowerState powerStateFrom(std::string_view word); ///< unknown words read as Failed

/// What a project asks of a place; the defaults are the rule file's `policy_defaults`.
struct ProjectPolicy {
    Words allowedCountries; ///< empty: all
    bool requireSecNumCloud = false;
    bool forbidUsExposure = false;
    int minSeal = 0; ///< 0–4
    std::string gaiaxLabel = "none";
    bool operator==(const ProjectPolicy &) const = default;
};

struct Quota { ///< -1: no limit
    Amounts limit {-1, -1, -1};
    std::int64_t instances = -1;
    std::int64_t volumes = -1;
    bool operator==(const Quota &) const = default;
};

/// What every object of a site has.
struct Common {
    ObjectId id;
    std::string name; ///< display name, any script
    std::string project; ///< project id; of a project, its own
    std::string etag; ///< changes with every change; orders may demand it
    Instant createdAt {};
    Instant changedAt {};
    std::map<std::string, std::string> labels; ///< at most 32 of 63/255 bytes
    bool operator==(const Common &) const = default;
};

struct Project : Common {
    std::string tenantType; ///< "fr_state", "public", "private", "hospital"…: `tenant.type` of the rules
    Quota quota;
    Amounts used;
    std::int64_t usedInstances = 0;
    std::int64_t usedVolumes = 0;
    ProjectPolicy policy;
    bool operator==(const Project &) const = default;
};

struct Instance : Common {
    std::string flavor; ///< the stack's name for it, may be empty
    std::int64_t vcpus = 1;
    std::int64_t ramBytes = 0;
    PowerState state = PowerState::Stopped;
    std::string stateNote; ///< English detail when Failed or RecordedOnly
    Classification classification = Classification::Unclassified;
    std::string imageId;
    std::vector<std::string> volumeIds; ///< in bus order, the first boots
    std::vector<std::string> networkIds;
    Custody custody = Custody::Owner;
    Instant retainedUntil {};
    std::string movedTo; ///< site id, when Retained
    std::string firmware; ///< "bios", "uefi"; empty: not told
    std::string diskBus; ///< of its first disk: "virtio", "scsi", "sata", "ide", "nvme" or the stack's own word; empty: not told
    std::string nicModel; ///< of its first network card: "virtio", "e1000", "vmxnet3"…; empty: none, or not told
    bool operator==(const Instance &) const = default;
};

struct Volume : Common {
    std::int64_t sizeBytes = 0; ///< as the guest sees it
    std::int64_t allocatedBytes = 0; ///< on the site's storage
    std::string format; ///< "qcow2", "raw"…
    std::string instanceId; ///< attached to; empty: free
    bool bootable = false;
    Classification classification = Classification::Unclassified;
    Custody custody = Custody::Owner;
    Instant retainedUntil {};
    std::string movedTo;
    bool operator==(const Volume &) const = default;
};

struct Image : Common {
    std::int64_t sizeBytes = 0; ///< virtual size
    std::int64_t fileBytes = 0;
    std::string format;
    std::string os; ///< "debian-12", "nano"…
    std::string sha256; ///< of the file, hex
    Custody custody = Custody::Owner;
    Instant retainedUntil {};
    std::string movedTo;
    bool operator==(const Image &) const = default;
};

struct Snapshot : Common {
    std::string volumeId; ///< of one volume…
    std::string instanceId; ///< …or of all volumes of an instance at once
    std::int64_t sizeBytes = 0;
    bool operator==(const Snapshot &) const = default;
};

/// A copy of a data set on another site.
struct Replica {
    std::string site;
    Instant asOf {};
    std::string digest; ///< of the replica, same construction as DataSet::digest
    bool operator==(const Replica &) const = default;
};

struct DataSet : Common {
    Classification classification = Classification::Unclassified;
    std::int64_t objects = 0;
    std::int64_t bytes = 0;
    std::string digest; ///< SHA-256 over the sorted "key\0sha256\n" lines, hex
    std::vector<Replica> replicas;
    Custody custody = Custody::Owner;
    Instant retainedUntil {};
    std::string movedTo;
    bool operator==(const DataSet &) const = default;
};

/// One object of a data set; listed on demand, not watched.
struct DataObject {
    std::string key; ///< 1–1024 bytes UTF-8
    std::int64_t size = 0;
    std::string sha256; ///< hex
    Instant changedAt {};
    std::string version {}; ///< the site's own word, at most 128 bytes; no two puts of a key ever had the same
    bool operator==(const DataObject &) const = default;
};

struct Network : Common {
    std::string kind; ///< "isolated", "user", "bridge", or the stack's word
    std::string cidr;
    bool operator==(const Network &) const = default;
};

struct SecurityGroup : Common {
    std::int64_t rules = 0;
    bool operator==(const SecurityGroup &) const = default;
};

struct KubernetesCluster : Common {
    std::string version;
    std::int64_t nodes = 0;
    std::int64_t readyNodes = 0;
    bool operator==(const KubernetesCluster &) const = default;
};

enum class AlertSeverity { Info, Warning, Critical };
std::string_view toString(AlertSeverity severity);
AlertSeverity alertSeverityFrom(std::string_view word); ///< unknown words read as Warning

/// Something is wrong at a site. `problem` says what; phrases word it.
struct Alert : Common {
    AlertSeverity severity = AlertSeverity::Warning;
    Problem problem;
    std::string object; ///< ObjectId::text() of what it is about, may be empty
    Instant since {};
    bool operator==(const Alert &) const = default;
};

}
