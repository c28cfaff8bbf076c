// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// The calls of FakeGateway that carry bytes.
#include "core/manifest.h"
#include "tests/fakes/fakegateway.h"

#include <span>

namespace portulan {

namespace {

std::string digestOf(const std::string &bytes)
{
    return toHex(sha256(std::as_bytes(std::span(bytes))));
}

/// Takes a stream of content and answers at its end.
template <typename Message>
class Taker final : public grpc::ServerReadReactor<Message> {
public:
    explicit Taker(std::function<grpc::Status(const std::string &)> atEnd)
        : m_atEnd(std::move(atEnd))
    {
        this->StartRead(&m_message);
    }

private:
    void OnReadDone(bool ok) override
    {
        if (!ok) {
            this->Finish(m_atEnd(m_bytes));
            return;
        }
        m_bytes += m_message.content();
        this->StartRead(&m_message);
    }
    void OnDone() override { delete this; }

    std::function<grpc::Status(const std::string &)> m_atEnd;
    Message m_message;
    std::string m_bytes;
};

/// Gives content in chunks, with a digest at the end.
class Giver final : public grpc::ServerWriteReactor<v1::ContentChunk> {
public:
    Giver(std::string bytes, std::string digest)
        : m_bytes(std::move(bytes))
        , m_digest(std::move(digest))
    {
        next();
    }

private:
    void next()
    {
        constexpr std::size_t most = 1 << 20;
        m_chunk.Clear();
        m_chunk.set_content(m_bytes.substr(m_sent, most));
        if (m_sent == 0) {
            m_chunk.set_total_bytes(static_cast<std::int64_t>(m_bytes.size()));
        }
        m_sent += m_chunk.content().size();
        if (m_sent == m_bytes.size()) {
            m_chunk.set_sha256(m_digest);
        }
        StartWrite(&m_chunk);
    }
    void OnWriteDone(bool ok) override
    {
        if (ok && m_sent < m_bytes.size()) {
            next();
        } else {
            Finish(ok ? grpc::Status::OK : grpc::Status::CANCELLED);
        }
    }
    void OnDone() override { delete this; }

    std::string m_bytes;
    std::string m_digest;
    std::size_t m_sent = 0;
    v1::ContentChunk m_chunk;
};

}

grpc::ServerReadReactor<v1::ImportRequest> *FakeGateway::ImportVolume(Context *context, v1::Operation *reply)
{
    return new Taker<v1::ImportRequest>([this, context, reply](const std::string &bytes) {
        if (context->IsCancelled()) {
            return grpc::Status::CANCELLED;
        }
        const std::lock_guard lock(m_mutex);
        m_received = bytes;
        reply->set_name("sites/lyon/operations/op-2");
        reply->set_state("done");
        return grpc::Status::OK;
    });
}

grpc::ServerReadReactor<v1::PutDataObjectRequest> *FakeGateway::PutDataObject(Context *, v1::DataObject *reply)
{
    return new Taker<v1::PutDataObjectRequest>([this, reply](const std::string &bytes) {
        const std::lock_guard lock(m_mutex);
        m_received = bytes;
        reply->set_key("k");
        reply->set_size(static_cast<std::int64_t>(bytes.size()));
        reply->set_sha256(statedDigest.empty() ? digestOf(bytes) : statedDigest);
        return grpc::Status::OK;
    });
}

grpc::ServerWriteReactor<v1::ContentChunk> *FakeGateway::ExportVolume(Context *, const v1::ExportRequest *)
{
    return new Giver(content, statedDigest.empty() ? digestOf(content) : statedDigest);
}

grpc::ServerWriteReactor<v1::ContentChunk> *FakeGateway::GetDataObject(Context *, const v1::GetDataObjectRequest *)
{
    return new Giver(content, statedDigest.empty() ? digestOf(content) : statedDigest);
}

}
