// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/link/opencalls.h"

#include <grpcpp/client_context.h>

#include <utility>

namespace portulan {

OpenCalls::~OpenCalls()
{
    std::unique_lock lock(m_mutex);
    m_closing = true;
    for (auto *context : m_open) {
        context->TryCancel();
    }
    m_over.wait(lock, [this] { return m_open.empty(); });
}

void OpenCalls::begin(grpc::ClientContext *context)
{
    const std::lock_guard lock(m_mutex);
    m_open.insert(context);
    if (m_closing) {
        context->TryCancel();
    }
}

void OpenCalls::end(grpc::ClientContext *context, std::shared_ptr<void> rest)
{
    const std::lock_guard lock(m_mutex);
    m_open.erase(context);
    m_spent.push_back(std::move(rest));
    m_over.notify_all(); // with the lock held: afterwards this may be gone
}

void OpenCalls::sweep()
{
    std::vector<std::shared_ptr<void>> spent; // dropped without the lock
    const std::lock_guard lock(m_mutex);
    if (m_open.empty()) {
        spent.swap(m_spent);
    }
}

}
