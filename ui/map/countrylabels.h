// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "ui/map/basemap.h"

class QPainter;

namespace portulan {

/// Writes the names of countries (and their figures, if any) where they fit: spaced capitals at hand-placed anchors, moved up or down
/// when something is there, left out when the country is too small for them on this frame.
void drawCountryLabels(QPainter &painter, const Atlas &atlas, const Frame &frame, const GroundStyle &style);

}
