// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/result.h"

#include <QFutureWatcher>

#include <utility>

namespace portulan {

/// Hands the answer of `future` to `then(Result<T>)`, in the thread of `who`, unless `who` is gone by then. A future abandoned without an
/// answer is a Problem of reason Cancelled. (QFuture::then(context, …) aborts in Qt 6.4 when its context dies first.)
template <typename T, typename Then>
void await(const QFuture<Result<T>> &future, QObject *who, Then then)
{
    auto *watcher = new QFutureWatcher<Result<T>>(who);
    QObject::connect(watcher, &QFutureWatcherBase::finished, who, [watcher, then = std::move(then)]() mutable {
        watcher->deleteLater();
        const auto answer = watcher->future();
        then(answer.resultCount() > 0 ? answer.resultAt(0) : Result<T>(refuse(Reason::Cancelled)));
    });
    watcher->setFuture(future);
}

}
