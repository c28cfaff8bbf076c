// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "tests/site/warmpair.h"

#include <fstream>

namespace portulan::test {

/// Two sites that can move "web" with its memory, which holds a word for each time its guest wrote to its disks.
class LivePair : public WarmPair {
protected:
    LivePair() { source.driver.movesLive = target.driver.movesLive = true; }
    static Migrate live(CutOver cutOver = CutOver::Automatic)
    {
        auto migrate = warm(cutOver);
        migrate.mode = MoveMode::Live;
        return migrate;
    }
    void addThinkingWeb(std::uint64_t bytes = 6 * MiB)
    {
        addWeb(bytes);
        source.driver.guest = [this] {
            write();
            source.driver.think("web", "w" + std::to_string(turns));
        };
    }
    /// What it had in mind before it moved it has in mind now.
    void expectMemory(MovingSite &site)
    {
        EXPECT_TRUE(site.driver.memoryOf("web").starts_with(turns > 0 ? "up w1" : "up")) << site.driver.memoryOf("web");
        EXPECT_EQ(site.driver.instance("web")->state, PowerState::Running);
    }
    void expectLive(const Operation &done)
    {
        EXPECT_EQ(done.state, OperationState::Done) << describe(done.problem);
        EXPECT_EQ(done.mode, "live");
        expectMoved("web");
        expectMemory(target);
        EXPECT_TRUE(target.driver.memoryOf("web").ends_with("w" + std::to_string(turns))) << "its last word before the pause";
    }
    MigrationCertificate certificateOf(const Operation &done)
    {
        await([&] { return source.certificate(done.migration).has_value(); });
        std::ifstream authority(source.config().authorityPem);
        const std::string pem {std::istreambuf_iterator<char>(authority), {}};
        return checkCertificate(source.certificate(done.migration).value(), pem).value().certificate;
    }
};

}
