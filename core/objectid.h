// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/result.h"

#include <array>
#include <compare>
#include <string>
#include <string_view>

namespace portulan {

/// The kinds of things a site owns. Security groups and Kubernetes clusters travel from the start so that no later
/// client breaks on them.
enum class ObjectKind { Site, Project, Instance, Volume, Image, Snapshot, DataSet, Network, SecurityGroup, KubernetesCluster, Operation, Alert };
inline constexpr std::array allObjectKinds
    = {ObjectKind::Site, ObjectKind::Project, ObjectKind::Instance, ObjectKind::Volume, ObjectKind::Image, ObjectKind::Snapshot, ObjectKind::DataSet,
        ObjectKind::Network, ObjectKind::SecurityGroup, ObjectKind::KubernetesCluster, ObjectKind::Operation, ObjectKind::Alert};

/// "instance", "data_set"… as in JSON and on the command line.
std::string_view toString(ObjectKind kind);
Result<ObjectKind> objectKindFrom(std::string_view word);
/// "instances", "dataSets"…: the collection identifier of AIP-122 resource names.
std::string_view collection(ObjectKind kind);

/// Names one thing in the federation. `id` is chosen by the owning site and never reused there.
struct ObjectId {
    std::string site;
    ObjectKind kind = ObjectKind::Instance;
    std::string id;

    auto operator<=>(const ObjectId &) const = default; // NOLINT(modernize-use-nullptr): the zero is the compiler's own
    /// "lyon/instance/i-7f3a"; of a site itself just "lyon".
    std::string text() const;
    /// "sites/lyon/instances/i-7f3a" (AIP-122); of a site itself "sites/lyon".
    std::string resourceName() const;
    static Result<ObjectId> fromText(std::string_view text);
    static Result<ObjectId> fromResourceName(std::string_view name);
};

/// Ids of sites, objects, projects: 1–63 of [a-z0-9-], starting and ending with a letter or digit (RFC 1123 label).
bool isId(std::string_view text);
/// Display names: 1–255 bytes of valid UTF-8 without control characters or bidi overrides; InvalidArgument{field} otherwise.
Result<> checkDisplayName(std::string_view field, std::string_view text);
bool isUtf8(std::string_view text);

}
