// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// A disk's file that somebody, or its storage, alters while it is received.
#include "site/transferpack.h"
#include "site/transferreceive.h"
#include "tests/site/chunkruns.h"
#include "tests/site/driverrig.h"

#include <algorithm>
#include <fcntl.h>
#include <random>
#include <unistd.h>

using namespace portulan;
using namespace portulan::site;
using portulan::tests::DriverRig;

namespace {

constexpr std::size_t chunk = Manifest::chunkBytes;

/// Something happens to the file between its flush and what is read back of it.
class Struck final : public BlockWriter {
public:
    Struck(std::unique_ptr<BlockWriter> writer, std::function<void()> after)
        : m_writer(std::move(writer))
        , m_after(std::move(after))
    {
    }
    Result<> write(std::uint64_t offset, std::span<const std::byte> bytes) override { return m_writer->write(offset, bytes); }
    Result<> flush() override
    {
        return m_writer->flush().map([this] { m_after(); });
    }
    Result<> read(std::uint64_t offset, std::span<std::byte> into) override { return m_writer->read(offset, into); }
    Result<std::vector<Extent>> extents(std::uint64_t offset, std::uint64_t length) override { return m_writer->extents(offset, length); }

private:
    std::unique_ptr<BlockWriter> m_writer;
    std::function<void()> m_after;
};

struct Altered : testing::Test {
    DriverRig rig {"none"};
    std::vector<std::byte> content = std::vector<std::byte>(3 * chunk);
    ObjectId disk;
    std::shared_ptr<Receiving> receiving;
    int strikes = 0;

    void SetUp() override
    {
        std::mt19937_64 random(7);
        std::ranges::generate(content, [&random] { return std::byte(random()); });
        Arrival arriving;
        arriving.migration = "m-1";
        arriving.project = "p";
        auto &volume = arriving.volumes.emplace_back();
        volume.id = {"there", ObjectKind::Volume, "data"};
        volume.name = "data";
        volume.sizeBytes = std::int64_t(content.size());
        const auto received = rig.driver().receive(arriving);
        ASSERT_TRUE(received) << describe(received.error());
        disk = received->volumes.front();
        receiving = Receiving::begin(
            {{{"data", content.size()}}, rig.dir.path("log"),
                [this](std::size_t) -> Result<std::unique_ptr<BlockWriter>> {
                    auto writer = rig.driver().openForWrite(disk, {});
                    return writer ? std::make_unique<Struck>(std::move(*writer), [this] { strike(); }) : std::move(writer);
                },
                {}}).value();
    }
    /// Turns a bit of the second chunk, in the file.
    void strike()
    {
        if (strikes == 0) {
            return;
        }
        --strikes;
        const auto path = rig.root() + "/volumes/" + disk.id + ".qcow2";
        const auto file = tests::bytesOf(path);
        const auto needle = std::span(content).subspan(chunk + 12'345, 64);
        const auto at = std::search(file.begin(), file.end(), needle.begin(), needle.end());
        ASSERT_NE(at, file.end());
        const auto turned = *at ^ std::byte {4};
        const int handle = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
        EXPECT_EQ(::pwrite(handle, &turned, 1, at - file.begin()), 1);
        ::close(handle);
    }
    Result<> send(std::uint64_t number)
    {
        ChunkPacker packer;
        const auto raw = packer.raw(chunk);
        std::copy_n(content.begin() + std::ptrdiff_t(number * chunk), chunk, raw.begin());
        const FrameHeader header {.chunk = number, .rawBytes = std::uint32_t(chunk), .digest = Manifest::digestOf(raw)};
        return receiving->takeAll(packer.pack(header, false));
    }
};

TEST_F(Altered, aByteAlteredBeforeTheEndIsAnsweredIsFoundAndMended)
{
    for (const std::uint64_t number : {0, 1, 2}) {
        ASSERT_TRUE(send(number));
    }
    strikes = 1;
    const auto end = receiving->end();
    ASSERT_FALSE(end);
    EXPECT_EQ(end.error().reason, Reason::Integrity) << describe(end.error());
    EXPECT_EQ(end.error().fact("where"), "data chunk 1");
    EXPECT_EQ(portulan::test::chunksIn(receiving->runs(0).have), (std::vector<std::uint64_t> {0, 2}));
    EXPECT_EQ(receiving->roots().error().reason, Reason::Unreachable) << "it has to come again";
    ASSERT_TRUE(send(1));
    ASSERT_TRUE(receiving->end());
    Manifest manifest(content.size());
    for (std::uint64_t number = 0; number < 3; ++number) {
        manifest.set(number, Manifest::digestOf(std::span(content).subspan(number * chunk, chunk)));
    }
    EXPECT_EQ(receiving->roots().value().front(), manifest.root());
}

}
