// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/manifest.h"
#include "site/drivers/disk/qcow2writer.h"
#include "tests/journeys/gatewayprocess.h"
#include "tests/site/scratch.h"

#include <cstring>
#include <gtest/gtest.h>
#include <random>

using namespace portulan;
using namespace portulan::test;

namespace {

constexpr std::uint64_t MiB = 1 << 20;
constexpr std::uint64_t diskBytes = 1024 * MiB;

/// A gibibyte of which every fourth mebibyte holds noise, made anew whenever it is needed.
std::vector<std::byte> mebibyte(std::uint64_t chunk)
{
    std::vector<std::byte> bytes(MiB);
    if (chunk % 4 == 1) {
        std::mt19937_64 random(chunk);
        for (std::size_t i = 0; i < bytes.size(); i += 8) {
            const auto noise = random();
            std::memcpy(&bytes[i], &noise, 8);
        }
    }
    return bytes;
}

Digest expectedRoot()
{
    Manifest manifest(diskBytes);
    for (std::size_t chunk = 0; chunk < manifest.chunks(); ++chunk) {
        if (const auto bytes = mebibyte(chunk); chunk % 4 == 1) {
            manifest.set(chunk, Manifest::digestOf(bytes));
        }
    }
    return manifest.root();
}

class Kill : public testing::Test {
protected:
    Kill()
    {
        nice.start();
        lyon.knows("nice", nice.endpoint());
        lyon.start();
    }
    void project(GatewayProcess &site)
    {
        grpc::ClientContext context;
        GatewayProcess::prepare(context);
        v1::CreateProjectRequest request;
        request.mutable_header()->set_request_id(freshRequestId());
        request.mutable_project()->mutable_common()->set_name("sites/" + site.id() + "/projects/care");
        request.mutable_project()->mutable_common()->set_display_name("Care");
        v1::Operation operation;
        const auto status = site.alice().CreateProject(&context, request, &operation);
        ASSERT_TRUE(status.ok()) << status.error_message();
        ASSERT_EQ(site.awaitEnd(operation.name()).state(), "done");
    }
    /// The disk as an image file, as somebody would bring it.
    std::string image()
    {
        const auto path = scratch.path("disk.qcow2");
        EXPECT_TRUE(site::Qcow2Writer::create(path, diskBytes));
        const auto writer = site::Qcow2Writer::open(path).value();
        for (std::uint64_t chunk = 1; chunk < diskBytes / MiB; chunk += 4) {
            EXPECT_TRUE(writer->write(chunk * MiB, mebibyte(chunk)));
        }
        EXPECT_TRUE(writer->flush());
        return path;
    }
    void importDisk()
    {
        const auto path = image();
        std::ifstream file(path, std::ios::binary);
        grpc::ClientContext context;
        v1::Operation operation;
        const auto writer = lyon.alice().ImportVolume(&context, &operation);
        auto part = importOf("disk", "qcow2");
        part.mutable_open()->set_file_bytes(std::int64_t(std::filesystem::file_size(path)));
        bool sent = writer->Write(part);
        for (std::string piece(MiB, '\0'); sent && file; sent = writer->Write(part)) {
            file.read(piece.data(), std::streamsize(piece.size()));
            if (file.gcount() == 0) {
                break;
            }
            part.set_content(piece.data(), std::size_t(file.gcount()));
        }
        writer->WritesDone();
        const auto status = writer->Finish();
        ASSERT_TRUE(status.ok()) << status.error_message();
        ASSERT_EQ(lyon.awaitEnd(operation.name()).state(), "done");
    }
    std::string migrate()
    {
        grpc::ClientContext context;
        GatewayProcess::prepare(context);
        v1::MigrateRequest request;
        request.mutable_header()->set_request_id(freshRequestId());
        request.set_name("sites/lyon/volumes/disk");
        request.set_to_site("nice");
        request.set_bandwidth_bytes_per_second(32 << 20);
        request.set_retention_seconds(3600);
        v1::Operation operation;
        const auto status = lyon.alice().Migrate(&context, request, &operation);
        EXPECT_TRUE(status.ok()) << status.error_message();
        return operation.name();
    }
    /// Bytes copied, as the source shows them; -1 while it is not there. Looks at the owners on the way.
    std::int64_t copied(const std::string &operation)
    {
        lookForTwoOwners();
        const auto shown = lyon.find(operation);
        return shown && shown->operation().phase() == "copying" ? shown->operation().bytes_done() : -1;
    }
    std::string custody(GatewayProcess &site)
    {
        const auto shown = site.find("sites/" + site.id() + "/volumes/disk");
        return shown ? shown->volume().custody() : std::string();
    }
    /// The destination first: it never gives up owning, so that a hand-over in between cannot look like two.
    void lookForTwoOwners()
    {
        const auto there = custody(nice), here = custody(lyon);
        ASSERT_FALSE(there == "owner" && (here == "owner" || here == "leaving"));
    }
    Digest exported(GatewayProcess &site)
    {
        grpc::ClientContext context;
        v1::ExportRequest request;
        request.set_name("sites/" + site.id() + "/volumes/disk");
        request.set_format("raw");
        const auto reader = site.alice().ExportVolume(&context, request);
        Manifest manifest(diskBytes);
        std::string bytes;
        std::size_t chunk = 0;
        for (v1::ContentChunk part; reader->Read(&part);) {
            bytes += part.content();
            for (; bytes.size() >= MiB && chunk < manifest.chunks(); bytes.erase(0, MiB)) {
                manifest.set(chunk++, Manifest::digestOf(std::as_bytes(std::span(bytes)).first(MiB)));
            }
        }
        const auto status = reader->Finish();
        EXPECT_TRUE(status.ok()) << status.error_message();
        EXPECT_EQ(chunk, manifest.chunks());
        return manifest.root();
    }

    Scratch scratch;
    PaperFiles papers {scratch.path("papers")};
    GatewayProcess lyon {papers, scratch.path("lyon"), "lyon"};
    GatewayProcess nice {papers, scratch.path("nice"), "nice"};
};

TEST_F(Kill, aMigrationOutlivesBothGateways)
{
    project(lyon);
    project(nice);
    importDisk();
    const auto operation = migrate();
    await([&] { return copied(operation) > std::int64_t(60 * MiB); }, std::chrono::seconds(60));
    lyon.kill();
    EXPECT_NE(custody(nice), "owner");
    lyon.start();
    await([&] { return copied(operation) > std::int64_t(120 * MiB); }, std::chrono::seconds(60));
    nice.kill();
    EXPECT_EQ(custody(lyon), "leaving");
    nice.start();
    const auto done = lyon.awaitEnd(operation);
    ASSERT_EQ(done.state(), "done") << done.problem().reason() << ' ' << done.problem().detail();
    EXPECT_EQ(custody(nice), "owner");
    EXPECT_EQ(custody(lyon), "retained");
    const auto expected = expectedRoot();
    ASSERT_EQ(done.digests_size(), 1);
    EXPECT_EQ(done.digests(0), "disk " + toHex(expected));
    EXPECT_EQ(toHex(exported(nice)), toHex(expected)) << "what is on the disk there";
    EXPECT_EQ(lyon.terminate(), 0);
    EXPECT_EQ(nice.terminate(), 0);
}

}
