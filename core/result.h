// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/problem.h"

#include <tl/expected.hpp>

namespace portulan {

/// A value, or the Problem that stood in its way. Every boundary of ours speaks it; no exception crosses one.
template <typename T = void>
using Result = tl::expected<T, Problem>;
using tl::unexpected;

/// `return refuse(Reason::NotFound, {{"id", id}});`
inline tl::unexpected<Problem> refuse(Reason reason, std::map<std::string, std::string> facts = {}, std::string detail = {})
{
    return tl::unexpected<Problem>(Problem {reason, std::move(facts), std::move(detail)});
}

}
