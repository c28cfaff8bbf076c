// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/dataplanetls.h"

#include "core/objectid.h"

#include <array>
#include <mutex>
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

namespace portulan::site {

namespace {
constexpr std::string_view alpn("\x0fportulan-data/1");
// Fewer, larger reads: a chunk is 64 TLS records.
constexpr std::size_t readAheadBytes = 256 << 10;

int chooseProtocol(SSL *, const unsigned char **out, unsigned char *outLength, const unsigned char *in, unsigned int length, void *)
{
    unsigned char *chosen = nullptr;
    const auto known = reinterpret_cast<const unsigned char *>(alpn.data());
    if (SSL_select_next_proto(&chosen, outLength, known, unsigned(alpn.size()), in, length) != OPENSSL_NPN_NEGOTIATED) {
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    }
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

Result<> prepare(SSL_CTX *context, const Credentials &credentials)
{
    const auto unreadable = [](const std::string &file, std::string_view expected) {
        return refuse(Reason::Malformed, {{"file", file}, {"expected", std::string(expected)}}, tlsError());
    };
    SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
    SSL_CTX_set_ciphersuites(context, "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256");
    SSL_CTX_set_options(context, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_num_tickets(context, 0);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_mode(context, SSL_MODE_AUTO_RETRY);
    SSL_CTX_set_read_ahead(context, 1);
    SSL_CTX_set_default_read_buffer_len(context, readAheadBytes);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    if (SSL_CTX_load_verify_locations(context, credentials.authority.c_str(), nullptr) != 1) {
        return unreadable(credentials.authority, "trust anchors in PEM");
    }
    if (SSL_CTX_use_certificate_chain_file(context, credentials.certificate.c_str()) != 1) {
        return unreadable(credentials.certificate, "a certificate in PEM");
    }
    if (SSL_CTX_use_PrivateKey_file(context, credentials.key.c_str(), SSL_FILETYPE_PEM) != 1) {
        return unreadable(credentials.key, "the certificate's private key in PEM");
    }
    if (SSL_CTX_check_private_key(context) != 1) {
        return refuse(Reason::Untrusted, {{"what", credentials.key}}, tlsError());
    }
    return {};
}
}

std::string stampOf(const Credentials &credentials)
{
    std::string stamp;
    for (const auto *file : {&credentials.authority, &credentials.certificate, &credentials.key}) {
        struct stat status = {};
        (void)::stat(file->c_str(), &status);
        stamp += std::to_string(status.st_ino) + ' ' + std::to_string(status.st_size) + ' ' + std::to_string(status.st_mtim.tv_sec) + '.'
            + std::to_string(status.st_mtim.tv_nsec) + '\n';
    }
    return stamp;
}

struct DataTls::State {
    Credentials credentials;
    std::mutex mutex;
    std::string stamp;
    Both both;
};

Result<DataTls::Both> DataTls::read(const Credentials &credentials)
{
    const Both both {{SSL_CTX_new(TLS_server_method()), SSL_CTX_free}, {SSL_CTX_new(TLS_client_method()), SSL_CTX_free}};
    if (!both.server || !both.client) {
        return refuse(Reason::Internal, {}, tlsError());
    }
    for (auto *context : {both.server.get(), both.client.get()}) {
        if (auto prepared = prepare(context, credentials); !prepared) {
            return unexpected(prepared.error());
        }
    }
    SSL_CTX_set_alpn_select_cb(both.server.get(), chooseProtocol, nullptr);
    SSL_CTX_set_alpn_protos(both.client.get(), reinterpret_cast<const unsigned char *>(alpn.data()), unsigned(alpn.size()));
    return both;
}

Result<DataTls> DataTls::load(const Credentials &credentials)
{
    const auto stamp = stampOf(credentials);
    auto both = read(credentials);
    if (!both) {
        return unexpected(both.error());
    }
    DataTls tls;
    tls.m_state = std::make_shared<State>();
    tls.m_state->credentials = credentials;
    tls.m_state->stamp = stamp;
    tls.m_state->both = std::move(*both);
    return tls;
}

DataTls::Both DataTls::current() const
{
    const std::scoped_lock lock(m_state->mutex);
    if (auto stamp = stampOf(m_state->credentials); stamp != m_state->stamp) {
        if (auto renewed = read(m_state->credentials)) { // else perhaps half written: looked at again by the next connection
            m_state->both = std::move(*renewed);
            m_state->stamp = std::move(stamp);
        }
    }
    return m_state->both;
}

std::string identityOf(const X509 *certificate)
{
    constexpr std::string_view scheme = "portulan://";
    std::string identity;
    int names = 0;
    auto *all = static_cast<GENERAL_NAMES *>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr));
    for (int i = 0; i < sk_GENERAL_NAME_num(all); ++i) {
        const auto *name = sk_GENERAL_NAME_value(all, i);
        if (name->type != GEN_URI) {
            continue;
        }
        const auto *uri = name->d.uniformResourceIdentifier;
        const std::string_view text(reinterpret_cast<const char *>(ASN1_STRING_get0_data(uri)), std::size_t(ASN1_STRING_length(uri)));
        if (text.starts_with(scheme)) {
            ++names;
            identity = text.substr(scheme.size());
        }
    }
    GENERAL_NAMES_free(all);
    const auto slash = identity.find('/');
    const bool sound = names == 1 && slash != std::string::npos && isId(std::string_view(identity).substr(slash + 1));
    return sound ? identity : std::string();
}

std::string tlsError()
{
    std::array<char, 256> text {};
    if (const auto code = ERR_get_error()) {
        ERR_error_string_n(code, text.data(), text.size());
    }
    ERR_clear_error();
    return text.data();
}

}
