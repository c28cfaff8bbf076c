// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/vouching.h"

#include <algorithm>

namespace portulan {

namespace {

Vouching ofLevel(const Certificate &certificate, std::string_view level, const Words *ranking)
{
    if (level.empty() || certificate.level == level) {
        return {Truth::True, &certificate, Gap::None};
    }
    if (ranking) {
        const auto wanted = std::ranges::find(*ranking, level);
        const auto held = std::ranges::find(*ranking, certificate.level);
        if (wanted != ranking->end() && held != ranking->end()) {
            return {held >= wanted ? Truth::True : Truth::False, &certificate, Gap::None};
        }
    }
    // A level the rules do not rank may be higher or lower: a newer edition must be read, not guessed.
    return {Truth::Unknown, &certificate, Gap::Level};
}

Vouching of(const Certificate &certificate, std::string_view level, const Words *ranking, Date today)
{
    const bool endless = certificate.validUntil == Date {};
    const bool outside = certificate.validFrom > today || (!endless && certificate.validUntil < today);
    if (certificate.status == CertificateStatus::Revoked || outside) {
        return {Truth::False, &certificate, Gap::None};
    }
    Vouching held = ofLevel(certificate, level, ranking);
    if (held.value == Truth::False) {
        return held;
    }
    if (certificate.status != CertificateStatus::Confirmed) {
        return {Truth::Unknown, &certificate, Gap::Evidence};
    }
    return held.value == Truth::True && endless ? Vouching {Truth::Unknown, &certificate, Gap::Validity} : held;
}

}

Vouching vouching(std::span<const Certificate> certificates, std::string_view scheme, std::string_view level, const Words *ranking, Date today)
{
    Vouching best;
    for (const auto &certificate : certificates) {
        if (certificate.scheme != scheme) {
            continue;
        }
        const Vouching next = of(certificate, level, ranking, today);
        if (!best.by || next.value > best.value) {
            best = next;
        }
    }
    return best;
}

std::string missingOf(std::string_view scheme, Gap gap)
{
    const std::string_view what = gap == Gap::Level ? " level" : gap == Gap::Validity ? " validity" : " evidence";
    return "certificate " + std::string(scheme) + std::string(what);
}

std::string describe(const Certificate &certificate)
{
    std::string text = certificate.scheme;
    if (!certificate.level.empty()) {
        text += ' ' + certificate.level;
    }
    if (!certificate.number.empty()) {
        text += ", n° " + certificate.number;
    }
    return certificate.validUntil == Date {} ? text : text + ", until " + toIsoDate(certificate.validUntil);
}

Fact factOf(const Certificate &certificate)
{
    Fact fact;
    fact.value = describe(certificate) + " (" + std::string(toString(certificate.status)) + ')';
    fact.source = certificate.issuer;
    fact.asOf = certificate.validFrom;
    fact.assurance = certificate.status == CertificateStatus::Confirmed ? Assurance::Attested : Assurance::Declared;
    return fact;
}

}
