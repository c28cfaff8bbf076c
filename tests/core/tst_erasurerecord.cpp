// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/erasurerecord.h"
#include "tests/fakes/signedmove.h"

#include <gtest/gtest.h>

using namespace portulan;
using namespace std::chrono_literals;

namespace {

const Instant begin = instantFrom("2026-11-22T00:00:00Z").value();
const Instant moved = begin + 48h;

KeyAndCertificate siteOf(const KeyAndCertificate &authority, std::string id, Instant until = begin + 24h * 365)
{
    return issue(authority, Bearer {.kind = Bearer::Kind::Site, .id = std::move(id)}, begin, until).value();
}

class ErasureRecords : public testing::Test {
protected:
    std::string signedBy(const ErasureRecord &said, const KeyAndCertificate &who) const
    {
        const auto payload = statementOf(said);
        return toText({payload, {signJws(who, payload).value()}});
    }
    Reason refused(const std::string &text) const
    {
        const auto checked = checkErasure(text, authority.certificatePem);
        EXPECT_FALSE(checked) << "accepted: " << text;
        return checked ? Reason::Internal : checked.error().reason;
    }
    Reason proofRefused(const std::string &text, const std::vector<std::string> &more = {}) const
    {
        const auto proof = checkProof(text, authority.certificatePem, more);
        EXPECT_FALSE(proof) << "accepted: " << text;
        return proof ? Reason::Internal : proof.error().reason;
    }

    KeyAndCertificate authority = makeAuthority("Fédération d'essai", begin, begin + 24h * 365).value();
    KeyAndCertificate dublin = siteOf(authority, "dublin");
    KeyAndCertificate lyon = siteOf(authority, "lyon");
    MigrationCertificate move = world::certificateOf(moved);
    JwsText jws {statementOf(move), {signJws(dublin, statementOf(move)).value(), signJws(lyon, statementOf(move)).value()}};
    std::string certificate = toText(jws);
    ErasureRecord record = world::erasureOf(move, certificateDigest(jws));
    std::string erasure = signedBy(record, dublin);
};

TEST_F(ErasureRecords, theStatementSurvivesItsText)
{
    const auto back = erasureFrom(statementOf(record));
    ASSERT_TRUE(back) << describe(back.error());
    EXPECT_EQ(*back, record);
}

TEST_F(ErasureRecords, theSiteThatErasedStandsForIt)
{
    const auto checked = checkErasure(erasure, authority.certificatePem);
    ASSERT_TRUE(checked) << describe(checked.error());
    EXPECT_EQ(checked->record, record);
    EXPECT_EQ(checked->site.certificate.identity, "site/dublin");
}

TEST_F(ErasureRecords, everyChangedByteIsNoticedAloneAndBesideItsCertificate)
{
    for (const auto &[text, step] : {std::pair(erasure, 1), std::pair(proofText(certificate, erasure), 5)}) {
        std::size_t tried = 0;
        for (std::size_t i = 0; i < text.size(); i += std::size_t(step)) {
            auto changed = text;
            changed[i] = text[i] == ' ' || text[i] == '\n' ? '\t' : text[i] == 'A' ? 'B' : 'A';
            EXPECT_FALSE(checkProof(changed, authority.certificatePem)) << "byte " << i;
            ++tried;
        }
        EXPECT_GT(tried, 1000U);
    }
}

TEST_F(ErasureRecords, theSameSaidInAnotherWayIsNotWhatWasIssued)
{
    const auto both = proofText(certificate, erasure);
    for (const auto &text : {both + '\n', both.substr(0, both.size() - 1), "{\"certificate\":" + certificate + ",\"erasure\":" + erasure + "}",
             "{\"erasure\":" + erasure + ",\"certificate\":" + certificate + "}", ' ' + erasure, erasure + '\n'}) {
        const auto proof = checkProof(text, authority.certificatePem);
        ASSERT_FALSE(proof) << text;
        EXPECT_EQ(proof.error().fact("expected"), "the very bytes that were issued, layout included");
    }
}

TEST_F(ErasureRecords, onlyTheSiteItNamesMaySign)
{
    EXPECT_EQ(refused(signedBy(record, lyon)), Reason::Untrusted);
    EXPECT_EQ(refused(signedBy(record, siteOf(makeAuthority("Another", begin, begin + 24h * 365).value(), "dublin"))), Reason::Untrusted);
    EXPECT_EQ(refused(signedBy(record, siteOf(authority, "dublin", begin + 1h))), Reason::Expired);
    const auto payload = statementOf(record);
    EXPECT_EQ(refused(toText({payload, {}})), Reason::Malformed);
    EXPECT_EQ(refused(toText({payload, {signJws(dublin, payload).value(), signJws(lyon, payload).value()}})), Reason::Malformed);
}

TEST_F(ErasureRecords, whatNoHonestSiteWouldSignIsRefused)
{
    const auto tried = [this](auto change) {
        auto lie = record;
        change(lie);
        return refused(signedBy(lie, dublin));
    };
    EXPECT_EQ(tried([](auto &r) { r.begunAt = r.retainedUntil - 1s; }), Reason::Untrusted) << "before its retention had ended";
    EXPECT_EQ(tried([](auto &r) { r.erasedAt = r.begunAt - 1s; }), Reason::Untrusted);
    EXPECT_EQ(tried([](auto &r) { r.erasedAt = r.issuedAt + 1s; }), Reason::Untrusted);
    EXPECT_EQ(tried([](auto &r) { r.disks.clear(); }), Reason::Untrusted);
    EXPECT_EQ(tried([](auto &r) { r.whole = "00"; }), Reason::Untrusted);
    EXPECT_EQ(tried([](auto &r) { r.disks[0].root = std::string(64, 'c'); }), Reason::Untrusted) << "not what `whole` is of";
    EXPECT_EQ(tried([](auto &r) { r.object.site = "lyon"; }), Reason::Untrusted);
}

TEST_F(ErasureRecords, aCertificateAndItsErasureAreCheckedTogether)
{
    for (const auto &proof : {checkProof(proofText(certificate, erasure), authority.certificatePem),
             checkProof(certificate, authority.certificatePem, {erasure}), checkProof(erasure, authority.certificatePem, {certificate})}) {
        ASSERT_TRUE(proof) << describe(proof.error());
        ASSERT_TRUE(proof->certificate && proof->erasure);
        EXPECT_EQ(proof->certificate->certificate, move);
        EXPECT_EQ(proof->erasure->record, record);
    }
    EXPECT_FALSE(checkProof(certificate, authority.certificatePem)->erasure);
    EXPECT_FALSE(checkProof(erasure, authority.certificatePem)->certificate);
    EXPECT_EQ(proofText(certificate, {}), certificate);
}

TEST_F(ErasureRecords, aCertificateNobodySignedInTimeIsNotReferredTo)
{
    record.certificate.clear();
    EXPECT_TRUE(checkProof(certificate, authority.certificatePem, {signedBy(record, dublin)}));
}

TEST_F(ErasureRecords, oneThatRefersToACertificateIsNotOlder)
{
    move.retainedUntil = move.when(MigrationStep::Released); // nothing was kept
    jws = {statementOf(move), {signJws(dublin, statementOf(move)).value(), signJws(lyon, statementOf(move)).value()}};
    certificate = toText(jws);
    record = world::erasureOf(move, certificateDigest(jws));
    record.begunAt = record.erasedAt = record.issuedAt = move.retainedUntil;
    ASSERT_LT(record.issuedAt, move.issuedAt);
    EXPECT_EQ(proofRefused(certificate, {signedBy(record, dublin)}), Reason::Untrusted);
    record.issuedAt = move.issuedAt;
    EXPECT_TRUE(checkProof(certificate, authority.certificatePem, {signedBy(record, dublin)}));
}

TEST_F(ErasureRecords, aRecordOfAnotherCopyDoesNotBelong)
{
    const auto tried = [this](auto change) {
        auto other = record;
        change(other);
        return proofRefused(certificate, {signedBy(other, dublin)});
    };
    EXPECT_EQ(tried([](auto &r) { r.migration = "7e1f7a52-6f0e-4f3e-9a41-0a1b2c3d4e60"; }), Reason::Untrusted);
    EXPECT_EQ(tried([](auto &r) { r.certificate = std::string(64, 'a'); }), Reason::Untrusted);
    EXPECT_EQ(tried([](auto &r) { r.object.id = "another"; }), Reason::Untrusted);
    const auto anotherDisk = [](auto &r) {
        r.disks[0].root = std::string(64, 'b');
        r.whole = wholeOf(r.disks);
    };
    EXPECT_EQ(tried(anotherDisk), Reason::Untrusted);
    EXPECT_EQ(tried([](auto &r) { r.retainedUntil -= 1h; }), Reason::Untrusted);
    EXPECT_EQ(proofRefused(certificate, {certificate}), Reason::Malformed);
    EXPECT_EQ(proofRefused(erasure, {erasure}), Reason::Malformed);
}

TEST_F(ErasureRecords, aTextThatIsNoneIsRefused)
{
    for (const auto *text : {"", "{}", "[]", "null", R"({"certificate":{},"erasure":{}})", R"({"certificate":1,"erasure":[],"more":0})",
             R"({"payload":"e30","signatures":[]})"}) {
        EXPECT_EQ(proofRefused(text), Reason::Malformed) << text;
    }
    EXPECT_EQ(proofRefused(std::string(std::size_t(17) << 20, ' ')), Reason::TooLarge);
}

}
