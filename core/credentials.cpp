// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/credentials.h"

#include "core/objectid.h"
#include "core/openssl.h"

#include <algorithm>
#include <openssl/pem.h>
#include <openssl/rand.h>

namespace portulan {

namespace {

using namespace openssl;

tl::unexpected<Problem> invalid(std::string field, std::string_view value, std::string expected)
{
    return refuse(
        Reason::InvalidArgument, {{"field", std::move(field)}, {"value", std::string(value.substr(0, 80))}, {"expected", std::move(expected)}});
}

tl::unexpected<Problem> broken(std::string what)
{
    return refuse(Reason::Internal, {{"what", std::move(what)}}, takeErrors());
}

/// 128 random bits, never zero or negative (RFC 5280, 4.1.2.2).
bool setRandomSerial(X509 *cert)
{
    unsigned char bytes[16];
    if (RAND_bytes(bytes, sizeof bytes) != 1) {
        return false;
    }
    bytes[0] |= 1;
    const Number number {BN_bin2bn(bytes, sizeof bytes, nullptr)};
    return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(cert));
}

bool addName(X509_NAME *name, const char *type, std::string_view value)
{
    return X509_NAME_add_entry_by_txt(name, type, MBSTRING_UTF8, reinterpret_cast<const unsigned char *>(value.data()), int(value.size()), -1, 0)
        == 1;
}

/// `value` is in OpenSSL's configuration syntax: constants only, never anything that came from outside.
bool addExtension(X509 *cert, X509 *issuer, int nid, const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, cert, nullptr, nullptr, 0);
    const Extension extension {X509V3_EXT_conf_nid(nullptr, &context, nid, value)};
    return extension && X509_add_ext(cert, extension.get(), -1) == 1;
}

bool setTimes(X509 *cert, Instant notBefore, Instant notAfter)
{
    using std::chrono::floor;
    using std::chrono::seconds;
    return ASN1_TIME_set(X509_getm_notBefore(cert), floor<seconds>(notBefore).time_since_epoch().count())
        && ASN1_TIME_set(X509_getm_notAfter(cert), floor<seconds>(notAfter).time_since_epoch().count());
}

/// A certificate with everything but issuer, names and signature.
Cert blank(EVP_PKEY *key, Instant notBefore, Instant notAfter)
{
    Cert cert {X509_new()};
    const bool good = cert && X509_set_version(cert.get(), X509_VERSION_3) && setRandomSerial(cert.get()) && setTimes(cert.get(), notBefore, notAfter)
        && X509_set_pubkey(cert.get(), key);
    return good ? std::move(cert) : nullptr;
}

std::string keyText(EVP_PKEY *key)
{
    const Bio bio {BIO_new(BIO_s_secmem())};
    return PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) ? contents(bio.get()) : std::string();
}

Result<KeyAndCertificate> signedBy(EVP_PKEY *signer, X509 *cert, EVP_PKEY *key)
{
    const Bio bio {BIO_new(BIO_s_mem())};
    if (!X509_sign(cert, signer, EVP_sha256()) || !PEM_write_bio_X509(bio.get(), cert)) {
        return broken("signature");
    }
    return KeyAndCertificate {keyText(key), contents(bio.get())};
}

bool addAlternative(GENERAL_NAMES *names, int type, ASN1_STRING *value)
{
    GENERAL_NAME *name = value ? GENERAL_NAME_new() : nullptr;
    if (!name) {
        ASN1_STRING_free(value);
        return false;
    }
    GENERAL_NAME_set0_value(name, type, value);
    return sk_GENERAL_NAME_push(names, name) > 0;
}

ASN1_STRING *ia5(std::string_view text)
{
    ASN1_STRING *string = ASN1_IA5STRING_new();
    if (string) {
        ASN1_STRING_set(string, text.data(), int(text.size()));
    }
    return string;
}

bool isHostName(std::string_view text)
{
    return !text.empty() && text.size() <= 253
        && std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.'; });
}

Result<Names> alternativeNames(const Bearer &who)
{
    const bool isSite = who.kind == Bearer::Kind::Site;
    Names names {GENERAL_NAMES_new()};
    bool good = names && addAlternative(names.get(), GEN_URI, ia5((isSite ? "portulan://site/" : "portulan://user/") + who.id));
    if (isSite) {
        good = good && addAlternative(names.get(), GEN_DNS, ia5(who.id + ".site.portulan"));
    }
    for (const std::string &dns : who.dnsNames) {
        if (!isHostName(dns)) {
            return invalid("dns", dns, "host name");
        }
        good = good && addAlternative(names.get(), GEN_DNS, ia5(dns));
    }
    for (const std::string &ip : who.ipAddresses) {
        ASN1_STRING *const octets = a2i_IPADDRESS(ip.c_str());
        if (!octets) {
            return invalid("ip", ip, "IP address");
        }
        good = good && addAlternative(names.get(), GEN_IPADD, octets);
    }
    return good ? Result<Names>(std::move(names)) : broken("alternative names");
}

}

Result<KeyAndCertificate> makeAuthority(std::string_view federation, Instant notBefore, Instant notAfter)
{
    if (federation.size() > 64 || !checkDisplayName("federation", federation)) {
        return invalid("federation", federation, "1 to 64 bytes");
    }
    if (notAfter <= notBefore) {
        return invalid("not_after", toRfc3339(notAfter), "after " + toRfc3339(notBefore));
    }
    const Key key {EVP_EC_gen("P-256")};
    const Cert cert = key ? blank(key.get(), notBefore, notAfter) : nullptr;
    if (!cert) {
        return broken("authority");
    }
    X509_NAME *const name = X509_get_subject_name(cert.get());
    const bool good = addName(name, "O", "Portulan federation") && addName(name, "CN", federation) && X509_set_issuer_name(cert.get(), name)
        && addExtension(cert.get(), cert.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0")
        && addExtension(cert.get(), cert.get(), NID_key_usage, "critical,keyCertSign,cRLSign")
        && addExtension(cert.get(), cert.get(), NID_subject_key_identifier, "hash")
        && addExtension(cert.get(), cert.get(), NID_authority_key_identifier, "keyid:always");
    return good ? signedBy(key.get(), cert.get(), key.get()) : broken("authority");
}

Result<KeyAndCertificate> issue(const KeyAndCertificate &authority, const Bearer &who, Instant notBefore, Instant notAfter)
{
    if (!isId(who.id)) {
        return invalid("id", who.id, "1 to 63 of a-z, 0-9, -");
    }
    if (notAfter <= notBefore) {
        return invalid("not_after", toRfc3339(notAfter), "after " + toRfc3339(notBefore));
    }
    const auto signer = keyFrom(authority.keyPem);
    const auto issuer = certificateFrom(authority.certificatePem);
    if (!signer || !issuer) {
        return unexpected(!signer ? signer.error() : issuer.error());
    }
    if (X509_check_private_key(issuer->get(), signer->get()) != 1 || X509_check_ca(issuer->get()) != 1) {
        return refuse(Reason::Untrusted, {{"what", "authority"}}, takeErrors());
    }
    const auto names = alternativeNames(who);
    if (!names) {
        return unexpected(names.error());
    }
    const Key key {EVP_EC_gen("P-256")};
    const Cert cert = key ? blank(key.get(), notBefore, notAfter) : nullptr;
    if (!cert) {
        return broken("certificate");
    }
    X509_NAME *const name = X509_get_subject_name(cert.get());
    const bool good = addName(name, "O", who.kind == Bearer::Kind::Site ? "Portulan site" : "Portulan user") && addName(name, "CN", who.id)
        && X509_set_issuer_name(cert.get(), X509_get_subject_name(issuer->get()))
        && X509_add1_ext_i2d(cert.get(), NID_subject_alt_name, names->get(), 0, X509V3_ADD_DEFAULT) == 1
        && addExtension(cert.get(), issuer->get(), NID_basic_constraints, "critical,CA:FALSE")
        && addExtension(cert.get(), issuer->get(), NID_key_usage, "critical,digitalSignature")
        && addExtension(cert.get(), issuer->get(), NID_ext_key_usage, "clientAuth,serverAuth")
        && addExtension(cert.get(), issuer->get(), NID_subject_key_identifier, "hash")
        && addExtension(cert.get(), issuer->get(), NID_authority_key_identifier, "keyid:always");
    return good ? signedBy(signer->get(), cert.get(), key.get()) : broken("certificate");
}

Result<> checkPair(const KeyAndCertificate &pair)
{
    const auto key = keyFrom(pair.keyPem);
    const auto cert = certificateFrom(pair.certificatePem);
    if (!key || !cert) {
        return unexpected(!key ? key.error() : cert.error());
    }
    if (X509_check_private_key(cert->get(), key->get()) != 1) {
        return refuse(Reason::Untrusted, {{"what", "private key"}}, takeErrors());
    }
    return {};
}

}
