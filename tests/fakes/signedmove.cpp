// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/fakes/signedmove.h"

#include "core/manifest.h"
#include "tests/fakes/world.h"

namespace portulan::world {

using namespace std::chrono_literals;
using enum MigrationStep;

MigrationCertificate certificateOf(Instant moved)
{
    MigrationCertificate c;
    c.migration = "7e1f7a52-6f0e-4f3e-9a41-0a1b2c3d4e5f";
    c.object = {"dublin", ObjectKind::Instance, "triage-1"};
    c.arrived = {"lyon", ObjectKind::Instance, "triage-1"};
    c.name = "Triage des urgences <b>急</b>";
    c.project = "hospital";
    c.classification = "health_fr";
    c.from = partyOf(dublin());
    c.to = partyOf(lyon());
    c.orderedBy = "user/marie";
    auto at = moved;
    for (const auto step : {Planned, Reserved, Stopped, Copying, Verified, Committed, Activated, Released}) {
        c.steps.push_back({step, at += 250ms});
    }
    constexpr std::int64_t size = 1 << 20;
    const auto root = toHex(Manifest(size).root());
    c.disks = {{"v-1", size, root}};
    c.whole = wholeOf(c.disks);
    c.diskCount = 1;
    c.bytes = 73'728;
    c.bytesOnWire = 7'200;
    c.mode = "warm";
    c.passes = {70'000, 3'728};
    c.ran = true;
    c.before = {Status::NonCompliant, {"PTL-CRT-002"}, "0.1.0"};
    c.after = {Status::Compliant, {}, "0.1.0"};
    c.retainedUntil = moved + 168h;
    c.issuedAt = moved + 5s;
    return c;
}

ErasureRecord erasureOf(const MigrationCertificate &moved, const std::string &certificateDigest)
{
    ErasureRecord r;
    r.migration = moved.migration;
    r.certificate = certificateDigest;
    r.object = moved.object;
    r.name = moved.name;
    r.project = moved.project;
    r.site = moved.from;
    r.method = "files_removed";
    r.gateway = "portulan-site 0.1.0";
    r.disks = moved.disks;
    r.whole = moved.whole;
    r.diskCount = moved.diskCount;
    r.retainedUntil = moved.retainedUntil;
    r.begunAt = r.retainedUntil + 1min;
    r.erasedAt = r.begunAt + 250ms;
    r.issuedAt = r.erasedAt + 1s;
    return r;
}

SignedMove signedMove(const std::vector<MigrationCertificate::Disk> &disks, std::string digest)
{
    const Instant from = now() - 48h;
    const auto authority = makeAuthority("Fédération d'essai", from, from + 24h * 365).value();
    const auto siteOf
        = [&](const char *id) { return issue(authority, Bearer {.kind = Bearer::Kind::Site, .id = id}, from, from + 24h * 365).value(); };
    auto c = certificateOf(now() - 1h);
    c.digest = std::move(digest);
    c.disks = disks.empty() ? c.disks : disks;
    c.whole = wholeOf(c.disks);
    c.diskCount = std::int64_t(c.disks.size());
    const auto payload = statementOf(c);
    const JwsText certificate {payload, {signJws(siteOf("dublin"), payload).value(), signJws(siteOf("lyon"), payload).value()}};
    const auto erasure = statementOf(erasureOf(c, certificateDigest(certificate)));
    return {c, toText(certificate), toText({erasure, {signJws(siteOf("dublin"), erasure).value()}}), authority.certificatePem};
}

}
