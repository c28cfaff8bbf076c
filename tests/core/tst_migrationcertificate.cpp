// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/migrationcertificate.h"
#include "tests/fakes/signedmove.h"

#include <gtest/gtest.h>

using namespace portulan;
using namespace std::chrono_literals;
using enum MigrationStep;

namespace {

const Instant begin = instantFrom("2026-11-22T00:00:00Z").value();
const Instant end = begin + 24h * 365;
const Instant moved = begin + 48h;

const KeyAndCertificate &authority()
{
    static const auto made = makeAuthority("Fédération d'essai", begin, end).value();
    return made;
}
KeyAndCertificate siteOf(std::string id, const KeyAndCertificate &issuer = authority(), Instant until = end)
{
    return issue(issuer, Bearer {.kind = Bearer::Kind::Site, .id = std::move(id)}, begin, until).value();
}
const KeyAndCertificate &dublin()
{
    static const auto made = siteOf("dublin");
    return made;
}
const KeyAndCertificate &lyon()
{
    static const auto made = siteOf("lyon");
    return made;
}

MigrationCertificate sample()
{
    return world::certificateOf(moved);
}

std::string signedBy(const MigrationCertificate &c, const KeyAndCertificate &first, const KeyAndCertificate &second)
{
    const auto payload = statementOf(c);
    return certificateText(payload, {signJws(first, payload).value(), signJws(second, payload).value()});
}

Reason refused(const std::string &text, const std::string &authorities = authority().certificatePem)
{
    const auto checked = checkCertificate(text, authorities);
    EXPECT_FALSE(checked) << "accepted: " << text;
    return checked ? Reason::Internal : checked.error().reason;
}

}

TEST(Jws, base64UrlIsThatOfTheStandard)
{
    // RFC 4648, section 10, without padding; RFC 7515, appendix C.
    for (const auto &[plain, text] :
        {std::pair {"", ""}, {"f", "Zg"}, {"fo", "Zm8"}, {"foo", "Zm9v"}, {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}}) {
        EXPECT_EQ(base64Url(plain), text);
        EXPECT_EQ(fromBase64Url(text).value(), plain);
    }
    EXPECT_EQ(base64Url("\x03\xec\xff\xe0\xc1"), "A-z_4ME");
    for (const auto *wrong : {"Z", "Zg==", "Zh", "Zm9", "Zm+v", "Zm 9", "Zm9vYmFyA"}) {
        EXPECT_FALSE(fromBase64Url(wrong)) << wrong;
    }
}

TEST(Jws, aSignatureIsOfItsPayloadByItsSigner)
{
    const auto made = signJws(dublin(), "bytes").value();
    const auto signer = verifyJws("bytes", made, authority().certificatePem, moved);
    ASSERT_TRUE(signer) << describe(signer.error());
    EXPECT_EQ(signer->certificate.identity, "site/dublin");
    EXPECT_EQ(fromBase64Url(made.signature)->size(), 64U);
    EXPECT_EQ(verifyJws("Bytes", made, authority().certificatePem, moved).error().reason, Reason::Untrusted);
    const auto other = signJws(lyon(), "bytes").value();
    EXPECT_EQ(verifyJws("bytes", {made.protectedHeader, other.signature}, authority().certificatePem, moved).error().reason, Reason::Untrusted);
}

TEST(Jws, noOtherAlgorithmIsTaken)
{
    const auto made = signJws(dublin(), "bytes").value();
    for (const auto *header : {R"({"alg":"none"})", R"({"alg":"HS256","x5c":["AAAA"]})", R"({"alg":"ES256","x5c":["AAAA"]})",
             R"({"alg":"ES256","alg":"none","x5c":[]})", "[]", ""}) {
        EXPECT_EQ(verifyJws("bytes", {base64Url(header), made.signature}, authority().certificatePem, moved).error().reason, Reason::Malformed)
            << header;
    }
    EXPECT_EQ(verifyJws("bytes", {made.protectedHeader, ""}, authority().certificatePem, moved).error().reason, Reason::Malformed);
}

TEST(Jws, aKeyThatIsNotItsCertificatesDoesNotSign)
{
    EXPECT_EQ(signJws({dublin().keyPem, lyon().certificatePem}, "bytes").error().reason, Reason::Untrusted);
    EXPECT_EQ(signJws({"", lyon().certificatePem}, "bytes").error().reason, Reason::Malformed);
}

TEST(MigrationCertificate, theStatementSurvivesItsText)
{
    const auto c = sample();
    const auto back = statementFrom(statementOf(c));
    ASSERT_TRUE(back) << describe(back.error());
    EXPECT_EQ(*back, c);
    EXPECT_EQ(back->outage(), 1s);
}

TEST(MigrationCertificate, bothSitesStandForIt)
{
    const auto checked = checkCertificate(signedBy(sample(), dublin(), lyon()), authority().certificatePem);
    ASSERT_TRUE(checked) << describe(checked.error());
    EXPECT_EQ(checked->certificate, sample());
    EXPECT_EQ(checked->source.certificate.identity, "site/dublin");
    EXPECT_EQ(checked->destination.certificate.identity, "site/lyon");
}

TEST(MigrationCertificate, everyChangedByteIsNoticed)
{
    const auto text = signedBy(sample(), dublin(), lyon());
    std::size_t tried = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n' || text[i] == ' ') {
            continue; // layout between the JSON's words is not part of what was signed
        }
        auto changed = text;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(checkCertificate(changed, authority().certificatePem)) << "byte " << i;
        ++tried;
    }
    EXPECT_GT(tried, 2000U);
}

TEST(MigrationCertificate, onlyTheTwoSitesItNamesMaySign)
{
    EXPECT_EQ(refused(signedBy(sample(), lyon(), dublin())), Reason::Untrusted);
    EXPECT_EQ(refused(signedBy(sample(), dublin(), dublin())), Reason::Untrusted);
    EXPECT_EQ(refused(signedBy(sample(), dublin(), siteOf("brest"))), Reason::Untrusted);
    const auto payload = statementOf(sample());
    EXPECT_EQ(refused(certificateText(payload, {signJws(dublin(), payload).value()})), Reason::Malformed);
    EXPECT_EQ(refused(certificateText(payload, {})), Reason::Malformed);
}

TEST(MigrationCertificate, anotherFederationsAuthorityDoesNotVouch)
{
    const auto theirs = makeAuthority("Another", begin, end).value();
    EXPECT_EQ(refused(signedBy(sample(), siteOf("dublin", theirs), lyon())), Reason::Untrusted);
    EXPECT_EQ(refused(signedBy(sample(), dublin(), lyon()), theirs.certificatePem), Reason::Untrusted);
}

TEST(MigrationCertificate, aSignerMustHaveBeenValidWhenItWasIssued)
{
    EXPECT_EQ(refused(signedBy(sample(), dublin(), siteOf("lyon", authority(), begin + 1h))), Reason::Expired);
    // It need not be valid any more when somebody looks: sample()'s moment decides, not the reader's.
    EXPECT_TRUE(checkCertificate(signedBy(sample(), dublin(), siteOf("lyon", authority(), moved + 1h)), authority().certificatePem));
}

TEST(MigrationCertificate, whatNoHonestPairWouldSignIsRefused)
{
    const auto tried = [](auto change) {
        auto c = sample();
        change(c);
        return refused(signedBy(c, dublin(), lyon()));
    };
    EXPECT_EQ(tried([](auto &c) { c.steps.pop_back(); }), Reason::Untrusted);
    EXPECT_EQ(tried([](auto &c) { std::swap(c.steps[1], c.steps[2]); }), Reason::Untrusted);
    EXPECT_EQ(tried([](auto &c) { c.disks.clear(); }), Reason::Untrusted);
    EXPECT_EQ(tried([](auto &c) { c.disks[0].root = "00"; }), Reason::Untrusted);
    EXPECT_EQ(tried([](auto &c) { c.whole.clear(); }), Reason::Untrusted);
    EXPECT_EQ(tried([](auto &c) { c.object.site = "lyon"; }), Reason::Untrusted);
}

TEST(MigrationCertificate, aTextThatIsNoneIsRefused)
{
    for (const auto *text : {"", "{}", "[]", "null", R"({"payload":"","signatures":[]})", R"({"payload":3,"signatures":[]})", "\xff\xfe",
             R"({"payload":"e30","signatures":[{}]})"}) {
        EXPECT_EQ(refused(text), Reason::Malformed) << text;
    }
    EXPECT_EQ(refused(std::string(std::size_t(9) << 20, ' ')), Reason::TooLarge);
    EXPECT_EQ(statementFrom(R"({"type":"portulan/migration-certificate/2"})").error().reason, Reason::Malformed);
}
