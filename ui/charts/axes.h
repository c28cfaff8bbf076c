// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "ui/theme.h"

class QAbstractAxis;

namespace portulan {

constexpr double axisPoints = 8.5;

/// Gives an axis the theme's words and hairlines; `grid`: whether it draws lines across the plot.
void dressAxis(QAbstractAxis &axis, const Theme &theme, bool grid);

/// The next of 1, 2, 5 times a power of ten that is not below `value`: a round end for an axis.
double roundedUp(double value);
/// How many ticks make round steps from 0 to such an end.
int ticks(double end);
/// How many digits after the point those ticks need.
int decimals(double end);

}
