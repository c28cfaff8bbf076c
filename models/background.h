// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <QFutureWatcher>
#include <QPromise>
#include <QThreadPool>

namespace portulan {

/// Does `work` in another thread and hands its answer to `then` in the thread of `who`, unless `who` is gone by then.
template <typename Work, typename Then>
void inBackground(Work work, QObject *who, Then then)
{
    using Answer = std::invoke_result_t<Work>;
    auto *watcher = new QFutureWatcher<Answer>(who);
    QObject::connect(watcher, &QFutureWatcherBase::finished, who, [watcher, then = std::move(then)]() mutable {
        watcher->deleteLater();
        if (watcher->future().resultCount() > 0) {
            then(watcher->future().result());
        }
    });
    auto promise = std::make_shared<QPromise<Answer>>();
    promise->start();
    watcher->setFuture(promise->future());
    QThreadPool::globalInstance()->start([promise, work = std::move(work)]() mutable {
        promise->addResult(work());
        promise->finish();
    });
}

}
