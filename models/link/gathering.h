// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "models/link/call.h"

#include <QVector>

namespace portulan {

/// A list that comes in pages (AIP-158), gathered. `take(const Reply &, QVector<T> &) -> Result<>` adds a page's items.
template <typename T, typename Request, typename Reply>
class Gathering : public std::enable_shared_from_this<Gathering<T, Request, Reply>> {
public:
    using Take = std::function<Result<>(const Reply &, QVector<T> &)>;

    Gathering(const Way &way, Question<Request, Reply> question, Request request, std::chrono::milliseconds deadline, Take take)
        : m_way(way)
        , m_question(question)
        , m_request(std::move(request))
        , m_take(std::move(take))
        , m_deadline(std::chrono::system_clock::now() + deadline)
    {
        m_request.set_page_size(wire::maxPage);
        m_promise.start();
    }

    QFuture<Result<QVector<T>>> begin()
    {
        auto future = m_promise.future();
        next();
        return future;
    }

private:
    static constexpr qsizetype most = 1'000'000; ///< items, whatever the site says

    void next()
    {
        m_context = std::make_unique<grpc::ClientContext>();
        m_context->set_deadline(m_deadline);
        m_way.calls.begin(m_context.get());
        (m_way.stub->async()->*m_question)(
            m_context.get(), &m_request, &m_reply, [self = this->shared_from_this()](const grpc::Status &status) mutable {
                auto over = std::move(self->m_context);
                self->onPage(status); // the next page's call, if there is one, begins before this one ends
                OpenCalls &calls = self->m_way.calls;
                auto *const context = over.get();
                calls.end(context, std::make_shared<std::pair<decltype(self), decltype(over)>>(std::move(self), std::move(over)));
            });
    }
    void onPage(const grpc::Status &status)
    {
        if (!status.ok()) {
            return end(unexpected<Problem>(wire::problemFrom(status)));
        }
        if (const auto taken = m_take(m_reply, m_items); !taken) {
            return end(unexpected<Problem>(taken.error()));
        }
        if (m_items.size() > most) {
            return end(refuse(Reason::TooLarge, {{"what", "list"}, {"limit", std::to_string(most)}, {"size", std::to_string(m_items.size())}}));
        }
        if (m_reply.next_page_token().empty()) {
            return end(std::move(m_items));
        }
        if (m_reply.next_page_token() == m_request.page_token()) {
            return end(refuse(Reason::Malformed, {{"expected", "another page token"}}));
        }
        m_request.set_page_token(m_reply.next_page_token());
        next();
    }
    void end(Result<QVector<T>> result)
    {
        m_promise.addResult(std::move(result));
        m_promise.finish();
    }

    Way m_way;
    Question<Request, Reply> m_question;
    Request m_request;
    Take m_take;
    std::chrono::system_clock::time_point m_deadline;
    Reply m_reply;
    std::unique_ptr<grpc::ClientContext> m_context;
    QVector<T> m_items;
    QPromise<Result<QVector<T>>> m_promise;
};

template <typename T, typename Request, typename Reply, typename Take>
QFuture<Result<QVector<T>>> gather(const Way &way, Question<Request, Reply> question, Request request, std::chrono::milliseconds deadline, Take take)
{
    return std::make_shared<Gathering<T, Request, Reply>>(way, question, std::move(request), deadline, std::move(take))->begin();
}

}
