// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "gateway.grpc.pb.h"
#include "tests/fakes/paperfiles.h"

#include <functional>
#include <grpcpp/grpcpp.h>
#include <optional>

namespace portulan::test {

/// A real portulan-site in a process of its own, which a test may kill and start again in the same place and on the same port.
class GatewayProcess {
public:
    /// `papers` vouch for it and for user/alice, its administrator.
    GatewayProcess(PaperFiles &papers, std::string directory, std::string id);
    ~GatewayProcess(); ///< and its machines end

    void runsMachines() { m_qemu = "auto"; } ///< before start(); they outlive its process
    void drives(const std::string &driver) { m_driver = driver; } ///< before start(): the section [driver], for others than the embedded one
    void testsFor(int seconds) { m_testSeconds = seconds; } ///< before start(): how long a test boot at a destination takes
    void knows(const std::string &site, const std::string &endpoint); ///< before start()
    void isConfigured(const std::string &more) { m_more = more; } ///< before start(): further sections
    void listensEverywhere() { m_host = "0.0.0.0"; } ///< before start(): not on this machine only
    int port() const { return m_port; }
    void start(); ///< returns when it answers; throws after a minute
    void kill(); ///< SIGKILL: nothing is tidied up
    void killMachines() const; ///< of the embedded driver
    int terminate(); ///< SIGTERM: its exit code
    std::string endpoint() const { return "127.0.0.1:" + std::to_string(m_port); }
    const std::string &id() const { return m_id; }

    /// As alice, with a deadline of a minute.
    v1::Gateway::Stub &alice() { return *m_stub; }
    static void prepare(grpc::ClientContext &context);
    /// An object as this site shows it; none if it says so or is not there to ask.
    std::optional<v1::Change> find(const std::string &resourceName);
    /// Waits for an operation to end; throws after two minutes.
    v1::Operation awaitEnd(const std::string &operation);

private:
    void writeFiles() const;
    std::string m_directory;
    std::string m_id;
    site::Credentials m_own;
    site::Credentials m_alice;
    std::vector<std::pair<std::string, std::string>> m_peers;
    std::string m_qemu = "none";
    std::string m_driver;
    std::string m_more;
    std::string m_host = "127.0.0.1";
    int m_testSeconds = 60;
    int m_port = 0;
    int m_pid = -1;
    std::unique_ptr<v1::Gateway::Stub> m_stub;
};

/// A UUID nobody used before in this test.
std::string freshRequestId();
/// The first message of an import into the project "care", of open data.
v1::ImportRequest importOf(const std::string &id, const std::string &format);
/// Looks again and again until it is so; throws when the time is up.
void await(const std::function<bool()> &condition, std::chrono::seconds limit);

}
