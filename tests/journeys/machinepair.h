// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/manifest.h"
#include "site/drivers/disk/blocks.h"
#include "tests/journeys/gatewayprocess.h"
#include "tests/site/scratch.h"

#include <cstdio>
#include <fstream>
#include <gtest/gtest.h>

namespace portulan::test {

/// Two gateways with QEMU and a machine at the first; `guest`: its disk.
class MachinePair : public testing::Test {
protected:
    MachinePair(const std::string &name, const std::string &guest)
        : machine(name)
    {
        for (auto *site : {&nice, &lyon}) {
            site->runsMachines();
            site->testsFor(12); // on a machine that others use, an emulated one may need as long to print
        }
        nice.start();
        lyon.knows("nice", nice.endpoint());
        lyon.start();
        for (auto *site : {&nice, &lyon}) {
            v1::CreateProjectRequest project;
            project.mutable_project()->mutable_common()->set_name("sites/" + site->id() + "/projects/care");
            project.mutable_project()->mutable_common()->set_display_name("Care");
            done(*site, &v1::Gateway::Stub::CreateProject, project);
        }
        importGuest(guest);
        v1::CreateInstanceRequest instance;
        instance.set_instance_id(machine);
        instance.set_display_name(machine);
        instance.set_project("care");
        instance.set_image("guest");
        instance.set_ram_bytes(8 << 20);
        instance.set_vcpus(1);
        instance.set_classification("open");
        instance.set_start(true);
        done(lyon, &v1::Gateway::Stub::CreateInstance, instance);
        await([this] { return says(lyon, "is up"); }, std::chrono::seconds(60));
    }
    template <typename Request, typename Method>
    v1::Operation done(GatewayProcess &site, Method method, Request request)
    {
        grpc::ClientContext context;
        GatewayProcess::prepare(context);
        request.mutable_header()->set_request_id(freshRequestId());
        v1::Operation operation;
        const auto status = (site.alice().*method)(&context, request, &operation);
        EXPECT_TRUE(status.ok()) << status.error_message();
        operation = status.ok() ? site.awaitEnd(operation.name()) : operation;
        EXPECT_EQ(operation.state(), "done") << operation.problem().reason() << ' ' << operation.problem().detail();
        return operation;
    }
    void importGuest(const std::string &guest)
    {
        grpc::ClientContext context;
        v1::Operation operation;
        const auto writer = lyon.alice().ImportImage(&context, &operation);
        auto part = importOf("guest", "raw");
        writer->Write(part);
        std::ifstream file(guest, std::ios::binary);
        for (std::string piece(1 << 20, '\0'); file.read(piece.data(), std::streamsize(piece.size())) || file.gcount() > 0;) {
            part.set_content(piece.data(), std::size_t(file.gcount()));
            writer->Write(part);
        }
        writer->WritesDone();
        const auto status = writer->Finish();
        ASSERT_TRUE(status.ok()) << status.error_message();
        ASSERT_EQ(lyon.awaitEnd(operation.name()).state(), "done");
    }
    bool says(GatewayProcess &site, const std::string &what) { return console(site).find(what) != std::string::npos; }
    std::string console(GatewayProcess &site)
    {
        grpc::ClientContext context;
        GatewayProcess::prepare(context);
        v1::GetConsoleOutputRequest request;
        request.set_name("sites/" + site.id() + "/instances/" + machine);
        v1::ConsoleOutput output;
        return site.alice().GetConsoleOutput(&context, request, &output).ok() ? output.content() : std::string();
    }
    v1::MigrateRequest order(const std::string &mode, bool start = true) const
    {
        v1::MigrateRequest request;
        request.set_name("sites/lyon/instances/" + machine);
        request.set_to_site("nice");
        request.set_mode(mode);
        request.set_retention_seconds(3600);
        request.set_start(start);
        return request;
    }
    v1::Operation move(const v1::MigrateRequest &request) { return done(lyon, &v1::Gateway::Stub::Migrate, request); }
    /// Of the one disk of a site, read from its file in full.
    std::string rootOf(const std::string &site)
    {
        for (const auto &entry : std::filesystem::recursive_directory_iterator(scratch.path(site))) {
            if (entry.path().parent_path().filename() != "volumes" || entry.path().extension() != ".qcow2") {
                continue;
            }
            const auto reader = site::openQcow2(entry.path(), {scratch.path(site), 8}).value();
            Manifest manifest(reader->sizeBytes());
            for (std::size_t chunk = 0; chunk < manifest.chunks(); ++chunk) {
                std::vector<std::byte> bytes(manifest.sizeOf(chunk));
                EXPECT_TRUE(reader->read(chunk * Manifest::chunkBytes, bytes));
                manifest.set(chunk, Manifest::digestOf(bytes));
            }
            return toHex(manifest.root());
        }
        return "no disk";
    }

    const std::string machine;
    Scratch scratch;
    PaperFiles papers {scratch.path("papers")};
    GatewayProcess lyon {papers, scratch.path("lyon"), "lyon"};
    GatewayProcess nice {papers, scratch.path("nice"), "nice"};
};

}
