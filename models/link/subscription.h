// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <QMetaObject>
#include <QObject>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <grpcpp/client_context.h>
#include <grpcpp/support/client_callback.h>
#include <memory>
#include <mutex>
#include <utility>

namespace portulan {

/// One question, many answers, handed over one at a time in the thread that asked: the next when next() is called. Each message is translated in
/// gRPC's thread, one ahead of what is dealt with and no further, so a busy window slows the site instead of filling memory. The end comes after
/// the last answer is dealt with. May be dropped at any time, even by its own handler; the destructor returns once gRPC has let go (milliseconds).
template <typename Message, typename Answer>
class Subscription final : private grpc::ClientReadReactor<Message> {
public:
    using Ask = std::function<void(grpc::ClientContext *, grpc::ClientReadReactor<Message> *)>;
    /// What the asking thread does with answers and with the end of the stream.
    struct Desk {
        std::function<void(Answer)> onAnswer;
        std::function<void(const grpc::Status &)> onEnd;
    };

    Subscription(const Ask &ask, std::function<Answer(const Message &)> translate, Desk desk)
        : m_translate(std::move(translate))
        , m_desk(std::move(desk))
    {
        ask(&m_context, this);
        this->AddHold(); // next() starts reads from our thread, outside gRPC's callbacks
        this->StartRead(&m_message);
        this->StartCall();
    }
    ~Subscription() override
    {
        m_context.TryCancel();
        letGo();
        std::unique_lock lock(m_mutex);
        m_over.wait(lock, [this] { return m_done; });
    }
    Subscription(const Subscription &) = delete;
    Subscription &operator=(const Subscription &) = delete;

    /// The last answer is dealt with. Calls after the end do nothing.
    void next()
    {
        bool read = false;
        {
            const std::lock_guard lock(m_mutex);
            m_dealing = m_ahead != nullptr;
            if (m_dealing) {
                handOver(std::move(m_ahead));
                read = m_held;
            } else if (m_status) {
                tellEnd();
            }
        }
        if (read) {
            this->StartRead(&m_message);
        }
    }

private:
    void OnReadDone(bool ok) override // gRPC's thread
    {
        if (!ok) {
            letGo();
            return;
        }
        auto answer = std::make_shared<Answer>(m_translate(m_message));
        {
            const std::lock_guard lock(m_mutex);
            if (m_dealing) {
                m_ahead = std::move(answer); // next() reads on
                return;
            }
            m_dealing = true;
            handOver(std::move(answer));
        }
        this->StartRead(&m_message);
    }
    void OnDone(const grpc::Status &status) override // gRPC's thread
    {
        const std::lock_guard lock(m_mutex);
        m_status = std::make_unique<grpc::Status>(status);
        if (!m_dealing) {
            tellEnd();
        }
        m_done = true;
        m_over.notify_all();
    }
    void handOver(std::shared_ptr<Answer> answer)
    {
        QMetaObject::invokeMethod(
            &m_here,
            [this, answer = std::move(answer)] {
                const auto onAnswer = m_desk.onAnswer; // it may drop us
                onAnswer(std::move(*answer));
            },
            Qt::QueuedConnection);
    }
    void tellEnd()
    {
        QMetaObject::invokeMethod(
            &m_here,
            [this, status = *m_status] {
                const auto onEnd = m_desk.onEnd;
                onEnd(status);
            },
            Qt::QueuedConnection);
        m_status.reset();
    }
    void letGo()
    {
        if (m_held.exchange(false)) {
            this->RemoveHold();
        }
    }

    std::function<Answer(const Message &)> m_translate;
    Desk m_desk;
    grpc::ClientContext m_context;
    Message m_message;
    std::atomic<bool> m_held = true;
    std::mutex m_mutex;
    std::condition_variable m_over;
    bool m_dealing = false; ///< an answer is on its way to the desk or being dealt with there
    std::shared_ptr<Answer> m_ahead; ///< the next one, translated
    std::unique_ptr<grpc::Status> m_status; ///< of a stream that has ended and not yet said so
    bool m_done = false;
    QObject m_here; // lives in the asking thread; what is still queued for it dies with it
};

}
