// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/journeys/machines.h"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>

namespace portulan::test {

template <typename Request, typename Method>
v1::Operation Machines::done(Method method, Request request)
{
    grpc::ClientContext context;
    GatewayProcess::prepare(context);
    request.mutable_header()->set_request_id(freshRequestId());
    v1::Operation operation;
    const auto status = (m_site.alice().*method)(&context, request, &operation);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return status.ok() ? m_site.awaitEnd(operation.name()) : operation;
}

void Machines::addProject()
{
    v1::CreateProjectRequest request;
    request.mutable_project()->mutable_common()->set_name("sites/" + m_site.id() + "/projects/default");
    request.mutable_project()->mutable_common()->set_display_name("default");
    EXPECT_EQ(done(&v1::Gateway::Stub::CreateProject, request).state(), "done");
}

v1::Operation Machines::create(const std::string &id, const std::string &image, std::int64_t ram)
{
    v1::CreateInstanceRequest request;
    request.set_instance_id(id);
    request.set_display_name("Machine " + id);
    request.set_project("default");
    request.set_vcpus(1);
    request.set_ram_bytes(ram);
    request.set_classification("open");
    if (image.empty()) {
        request.set_disk_bytes(1 << 20);
    } else {
        request.set_image(image);
        request.set_start(true);
    }
    return done(&v1::Gateway::Stub::CreateInstance, request);
}

v1::Operation Machines::import(const std::string &id, const std::string &format, const std::string &path)
{
    grpc::ClientContext context;
    v1::Operation operation;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::minutes(3));
    const auto writer = m_site.alice().ImportImage(&context, &operation);
    auto part = importOf(id, format);
    part.mutable_open()->set_project("default");
    writer->Write(part);
    std::ifstream file(path, std::ios::binary);
    for (std::string piece(1 << 20, '\0'); file.read(piece.data(), std::streamsize(piece.size())) || file.gcount() > 0;) {
        part.set_content(piece.data(), std::size_t(file.gcount()));
        writer->Write(part);
    }
    writer->WritesDone();
    const auto status = writer->Finish();
    EXPECT_TRUE(status.ok()) << status.error_message();
    return status.ok() ? m_site.awaitEnd(operation.name()) : operation;
}

v1::Operation Machines::start(const std::string &id)
{
    v1::ObjectRequest request;
    request.set_name(name(id));
    return done(&v1::Gateway::Stub::StartInstance, request);
}

v1::Operation Machines::move(const std::string &id, GatewayProcess &to, const std::string &mode)
{
    v1::MigrateRequest request;
    request.set_name(name(id));
    request.set_to_site(to.id());
    request.set_mode(mode);
    request.set_retention_seconds(3600);
    request.set_start(true);
    return done(&v1::Gateway::Stub::Migrate, request);
}

bool Machines::isUp(const std::string &id)
{
    grpc::ClientContext context;
    GatewayProcess::prepare(context);
    v1::GetConsoleOutputRequest request;
    request.set_name(name(id));
    v1::ConsoleOutput output;
    return m_site.alice().GetConsoleOutput(&context, request, &output).ok() && output.content().find("is up") != std::string::npos;
}

v1::ListResponse Machines::list()
{
    grpc::ClientContext context;
    GatewayProcess::prepare(context);
    v1::ListRequest request;
    v1::ListResponse response;
    EXPECT_TRUE(m_site.alice().ListInstances(&context, request, &response).ok());
    return response;
}

std::vector<std::string> Machines::names()
{
    std::vector<std::string> found;
    const auto all = list();
    for (const auto &item : all.items()) {
        found.push_back(item.instance().common().display_name());
    }
    std::ranges::sort(found);
    return found;
}

std::string Machines::owned(const std::string &called)
{
    const auto all = list();
    for (const auto &item : all.items()) {
        if (const auto &it = item.instance(); it.custody() == "owner" && it.common().display_name() == called) {
            const auto &name = it.common().name();
            return name.substr(name.rfind('/') + 1);
        }
    }
    return {};
}

std::string Machines::state(const std::string &id)
{
    const auto found = m_site.find(name(id));
    return found ? found->instance().state() : std::string();
}

}
