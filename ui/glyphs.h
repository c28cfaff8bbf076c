// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/verdict.h"

#include <QPainter>

namespace portulan {

/// What a verdict looks like without colour: a stroke drawing (check, "!", cross, bolt, "?") in a square of `size` around `centre`.
/// The painter's pen colour is set to `colour`; antialiasing is the caller's.
void paintGlyph(QPainter &painter, Status status, QPointF centre, double size, const QColor &colour);

/// The filled shape that stands for a verdict where a glyph would be too small: disc, triangle, diamond, square, hollow disc.
/// `radius` 3–6 pixels.
void paintShape(QPainter &painter, Status status, QPointF centre, double radius, const QColor &colour);

/// A clock of radius `radius`: what is shown is the last known state.
void paintClock(QPainter &painter, QPointF centre, double radius, const QColor &colour, const QColor &face);

}
