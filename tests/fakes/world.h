// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/change.h"

#include <vector>

/// A small federation for tests: a French hospital site, a French edge site, and an Irish one whose ultimate parent is American.
/// Nothing in it moves: the clock stands at 22 November 2026, 12:00 UTC.
namespace portulan::world {

Instant now();
Date today();

Site lyon(); ///< "Lyon Confluence": certified, roomy, runs machines
Site brest(); ///< "Brest Arsenal": small, no certificate
Site dublin(); ///< "Dublin Docklands": roomy, non-EU ultimate parent
std::vector<Site> sites();

/// Projects exist on all three sites: "hospices" (health, France only) and "transports" (anywhere).
Project project(const std::string &site, const std::string &id);

Instance instance(const std::string &site, const std::string &id, const std::string &name, Classification classification = Classification::Internal);
Volume volume(const std::string &site, const std::string &id, std::int64_t bytes, const std::string &instanceId = {});
DataSet dataSet(const std::string &site, const std::string &id, const std::string &name, Classification classification);
/// A migration of `instance` from its site, under way.
Operation migration(const std::string &id, const Instance &instance, const std::string &toSite);
Alert alert(const std::string &site, const std::string &id, AlertSeverity severity, Problem problem);

/// What a site's snapshot holds, the site first. Lyon: machines "dossier-patient" (health_fr), "web-1", "web-2" with volumes, an image,
/// a snapshot, a network, data set "imagerie". Brest: "capteurs". Dublin: "billetterie".
std::vector<Thing> things(const std::string &site);

}
