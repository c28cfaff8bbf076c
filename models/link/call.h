// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/result.h"
#include "gateway.grpc.pb.h"
#include "models/link/opencalls.h"
#include "proto/wire.h"

#include <QFuture>
#include <QPromise>

#include <chrono>
#include <functional>
#include <memory>

namespace portulan {

using Stub = v1::Gateway::Stub;
using Questions = v1::Gateway::StubInterface::async_interface;
/// A method of the gateway's stub: `&Questions::WhoAmI`.
template <typename Request, typename Reply>
using Question = void (Questions::*)(grpc::ClientContext *, const Request *, Reply *, std::function<void(grpc::Status)>);

/// A link's way to its site: the stub, and the calls under way, which outlive every call made by it.
struct Way {
    std::shared_ptr<Stub> stub;
    OpenCalls &calls;
};

/// One question, one answer: `translate(const Reply &) -> Result<T>` runs in gRPC's thread, the future carries its result. The call keeps
/// itself alive until gRPC has answered; nobody waits for it, and it always ends by its deadline, or with the link.
template <typename Request, typename Reply, typename Translate>
auto call(const Way &way, Question<Request, Reply> question, Request request, std::chrono::milliseconds deadline, Translate translate)
{
    using Answer = std::invoke_result_t<Translate, const Reply &>;
    struct Call {
        Way way;
        grpc::ClientContext context;
        Request request;
        Reply reply;
        QPromise<Answer> promise;
    };
    auto one = std::shared_ptr<Call>(new Call {way, {}, std::move(request), {}, {}});
    one->context.set_deadline(std::chrono::system_clock::now() + deadline);
    one->promise.start();
    auto future = one->promise.future();
    way.calls.begin(&one->context);
    (way.stub->async()->*question)(
        &one->context, &one->request, &one->reply, [one, translate = std::move(translate)](const grpc::Status &status) mutable {
            one->promise.addResult(status.ok() ? translate(one->reply) : Answer(unexpected<Problem>(wire::problemFrom(status))));
            one->promise.finish();
            OpenCalls &calls = one->way.calls;
            auto *const context = &one->context;
            calls.end(context, std::move(one));
        });
    return future;
}

}
