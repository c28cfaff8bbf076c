// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "app/ctl/output.h"
#include "core/order.h"

#include <QString>

namespace portulan::ctl {

/// What `portulanctl apply FILE` reads, all lists optional:
///
///     {"projects":  [{"site", "id", "name", "tenant_type", "quota": {"vcpus", "ram", "storage", "instances", "volumes"},
///                     "policy": {"allowed_countries", "require_secnumcloud", "forbid_us_exposure", "min_seal", "gaiax_label"}, "labels"}],
///      "networks":  [{"site", "id", "name", "project", "kind", "cidr"}],
///      "images":    [{"site", "id", "name", "project", "file", "format", "os"}],
///      "volumes":   [{"site", "id", "name", "project", "class", "size", "image", "labels"}],
///      "instances": [{"site", "id", "name", "project", "class", "image", "flavor", "vcpus", "ram", "disk", "networks", "start", "labels"}],
///      "datasets":  [{"site", "id", "name", "project", "class", "labels", "objects": [{"key", "file"} or {"key", "text"}]}]}
///
/// "site" is an id, a list of ids, or "*". Sizes are bytes or words such as "10G". Paths are relative to the file. Lists are worked off in
/// this order at each site; what exists under its id is left alone, a project that differs is updated.
struct Wanted {
    struct Object { ///< of a data set
        std::string key;
        QString file;
        std::string text; ///< when there is no file
    };
    enum Phase { Projects, Networks, Images, Volumes, Instances, DataSets, phases } phase = Projects;
    std::string site;
    ObjectId id;
    Order order; ///< of all but images
    QString imageFile;
    CreateImage image; ///< id, name, project, os of an image to import
    std::string imageFormat;
    std::vector<Object> objects;
};

/// Every thing wanted at every site. Malformed{file, line or field, expected}.
Result<std::vector<Wanted>> readWanted(const QString &path, const std::vector<std::string> &sites);

}
