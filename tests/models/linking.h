// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "models/link/grpclink.h"
#include "tests/fakes/fakegateway.h"
#include "tests/fakes/papers.h"

namespace portulan {

/// Times for tests: a loss is retried within a blink.
inline Pace hurried()
{
    using namespace std::chrono_literals;
    return {2'000ms, 600ms, 20ms, 80ms, 30'000ms, 1'000ms, 10'000ms};
}

/// The gateway of "lyon" and a link to it, with their papers.
struct Linked {
    explicit Linked(const std::function<void(FakeGateway &)> &prepare = {}, Pace pace = hurried())
        : authority(papers::authority())
        , site(papers::site(authority, "lyon"))
        , user(papers::user(authority, "alice"))
    {
        if (prepare) {
            prepare(gateway);
        }
        gateway.start(site, authority.certificatePem);
        link = std::make_unique<GrpcLink>(target(pace));
    }
    ~Linked()
    {
        link.reset();
        gateway.stop();
    }
    LinkTarget target(Pace pace = hurried()) const
    {
        return {
            QStringLiteral("lyon"), QString::fromStdString(gateway.endpoint()), {authority.certificatePem, user.certificatePem, user.keyPem}, pace};
    }

    KeyAndCertificate authority;
    KeyAndCertificate site;
    KeyAndCertificate user;
    FakeGateway gateway;
    std::unique_ptr<GrpcLink> link;
};

}
