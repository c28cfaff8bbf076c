// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "tests/site/workshop.h"

namespace portulan::tests {

/// Makes an OVA as an exporting hypervisor would: a description, a manifest, a stream-optimised disk with the bytes of `raw`. Its path.
std::string makeOva(const Workshop &dir, const std::string &raw, const std::string &extra = {});

}
