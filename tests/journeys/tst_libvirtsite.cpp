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
