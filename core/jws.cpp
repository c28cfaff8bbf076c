// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/jws.h"

#include "core/openssl.h"
#include "core/strictjson.h"

#include <nlohmann/json.hpp>
#include <openssl/ecdsa.h>
#include <openssl/pem.h>

namespace portulan {

namespace {

using namespace openssl;
using Json = nlohmann::json;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>>;

constexpr int halfBytes = 32; // of an ES256 signature
constexpr std::size_t maxHeaderBytes = 16 * 1024;
constexpr std::size_t maxTextBytes = 8 << 20;
constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

tl::unexpected<Problem> notAJws(std::string expected)
{
    return refuse(Reason::Malformed, {{"expected", std::move(expected)}}, takeErrors());
}

const unsigned char *bytesOf(std::string_view text)
{
    return reinterpret_cast<const unsigned char *>(text.data());
}

std::string standardBase64(std::string_view bytes)
{
    std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    text.resize(std::size_t(EVP_EncodeBlock(reinterpret_cast<unsigned char *>(text.data()), bytesOf(bytes), int(bytes.size()))));
    return text;
}

std::string derOf(X509 *cert)
{
    unsigned char *der = nullptr;
    const int size = i2d_X509(cert, &der);
    std::string text(reinterpret_cast<char *>(der), std::size_t(std::max(size, 0)));
    OPENSSL_free(der);
    return text;
}

/// The order of P-256 (FIPS 186-4, D.1.2.3).
Number order()
{
    BIGNUM *n = nullptr;
    BN_hex2bn(&n, "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
    return Number {n};
}

/// Whether s is the lesser one of s and n - s. Anybody could make the other signature of one that was made: only one of them is taken.
bool isLesser(const BIGNUM *s)
{
    const auto half = order();
    return half && s && BN_rshift1(half.get(), half.get()) == 1 && BN_cmp(s, half.get()) <= 0;
}

Number lesser(const BIGNUM *s)
{
    Number mine {BN_dup(s)};
    const auto n = order();
    return isLesser(s) || (n && mine && BN_sub(mine.get(), n.get(), s) == 1) ? std::move(mine) : nullptr;
}

/// r and s, each of 32 bytes, from the DER form OpenSSL gives.
Result<std::string> flattened(std::string_view der)
{
    const auto *at = bytesOf(der);
    const Signature parts {d2i_ECDSA_SIG(nullptr, &at, long(der.size()))};
    std::string flat(2 * halfBytes, '\0');
    auto *out = reinterpret_cast<unsigned char *>(flat.data());
    const auto s = parts ? lesser(ECDSA_SIG_get0_s(parts.get())) : nullptr;
    if (!s || BN_bn2binpad(ECDSA_SIG_get0_r(parts.get()), out, halfBytes) != halfBytes
        || BN_bn2binpad(s.get(), out + halfBytes, halfBytes) != halfBytes) {
        return refuse(Reason::Unsupported, {{"what", "keys other than EC P-256"}}, takeErrors());
    }
    return flat;
}

std::string derOfFlat(std::string_view flat)
{
    const Signature parts {ECDSA_SIG_new()};
    Number r {BN_bin2bn(bytesOf(flat), halfBytes, nullptr)};
    Number s {BN_bin2bn(bytesOf(flat) + halfBytes, halfBytes, nullptr)};
    if (!parts || !r || !s || ECDSA_SIG_set0(parts.get(), r.release(), s.release()) != 1) {
        return {};
    }
    unsigned char *der = nullptr;
    const int size = i2d_ECDSA_SIG(parts.get(), &der);
    std::string text(reinterpret_cast<char *>(der), std::size_t(std::max(size, 0)));
    OPENSSL_free(der);
    return text;
}

bool isP256(EVP_PKEY *key)
{
    char group[32] = {};
    return EVP_PKEY_is_a(key, "EC") && EVP_PKEY_get_group_name(key, group, sizeof group, nullptr) == 1
        && (std::string_view(group) == "prime256v1" || std::string_view(group) == "P-256");
}

/// The only certificate of a header; everything the header may not say is refused ("crit", other algorithms).
Result<Cert> certificateOf(std::string_view protectedHeader)
{
    const auto text = fromBase64Url(protectedHeader);
    const auto json = text ? strictJson(*text, {"JWS header", maxHeaderBytes, 4}) : Result<nlohmann::json>(unexpected(text.error()));
    if (!json) {
        return unexpected(json.error());
    }
    const bool isOurs = json->is_object() && json->size() == 2 && json->value("alg", nlohmann::json()) == "ES256" && json->contains("x5c")
        && (*json)["x5c"].is_array() && (*json)["x5c"].size() == 1 && (*json)["x5c"][0].is_string();
    if (!isOurs) {
        return notAJws("a protected header with alg ES256 and one certificate in x5c");
    }
    const auto encoded = (*json)["x5c"][0].get<std::string>();
    std::string der(encoded.size() / 4 * 3 + 3, '\0');
    const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char *>(der.data()), bytesOf(encoded), int(encoded.size()));
    const auto *at = bytesOf(der);
    Cert cert {size > 0 ? d2i_X509(nullptr, &at, size) : nullptr};
    if (!cert || standardBase64(derOf(cert.get())) != encoded) {
        return notAJws("an X.509 certificate, DER in base64");
    }
    return cert;
}

std::string pemOf(X509 *cert)
{
    const Bio bio {BIO_new(BIO_s_mem())};
    return PEM_write_bio_X509(bio.get(), cert) == 1 ? contents(bio.get()) : std::string();
}

std::string signingInput(std::string_view protectedHeader, std::string_view payload)
{
    return std::string(protectedHeader) + '.' + base64Url(payload);
}

}

std::string base64Url(std::string_view bytes)
{
    std::string text = standardBase64(bytes);
    text.erase(text.find_last_not_of('=') + 1);
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    return text;
}

Result<std::string> fromBase64Url(std::string_view text)
{
    std::string bytes;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        const auto value = alphabet.find(c);
        if (value == std::string_view::npos) {
            return notAJws("base64url");
        }
        bits = (bits << 6 | std::uint32_t(value)) & 0xFFFFFF;
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes.push_back(char(bits >> count & 0xFF));
        }
    }
    // What is left over must be nothing: else two texts would stand for the same bytes.
    if (count >= 6 || (bits & ((1U << count) - 1)) != 0) {
        return notAJws("base64url");
    }
    return bytes;
}

std::string toText(const JwsText &jws)
{
    Json list = Json::array();
    for (const auto &one : jws.signatures) {
        list.push_back({{"protected", one.protectedHeader}, {"signature", one.signature}});
    }
    return Json {{"payload", base64Url(jws.payload)}, {"signatures", list}}.dump(1) + '\n';
}

Result<JwsText> jwsTextFrom(std::string_view text)
{
    const auto json = strictJson(text, {"certificate", maxTextBytes, 8});
    if (!json) {
        return unexpected(json.error());
    }
    JwsText jws;
    std::string encoded;
    try {
        encoded = json->at("payload").get<std::string>();
        for (const auto &one : json->at("signatures")) {
            jws.signatures.push_back({one.at("protected"), one.at("signature")});
        }
    } catch (const Json::exception &error) {
        return refuse(Reason::Malformed, {{"file", "certificate"}, {"expected", "payload and signatures"}}, error.what());
    }
    auto payload = fromBase64Url(encoded);
    if (!payload || json->size() != 2) {
        return payload ? refuse(Reason::Malformed, {{"file", "certificate"}, {"expected", "payload, signatures and nothing else"}})
                       : Result<JwsText>(unexpected(payload.error()));
    }
    jws.payload = std::move(*payload);
    // Signatures cover the payload only: what is around it could be written in many ways.
    if (toText(jws) != text) {
        return refuse(Reason::Malformed, {{"file", "certificate"}, {"expected", "the very bytes that were issued, layout included"}});
    }
    return jws;
}

Result<JwsSignature> signJws(const KeyAndCertificate &signer, std::string_view payload)
{
    if (auto pair = checkPair(signer); !pair) {
        return unexpected(pair.error());
    }
    const auto cert = certificateFrom(signer.certificatePem);
    const auto key = keyFrom(signer.keyPem);
    if (!cert || !key) {
        return unexpected(!cert ? cert.error() : key.error());
    }
    if (!isP256(key->get())) {
        return refuse(Reason::Unsupported, {{"what", "keys other than EC P-256"}});
    }
    const nlohmann::json header {{"alg", "ES256"}, {"x5c", {standardBase64(derOf(cert->get()))}}};
    JwsSignature made {base64Url(header.dump()), {}};
    const auto input = signingInput(made.protectedHeader, payload);
    const DigestContext context {EVP_MD_CTX_new()};
    std::size_t size = 0;
    std::string der;
    bool good = context && EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key->get()) == 1
        && EVP_DigestSign(context.get(), nullptr, &size, bytesOf(input), input.size()) == 1;
    der.resize(size);
    good = good && EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(der.data()), &size, bytesOf(input), input.size()) == 1;
    if (!good) {
        return refuse(Reason::Internal, {{"what", "signature"}}, takeErrors());
    }
    der.resize(size);
    const auto flat = flattened(der);
    if (!flat) {
        return unexpected(flat.error());
    }
    made.signature = base64Url(*flat);
    return made;
}

Result<JwsSigner> verifyJws(std::string_view payload, const JwsSignature &signature, std::string_view authoritiesPem, Instant at)
{
    const auto cert = certificateOf(signature.protectedHeader);
    const auto flat = fromBase64Url(signature.signature);
    if (!cert || !flat) {
        return unexpected(!cert ? cert.error() : flat.error());
    }
    EVP_PKEY *key = X509_get0_pubkey(cert->get());
    if (flat->size() != 2 * halfBytes || !key || !isP256(key)) {
        return notAJws("an ES256 signature of 64 bytes by an EC P-256 key");
    }
    const auto input = signingInput(signature.protectedHeader, payload);
    const auto der = derOfFlat(*flat);
    const DigestContext context {EVP_MD_CTX_new()};
    const Number s {BN_bin2bn(bytesOf(*flat) + halfBytes, halfBytes, nullptr)};
    const bool isGood = context && isLesser(s.get()) && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1
        && EVP_DigestVerify(context.get(), bytesOf(der), der.size(), bytesOf(input), input.size()) == 1;
    JwsSigner signer {{}, pemOf(cert->get())};
    const auto facts = inspect(signer.certificatePem);
    if (!facts) {
        return unexpected(facts.error());
    }
    if (!isGood) {
        return refuse(Reason::Untrusted, {{"what", "signature"}, {"who", facts->identity}}, takeErrors());
    }
    if (auto vouched = verifyCertificate(signer.certificatePem, authoritiesPem, at); !vouched) {
        return unexpected(vouched.error());
    }
    signer.certificate = *facts;
    return signer;
}

}
