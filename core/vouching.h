// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/site.h"
#include "core/verdict.h"

#include <span>

namespace portulan {

/// Why a certificate does not count although it is there.
enum class Gap {
    None,
    Evidence, ///< declared or unverified: nobody has seen it
    Level, ///< its level is not said, or not one the rules rank
    Validity, ///< its end is not said
};

/// What a site's certificates say about one scheme on one day.
struct Vouching {
    Truth value = Truth::False;
    const Certificate *by = nullptr; ///< the certificate that decided, if any
    Gap gap = Gap::None; ///< why the value is Unknown
};

/// Whether a certificate of `scheme` at `level` or above (empty: any) is confirmed and within its validity. Revoked, expired and not
/// yet valid ones do not count; `ranking` orders the levels, lowest first, and may be null when the scheme has no order.
Vouching vouching(std::span<const Certificate> certificates, std::string_view scheme, std::string_view level, const Words *ranking, Date today);

/// "certificate HDS evidence": what to ask for.
std::string missingOf(std::string_view scheme, Gap gap);
/// "SecNumCloud 3.2, n° 1234, until 2027-03-01"
std::string describe(const Certificate &certificate);
/// The certificate as a fact of a proof: its level, who issued it, since when.
Fact factOf(const Certificate &certificate);

}
