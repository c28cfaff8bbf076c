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

std::vector<unsigned char> fromHex(std::string_view hex)
{
    std::vector<unsigned char> bytes;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        bytes.push_back(static_cast<unsigned char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16)));
    }
    return bytes;
}

std::string replaced(std::string text, std::string_view what, std::string_view with)
{
    return text.replace(text.find(what), what.size(), with);
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

TEST(Jws, ofTheTwoSignaturesThereAreOneIsTaken)
{
    const auto order = fromHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
    for (int i = 0; i < 8; ++i) { // both halves of what OpenSSL makes
        auto made = signJws(dublin(), "bytes").value();
        EXPECT_TRUE(verifyJws("bytes", made, authority().certificatePem, moved));
        auto flat = fromBase64Url(made.signature).value();
        int borrow = 0;
        for (std::size_t at = 32; at-- > 0;) { // s becomes n - s
            const int digit = int(order[at]) - int(static_cast<unsigned char>(flat[32 + at])) - borrow;
            borrow = digit < 0 ? 1 : 0;
            flat[32 + at] = char(digit & 0xFF);
        }
        made.signature = base64Url(flat);
        EXPECT_EQ(verifyJws("bytes", made, authority().certificatePem, moved).error().reason, Reason::Untrusted);
    }
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
    for (std::size_t i = 0; i < text.size(); ++i) {
        for (const char other : text[i] == ' ' || text[i] == '\n' ? std::string("\t\r\n A") : std::string("AB")) {
            auto changed = text;
            changed[i] = other;
            EXPECT_TRUE(other == text[i] || !checkCertificate(changed, authority().certificatePem)) << "byte " << i;
        }
        auto shorter = text;
        EXPECT_FALSE(checkCertificate(shorter.erase(i, 1), authority().certificatePem)) << "without byte " << i;
    }
}

TEST(MigrationCertificate, theSameSaidInAnotherWayIsNotWhatWasIssued)
{
    const auto text = signedBy(sample(), dublin(), lyon());
    for (const auto &other : {' ' + text, text + '\n', text.substr(0, text.size() - 1), replaced(text, "{\n \"payload\"", "{\"payload\""),
             replaced(text, "\n", "\r\n"), replaced(text, "\"payload\"", "\"p\\u0061yload\""),
             replaced(text, "\"protected\"", "\"note\": \"genuine\",\n   \"protected\""), replaced(text, "\n   \"protected\"", "\n   \t\"protected\"")}) {
        const auto checked = checkCertificate(other, authority().certificatePem);
        ASSERT_FALSE(checked) << other;
        EXPECT_EQ(checked.error().reason, Reason::Malformed);
        EXPECT_EQ(checked.error().fact("expected"), "the very bytes that were issued, layout included");
    }
}

TEST(MigrationCertificate, theDigestOverAllIsThatOfTheDisks)
{
    const auto tried = [](auto change) {
        auto c = sample();
        c.disks.push_back({"v-2", 512, std::string(64, '2')});
        c.diskCount = 2;
        c.whole = wholeOf(c.disks);
        EXPECT_TRUE(checkStatement(c));
        change(c.disks);
        const auto checked = checkCertificate(signedBy(c, dublin(), lyon()), authority().certificatePem);
        return checked ? std::string() : checked.error().fact("what");
    };
    EXPECT_EQ(tried([](auto &disks) { disks[1].root = std::string(64, '3'); }), "digests");
    EXPECT_EQ(tried([](auto &disks) { disks[0].sizeBytes += 1; }), "digests");
    EXPECT_EQ(tried([](auto &disks) { disks[0].name = "another"; }), "digests");
    EXPECT_EQ(tried([](auto &disks) { std::swap(disks[0], disks[1]); }), "digests");
}

TEST(MigrationCertificate, ofMoreThanAThousandTheDigestOverAllCountsAlone)
{
    auto c = sample();
    c.disks.assign(MigrationCertificate::mostNamed, {"k", 1, std::string(64, '1')});
    c.diskCount = 1001;
    c.whole = std::string(64, '5'); // over one more than are named
    EXPECT_TRUE(checkStatement(c));
    c.diskCount = 1000;
    EXPECT_FALSE(checkStatement(c));
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
    EXPECT_EQ(tried([](auto &c) { c.issuedAt = c.when(Released) - 1ms; }), Reason::Untrusted);
    EXPECT_EQ(tried([](auto &c) { c.retainedUntil = c.when(Committed) - 1ms; }), Reason::Untrusted);
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
