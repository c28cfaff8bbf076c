// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/credentials.h"
#include "gateway.grpc.pb.h"
#include "proto/wire.h"
#include "site/runtime.h"
#include "tests/fakes/fakedriver.h"
#include "tests/site/scratch.h"

#include <grpcpp/grpcpp.h>

namespace portulan::test {

/// A gateway over real mutual TLS on 127.0.0.1 with a cloud in memory, and clients for it. Projects p1, p2; alice operates p1, vera views p1, ada
/// administers all, audrey audits, otto views p2.
class Lodge {
public:
    Lodge();
    ~Lodge();
    using Stub = v1::Gateway::Stub;

    /// A client with the certificate of a user (or, as "site/x", of a site).
    std::unique_ptr<Stub> client(const std::string &who = "user/alice");
    std::shared_ptr<grpc::Channel> channel(const std::string &who);
    /// …with papers of another federation, or none of its own.
    std::shared_ptr<grpc::Channel> strangersChannel();
    std::shared_ptr<grpc::Channel> expiredChannel(); ///< with alice's certificate of yesterday
    std::shared_ptr<grpc::Channel> namelessChannel(); ///< with no certificate
    void restart(); ///< as after kill and start: same directory
    void stop();

    FakeDriver &driver() { return *m_driver; }
    Scratch &scratch() { return m_scratch; }
    const std::string &endpoint() const { return m_runtime->endpoint(); }
    std::string logged() const;

    static std::string uuid();
    static void fill(v1::OrderHeader *header) { header->set_request_id(uuid()); }
    /// Waits for an operation's end, by watching.
    Operation ended(Stub &stub, const v1::Operation &operation);
    static Instance instance(const std::string &id, const std::string &project = "p1", Classification classification = Classification::Open);
    static Volume volume(const std::string &id, const std::string &project = "p1", Classification classification = Classification::Open);

private:
    void start();
    std::shared_ptr<grpc::Channel> dial(const KeyAndCertificate &own);
    Scratch m_scratch;
    KeyAndCertificate m_authority;
    FakeDriver *m_driver = nullptr;
    std::vector<Thing> m_left;
    std::shared_ptr<std::pair<std::mutex, std::string>> m_log = std::make_shared<std::pair<std::mutex, std::string>>();
    std::unique_ptr<site::Runtime> m_runtime;
};

/// For a volume of one mebibyte, under a request id of its own.
v1::CreateVolumeRequest volumeRequest(const std::string &id = "v-1", const std::string &project = "p1");
grpc::Status create(Lodge::Stub &stub, const v1::CreateVolumeRequest &request, v1::Operation *operation = nullptr);

/// The reason of a failed call.
inline Reason reasonOf(const grpc::Status &status)
{
    return wire::problemFrom(status).reason;
}

}
