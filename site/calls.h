// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "proto/wire.h"
#include "site/log.h"
#include "site/timer.h"
#include "site/workers.h"

#include <grpcpp/grpcpp.h>

namespace portulan::site {

/// How every call of the gateway is taken: who calls (their certificate says), at most 64 at once each, an answer within 30 s; the work is
/// done in workers, never in gRPC's threads.
class Calls {
public:
    static constexpr std::size_t maxAtOnce = 64;
    static constexpr auto unaryLimit = std::chrono::seconds(30);

    Calls(Workers &desk, Timer &timer, Log log);

    /// "user/alice" or "site/lyon". Unauthenticated if the certificate does not name exactly one.
    static Result<std::string> callerOf(const grpc::ServerContextBase &context);

    /// One of the caller's places, given back when dropped.
    using Place = std::shared_ptr<void>;
    struct Caller {
        std::string who;
        Place place;
    };
    Result<Caller> admit(const grpc::ServerContextBase &context);
    Workers &desk() { return m_desk; }
    Timer &timer() { return m_timer; }
    const Log &log() const { return m_log; }

    /// Answers a unary call with what `work` gives. `work` owns all it needs: the request message may be gone when it runs.
    template <typename Response>
    grpc::ServerUnaryReactor *serve(
        grpc::CallbackServerContext *context, Response *response, std::function<Result<Response>(const std::string &who)> work);

private:
    struct Places;
    Workers &m_desk;
    Timer &m_timer;
    Log m_log;
    std::shared_ptr<Places> m_places;
};

/// The one answer a unary call gets: from the work, or from the clock if that is first.
template <typename Response>
class Answer {
public:
    Answer(grpc::ServerUnaryReactor *reactor, Response *response)
        : m_reactor(reactor)
        , m_response(response)
    {
    }
    void hold(Calls::Place place, Timer::Ticket ticket)
    {
        const std::lock_guard lock(m_mutex);
        if (m_reactor) {
            m_place = std::move(place);
            m_ticket = std::move(ticket);
        }
    }
    void give(Result<Response> result)
    {
        std::unique_lock lock(m_mutex);
        auto *reactor = std::exchange(m_reactor, nullptr);
        if (!reactor) {
            return;
        }
        if (result) {
            *m_response = std::move(*result);
        }
        const auto place = std::move(m_place);
        const auto ticket = std::move(m_ticket);
        lock.unlock();
        reactor->Finish(result ? grpc::Status::OK : wire::toStatus(result.error()));
    }

private:
    std::mutex m_mutex;
    grpc::ServerUnaryReactor *m_reactor;
    Response *m_response;
    Calls::Place m_place;
    Timer::Ticket m_ticket;
};

template <typename Response>
grpc::ServerUnaryReactor *Calls::serve(
    grpc::CallbackServerContext *context, Response *response, std::function<Result<Response>(const std::string &who)> work)
{
    class Reactor final : public grpc::ServerUnaryReactor {
        void OnDone() override { delete this; }
    };
    auto *reactor = new Reactor; // gRPC's to keep: deletes itself when it is done
    auto caller = admit(*context);
    if (!caller) {
        reactor->Finish(wire::toStatus(caller.error()));
        return reactor;
    }
    const auto answer = std::make_shared<Answer<Response>>(reactor, response);
    auto ticket = m_timer.after(unaryLimit, [weak = std::weak_ptr(answer)] {
        if (const auto late = weak.lock()) {
            late->give(refuse(Reason::TimedOut, {{"seconds", std::to_string(unaryLimit.count())}}));
        }
    });
    answer->hold(std::move(caller->place), std::move(ticket));
    m_desk.post([answer, who = std::move(caller->who), work = std::move(work)] { answer->give(work(who)); });
    return reactor;
}

}
