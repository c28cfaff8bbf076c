// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/manifest.h"
#include "tests/site/driverrig.h"

using namespace portulan;
using portulan::tests::DriverRig;

namespace {

std::string digest(const std::string &text)
{
    return toHex(sha256(std::as_bytes(std::span(text))));
}

struct DataSets : testing::Test {
    DriverRig rig {"none"};
    ObjectId set = rig.done(CreateDataSet {"papers", "Papiers", "p", Classification::Personal, {}});
    int files() { return std::stoi(countOf("find site/objects site/tmp -type f | wc -l")); }
    std::string countOf(const std::string &command)
    {
        EXPECT_EQ(rig.dir.run(command + " > count"), 0);
        std::string text;
        std::ifstream(rig.dir.path("count")) >> text;
        return text;
    }
};

}

TEST_F(DataSets, holdObjectsUnderAnyKey)
{
    const std::string keys[] = {"a", "../../etc/passwd", "dossiers/été 2026/✓.txt", std::string(1024, 'k')};
    for (const auto &key : keys) {
        EXPECT_TRUE(rig.put(set, key, "text of " + key, digest("text of " + key))) << key;
        EXPECT_EQ(rig.got(set, key), "text of " + key);
    }
    EXPECT_EQ(files(), 4);
    for (const std::string &key : {std::string(), std::string(1025, 'k'), std::string("\xff\xfe"), std::string("a\0b", 3)}) {
        EXPECT_EQ(rig.driver().beginPut(set, key, {}).error().reason, Reason::InvalidArgument);
    }
    EXPECT_EQ(rig.got(set, "b"), "NOT_FOUND");
}

TEST_F(DataSets, theirDigestIsThatOfTheirSortedKeysAndBytes)
{
    ASSERT_TRUE(rig.put(set, "b", "two"));
    ASSERT_TRUE(rig.put(set, "a", "one"));
    const auto expected = digest(std::string("a") + '\0' + digest("one") + "\nb" + '\0' + digest("two") + '\n');
    const auto now = rig.get<DataSet>(set);
    EXPECT_EQ(now.digest, expected);
    EXPECT_EQ(now.objects, 2);
    EXPECT_EQ(now.bytes, 6);
    EXPECT_EQ(std::get<DataSet>(rig.announced(set).value()), now);
    ASSERT_TRUE(rig.put(set, "a", "three"));
    EXPECT_EQ(rig.get<DataSet>(set).bytes, 8);
    EXPECT_EQ(rig.got(set, "a"), "three");
    EXPECT_EQ(files(), 2) << "the former version is gone";
    rig.done(DeleteDataObject {set, "a"});
    EXPECT_EQ(rig.get<DataSet>(set).digest, digest(std::string("b") + '\0' + digest("two") + '\n'));
    EXPECT_EQ(rig.refusal(DeleteDataObject {set, "a"}), Reason::NotFound);
}

TEST_F(DataSets, areListedInPagesInKeyOrder)
{
    for (const auto *key : {"c", "a", "e", "b", "d"}) {
        ASSERT_TRUE(rig.put(set, key, key));
    }
    const auto first = rig.driver().dataObjects(set, {}, 2).value();
    ASSERT_EQ(first.size(), 2u);
    EXPECT_EQ(first[1].key, "b");
    EXPECT_EQ(first[1].sha256, digest("b"));
    EXPECT_EQ(rig.driver().dataObjects(set, "b", 10).value().front().key, "c");
    EXPECT_TRUE(rig.driver().dataObjects(set, "e", 10).value().empty());
    EXPECT_EQ(rig.driver().dataObjects(rig.id(ObjectKind::DataSet, "none"), {}, 2).error().reason, Reason::NotFound);
}

TEST_F(DataSets, anUploadThatIsWrongOrBrokenOffLeavesNothing)
{
    EXPECT_EQ(rig.put(set, "a", "text", digest("other")).error().reason, Reason::Integrity);
    {
        auto upload = rig.driver().beginPut(set, "b", {}).value();
        const std::string text = "half";
        ASSERT_TRUE(upload->write(std::as_bytes(std::span(text))));
        EXPECT_EQ(files(), 1);
    }
    EXPECT_EQ(files(), 0);
    EXPECT_EQ(rig.get<DataSet>(set).objects, 0);
}

TEST_F(DataSets, whatAnEarlierGatewayLeftHalfDoneIsErased)
{
    ASSERT_TRUE(rig.put(set, "a", "kept"));
    ASSERT_EQ(
        rig.dir.run(
            "mkdir -p site/objects/ab && echo secret > site/objects/ab/abc-1 && echo x > site/tmp/1-1.object && echo y > site/volumes/v-lost.qcow2"),
        0);
    rig.restart();
    EXPECT_EQ(files(), 1);
    EXPECT_EQ(rig.got(set, "a"), "kept");
    EXPECT_EQ(countOf("ls site/volumes | wc -l"), "0");
}

TEST_F(DataSets, goWithAllTheirObjects)
{
    ASSERT_TRUE(rig.put(set, "a", "one"));
    ASSERT_TRUE(rig.put(set, "b", "two"));
    rig.done(UpdateDataSet {set, "Dossiers", Classification::HealthFr});
    EXPECT_EQ(rig.get<DataSet>(set).classification, Classification::HealthFr);
    rig.done(DeleteDataSet {set});
    EXPECT_EQ(files(), 0);
    EXPECT_FALSE(rig.isThere(set));
}

TEST_F(DataSets, aQuotaCountsTheirBytes)
{
    rig.project("small", Quota {{-1, -1, 10}, -1, -1});
    const auto small = rig.done(CreateDataSet {{}, "small", "small", {}, {}});
    ASSERT_TRUE(rig.put(small, "a", "12345678"));
    EXPECT_EQ(rig.put(small, "b", "12345678").error().reason, Reason::Quota);
    EXPECT_EQ(rig.got(small, "b"), "NOT_FOUND");
    EXPECT_EQ(files(), 1);
}
