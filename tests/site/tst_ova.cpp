// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/disk/ova.h"

#include "site/drivers/disk/blocks.h"
#include "site/drivers/disk/fd.h"
#include "site/drivers/disk/intake.h"
#include "site/drivers/disk/process.h"
#include "tests/site/driverrig.h"
#include "tests/site/ovafile.h"

#include <fcntl.h>

using namespace portulan;
using namespace portulan::site;

namespace {

struct OvaFiles : testing::Test {
    tests::Workshop dir;
    tests::Quiet progress;
    const std::string raw = dir.path("disk.raw");

    OvaFiles() { EXPECT_EQ(dir.run("head -c 300000 /dev/urandom > disk.raw && truncate -s 1M disk.raw"), 0); }
    Result<Ova> read(const std::string &path) { return readOva(openFile(path, O_RDONLY).value().get()); }
    /// What becomes of a file that comes in.
    Result<Intake::Disk> taken(const std::string &path, const std::string &format = {})
    {
        Intake intake({dir.path("."), "file", format, {}, 0, findProgram("qemu-img")});
        EXPECT_TRUE(intake.open());
        std::ifstream file(path, std::ios::binary);
        const std::string bytes {std::istreambuf_iterator<char>(file), {}};
        EXPECT_TRUE(intake.write(std::as_bytes(std::span(bytes))));
        auto disk = intake.convert([](std::int64_t) { return Result<>(); }, progress);
        if (disk) {
            const auto ours = openRaw(raw), made = openQcow2(intake.path(), {});
            EXPECT_TRUE(compareBlocks(**ours, **made, progress)) << "another disk came out of it";
        }
        return disk;
    }
};

TEST_F(OvaFiles, sayWhatMachineIsInThem)
{
    const auto ova = read(tests::makeOva(dir, raw));
    ASSERT_TRUE(ova) << describe(ova.error());
    EXPECT_EQ(ova->name, "Vieux serveur « nano »");
    EXPECT_EQ(ova->vcpus, 2);
    EXPECT_EQ(ova->ramBytes, 64 << 20);
    ASSERT_EQ(ova->disks.size(), 1);
    EXPECT_EQ(ova->disks.front().name, "nano-disk1.vmdk");
}

TEST_F(OvaFiles, comeInByteForByte)
{
    const auto disk = taken(tests::makeOva(dir, raw));
    ASSERT_TRUE(disk) << describe(disk.error());
    EXPECT_EQ(disk->sizeBytes, 1 << 20);
    EXPECT_EQ(disk->labels, (std::map<std::string, std::string> {{"ovf-name", "Vieux serveur « nano »"}, {"ovf-vcpus", "2"}, {"ovf-ram-mib", "64"}}));
}

TEST_F(OvaFiles, aBitThatTurnedIsFound)
{
    const auto path = tests::makeOva(dir, raw);
    ASSERT_EQ(dir.run("printf X | dd of=nano.ova bs=1 seek=100000 conv=notrunc 2> /dev/null"), 0);
    EXPECT_EQ(taken(path).error().reason, Reason::Integrity);
}

TEST_F(OvaFiles, aNameThatLeadsOutIsRefused)
{
    (void)tests::makeOva(dir, raw);
    ASSERT_EQ(dir.run("tar --format=ustar -P --transform 's|^nano-disk1|../../etc/nano-disk1|' -cf out.ova nano.ovf nano-disk1.vmdk"), 0);
    EXPECT_EQ(taken(dir.path("out.ova")).error().reason, Reason::Malformed);
    ASSERT_EQ(dir.run("rm nano-disk1.vmdk && ln -s /etc/passwd nano-disk1.vmdk && tar --format=ustar -cf link.ova nano.ovf nano-disk1.vmdk"), 0);
    EXPECT_EQ(taken(dir.path("link.ova")).error().reason, Reason::Malformed);
}

TEST_F(OvaFiles, onesCutShortLyingOrOfSeveralDisksAreRefused)
{
    const auto path = tests::makeOva(dir, raw);
    ASSERT_EQ(dir.run("head -c 100000 nano.ova > short.ova"), 0);
    EXPECT_EQ(taken(dir.path("short.ova")).error().reason, Reason::Malformed);
    EXPECT_EQ(taken(path, "vmdk").error().reason, Reason::Malformed) << "it is not what it is said to be";
    ASSERT_EQ(dir.run("sed -i 's|</DiskSection>|<Disk ovf:fileRef=\"file1\"/></DiskSection>|' nano.ovf && tar --format=ustar -cf two.ova nano.ovf "
                      "nano-disk1.vmdk"),
        0);
    EXPECT_EQ(taken(dir.path("two.ova")).error().reason, Reason::Unsupported);
    ASSERT_EQ(dir.run("sed -i 's|nano-disk1.vmdk|other.vmdk|' nano.ovf && tar --format=ustar -cf none.ova nano.ovf nano-disk1.vmdk"), 0);
    EXPECT_EQ(taken(dir.path("none.ova")).error().reason, Reason::Malformed);
}

TEST_F(OvaFiles, entitiesAreNotExpanded)
{
    (void)tests::makeOva(dir, raw);
    ASSERT_EQ(dir.run("sed -i 's|<?xml version=\"1.0\" encoding=\"UTF-8\"?>|<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>|; s|Vieux "
                      "serveur|\\&b;|' nano.ovf"
                      " && tar --format=ustar -cf bomb.ova nano.ovf nano-disk1.vmdk"),
        0);
    const auto ova = read(dir.path("bomb.ova"));
    ASSERT_TRUE(ova) << describe(ova.error());
    EXPECT_TRUE(ova->name.starts_with("&b;")) << ova->name;
}

}
