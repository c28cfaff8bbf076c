// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string_view>

namespace portulan::site {

/// resources/rules/sovereignty.json as it was when the gateway was built.
std::string_view builtinRules();

}
