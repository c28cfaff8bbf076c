// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/twogateways.h"

#include <cstring>
#include <random>

namespace portulan::bench {

using test::GatewayProcess;

namespace {

void demand(const grpc::Status &status, const std::string &what)
{
    if (!status.ok()) {
        throw std::runtime_error(what + ": " + status.error_message());
    }
}

void makeProject(GatewayProcess &site)
{
    grpc::ClientContext context;
    GatewayProcess::prepare(context);
    v1::CreateProjectRequest request;
    request.mutable_header()->set_request_id(test::freshRequestId());
    request.mutable_project()->mutable_common()->set_name("sites/" + site.id() + "/projects/care");
    request.mutable_project()->mutable_common()->set_display_name("Care");
    v1::Operation operation;
    demand(site.alice().CreateProject(&context, request, &operation), "a project");
    (void)site.awaitEnd(operation.name());
}

}

TwoGateways::TwoGateways(const std::string &far, const std::string &more)
{
    for (auto *site : {&nice, &lyon}) {
        site->listensEverywhere();
        site->isConfigured(more);
    }
    nice.start();
    lyon.knows("nice", far + ':' + std::to_string(nice.port()));
    lyon.start();
    makeProject(lyon);
    makeProject(nice);
}

void TwoGateways::fill(const std::string &name, int count, std::size_t bytes)
{
    std::mt19937_64 random(7);
    std::string noise(bytes, '\0');
    for (int i = 0; i < count; ++i) {
        for (std::size_t at = 0; at + 8 <= bytes; at += 8) {
            const auto eight = random();
            std::memcpy(&noise[at], &eight, 8);
        }
        grpc::ClientContext context;
        GatewayProcess::prepare(context);
        v1::Operation operation;
        const auto writer = lyon.alice().ImportVolume(&context, &operation);
        auto part = test::importOf(name + std::to_string(i), "raw");
        part.mutable_open()->set_file_bytes(std::int64_t(bytes));
        bool sent = writer->Write(part);
        for (std::size_t at = 0; sent && at < bytes; at += 1 << 20) {
            part.set_content(noise.data() + at, std::min<std::size_t>(1 << 20, bytes - at));
            sent = writer->Write(part);
        }
        writer->WritesDone();
        demand(writer->Finish(), "an import");
        awaitDone(operation.name());
    }
}

std::string TwoGateways::migrate(const std::string &volume, std::int64_t bytesPerSecond)
{
    grpc::ClientContext context;
    GatewayProcess::prepare(context);
    v1::MigrateRequest request;
    request.mutable_header()->set_request_id(test::freshRequestId());
    request.set_name("sites/lyon/volumes/" + volume);
    request.set_to_site("nice");
    request.set_retention_seconds(0);
    request.set_bandwidth_bytes_per_second(bytesPerSecond);
    v1::Operation operation;
    demand(lyon.alice().Migrate(&context, request, &operation), "a migration");
    return operation.name();
}

void TwoGateways::awaitDone(const std::string &operation)
{
    if (const auto ended = lyon.awaitEnd(operation); ended.state() != "done") {
        throw std::runtime_error(operation + ' ' + ended.state() + ": " + ended.problem().reason() + ' ' + ended.problem().detail());
    }
}

}
