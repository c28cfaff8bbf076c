// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/inventory.h"

namespace portulan {

/// A migration has an operation at each of its sites; the source's knows most. Itself if it is that one, or if that one is not known.
const Operation &sourceOperation(const Inventory &inventory, const Operation &operation);

}
