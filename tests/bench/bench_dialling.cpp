// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What ten bad sites cost forty good ones: gateways of 200 objects each over mutual TLS, dialled all at once, with and without five dead ports
// and five that accept and never answer. Shown is live: a site's whole snapshot has been handed on. One JSON line a figure.
#include "models/link/grpclink.h"
#include "tests/fakes/fakegateway.h"
#include "tests/fakes/papers.h"
#include "tests/fakes/rawlistener.h"
#include "tests/fakes/world.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTimer>

#include <algorithm>
#include <cstdio>

using namespace portulan;

namespace {

constexpr int good = 40;
constexpr int bad = 5; ///< of each kind
constexpr int runs = 5;

/// Opens every link and turns the event loop until `wanted` are live.
struct Dialled {
    double liveMs = 0;
    double longestTurnMs = 0;
};
class Dialling : public QObject {
public:
    Dialled dial(const std::vector<std::unique_ptr<GrpcLink>> &links, int wanted)
    {
        QElapsedTimer clock;
        QElapsedTimer turn;
        Dialled dialled;
        int live = 0;
        QTimer pulse;
        connect(&pulse, &QTimer::timeout, this, [&] {
            dialled.longestTurnMs = std::max(dialled.longestTurnMs, double(turn.nsecsElapsed()) / 1e6);
            turn.restart();
        });
        for (const auto &link : links) {
            connect(link.get(), &SiteLink::stateChanged, this, [&](LinkState state) {
                if (state == LinkState::Live && ++live == wanted) {
                    dialled.liveMs = double(clock.nsecsElapsed()) / 1e6;
                    QCoreApplication::quit();
                }
            });
        }
        pulse.start(0);
        clock.start();
        turn.start();
        for (const auto &link : links) {
            link->open();
        }
        QCoreApplication::exec();
        for (const auto &link : links) {
            link->disconnect(this);
        }
        return dialled;
    }
};

struct Federation {
    Federation()
        : authority(papers::authority())
        , user(papers::user(authority, "alice"))
    {
        for (int i = 0; i < good; ++i) {
            const std::string id = "site-" + std::to_string(i);
            std::vector<Thing> things;
            for (int n = 0; n < 200; ++n) {
                things.push_back(world::instance(id, "i-" + std::to_string(n), "machine"));
            }
            auto gateway = std::make_unique<FakeGateway>();
            gateway->script = watching::snapshot(things);
            gateway->start(papers::site(authority, id), authority.certificatePem);
            gateways.push_back(std::move(gateway));
        }
        for (int i = 0; i < bad; ++i) {
            mutes.push_back(std::make_unique<RawListener>());
            deadPorts.push_back(RawListener::deadPort());
        }
    }

    std::unique_ptr<GrpcLink> link(const std::string &id, int port) const
    {
        LinkTarget target;
        target.siteId = QString::fromStdString(id);
        target.endpoint = QStringLiteral("127.0.0.1:%1").arg(port);
        target.credentials = {authority.certificatePem, user.certificatePem, user.keyPem};
        return std::make_unique<GrpcLink>(target);
    }

    Dialled dial(bool withBad) const
    {
        std::vector<std::unique_ptr<GrpcLink>> links;
        for (int i = 0; withBad && i < bad; ++i) { // the bad ones first: they have every chance to be in the way
            links.push_back(link("dead-" + std::to_string(i), deadPorts[static_cast<std::size_t>(i)]));
            links.push_back(link("mute-" + std::to_string(i), mutes[static_cast<std::size_t>(i)]->port()));
        }
        for (int i = 0; i < good; ++i) {
            links.push_back(link("site-" + std::to_string(i), gateways[static_cast<std::size_t>(i)]->port()));
        }
        return Dialling().dial(links, good);
    }

    KeyAndCertificate authority;
    KeyAndCertificate user;
    std::vector<std::unique_ptr<FakeGateway>> gateways;
    std::vector<std::unique_ptr<RawListener>> mutes;
    std::vector<int> deadPorts;
};

void benchDialling()
{
    const Federation federation;
    federation.dial(true); // warms up
    for (int run = 0; run < runs; ++run) {
        const double alone = federation.dial(false).liveMs;
        const Dialled among = federation.dial(true);
        std::printf(
            "{\"metric\": \"dial.50_gateways_5_dead_5_slow.40_good_shown\", \"unit\": \"ms\", \"value\": %.6g, \"peer\": \"the 40 good alone\", "
            "\"theirs\": %.6g, \"limit\": 1.2}\n",
            among.liveMs, alone);
        std::printf("{\"metric\": \"dial.50_gateways.longest_turn_of_event_loop\", \"unit\": \"ms\", \"value\": %.6g}\n", among.longestTurnMs);
    }
}

}

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    benchDialling();
    return 0;
}
