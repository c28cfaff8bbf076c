// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/credentials.h"

#include <gtest/gtest.h>
#include <set>

using namespace portulan;
using namespace std::chrono_literals;

namespace {

const Instant begin = instantFrom("2026-11-22T00:00:00Z").value();
const Instant end = instantFrom("2028-11-22T00:00:00Z").value();
const Instant now = begin + 240h;

KeyAndCertificate authority(std::string_view name = "Fédération d'essai")
{
    return makeAuthority(name, begin, end).value();
}
KeyAndCertificate siteOf(const KeyAndCertificate &issuer, std::string id = "lyon")
{
    return issue(issuer, Bearer {.kind = Bearer::Kind::Site, .id = std::move(id)}, begin, end).value();
}

}

TEST(Credentials, anAuthoritySaysThatItIsOne)
{
    const auto facts = inspect(authority().certificatePem).value();
    EXPECT_TRUE(facts.isAuthority);
    EXPECT_EQ(facts.identity, "");
    EXPECT_EQ(facts.subject, "O = Portulan federation, CN = Fédération d'essai");
    EXPECT_EQ(facts.issuer, facts.subject);
    EXPECT_EQ(facts.notBefore, begin);
    EXPECT_EQ(facts.notAfter, end);
    EXPECT_EQ(facts.fingerprint.size(), 64U);
}

TEST(Credentials, aCertificateNamesItsSiteOrUser)
{
    const auto issuer = authority();
    const auto site = inspect(siteOf(issuer).certificatePem).value();
    EXPECT_EQ(site.identity, "site/lyon");
    EXPECT_EQ(site.subject, "O = Portulan site, CN = lyon");
    EXPECT_EQ(site.issuer, "O = Portulan federation, CN = Fédération d'essai");
    EXPECT_FALSE(site.isAuthority);
    const auto user = issue(issuer, Bearer {.kind = Bearer::Kind::User, .id = "marie"}, begin, end).value();
    EXPECT_EQ(inspect(user.certificatePem).value().identity, "user/marie");
}

TEST(Credentials, anAuthorityVouchesForItsOwnOnly)
{
    const auto ours = authority();
    const auto theirs = authority("Another");
    const auto site = siteOf(ours);
    EXPECT_TRUE(verifyCertificate(site.certificatePem, ours.certificatePem, now));
    EXPECT_TRUE(verifyCertificate(site.certificatePem, theirs.certificatePem + ours.certificatePem, now));
    EXPECT_EQ(verifyCertificate(site.certificatePem, theirs.certificatePem, now).error().reason, Reason::Untrusted);
    // Same name, another key: a forged authority.
    EXPECT_EQ(verifyCertificate(site.certificatePem, authority().certificatePem, now).error().reason, Reason::Untrusted);
    EXPECT_EQ(verifyCertificate(site.certificatePem, "nothing", now).error().reason, Reason::Malformed);
}

TEST(Credentials, aSiteMayNotVouchForAnother)
{
    const auto lyon = siteOf(authority());
    const auto forged = issue(lyon, Bearer {.id = "paris"}, begin, end);
    EXPECT_EQ(forged.error().reason, Reason::Untrusted);
}

TEST(Credentials, aCertificateIsGoodBetweenItsDatesOnly)
{
    const auto issuer = makeAuthority("Long", begin - 24h, end + 24h).value();
    const auto site = siteOf(issuer).certificatePem;
    EXPECT_TRUE(verifyCertificate(site, issuer.certificatePem, begin));
    EXPECT_TRUE(verifyCertificate(site, issuer.certificatePem, end - 1s));
    const auto early = verifyCertificate(site, issuer.certificatePem, begin - 1s).error();
    EXPECT_EQ(describe(early), "EXPIRED{from=2026-11-22T00:00:00Z until=2028-11-22T00:00:00Z what=O = Portulan site, CN = lyon}");
    EXPECT_EQ(verifyCertificate(site, issuer.certificatePem, end + 1s).error().reason, Reason::Expired);
    // The authority's own end counts too.
    const auto brief = makeAuthority("Brief", begin, begin + 24h).value();
    EXPECT_EQ(verifyCertificate(siteOf(brief).certificatePem, brief.certificatePem, now).error().reason, Reason::Expired);
}

TEST(Credentials, datesBeyond2049AreKept)
{
    const Instant far = instantFrom("2061-05-04T03:02:01Z").value();
    EXPECT_EQ(inspect(makeAuthority("Far", begin, far).value().certificatePem).value().notAfter, far);
}

TEST(Credentials, keysAndSerialsAreNeverTheSame)
{
    const auto issuer = authority();
    std::set<std::string> keys, serials, fingerprints;
    for (int i = 0; i < 50; ++i) {
        const auto site = siteOf(issuer);
        keys.insert(site.keyPem);
        const auto facts = inspect(site.certificatePem).value();
        serials.insert(facts.serial);
        fingerprints.insert(facts.fingerprint);
        EXPECT_EQ(facts.serial.size(), 32U) << facts.serial;
    }
    EXPECT_EQ(keys.size(), 50U);
    EXPECT_EQ(serials.size(), 50U);
    EXPECT_EQ(fingerprints.size(), 50U);
}

TEST(Credentials, aKeyBelongsToItsCertificate)
{
    const auto issuer = authority();
    const auto lyon = siteOf(issuer, "lyon");
    const auto paris = siteOf(issuer, "paris");
    EXPECT_TRUE(checkPair(lyon));
    EXPECT_EQ(checkPair({paris.keyPem, lyon.certificatePem}).error().reason, Reason::Untrusted);
    EXPECT_EQ(checkPair({"", lyon.certificatePem}).error().reason, Reason::Malformed);
    EXPECT_EQ(checkPair({lyon.keyPem, lyon.keyPem}).error().reason, Reason::Malformed);
}

TEST(Credentials, whatCannotBeANameIsRefused)
{
    const auto issuer = authority();
    for (const auto *bad : {"", "Lyon", "lyon/../paris", "lyon,URI:portulan://site/paris", "é"}) {
        EXPECT_EQ(issue(issuer, Bearer {.id = bad}, begin, end).error().fact("field"), "id") << bad;
    }
    EXPECT_EQ(issue(issuer, Bearer {.id = "lyon", .dnsNames = {"a,URI:portulan://site/paris"}}, begin, end).error().fact("field"), "dns");
    EXPECT_EQ(issue(issuer, Bearer {.id = "lyon", .ipAddresses = {"300.1.1.1"}}, begin, end).error().fact("field"), "ip");
    EXPECT_TRUE(issue(issuer, Bearer {.id = "lyon", .dnsNames = {"gw.lyon.example"}, .ipAddresses = {"127.0.0.1", "::1"}}, begin, end));
    EXPECT_EQ(issue(issuer, Bearer {.id = "lyon"}, end, begin).error().fact("field"), "not_after");
    EXPECT_EQ(makeAuthority("", begin, end).error().fact("field"), "federation");
    EXPECT_EQ(makeAuthority(std::string(65, 'x'), begin, end).error().fact("field"), "federation");
    EXPECT_EQ(makeAuthority("x", begin, begin).error().fact("field"), "not_after");
}

TEST(Credentials, whatIsNotACertificateIsMalformed)
{
    const auto pem = siteOf(authority()).certificatePem;
    for (const auto &bad :
        {std::string(), std::string("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"), pem.substr(0, pem.size() / 2)}) {
        EXPECT_EQ(inspect(bad).error().reason, Reason::Malformed);
    }
}

// Made with `openssl req -x509 … -addext subjectAltName=…`: what makeAuthority() and issue() would never write.
TEST(Credentials, aCertificateWithTwoIdentitiesHasNone)
{
    const char *const two = // URI:portulan://site/lyon,DNS:a.b,URI:portulan://user/marie
        "-----BEGIN CERTIFICATE-----\n"
        "MIIBsDCCAVagAwIBAgIUImdko1TQMCejHmUu8pX4IuQ/nkYwCgYIKoZIzj0EAwIw\n"
        "DjEMMAoGA1UEAwwDdHdvMB4XDTI2MTEyMjE2MjUyNVoXDTM2MTExOTE2MjUyNVow\n"
        "DjEMMAoGA1UEAwwDdHdvMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEIq4BZZCC\n"
        "ENvVVNtMeUxq+K7eSLV3lfHwfn4vekAwez7VvoQthQa0+W1v/xGYNooJunVsg6ID\n"
        "llcFXMjmsZ6D9aOBkTCBjjAdBgNVHQ4EFgQULaihdG3Ms0GsB5bkawHq7Fj3B/8w\n"
        "HwYDVR0jBBgwFoAULaihdG3Ms0GsB5bkawHq7Fj3B/8wDwYDVR0TAQH/BAUwAwEB\n"
        "/zA7BgNVHREENDAyhhRwb3J0dWxhbjovL3NpdGUvbHlvboIDYS5ihhVwb3J0dWxh\n"
        "bjovL3VzZXIvbWFyaWUwCgYIKoZIzj0EAwIDSAAwRQIhAMYkdmL9U9WGX9Bn+adM\n"
        "8sK2jyaLRoAabe7HuMCS57noAiBIextEATH0GDgkh1FGDCHgcVM68YeHCfOiuB9/\n"
        "LwCItw==\n"
        "-----END CERTIFICATE-----\n";
    EXPECT_EQ(describe(inspect(two).error()), "UNTRUSTED{what=certificate} site/lyon and user/marie");
}

TEST(Credentials, onlyItsOwnFormOfNameIsAnIdentity)
{
    const char *const odd = // URI:https://portulan.example/site/lyon, portulan://site/Lyon, portulan://admin/lyon, portulan://site/lyon/extra
        "-----BEGIN CERTIFICATE-----\n"
        "MIIB7DCCAZGgAwIBAgIUf8uFvrDU5HREQXO8bdw84xFxNRwwCgYIKoZIzj0EAwIw\n"
        "DjEMMAoGA1UEAwwDb2RkMB4XDTI2MTEyMjE2MjUyNVoXDTM2MTExOTE2MjUyNVow\n"
        "DjEMMAoGA1UEAwwDb2RkMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEJwmWLlpy\n"
        "IjYIUmfYwmLzq7KuLWrKm5OlmQVLcl8AwzsR8X6lmdukywLQy4QevZRCn4iG2wqS\n"
        "RitFOkn363Ur46OBzDCByTAdBgNVHQ4EFgQUu9GM/VvRhVHjoiZsfn15QcDU6+cw\n"
        "HwYDVR0jBBgwFoAUu9GM/VvRhVHjoiZsfn15QcDU6+cwDwYDVR0TAQH/BAUwAwEB\n"
        "/zB2BgNVHREEbzBthiJodHRwczovL3BvcnR1bGFuLmV4YW1wbGUvc2l0ZS9seW9u\n"
        "hhRwb3J0dWxhbjovL3NpdGUvTHlvboYVcG9ydHVsYW46Ly9hZG1pbi9seW9uhhpw\n"
        "b3J0dWxhbjovL3NpdGUvbHlvbi9leHRyYTAKBggqhkjOPQQDAgNJADBGAiEApywr\n"
        "QKba6l3EkZA3Bx0u5picufm05oUqU5v+Fn5RKO0CIQDuFPUt8pK2AR/UtfE0cq6K\n"
        "Zcf4NmIkjbMANTo5zqBLmg==\n"
        "-----END CERTIFICATE-----\n";
    EXPECT_EQ(inspect(odd).value().identity, "");
}
