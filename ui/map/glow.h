// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <QPainter>
#include <QPainterPath>
#include <vector>

namespace portulan {

/// The shine of the coasts: the land's mask, drawn at a quarter of the size, blurred narrow and wide, tinted and laid under the land.
/// Wide antialiased strokes of the coast would look the same and take forty times as long.
void drawGlow(QPainter &painter, QSize size, const std::vector<const QPainterPath *> &land, const QColor &colour);

}
