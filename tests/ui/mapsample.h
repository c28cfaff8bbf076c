// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "ui/map/atlas.h"
#include "ui/map/mapdata.h"

/// Sample data for the map's tests, pictures and figures.
namespace sample {

/// Fourteen sites in thirteen countries, and `more` scattered over the continent (always the same ones,
/// on the land of `atlas`).
std::vector<portulan::MapSite> sites(int more = 0, const portulan::Atlas *atlas = nullptr);
std::vector<portulan::MapFlow> flows();
std::vector<portulan::MapFlow> manyFlows(const std::vector<portulan::MapSite> &sites, int flows);
std::vector<portulan::MapFigure> figures();
portulan::MapHeader header();

}
