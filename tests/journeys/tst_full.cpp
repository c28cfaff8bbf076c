// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Real gateways, one of which runs out of disk: on a file system of 24 MiB, or, where a test may not mount one, with files of at most 12.
#include "proto/wire.h"
#include "tests/journeys/gatewayprocess.h"
#include "tests/site/scratch.h"

#include <csignal>
#include <cstring>
#include <gtest/gtest.h>
#include <random>
#include <sys/mount.h>
#include <sys/resource.h>

using namespace portulan;
using namespace portulan::test;

namespace {

constexpr std::size_t MiB = 1 << 20;
constexpr std::size_t diskBytes = 48 * MiB;

/// A directory that will not hold much.
class SmallPlace {
public:
    explicit SmallPlace(std::string path)
        : m_path(std::move(path))
    {
        std::filesystem::create_directories(m_path);
        m_mounted = ::mount("none", m_path.c_str(), "tmpfs", 0, "size=24m") == 0;
    }
    ~SmallPlace()
    {
        if (m_mounted) {
            ::umount2(m_path.c_str(), MNT_DETACH);
        }
    }
    SmallPlace(const SmallPlace &) = delete;
    SmallPlace &operator=(const SmallPlace &) = delete;
    const std::string &path() const { return m_path; }
    /// Starts a gateway in it, under the limit if that is what makes it small.
    void start(GatewayProcess &site) const
    {
        rlimit before {};
        ::getrlimit(RLIMIT_FSIZE, &before);
        if (!m_mounted) {
            std::signal(SIGXFSZ, SIG_IGN); // handed on to the gateway
            const rlimit small {12 * MiB, before.rlim_max};
            ::setrlimit(RLIMIT_FSIZE, &small);
        }
        site.start();
        ::setrlimit(RLIMIT_FSIZE, &before);
    }

private:
    std::string m_path;
    bool m_mounted = false;
};

class Full : public testing::Test {
protected:
    Full()
    {
        small.start(nice);
        lyon.knows("nice", nice.endpoint());
        lyon.start();
        for (auto *site : {&lyon, &nice}) {
            grpc::ClientContext context;
            GatewayProcess::prepare(context);
            v1::CreateProjectRequest request;
            request.mutable_header()->set_request_id(freshRequestId());
            request.mutable_project()->mutable_common()->set_name("sites/" + site->id() + "/projects/care");
            request.mutable_project()->mutable_common()->set_display_name("Care");
            v1::Operation operation;
            EXPECT_TRUE(site->alice().CreateProject(&context, request, &operation).ok());
            EXPECT_EQ(site->awaitEnd(operation.name()).state(), "done");
        }
        std::mt19937_64 random(7);
        for (std::size_t i = 0; i < noise.size(); i += 8) {
            const auto eight = random();
            std::memcpy(&noise[i], &eight, 8);
        }
    }
    grpc::Status import(GatewayProcess &site, v1::Operation &operation, bool announced = true)
    {
        grpc::ClientContext context;
        GatewayProcess::prepare(context);
        const auto writer = site.alice().ImportVolume(&context, &operation);
        auto part = importOf("disk", "raw");
        if (announced) {
            part.mutable_open()->set_file_bytes(std::int64_t(noise.size()));
        }
        bool sent = writer->Write(part);
        for (std::size_t at = 0; sent && at < noise.size(); at += MiB) {
            part.set_content(noise.data() + at, MiB);
            sent = writer->Write(part);
        }
        writer->WritesDone();
        return writer->Finish();
    }
    std::string custody(GatewayProcess &site)
    {
        const auto shown = site.find("sites/" + site.id() + "/volumes/disk");
        return shown ? shown->volume().custody() : std::string();
    }
    /// It takes a volume again, as soon as what failed has given its room back.
    void expectWorking(GatewayProcess &site)
    {
        await(
            [&] {
                grpc::ClientContext context;
                GatewayProcess::prepare(context);
                v1::CreateVolumeRequest request;
                request.mutable_header()->set_request_id(freshRequestId());
                request.set_display_name("small");
                request.set_project("care");
                request.set_size_bytes(MiB);
                request.set_classification("open");
                v1::Operation operation;
                return site.alice().CreateVolume(&context, request, &operation).ok() && site.awaitEnd(operation.name()).state() == "done";
            },
            std::chrono::seconds(60));
    }

    Scratch scratch;
    PaperFiles papers {scratch.path("papers")};
    SmallPlace small {scratch.path("nice")};
    GatewayProcess lyon {papers, scratch.path("lyon"), "lyon"};
    GatewayProcess nice {papers, scratch.path("nice"), "nice"};
    std::string noise = std::string(diskBytes, '\0');
};

TEST_F(Full, anImportThatFillsTheDiskIsRefusedAndLeavesNothing)
{
    v1::Operation operation;
    EXPECT_EQ(wire::problemFrom(import(nice, operation)).reason, Reason::NoCapacity) << "a size that is known is too much before it begins";
    const auto status = import(nice, operation, false);
    EXPECT_EQ(wire::problemFrom(status).reason, Reason::DiskFull) << status.error_message();
    EXPECT_FALSE(nice.find("sites/nice/volumes/disk"));
    expectWorking(nice);
    EXPECT_EQ(nice.terminate(), 0);
    small.start(nice);
    EXPECT_FALSE(nice.find("sites/nice/volumes/disk"));
}

TEST_F(Full, aMigrationThatFillsTheDiskThereLeavesTheSourceItsOwner)
{
    v1::Operation imported;
    ASSERT_TRUE(import(lyon, imported).ok());
    ASSERT_EQ(lyon.awaitEnd(imported.name()).state(), "done");
    v1::MigrateRequest request;
    request.mutable_header()->set_request_id(freshRequestId());
    request.set_name("sites/lyon/volumes/disk");
    request.set_to_site("nice");
    request.set_retention_seconds(3600);
    grpc::ClientContext context;
    GatewayProcess::prepare(context);
    v1::Operation operation;
    const auto status = lyon.alice().Migrate(&context, request, &operation);
    ASSERT_TRUE(status.ok()) << status.error_message();
    const auto ended = lyon.awaitEnd(operation.name());
    EXPECT_EQ(ended.state(), "failed");
    const auto reason = reasonFrom(ended.problem().reason());
    EXPECT_TRUE(reason == Reason::DiskFull || reason == Reason::NoCapacity) << ended.problem().reason() << ' ' << ended.problem().detail();
    EXPECT_EQ(custody(lyon), "owner");
    await([this] { return custody(nice).empty(); }, std::chrono::seconds(60));
    expectWorking(nice);
    expectWorking(lyon);
}

}
