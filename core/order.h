// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/instant.h"
#include "core/movemode.h"
#include "core/workload.h"

#include <optional>
#include <variant>

namespace portulan {

// What one may ask of a site. One struct an order; `Order` is any of them. Over gRPC each is its own RPC.

struct CreateProject {
    Project project;
};
/// name, labels, quota, policy
struct UpdateProject {
    Project project;
};
struct DeleteProject {
    ObjectId project;
};

struct CreateInstance {
    std::string id; ///< proposed id; empty: the site chooses
    std::string name;
    std::string project;
    std::string flavor;
    std::int64_t vcpus = 1;
    std::int64_t ramBytes = 0;
    std::string imageId;
    std::int64_t diskBytes = 0; ///< 0: the image's size
    Classification classification = Classification::Unclassified;
    std::vector<std::string> networkIds;
    std::map<std::string, std::string> labels;
    bool start = true;
};
struct UpdateInstance {
    ObjectId instance;
    std::optional<std::string> name;
    std::optional<Classification> classification;
    std::optional<std::map<std::string, std::string>> labels;
};
struct StartInstance {
    ObjectId instance;
};
/// graceful (ACPI) unless forced
struct StopInstance {
    ObjectId instance;
    bool force = false;
};
struct RebootInstance {
    ObjectId instance;
    bool force = false;
};
/// 0: as it is; only when stopped
struct ResizeInstance {
    ObjectId instance;
    std::int64_t vcpus = 0;
    std::int64_t ramBytes = 0;
};
struct DeleteInstance {
    ObjectId instance;
    bool withVolumes = true;
};
struct AttachVolume {
    ObjectId instance;
    ObjectId volume;
};
struct DetachVolume {
    ObjectId instance;
    ObjectId volume;
};

struct CreateVolume {
    std::string id;
    std::string name;
    std::string project;
    std::int64_t sizeBytes = 0;
    Classification classification = Classification::Unclassified;
    std::string imageId; ///< filled from; empty: blank
    std::map<std::string, std::string> labels;
};
/// grows only
struct ResizeVolume {
    ObjectId volume;
    std::int64_t sizeBytes = 0;
};
struct DeleteVolume {
    ObjectId volume;
};

/// of a volume or an instance
struct CreateSnapshot {
    ObjectId of;
    std::string name;
};
struct RevertSnapshot {
    ObjectId snapshot;
};
struct DeleteSnapshot {
    ObjectId snapshot;
};

struct CreateImage {
    std::string id;
    std::string name;
    std::string project;
    ObjectId fromVolume;
    std::string os;
};
struct DeleteImage {
    ObjectId image;
};

struct CreateDataSet {
    std::string id;
    std::string name;
    std::string project;
    Classification classification = Classification::Unclassified;
    std::map<std::string, std::string> labels;
};
struct UpdateDataSet {
    ObjectId dataSet;
    std::optional<std::string> name;
    std::optional<Classification> classification;
};
struct DeleteDataSet {
    ObjectId dataSet;
};
struct DeleteDataObject {
    ObjectId dataSet;
    std::string key;
};

struct CreateNetwork {
    std::string id;
    std::string name;
    std::string project;
    std::string kind;
    std::string cidr;
};
struct DeleteNetwork {
    ObjectId network;
};

/// Moves an instance with its volumes, a volume, an image or a data set to another site. Sent to the owner.
struct Migrate {
    ObjectId object;
    std::string toSite;
    std::string toEndpoint; ///< host:port of the destination's gateway, for a source that does not know it; may be empty
    std::string toProject; ///< empty: the project of the same id there
    std::int64_t bandwidth = 0; ///< bytes per second, 0: unlimited
    std::int64_t retentionSeconds = 7LL * 24 * 3600; ///< how long the source keeps its fenced copy
    bool start = true; ///< start at the destination if it ran here
    MoveMode mode = MoveMode::Cold;
    CutOver cutOver = CutOver::Automatic;
    DayWindow window {}; ///< the gateway's local time in which data is sent and the machine stopped; else the move waits
    std::vector<HourlyRate> hourly {}; ///< instead of `bandwidth` in their hours, the first that holds; at most 24
    Instant notBefore {}; ///< nothing is asked of the destination earlier; unknown: at once
};

struct CancelOperation {
    ObjectId operation;
};
/// of a migration, before its copy is verified: sends no more until resumed; a machine that runs goes on
struct PauseOperation {
    ObjectId operation;
};
struct ResumeOperation {
    ObjectId operation;
};
/// of a migration that waits for it: what is left is sent now; a cold one is handed over
struct CutOverOperation {
    ObjectId operation;
};

/// of a migration of a machine, before it is committed: boots a copy of what is at the destination by now, without any network, and says what it
/// printed; the migration itself waits meanwhile
struct TestBootOperation {
    ObjectId operation;
};

/// Moves much of a site away, in waves. Sent to the site, which holds it to the end: each move becomes an ordinary Migrate of the same caller,
/// admitted and judged like any other, when its wave has come, what it comes after has moved, and few enough are under way.
struct Evacuate {
    struct Move {
        Migrate order;
        std::int32_t wave = 0; ///< begins when every move of the waves before is over, well or not
        std::vector<ObjectId> after; ///< must have moved; of this or an earlier wave. What this evacuation does not move counts as moved
        std::int64_t bytes = 0; ///< expected to be carried; what its progress is weighed by, and nothing else
    };
    ObjectId site;
    std::vector<Move> moves; ///< at most 10 000
    std::int32_t atOnce = 4; ///< under way at once, 1–64
    std::int32_t atOncePerSite = 2; ///< …to one destination: one that is silent must not hold up the others
    Forecast forecast {}; ///< what its plan expects of all of it; kept, to be compared, and not believed
    std::string retryOf {}; ///< id of an earlier evacuation of this site: what failed of it or never began is ordered again, and `moves` is empty
};

using Order = std::variant<CreateProject, UpdateProject, DeleteProject, CreateInstance, UpdateInstance, StartInstance, StopInstance, RebootInstance,
    ResizeInstance, DeleteInstance, AttachVolume, DetachVolume, CreateVolume, ResizeVolume, DeleteVolume, CreateSnapshot, RevertSnapshot,
    DeleteSnapshot, CreateImage, DeleteImage, CreateDataSet, UpdateDataSet, DeleteDataSet, DeleteDataObject, CreateNetwork, DeleteNetwork, Migrate,
    CancelOperation, PauseOperation, ResumeOperation, CutOverOperation, TestBootOperation, Evacuate>;

/// "instance.create", "migrate"…: Operation::kind, audit action and permission name of an order.
std::string_view kindOf(const Order &order);
/// What the order is about: the object named, or {site "", kind, proposed id} for a creation.
ObjectId objectOf(const Order &order);

/// An order as it travels: retries with the same request id act once.
struct Request {
    std::string requestId; ///< UUID, from the client
    std::string etag; ///< demanded state of the object; empty: any
    bool validateOnly = false; ///< checks everything, changes nothing (AIP-163)
    Order order;
    std::string partOf {}; ///< id of the operation that ordered it; set by the gateway itself, does not travel
};

}
