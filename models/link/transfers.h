// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/result.h"

#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QThreadPool>
#include <QTimer>

#include <atomic>
#include <functional>
#include <grpcpp/client_context.h>
#include <memory>

namespace portulan {

/// A file on its way, seen from two threads: the worker counts, the link's thread looks and may stop it.
struct Transfer {
    explicit Transfer(QString file)
        : path(std::move(file))
    {
    }
    const QString path;
    grpc::ClientContext context;
    std::atomic<qint64> done = 0;
    std::atomic<qint64> total = 0; ///< 0: not known
    std::atomic<bool> begun = false;
    std::atomic<bool> over = false;
};

/// Runs transfers of files in threads of their own, reports their progress ten times a second and ends those that stand still. Dropping it
/// ends all of them.
class Transfers final : public QObject {
    Q_OBJECT
public:
    static constexpr int maxAtOnce = 4; ///< of one site; others wait
    static constexpr std::chrono::seconds maxStandstill {600}; ///< a site may convert a disk before it sends the first byte

    explicit Transfers(QObject *parent = nullptr);
    ~Transfers() override;

    /// `work` runs in a worker thread and may wait there; it stops when its transfer's context is cancelled.
    template <typename T>
    QFuture<Result<T>> start(const QString &path, std::function<Result<T>(Transfer &)> work)
    {
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        auto future = promise->future();
        run(path, [promise, work = std::move(work)](Transfer &transfer) {
            promise->addResult(work(transfer));
            promise->finish();
        });
        return future;
    }

Q_SIGNALS:
    void progress(const QString &path, qint64 done, qint64 total);

private:
    struct Watched {
        std::shared_ptr<Transfer> transfer;
        qint64 seen = -1;
        std::chrono::steady_clock::time_point moved;
    };
    void run(const QString &path, std::function<void(Transfer &)> work);
    void look();

    QThreadPool m_pool;
    QTimer m_timer;
    std::vector<Watched> m_watched;
};

}
