// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/link/channel.h"

#include "proto/wire.h"

#include <QLoggingCategory>

#include <grpc/support/log.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <algorithm>

namespace portulan {

namespace {

bool isPort(std::string_view text)
{
    return !text.empty() && text.size() <= 5 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// The endpoint as gRPC's resolvers are addressed. Numeric addresses never meet DNS.
Result<std::string> target(const std::string &endpoint)
{
    const auto colon = endpoint.rfind(':');
    const std::string host = endpoint.substr(0, colon == std::string::npos ? 0 : colon);
    const auto isPlain = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.'; };
    const bool numeric6
        = host.size() > 2 && host.front() == '[' && host.back() == ']' && host.find_first_not_of("0123456789abcdefABCDEF:.", 1) == host.size() - 1;
    if (host.empty() || !isPort(std::string_view(endpoint).substr(colon + 1)) || (!numeric6 && !std::ranges::all_of(host, isPlain))) {
        return refuse(Reason::InvalidArgument, {{"field", "endpoint"}, {"value", endpoint.substr(0, 128)}, {"expected", "host:port"}});
    }
    if (numeric6) {
        return "ipv6:" + endpoint;
    }
    const bool numeric4 = host.find_first_not_of("0123456789.") == std::string::npos;
    return (numeric4 ? "ipv4:" : "dns:///") + endpoint;
}

/// Never destroyed: gRPC's threads may still write when the program's statics go.
const QLoggingCategory &logGrpc()
{
    static const auto *category = new QLoggingCategory("portulan.link.grpc", QtWarningMsg);
    return *category;
}

/// gRPC writes every failed handshake to stderr; the link says it better. What it writes is there for who asks for the category.
void keepGrpcQuiet()
{
    static const bool once = [] {
        gpr_set_log_function([](gpr_log_func_args *line) { qCDebug(logGrpc, "%s:%d %s", line->file, line->line, line->message); });
        return true;
    }();
    Q_UNUSED(once)
}

bool says(const grpc::Status &status, std::string_view words)
{
    return status.error_message().find(words) != std::string::npos;
}

}

Result<std::shared_ptr<grpc::Channel>> openChannel(
    const std::string &endpoint, const std::string &siteId, const LinkCredentials &credentials, std::chrono::milliseconds patience)
{
    keepGrpcQuiet();
    const auto address = target(endpoint);
    if (!address) {
        return unexpected<Problem>(address.error());
    }
    grpc::SslCredentialsOptions pem;
    pem.pem_root_certs = credentials.authorityPem;
    pem.pem_cert_chain = credentials.certificatePem;
    pem.pem_private_key = credentials.keyPem;
    grpc::ChannelArguments arguments;
    arguments.SetSslTargetNameOverride(siteId + ".site.portulan");
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, static_cast<int>(patience.count())); // gRPC's connect time-out
    arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, static_cast<int>(patience.count()));
    arguments.SetInt(GRPC_ARG_DNS_ARES_QUERY_TIMEOUT_MS, static_cast<int>(patience.count()));
    arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0); // the federation and nobody else
    arguments.SetInt(GRPC_ARG_SERVICE_CONFIG_DISABLE_RESOLUTION, 1);
    arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0); // an order is repeated by its request id, by whoever gave it
    arguments.SetMaxReceiveMessageSize(wire::maxMessageBytes);
    arguments.SetMaxSendMessageSize(wire::maxMessageBytes);
    return grpc::CreateCustomChannel(*address, grpc::SslCredentials(pem), arguments);
}

Ending endingOf(const grpc::Status &status)
{
    Ending ending {wire::problemFrom(status)};
    if (status.ok()) {
        ending.problem = {Reason::Unreachable, {}, "the site ended the stream"};
    }
    if (status.error_code() != grpc::StatusCode::UNAVAILABLE) {
        ending.refused = ending.problem.reason == Reason::Unauthenticated || ending.problem.reason == Reason::NotAuthorised;
        return ending;
    }
    // gRPC 1.51 tells a failed handshake by these words only.
    if (says(status, "is not in peer certificate")) {
        ending.problem.reason = Reason::Untrusted;
        ending.problem.facts = {{"what", "name"}};
        ending.refused = true;
    } else if (says(status, "certificate verify failed")) {
        ending.problem.reason = Reason::Untrusted;
        ending.problem.facts = {{"what", "certificate"}};
        ending.refused = true;
    } else if (says(status, "empty address list")) { // our own PEM texts were not accepted by OpenSSL
        ending.problem.reason = Reason::Malformed;
        ending.problem.facts = {{"expected", "a certificate and its key, PEM"}};
        ending.refused = true;
    } else if (says(status, "failed to connect to all addresses") && says(status, "Socket closed")) {
        ending.hungUp = true;
    }
    return ending;
}

}
