// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// The reading half of core/credentials.h: what a certificate says and who vouches for it.
#include "core/credentials.h"
#include "core/manifest.h"
#include "core/objectid.h"
#include "core/openssl.h"

#include <openssl/err.h>
#include <openssl/pem.h>

namespace portulan {

namespace {

using namespace openssl;

std::string nameText(const X509_NAME *name)
{
    const Bio bio {BIO_new(BIO_s_mem())};
    X509_NAME_print_ex(bio.get(), name, 0, XN_FLAG_ONELINE & ~unsigned(ASN1_STRFLGS_ESC_MSB));
    return contents(bio.get());
}

Instant momentOf(const ASN1_TIME *time)
{
    std::tm parts {};
    if (ASN1_TIME_to_tm(time, &parts) != 1) {
        return {};
    }
    using namespace std::chrono;
    const auto day = year {parts.tm_year + 1900} / month {unsigned(parts.tm_mon + 1)} / std::chrono::day {unsigned(parts.tm_mday)};
    return sys_days {day} + hours {parts.tm_hour} + minutes {parts.tm_min} + seconds {parts.tm_sec};
}

std::string serialText(X509 *cert)
{
    const Number number {ASN1_INTEGER_to_BN(X509_get0_serialNumber(cert), nullptr)};
    char *const hex = number ? BN_bn2hex(number.get()) : nullptr;
    std::string text = hex ? hex : "";
    OPENSSL_free(hex);
    return text;
}

/// "site/lyon" for portulan://site/lyon, "" for anything else.
std::string identityOf(std::string_view uri)
{
    constexpr std::string_view scheme = "portulan://";
    if (!uri.starts_with(scheme)) {
        return {};
    }
    uri.remove_prefix(scheme.size());
    const bool known = uri.starts_with("site/") || uri.starts_with("user/");
    return known && isId(uri.substr(5)) ? std::string(uri) : std::string();
}

Result<std::string> identityOf(X509 *cert)
{
    const Names names {static_cast<GENERAL_NAMES *>(X509_get_ext_d2i(cert, NID_subject_alt_name, nullptr, nullptr))};
    std::string identity;
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
        int type = 0;
        const auto *value = static_cast<const ASN1_STRING *>(GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names.get(), i), &type));
        if (type != GEN_URI) {
            continue;
        }
        const std::string_view uri(reinterpret_cast<const char *>(ASN1_STRING_get0_data(value)), std::size_t(ASN1_STRING_length(value)));
        const std::string found = identityOf(uri);
        if (!found.empty() && !identity.empty()) {
            // Two identities in one certificate would let its holder choose whom to be.
            return refuse(Reason::Untrusted, {{"what", "certificate"}}, identity.append(" and ").append(found));
        }
        identity = found.empty() ? identity : found;
    }
    return identity;
}

std::string fingerprintOf(const X509 *cert)
{
    Digest digest {};
    X509_digest(cert, EVP_sha256(), reinterpret_cast<unsigned char *>(digest.data()), nullptr);
    return toHex(digest);
}

tl::unexpected<Problem> outOfDate(X509 *cert)
{
    return refuse(Reason::Expired,
        {{"what", nameText(X509_get_subject_name(cert))}, {"from", toRfc3339(momentOf(X509_get0_notBefore(cert)))},
            {"until", toRfc3339(momentOf(X509_get0_notAfter(cert)))}});
}

}

Result<CertificateFacts> inspect(std::string_view pem)
{
    const auto cert = certificateFrom(pem);
    if (!cert) {
        return unexpected(cert.error());
    }
    X509 *const x509 = cert->get();
    auto identity = identityOf(x509);
    if (!identity) {
        return unexpected(identity.error());
    }
    return CertificateFacts {.identity = std::move(*identity),
        .subject = nameText(X509_get_subject_name(x509)),
        .issuer = nameText(X509_get_issuer_name(x509)),
        .notBefore = momentOf(X509_get0_notBefore(x509)),
        .notAfter = momentOf(X509_get0_notAfter(x509)),
        .serial = serialText(x509),
        .fingerprint = fingerprintOf(x509),
        .isAuthority = X509_check_ca(x509) == 1};
}

Result<> verifyCertificate(std::string_view certificatePem, std::string_view authoritiesPem, Instant at)
{
    const auto cert = certificateFrom(certificatePem);
    if (!cert) {
        return unexpected(cert.error());
    }
    const Store store {X509_STORE_new()};
    const Bio authorities = reading(authoritiesPem);
    int count = 0;
    while (const Cert authority {PEM_read_bio_X509(authorities.get(), nullptr, nullptr, nullptr)}) {
        count += X509_STORE_add_cert(store.get(), authority.get());
    }
    ERR_clear_error();
    if (count == 0) {
        return refuse(Reason::Malformed, {{"expected", "certificate of an authority, PEM"}});
    }
    const StoreContext context {X509_STORE_CTX_new()};
    if (!context || X509_STORE_CTX_init(context.get(), store.get(), cert->get(), nullptr) != 1) {
        return refuse(Reason::Internal, {{"what", "certificate"}}, takeErrors());
    }
    X509_VERIFY_PARAM *const demands = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_flags(demands, X509_V_FLAG_X509_STRICT);
    X509_VERIFY_PARAM_set_time(demands, std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count());
    if (X509_verify_cert(context.get()) == 1) {
        return {};
    }
    const int error = X509_STORE_CTX_get_error(context.get());
    if (error == X509_V_ERR_CERT_HAS_EXPIRED || error == X509_V_ERR_CERT_NOT_YET_VALID) {
        X509 *const culprit = X509_STORE_CTX_get_current_cert(context.get());
        return outOfDate(culprit ? culprit : cert->get());
    }
    ERR_clear_error();
    return refuse(Reason::Untrusted, {{"what", nameText(X509_get_subject_name(cert->get()))}}, X509_verify_cert_error_string(error));
}

}
