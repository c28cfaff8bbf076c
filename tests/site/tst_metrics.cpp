// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/metrics.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace portulan;
using namespace portulan::site;

namespace {

std::string ask(int port, const std::string &request)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    std::string reply;
    if (::connect(socket, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0
        && ::send(socket, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size())) {
        char portion[4096];
        for (ssize_t got = 0; (got = ::recv(socket, portion, sizeof portion, 0)) > 0;) {
            reply.append(portion, static_cast<std::size_t>(got));
        }
    }
    ::close(socket);
    return reply;
}

}

TEST(Metrics, figuresAreThoseOfTheSite)
{
    Broadcast broadcast("e");
    Site site;
    site.id = "lyon";
    site.version = "1";
    site.capacity.declared = {64, 100, 200};
    site.capacity.used = {8, 10, 20};
    broadcast.announce(site);
    for (const auto state : {PowerState::Running, PowerState::Running, PowerState::Failed}) {
        Instance instance;
        instance.id = {"lyon", ObjectKind::Instance, "i-" + std::to_string(broadcast.revision())};
        instance.state = state;
        broadcast.announce(instance);
    }
    const auto metrics = Metrics::listen("127.0.0.1:0", broadcast);
    ASSERT_TRUE(metrics);
    const auto reply = ask((*metrics)->port(), "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_TRUE(reply.starts_with("HTTP/1.1 200 OK\r\n"));
    for (const auto *line : {"portulan_info{site=\"lyon\",version=\"1\"} 1\n", "portulan_capacity_used{resource=\"vcpus\"} 8\n",
             "portulan_capacity_total{resource=\"storage_bytes\"} 200\n", "portulan_instances{state=\"running\"} 2\n",
             "portulan_instances{state=\"failed\"} 1\n", "portulan_objects{kind=\"volume\"} 0\n", "portulan_revision 4\n"}) {
        EXPECT_NE(reply.find(line), std::string::npos) << line;
    }
}

TEST(Metrics, otherQuestionsAndNonsenseDoNoHarm)
{
    Broadcast broadcast("e");
    const auto metrics = Metrics::listen("127.0.0.1:0", broadcast);
    ASSERT_TRUE(metrics);
    EXPECT_TRUE(ask((*metrics)->port(), "GET /secrets HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 404"));
    EXPECT_TRUE(ask((*metrics)->port(), std::string(8192, 'x')).size() < 1000);
    EXPECT_TRUE(ask((*metrics)->port(), "GET /metrics HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 200"));
}

TEST(Metrics, theyStayOnThisMachine)
{
    Broadcast broadcast("e");
    for (const auto *address : {"0.0.0.0:0", "192.0.2.1:9601", "localhost:9601", "127.0.0.1", "127.0.0.1:99999", ""}) {
        const auto metrics = Metrics::listen(address, broadcast);
        ASSERT_FALSE(metrics) << address;
        EXPECT_EQ(metrics.error().fact("field"), "metrics.listen");
    }
}
