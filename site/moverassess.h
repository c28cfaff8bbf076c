// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/mover.h"

namespace portulan::site {

/// Everything that stands in the way of a migration, all at once, and what it would cost. Changes nothing; blocks for seconds when the
/// destination does.
Assessment assessMigration(Context &context, const Migrate &order, const std::string &caller);

}
