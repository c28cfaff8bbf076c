// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/dataplanechannel.h"

#include "site/dataplanesocket.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace portulan::site {

DataChannel::DataChannel(int socket, SSL *ssl)
    : m_socket(socket)
    , m_ssl(ssl)
{
    auto *bio = socketBio(socket, &m_wire);
    SSL_set_bio(ssl, bio, bio);
}

DataChannel::~DataChannel()
{
    m_ssl.reset();
    ::close(m_socket);
}

Result<std::unique_ptr<DataChannel>> DataChannel::adopt(const DataTls &tls, int socket, std::chrono::seconds idle)
{
    tune(socket, idle);
    if (auto *ssl = SSL_new(tls.asServer().get())) {
        return std::unique_ptr<DataChannel>(new DataChannel(socket, ssl));
    }
    ::close(socket);
    return refuse(Reason::Internal, {}, tlsError());
}

Result<std::unique_ptr<DataChannel>> DataChannel::connect(const DataTls &tls, const DataAddress &address, std::chrono::seconds idle)
{
    const auto socket = dial(address.host, address.port);
    if (!socket) {
        return unexpected(socket.error());
    }
    tune(*socket, idle);
    auto *ssl = SSL_new(tls.asClient().get());
    if (!ssl) {
        ::close(*socket);
        return refuse(Reason::Internal, {}, tlsError());
    }
    std::unique_ptr<DataChannel> channel(new DataChannel(*socket, ssl));
    const auto name = address.site + ".site.portulan";
    SSL_set_hostflags(ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    SSL_set1_host(ssl, name.c_str());
    SSL_set_tlsext_host_name(ssl, name.c_str());
    if (const int code = SSL_connect(ssl); code != 1) {
        return unexpected(channel->fail(code, "handshake").error());
    }
    if (const auto known = channel->knowPeer(); !known) {
        return unexpected(known.error());
    }
    if (channel->m_peer != "site/" + address.site) {
        return refuse(Reason::Untrusted, {{"what", channel->m_peer}, {"expected", "site/" + address.site}});
    }
    return channel;
}

Result<> DataChannel::accept()
{
    if (const int code = SSL_accept(m_ssl.get()); code != 1) {
        return fail(code, "handshake");
    }
    return knowPeer();
}

Result<> DataChannel::knowPeer()
{
    if (const auto *certificate = SSL_get0_peer_certificate(m_ssl.get())) {
        m_peer = identityOf(certificate);
    }
    const unsigned char *protocol = nullptr;
    unsigned int length = 0;
    SSL_get0_alpn_selected(m_ssl.get(), &protocol, &length);
    if (!m_peer.starts_with("site/") || length == 0) {
        return refuse(Reason::Untrusted, {{"what", m_peer}, {"expected", "a site, portulan-data/1"}});
    }
    return {};
}

Result<> DataChannel::fail(int code, std::string_view doing)
{
    const int error = SSL_get_error(m_ssl.get(), code);
    const auto detail = std::string(doing) + ": " + tlsError();
    if (m_interrupted) {
        return refuse(Reason::Cancelled, {}, detail);
    }
    if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE) {
        return refuse(Reason::TimedOut, {{"what", "data plane"}}, detail);
    }
    const auto verdict = SSL_get_verify_result(m_ssl.get());
    const bool lapsed = verdict == X509_V_ERR_CERT_HAS_EXPIRED || verdict == X509_V_ERR_CERT_NOT_YET_VALID;
    if (error == SSL_ERROR_SSL && (lapsed || detail.find("alert certificate expired") != std::string::npos)) { // theirs, or ours as they say
        return refuse(Reason::Expired, {{"what", lapsed ? "certificate" : "gateway certificate"}}, detail);
    }
    if (error == SSL_ERROR_SSL && verdict != X509_V_OK) {
        const auto *why = X509_verify_cert_error_string(SSL_get_verify_result(m_ssl.get()));
        return refuse(Reason::Untrusted, {{"what", "certificate"}}, detail + " " + why);
    }
    return refuse(Reason::Unreachable, {{"what", "data plane"}}, detail);
}

Result<> DataChannel::write(std::span<const std::byte> bytes)
{
    std::size_t written = 0;
    ERR_clear_error();
    const int code = bytes.empty() ? 1 : SSL_write_ex(m_ssl.get(), bytes.data(), bytes.size(), &written);
    return code == 1 ? Result<>() : fail(code, "write");
}

Result<> DataChannel::read(std::span<std::byte> into)
{
    while (!into.empty()) {
        std::size_t got = 0;
        ERR_clear_error();
        const int code = SSL_read_ex(m_ssl.get(), into.data(), into.size(), &got);
        if (code != 1) {
            return fail(code, "read");
        }
        into = into.subspan(got);
    }
    return {};
}

bool DataChannel::hasInput() const
{
    pollfd waiting {m_socket, POLLIN, 0};
    return SSL_has_pending(m_ssl.get()) == 1 || ::poll(&waiting, 1, 0) > 0;
}

Result<> DataChannel::readAnswer()
{
    std::array<std::byte, 5> head {};
    if (auto got = read(std::span(head).first(1)); !got || head[0] == std::byte {0}) {
        return got;
    }
    if (auto got = read(std::span(head).subspan(1)); !got) {
        return got;
    }
    std::size_t length = 0;
    for (std::size_t i = 1; i < head.size(); ++i) {
        length = length << 8 | std::to_integer<std::size_t>(head[i]);
    }
    if (head[0] != std::byte {1} || length > maxProblemBytes) {
        return refuse(Reason::Malformed, {{"file", "data plane"}, {"expected", "an answer"}});
    }
    std::vector<std::byte> json(length);
    if (auto got = read(json); !got) {
        return got;
    }
    return unexpected(problemFrom(json));
}

void DataChannel::closeWriting()
{
    SSL_shutdown(m_ssl.get());
    ::shutdown(m_socket, SHUT_WR);
    ERR_clear_error();
}

void DataChannel::drain(std::size_t limit)
{
    std::array<std::byte, 16384> lost;
    std::size_t got = 0;
    for (std::size_t total = 0; total < limit && SSL_read_ex(m_ssl.get(), lost.data(), lost.size(), &got) == 1; total += got) { }
    ERR_clear_error();
}

void DataChannel::interrupt()
{
    m_interrupted = true;
    ::shutdown(m_socket, SHUT_RDWR);
}

std::int64_t DataChannel::linkRate() const
{
    tcp_info info {};
    socklen_t length = sizeof info;
    if (::getsockopt(m_socket, IPPROTO_TCP, TCP_INFO, &info, &length) != 0 || info.tcpi_busy_time == 0 || info.tcpi_delivery_rate_app_limited) {
        return 0;
    }
    // Time spent against the receiver's window is the other side's slowness, not the network's.
    const bool receiverIsSlow = info.tcpi_rwnd_limited * 2 > info.tcpi_busy_time;
    return receiverIsSlow ? 0 : static_cast<std::int64_t>(info.tcpi_delivery_rate);
}

}
