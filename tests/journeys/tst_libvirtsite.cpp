// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// A real gateway before a real libvirtd, asked as any client would.
#include "tests/journeys/gatewayprocess.h"
#include "tests/site/libvirtrig.h"
#include "tests/site/scratch.h"

using namespace portulan;
using namespace portulan::test;
using namespace std::chrono_literals;

namespace {

struct LibvirtSite : testing::Test {
    tests::LibvirtRig daemon;
    Scratch scratch;
    PaperFiles papers {scratch.path("papers")};
    GatewayProcess brest {papers, scratch.path("brest"), "brest"};

    LibvirtSite()
    {
        brest.drives(
            "name = \"libvirt\"\n[libvirt]\nuris = [\"" + daemon.uri() + "\"]\nconsole_directory = \"" + daemon.dir.path("lv/data") + "\"\n");
        daemon.addImage("nano");
        daemon.define("old");
    }
    v1::Operation create(const std::string &id, std::int64_t ram = 8 << 20)
    {
        grpc::ClientContext context;
        GatewayProcess::prepare(context);
        v1::CreateInstanceRequest request;
        request.mutable_header()->set_request_id(freshRequestId());
        request.set_instance_id(id);
        request.set_display_name("Machine " + id);
        request.set_project("default");
        request.set_vcpus(1);
        request.set_ram_bytes(ram);
        request.set_image("nano");
        request.set_classification("open");
        request.set_start(true);
        v1::Operation operation;
        const auto status = brest.alice().CreateInstance(&context, request, &operation);
        EXPECT_TRUE(status.ok()) << status.error_message();
        return status.ok() ? brest.awaitEnd(operation.name()) : operation;
    }
    void addProject(GatewayProcess &site)
    {
        grpc::ClientContext context;
        GatewayProcess::prepare(context);
        v1::CreateProjectRequest request;
        request.mutable_header()->set_request_id(freshRequestId());
        request.mutable_project()->mutable_common()->set_name("sites/" + site.id() + "/projects/default");
        request.mutable_project()->mutable_common()->set_display_name("default");
        v1::Operation operation;
        EXPECT_TRUE(site.alice().CreateProject(&context, request, &operation).ok());
        EXPECT_EQ(site.awaitEnd(operation.name()).state(), "done");
    }
    v1::Operation move(GatewayProcess &from, GatewayProcess &to, const std::string &id)
    {
        grpc::ClientContext context;
        GatewayProcess::prepare(context);
        v1::MigrateRequest request;
        request.mutable_header()->set_request_id(freshRequestId());
        request.set_name("sites/" + from.id() + "/instances/" + id);
        request.set_to_site(to.id());
        request.set_mode("cold");
        request.set_retention_seconds(3600);
        request.set_start(true);
        v1::Operation operation;
        const auto status = from.alice().Migrate(&context, request, &operation);
        EXPECT_TRUE(status.ok()) << status.error_message();
        return status.ok() ? from.awaitEnd(operation.name()) : operation;
    }
    bool isUp(GatewayProcess &site, const std::string &id)
    {
        grpc::ClientContext context;
        GatewayProcess::prepare(context);
        v1::GetConsoleOutputRequest request;
        request.set_name("sites/" + site.id() + "/instances/" + id);
        v1::ConsoleOutput output;
        return site.alice().GetConsoleOutput(&context, request, &output).ok() && output.content().find("is up") != std::string::npos;
    }
    /// The machine of this name that is the site's own and not just kept.
    std::string owned(GatewayProcess &site, const std::string &called)
    {
        grpc::ClientContext context;
        GatewayProcess::prepare(context);
        v1::ListRequest request;
        v1::ListResponse response;
        EXPECT_TRUE(site.alice().ListInstances(&context, request, &response).ok());
        for (const auto &item : response.items()) {
            if (const auto &it = item.instance(); it.custody() == "owner" && it.common().display_name() == called) {
                const auto &name = it.common().name();
                return name.substr(name.rfind('/') + 1);
            }
        }
        return {};
    }
    std::vector<std::string> names()
    {
        grpc::ClientContext context;
        GatewayProcess::prepare(context);
        v1::ListRequest request;
        v1::ListResponse response;
        EXPECT_TRUE(brest.alice().ListInstances(&context, request, &response).ok());
        std::vector<std::string> found;
        for (const auto &item : response.items()) {
            found.push_back(item.instance().common().display_name());
        }
        std::ranges::sort(found);
        return found;
    }
};

}

TEST_F(LibvirtSite, machinesAreListedMadeAndSurviveTheGateway)
{
    brest.start();
    EXPECT_EQ(names(), (std::vector<std::string> {"old"}));
    const auto made = create("web-1");
    EXPECT_EQ(made.state(), "done") << made.DebugString();
    EXPECT_EQ(names(), (std::vector<std::string> {"Machine web-1", "old"}));
    EXPECT_TRUE(daemon.isRunning("web-1"));
    brest.kill();
    EXPECT_TRUE(daemon.isRunning("web-1")) << "machines are the cloud's";
    brest.start();
    const auto again = brest.find("sites/brest/instances/web-1");
    ASSERT_TRUE(again);
    EXPECT_EQ(again->instance().state(), "running");
    EXPECT_EQ(again->instance().common().display_name(), "Machine web-1");
}

TEST_F(LibvirtSite, aGatewayWhoseCloudIsAwayStartsAndSaysSo)
{
    brest.start();
    EXPECT_EQ(brest.terminate(), 0);
    daemon.kill();
    brest.start();
    EXPECT_EQ(names(), (std::vector<std::string> {"old"})) << "as it was last seen";
    const auto failed = create("web-1");
    EXPECT_EQ(failed.state(), "failed") << failed.DebugString();
    EXPECT_EQ(failed.problem().reason(), "UNREACHABLE") << failed.DebugString();
    daemon.revive();
    const auto made = create("web-2");
    EXPECT_EQ(made.state(), "done") << made.DebugString();
}

/// Out of libvirt, and back into it: the disk is fetched from its pool, and delivered to it.
TEST_F(LibvirtSite, aMachineLeavesForAnotherStackAndComesBack)
{
    GatewayProcess lille {papers, scratch.path("lille"), "lille"};
    lille.runsMachines();
    lille.start();
    addProject(lille);
    brest.knows("lille", lille.endpoint());
    brest.start();
    ASSERT_EQ(create("web-1").state(), "done");
    const auto gone = move(brest, lille, "web-1");
    ASSERT_EQ(gone.state(), "done") << gone.DebugString();
    ASSERT_EQ(gone.digests_size(), 1);
    await([&] { return isUp(lille, "web-1"); }, 60s);
    lille.terminate();
    lille.knows("brest", brest.endpoint());
    lille.start();
    EXPECT_FALSE(daemon.isRunning("web-1")) << "what is kept here does not run";
    const auto back = move(lille, brest, "web-1");
    ASSERT_EQ(back.state(), "done") << back.DebugString();
    const auto id = owned(brest, "Machine web-1");
    EXPECT_NE(id, "web-1") << "the kept copy has that id";
    await([&] { return isUp(brest, id); }, 60s);
}
