// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/calls.h"
#include "site/depot.h"

#include <atomic>

namespace portulan::site {

/// Takes a file in: the next chunk is asked for only when the last is written. A call that breaks leaves nothing. `Message` is a oneof of `open`
/// and `content`; gRPC's thread hands each to the porters. There is at most one step under way, so nothing needs a lock.
template <typename Message, typename Response>
class Intake final : public grpc::ServerReadReactor<Message> {
public:
    static constexpr auto patience = std::chrono::seconds(60); ///< without a chunk
    /// An end that may be a break: how long a cancellation may take to be heard of.
    static constexpr auto doubt = std::chrono::milliseconds(200);

    struct Work {
        /// What the first message opens; null delivery: `answered` says it all.
        std::function<Result<Depot::Opened>(const std::string &who, const typename Message::Open &open)> open;
        std::function<Response(const Delivery *delivery, const std::optional<Operation> &operation)> answer;
    };

    Intake(grpc::CallbackServerContext *context, Response *response, Calls &calls, Workers &porters, Work work)
        : m_context(context)
        , m_response(response)
        , m_calls(calls)
        , m_porters(porters)
        , m_work(std::move(work))
        , m_leash(std::make_shared<Leash>())
    {
        m_leash->context = context;
        auto caller = m_calls.admit(*context);
        if (!caller) {
            this->Finish(wire::toStatus(caller.error()));
            return;
        }
        m_caller = std::move(*caller);
        readNext();
    }

    void OnReadDone(bool ok) override
    {
        m_idle.reset();
        m_porters.post([this, ok] { ok ? take() : end(false); });
    }
    void OnCancel() override { m_cancelled = true; }
    void OnDone() override { delete this; }

private:
    /// What the clock may pull at; loose once the call is finished.
    struct Leash {
        std::mutex mutex;
        grpc::CallbackServerContext *context = nullptr;
    };

    void readNext()
    {
        // Broken off, not finished: gRPC then ends the read, and that ends the call.
        m_idle = m_calls.timer().after(patience, [leash = m_leash] {
            const std::lock_guard lock(leash->mutex);
            if (leash->context) {
                leash->context->TryCancel();
            }
        });
        this->StartRead(&m_message);
    }

    void take()
    {
        const auto taken = m_delivery ? write() : open();
        if (!taken) {
            finish(wire::toStatus(taken.error()));
        } else if (m_answered) {
            finish(grpc::Status::OK);
        } else {
            readNext();
        }
    }
    Result<> open()
    {
        if (m_message.part_case() != Message::kOpen) {
            return refuse(Reason::InvalidArgument, {{"field", "part"}, {"expected", "open first"}});
        }
        auto opened = m_work.open(m_caller.who, m_message.open());
        if (!opened) {
            return tl::unexpected(opened.error());
        }
        m_delivery = std::move(opened->delivery);
        if (!m_delivery) {
            *m_response = m_work.answer(nullptr, opened->answer);
            m_answered = true;
        }
        return {};
    }
    Result<> write()
    {
        if (m_message.part_case() != Message::kContent) {
            return refuse(Reason::InvalidArgument, {{"field", "part"}, {"expected", "content"}});
        }
        const std::string &content = m_message.content();
        if (content.size() > static_cast<std::size_t>(wire::maxChunkBytes)) {
            return refuse(
                Reason::TooLarge, {{"what", "chunk"}, {"limit", std::to_string(wire::maxChunkBytes)}, {"size", std::to_string(content.size())}});
        }
        return m_delivery->write(std::as_bytes(std::span(content)));
    }

    /// The client has sent all, or is gone: both end the reads.
    void end(bool waited)
    {
        if (m_cancelled || m_context->IsCancelled()) {
            m_delivery.reset();
            finish(grpc::Status::CANCELLED);
        } else if (!m_delivery) {
            finish(wire::toStatus({Reason::InvalidArgument, {{"field", "part"}, {"expected", "open first"}}, {}}));
        } else if (!waited && !m_delivery->knowsItsEnd()) {
            m_idle = m_calls.timer().after(doubt, [this] { m_porters.post([this] { end(true); }); });
        } else if (const auto committed = m_delivery->commit(); !committed) {
            finish(wire::toStatus(committed.error()));
        } else {
            *m_response = m_work.answer(m_delivery.get(), m_delivery->operation());
            finish(grpc::Status::OK);
        }
    }
    void finish(const grpc::Status &status)
    {
        m_delivery.reset();
        m_caller.place.reset();
        {
            const std::lock_guard lock(m_leash->mutex);
            m_leash->context = nullptr;
        }
        this->Finish(status);
    }

    grpc::CallbackServerContext *m_context;
    Response *m_response;
    Calls &m_calls;
    Workers &m_porters;
    Work m_work;
    Calls::Caller m_caller;
    std::shared_ptr<Leash> m_leash;
    Timer::Ticket m_idle;
    Message m_message;
    std::unique_ptr<Delivery> m_delivery;
    bool m_answered = false;
    std::atomic<bool> m_cancelled = false;
};

}
