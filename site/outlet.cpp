// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/outlet.h"

#include "core/manifest.h"

namespace portulan::site {

Outlet::Outlet(grpc::CallbackServerContext *context, Calls &calls, Workers &porters, Open open)
    : m_porters(porters)
    , m_open(std::move(open))
{
    auto caller = calls.admit(*context);
    if (!caller) {
        Finish(wire::toStatus(caller.error()));
        return;
    }
    m_caller = std::move(*caller);
    m_porters.post([this] { begin(); });
}

void Outlet::begin()
{
    auto opened = m_open(m_caller.who, *this);
    if (!opened) {
        finish(wire::toStatus(opened.error()));
        return;
    }
    m_download = std::move(*opened);
    m_chunk.set_total_bytes(m_download->totalBytes());
    next();
}

void Outlet::next()
{
    if (m_cancelled) {
        finish(grpc::Status::CANCELLED);
        return;
    }
    std::string &content = *m_chunk.mutable_content();
    content.resize(static_cast<std::size_t>(wire::maxChunkBytes));
    const auto got = m_download->read(std::as_writable_bytes(std::span(content)));
    if (!got) {
        finish(wire::toStatus(got.error()));
        return;
    }
    content.resize(*got);
    if (*got > 0) {
        m_digest.add(std::as_bytes(std::span(content)));
    } else {
        m_last = true;
        m_chunk.set_sha256(toHex(m_digest.end()));
    }
    StartWrite(&m_chunk);
}

void Outlet::OnWriteDone(bool ok)
{
    m_porters.post([this, ok] {
        m_chunk.set_total_bytes(0); // in the first only
        if (!ok) {
            finish(grpc::Status::CANCELLED);
        } else if (m_last) {
            finish(grpc::Status::OK);
        } else {
            next();
        }
    });
}

void Outlet::finish(const grpc::Status &status)
{
    m_download.reset();
    m_caller.place.reset();
    Finish(status);
}

}
