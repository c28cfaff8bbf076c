// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/manifest.h"
#include "tests/site/lodge.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <thread>

using namespace portulan;
using test::Lodge;
using test::reasonOf;

namespace {

std::string bytesOf(std::size_t size)
{
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i) {
        bytes[i] = static_cast<char>(i * 7919 >> 3);
    }
    return bytes;
}

std::string digestOf(const std::string &bytes)
{
    return toHex(sha256(std::as_bytes(std::span(bytes))));
}

}

class DepotTest : public testing::Test {
protected:
    Lodge lodge;
    std::unique_ptr<Lodge::Stub> alice = lodge.client("user/alice");

    static v1::ImportRequest opening(const std::string &bytes)
    {
        v1::ImportRequest request;
        auto *open = request.mutable_open();
        Lodge::fill(open->mutable_header());
        open->set_id("v-1");
        open->set_display_name("disque");
        open->set_project("p1");
        open->set_format("raw");
        open->set_classification("open");
        open->set_file_bytes(static_cast<std::int64_t>(bytes.size()));
        open->set_sha256(digestOf(bytes));
        return request;
    }
    grpc::Status import(
        Lodge::Stub &stub, const v1::ImportRequest &open, const std::string &bytes, v1::Operation *operation, std::size_t chunk = 1 << 20)
    {
        grpc::ClientContext context;
        const auto writer = stub.ImportVolume(&context, operation);
        bool going = writer->Write(open);
        for (std::size_t at = 0; going && at < bytes.size(); at += chunk) {
            v1::ImportRequest part;
            part.set_content(bytes.substr(at, chunk));
            going = writer->Write(part);
        }
        writer->WritesDone();
        return writer->Finish();
    }
    bool becomes(const std::function<bool()> &condition)
    {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        while (!condition() && std::chrono::steady_clock::now() < deadline) {
            std::this_thread::yield();
        }
        return condition();
    }
    grpc::Status put(const std::string &key, const std::string &bytes, v1::DataObject *object, const std::string &digest = {})
    {
        grpc::ClientContext context;
        const auto writer = alice->PutDataObject(&context, object);
        v1::PutDataObjectRequest part;
        Lodge::fill(part.mutable_open()->mutable_header());
        part.mutable_open()->set_data_set("sites/lyon/dataSets/d-1");
        part.mutable_open()->set_key(key);
        part.mutable_open()->set_size(static_cast<std::int64_t>(bytes.size()));
        part.mutable_open()->set_sha256(digest);
        writer->Write(part);
        part.set_content(bytes);
        writer->Write(part);
        writer->WritesDone();
        return writer->Finish();
    }
    void putDataSet()
    {
        DataSet set;
        set.id = {"lyon", ObjectKind::DataSet, "d-1"};
        set.name = set.id.id;
        set.project = "p1";
        lodge.driver().put(set);
    }
    const ObjectId volume {"lyon", ObjectKind::Volume, "v-1"};
};

TEST_F(DepotTest, aVolumeGoesInAndComesOutTheSame)
{
    const auto bytes = bytesOf(3'500'000);
    v1::Operation operation;
    const auto status = import(*alice, opening(bytes), bytes, &operation);
    ASSERT_TRUE(status.ok()) << describe(wire::problemFrom(status));
    EXPECT_EQ(operation.state(), "done");
    EXPECT_EQ(operation.bytes_done(), 3'500'000);
    EXPECT_EQ(lodge.driver().content(volume), bytes);
    grpc::ClientContext context;
    v1::ExportRequest request;
    request.set_name("sites/lyon/volumes/v-1");
    const auto reader = alice->ExportVolume(&context, request);
    v1::ContentChunk chunk;
    std::string out, digest;
    std::int64_t total = 0;
    while (reader->Read(&chunk)) {
        out += chunk.content();
        digest = chunk.sha256();
        total = total ? total : chunk.total_bytes();
    }
    EXPECT_TRUE(reader->Finish().ok());
    EXPECT_EQ(out, bytes);
    EXPECT_EQ(digest, digestOf(bytes));
    EXPECT_EQ(total, 3'500'000);
}

TEST_F(DepotTest, anImportBrokenHalfWayLeavesNothing)
{
    for (int round = 0; round < 20; ++round) {
        auto open = opening("");
        open.mutable_open()->set_file_bytes(0); // neither size nor digest: the end alone must tell
        open.mutable_open()->clear_sha256();
        grpc::ClientContext context;
        v1::Operation operation;
        const auto writer = alice->ImportVolume(&context, &operation);
        writer->Write(open);
        v1::ImportRequest part;
        part.set_content(bytesOf(100'000));
        writer->Write(part);
        ASSERT_TRUE(becomes([&] { return lodge.driver().uploads() == 1; }));
        context.TryCancel();
        writer->Finish();
        ASSERT_TRUE(becomes([&] { return lodge.driver().uploads() == 0; }));
        EXPECT_FALSE(lodge.driver().find(volume)) << round;
    }
    EXPECT_TRUE(becomes([&] { // the word follows the bytes
        grpc::ClientContext context;
        v1::ListRequest request;
        v1::ListResponse operations;
        return alice->ListOperations(&context, request, &operations).ok() && operations.items_size() == 20
            && std::ranges::all_of(operations.items(), [](const auto &item) { return item.operation().state() == "cancelled"; });
    }));
}

TEST_F(DepotTest, aDroppedConnectionLeavesNothing)
{
    auto open = opening("");
    open.mutable_open()->set_file_bytes(0);
    open.mutable_open()->clear_sha256();
    {
        const auto stub = lodge.client("user/alice");
        grpc::ClientContext context;
        v1::Operation operation;
        const auto writer = stub->ImportVolume(&context, &operation);
        writer->Write(open);
        ASSERT_TRUE(becomes([&] { return lodge.driver().uploads() == 1; }));
        context.TryCancel();
        writer->Finish();
    }
    EXPECT_TRUE(becomes([&] { return lodge.driver().uploads() == 0; }));
    EXPECT_FALSE(lodge.driver().find(volume));
}

TEST_F(DepotTest, anEndWithoutAnnouncedSizeIsAnEnd)
{
    const auto bytes = bytesOf(5000);
    auto open = opening(bytes);
    open.mutable_open()->set_file_bytes(0);
    open.mutable_open()->clear_sha256();
    v1::Operation operation;
    EXPECT_TRUE(import(*alice, open, bytes, &operation).ok());
    EXPECT_EQ(lodge.driver().content(volume), bytes);
}

TEST_F(DepotTest, bytesThatAreNotWhatWasAnnouncedAreRefused)
{
    const auto bytes = bytesOf(50'000);
    v1::Operation operation;
    auto wrongDigest = opening(bytes);
    wrongDigest.mutable_open()->set_sha256(digestOf("other"));
    EXPECT_EQ(reasonOf(import(*alice, wrongDigest, bytes, &operation)), Reason::Integrity);
    auto tooShort = opening(bytes);
    EXPECT_EQ(reasonOf(import(*alice, tooShort, bytes.substr(1), &operation)), Reason::Integrity);
    auto tooLong = opening(bytes);
    EXPECT_EQ(reasonOf(import(*alice, tooLong, bytes + "x", &operation)), Reason::TooLarge);
    EXPECT_FALSE(lodge.driver().find(volume));
    EXPECT_EQ(lodge.driver().uploads(), 0);
}

TEST_F(DepotTest, limitsAreKept)
{
    v1::Operation operation;
    const auto big = bytesOf(9 << 20); // the lodge takes 8 MiB
    EXPECT_EQ(reasonOf(import(*alice, opening(big), big, &operation)), Reason::TooLarge);
    auto silent = opening(big);
    silent.mutable_open()->set_file_bytes(0);
    Lodge::fill(silent.mutable_open()->mutable_header());
    EXPECT_EQ(reasonOf(import(*alice, silent, big, &operation)), Reason::TooLarge) << "also when it does not say";
    const auto wide = bytesOf(2 << 20);
    EXPECT_EQ(reasonOf(import(*alice, opening(wide), wide, &operation, 2 << 20)), Reason::TooLarge) << "a chunk is a mebibyte";
    EXPECT_FALSE(lodge.driver().find(volume));
    EXPECT_TRUE(becomes([&] { return lodge.driver().uploads() == 0; }));
}

TEST_F(DepotTest, importsPassTheSameDoorAsOrders)
{
    v1::Operation operation;
    const auto bytes = bytesOf(10);
    EXPECT_EQ(reasonOf(import(*lodge.client("user/vera"), opening(bytes), bytes, &operation)), Reason::NotAuthorised);
    auto elsewhere = opening(bytes);
    elsewhere.mutable_open()->set_project("p2");
    EXPECT_EQ(reasonOf(import(*alice, elsewhere, bytes, &operation)), Reason::NotAuthorised);
    Project strict;
    strict.id = {"lyon", ObjectKind::Project, "p1"};
    strict.name = strict.project = "p1";
    strict.policy.allowedCountries = {"DE"};
    lodge.driver().put(strict);
    EXPECT_EQ(reasonOf(import(*alice, opening(bytes), bytes, &operation)), Reason::Refused);
    grpc::ClientContext context;
    const auto writer = alice->ImportVolume(&context, &operation);
    v1::ImportRequest part;
    part.set_content("no opening");
    writer->Write(part);
    writer->WritesDone();
    EXPECT_EQ(reasonOf(writer->Finish()), Reason::InvalidArgument);
    grpc::ClientContext nothing;
    const auto silent = alice->ImportVolume(&nothing, &operation);
    silent->WritesDone();
    EXPECT_EQ(reasonOf(silent->Finish()), Reason::InvalidArgument);
}

TEST_F(DepotTest, aRetriedImportActsOnce)
{
    const auto bytes = bytesOf(1000);
    const auto open = opening(bytes);
    v1::Operation first, again;
    ASSERT_TRUE(import(*alice, open, bytes, &first).ok());
    ASSERT_TRUE(import(*alice, open, bytes, &again).ok());
    EXPECT_EQ(again.name(), first.name());
}

TEST_F(DepotTest, objectsOfADataSetAreListedPutAndTaken)
{
    putDataSet();
    v1::DataObject object;
    const auto bytes = bytesOf(70'000);
    ASSERT_TRUE(put("a/ordonnance é.pdf", bytes, &object).ok());
    EXPECT_EQ(object.size(), 70'000);
    EXPECT_EQ(object.sha256(), digestOf(bytes));
    ASSERT_TRUE(put("b/empty", "", &object).ok());
    for (int i = 0; i < 5; ++i) {
        ASSERT_TRUE(put("a/" + std::to_string(i), "x", &object).ok());
    }
    EXPECT_EQ(reasonOf(put("c", bytes, &object, digestOf("other"))), Reason::Integrity);
    v1::ListDataObjectsRequest request;
    request.set_data_set("sites/lyon/dataSets/d-1");
    request.set_prefix("a/");
    request.set_page_size(2);
    std::string keys;
    do {
        grpc::ClientContext context;
        v1::ListDataObjectsResponse response;
        ASSERT_TRUE(alice->ListDataObjects(&context, request, &response).ok());
        for (const auto &listed : response.objects()) {
            keys += listed.key() + '|';
        }
        request.set_page_token(response.next_page_token());
    } while (!request.page_token().empty());
    EXPECT_EQ(keys, "a/0|a/1|a/2|a/3|a/4|a/ordonnance é.pdf|");
    grpc::ClientContext context;
    v1::GetDataObjectRequest get;
    get.set_data_set(request.data_set());
    get.set_key("a/ordonnance é.pdf");
    const auto reader = alice->GetDataObject(&context, get);
    v1::ContentChunk chunk;
    std::string out;
    while (reader->Read(&chunk)) {
        out += chunk.content();
    }
    EXPECT_TRUE(reader->Finish().ok());
    EXPECT_EQ(out, bytes);
}

TEST_F(DepotTest, takingDataAwayIsForOperatorsAndLeavesATrace)
{
    lodge.driver().put(Lodge::volume("v-1"));
    v1::ExportRequest request;
    request.set_name("sites/lyon/volumes/v-1");
    v1::ContentChunk chunk;
    grpc::ClientContext one, two;
    const auto vera = lodge.client("user/vera");
    const auto refused = vera->ExportVolume(&one, request);
    EXPECT_FALSE(refused->Read(&chunk));
    EXPECT_EQ(reasonOf(refused->Finish()), Reason::NotAuthorised);
    const auto taken = alice->ExportVolume(&two, request);
    while (taken->Read(&chunk)) { }
    EXPECT_TRUE(taken->Finish().ok());
    grpc::ClientContext three;
    v1::ListAuditEntriesResponse trail;
    ASSERT_TRUE(lodge.client("user/audrey")->ListAuditEntries(&three, {}, &trail).ok());
    ASSERT_EQ(trail.entries_size(), 2);
    EXPECT_EQ(trail.entries(0).outcome(), "refused");
    EXPECT_EQ(trail.entries(1).action(), "volume.export");
}

TEST_F(DepotTest, aReaderThatGoesAwayFreesItsPlace)
{
    lodge.driver().setContent(volume, {}, bytesOf(8 << 20));
    lodge.driver().put(Lodge::volume("v-1"));
    v1::ExportRequest request;
    request.set_name("sites/lyon/volumes/v-1");
    for (int i = 0; i < 100; ++i) {
        grpc::ClientContext context;
        const auto reader = alice->ExportVolume(&context, request);
        v1::ContentChunk chunk;
        bool begun = reader->Read(&chunk);
        context.TryCancel();
        const auto status = reader->Finish();
        ASSERT_TRUE(begun || reasonOf(status) == Reason::TooLarge) << i;
    }
    EXPECT_TRUE(becomes([&] {
        grpc::ClientContext context;
        v1::Identity identity;
        return alice->WhoAmI(&context, {}, &identity).ok();
    }));
}
