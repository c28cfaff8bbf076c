// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/expression.h"

namespace portulan {

/// One side of a comparison, as found in a world.
struct Seen {
    View view;
    bool none = false; ///< absent from a closed world: certainly nothing, rather than unknown
    bool sorted = false; ///< a list that may be searched by halves
};
Seen seen(const Expression::Operand &operand, const World &world);

/// Eq, Ne, Lt, Le, Gt, Ge, In, AnyIn or AllIn of two sides. Unknown when a side is absent from the open world or not of a type the
/// operator compares. A word counts as a list of one.
Truth compare(Op how, const Seen &left, const Seen &right);
/// Whether there is nothing in a list or word.
Truth isEmpty(const Seen &side);

}
