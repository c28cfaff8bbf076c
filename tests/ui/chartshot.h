// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "ui/theme.h"

#include <QString>

namespace sample {

/// Writes a picture of every chart, and of a table with badges and bars, to `file`.
void takeCharts(const portulan::Theme &theme, const QString &file);

}
