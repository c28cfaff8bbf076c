// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/workload.h"
#include "ui/desk.h"
#include "ui/map/mapdata.h"

namespace portulan {

// What the map shows, worded, from what the federation knows. Pure: asked again whenever something differed.

std::vector<MapSite> mapSites(const Desk &desk);
/// Migrations under way, once each though both sites tell of them, and those that failed in the last ten minutes.
std::vector<MapFlow> mapFlows(const Desk &desk);
/// Bytes of a classification by country; empty if there are none.
std::vector<MapFigure> mapFigures(const Desk &desk, Classification classification);
MapHeader mapHeader(const Desk &desk, Classification classification);

}
