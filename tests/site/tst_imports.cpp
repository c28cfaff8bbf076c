// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/manifest.h"
#include "tests/site/driverrig.h"

#include <algorithm>

using namespace portulan;
using namespace portulan::site;
using portulan::tests::DriverRig;

namespace {

struct Imports : testing::Test {
    DriverRig rig;
    ImportSpec spec {ObjectKind::Volume, {}, "disk", "p", {}, {}, {}, 0, {}, {}};
    Reason refused(const std::string &file)
    {
        const auto object = rig.import(spec, rig.dir.path(file));
        EXPECT_FALSE(object) << file;
        EXPECT_EQ(rig.dir.run("test -z \"$(ls site/volumes site/images site/tmp | grep -v :)\""), 0) << "nothing stays of " << file;
        return object ? Reason::Internal : object.error().reason;
    }
};

}

TEST_F(Imports, everyFormatIsRecognisedAndReadsTheSame)
{
    ASSERT_EQ(rig.dir.run("cp " PORTULAN_BINARY_DIR
                          "/nano/nano.raw a.raw && head -c 300000 /dev/urandom | dd of=a.raw bs=1000 seek=500 conv=notrunc 2>/dev/null && "
                          "for f in qcow2 vmdk vdi vhdx; do qemu-img convert -f raw -O $f a.raw a.$f || exit 1; done; "
                          "qemu-img convert -c -f raw -O qcow2 -o compression_type=zstd a.raw packed.qcow2 && "
                          "qemu-img convert -f raw -O vmdk -o subformat=streamOptimized a.raw stream.vmdk"),
        0);
    const auto disk = tests::bytesOf(rig.dir.path("a.raw"));
    for (const auto *file : {"a.raw", "a.qcow2", "a.vmdk", "a.vdi", "packed.qcow2", "stream.vmdk"}) {
        const auto volume = rig.import(spec, rig.dir.path(file));
        ASSERT_TRUE(volume) << file << ' ' << describe(volume.error());
        EXPECT_EQ(rig.exported(*volume, "raw").value(), disk) << file;
        EXPECT_EQ(rig.get<Volume>(*volume).format, "qcow2");
    }
    const auto vhdx = rig.import(spec, rig.dir.path("a.vhdx")).value();
    auto padded = disk; // VHDX disks are whole MiB
    padded.resize(rig.exported(vhdx, "raw").value().size());
    EXPECT_EQ(rig.exported(vhdx, "raw").value(), padded);
}

TEST_F(Imports, theFileMustBeWhatWasPromised)
{
    ASSERT_EQ(rig.dir.run("head -c 100001 /dev/urandom > a.raw"), 0);
    const auto bytes = tests::bytesOf(rig.dir.path("a.raw"));
    spec.sha256 = std::string(64, '0');
    EXPECT_EQ(refused("a.raw"), Reason::Integrity);
    spec.sha256 = toHex(sha256(bytes));
    spec.fileBytes = 200000;
    EXPECT_EQ(refused("a.raw"), Reason::Integrity);
    spec.fileBytes = 50000;
    EXPECT_EQ(refused("a.raw"), Reason::TooLarge);
    spec.fileBytes = 0;
    spec.format = "qcow2";
    EXPECT_EQ(refused("a.raw"), Reason::Malformed);
    spec.format = "raw";
    const auto volume = rig.import(spec, rig.dir.path("a.raw")).value();
    EXPECT_EQ(rig.get<Volume>(volume).sizeBytes, (100001 + 511) / 512 * 512);
    spec.kind = ObjectKind::Image;
    const auto image = rig.import(spec, rig.dir.path("a.raw")).value();
    EXPECT_EQ(rig.get<Image>(image).sha256, spec.sha256) << "the digest its publisher gives";
}

TEST_F(Imports, imagesThatPointElsewhereAreRefused)
{
    ASSERT_EQ(rig.dir.run("qemu-img create -q -f qcow2 -u -b /etc/passwd -F raw backed.qcow2 1M; "
                          "qemu-img create -q -f qcow2 -o data_file=elsewhere.raw data.qcow2 1M; "
                          "qemu-img create -q -f vmdk -o subformat=monolithicFlat flat.vmdk 1M; "
                          "qemu-img create -q -f vmdk base.vmdk 1M; qemu-img create -q -f vmdk -b base.vmdk -F vmdk child.vmdk; "
                          "cp base.vmdk zero.vmdk; printf '\\0\\0\\0\\0\\0\\0\\0\\0' | dd of=zero.vmdk bs=1 seek=12 conv=notrunc 2>/dev/null; "
                          "cp backed.qcow2 absurd.qcow2; printf '\\377\\377\\377\\377' | dd of=absurd.qcow2 bs=1 seek=36 conv=notrunc 2>/dev/null; "
                          "sed 's/monolithicSparse/custom/' base.vmdk > custom.vmdk"),
        0);
    for (const auto *file : {"backed.qcow2", "data.qcow2", "flat.vmdk", "child.vmdk", "zero.vmdk", "custom.vmdk"}) {
        EXPECT_EQ(refused(file), Reason::Unsupported) << file;
    }
    EXPECT_EQ(refused("absurd.qcow2"), Reason::Malformed);
}

TEST_F(Imports, aQuotaIsHeldForTheDiskNotTheFile)
{
    ASSERT_EQ(rig.dir.run("qemu-img create -q -f qcow2 huge.qcow2 100G"), 0);
    rig.project("small", Quota {{-1, -1, std::int64_t(1) << 30}, -1, -1});
    spec.project = "small";
    EXPECT_EQ(refused("huge.qcow2"), Reason::Quota);
    spec.project = "nobody";
    EXPECT_EQ(rig.driver().beginImport(spec).error().reason, Reason::NotFound);
    spec.project = "p";
    spec.format = "iso9660";
    EXPECT_EQ(rig.driver().beginImport(spec).error().reason, Reason::Unsupported);
}
