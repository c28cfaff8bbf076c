// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "tests/site/movingpair.h"

namespace portulan::test {

/// Two sites and a machine "web" whose guest writes, puts back, blanks and moves on each time somebody looks at its disks.
class WarmPair : public MovingPair {
protected:
    static Migrate warm(CutOver cutOver = CutOver::Automatic)
    {
        auto migrate = order("web");
        migrate.mode = MoveMode::Warm;
        migrate.cutOver = cutOver;
        migrate.retentionSeconds = 3600;
        return migrate;
    }
    void addWeb(std::uint64_t bytes = 6 * MiB)
    {
        disk = MemoryDisk::sparse(bytes, 0.6, 1);
        source.driver.addInstance("web", PowerState::Running, {disk, MemoryDisk::sparse(70'000, 1, 2)});
        source.driver.guest = [this] { write(); };
    }
    /// In turn: a change, the very bytes that were there before it, zeros, and data where there were none.
    void write()
    {
        const auto turn = ++turns;
        const auto size = disk->bytes.size();
        disk->guestWrites(0, 4096, std::byte(turn % 2 ? 0xaa : 0x55));
        disk->guestWrites(size / 2, 65536, turn % 3 ? std::byte {0} : std::byte {7});
        disk->guestWrites(std::uint64_t(turn) * 200'000 % size, 1000, turn % 4 ? std::byte(turn) : std::byte {0});
    }
    void expectWarm(const Operation &done)
    {
        EXPECT_EQ(done.state, OperationState::Done) << describe(done.problem);
        expectMoved("web");
        EXPECT_EQ(target.driver.instance("web")->state, PowerState::Running);
        EXPECT_EQ(done.mode, "warm");
        EXPECT_GE(done.passes.bytes.size(), 1U);
    }
    bool hasLine(const ObjectId &id, const std::string &part) const
    {
        const auto operation = source.operation(id);
        return operation && std::ranges::any_of(operation->log, [&](const auto &line) { return line.find(part) != line.npos; });
    }
    using Steer = site::Operations::Steer;

    std::shared_ptr<MemoryDisk> disk;
    std::atomic<int> turns = 0;
};

}
