// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/workload.h"
#include "site/config.h"
#include "site/http/http.h"
#include "site/kubernetes/kubeconfig.h"

#include <condition_variable>
#include <functional>
#include <thread>

namespace portulan::site::kubernetes {

/// What a cluster's API server tells of it (Kubernetes API v1): /version, and its nodes by pages. A node counts as ready by its condition Ready.
/// The regions and zones of its nodes become the labels "region" and "zone" (topology.kubernetes.io).
Result<KubernetesCluster> look(Http &http, const Access &access, KubernetesCluster known);

/// Looks at one cluster from time to time, in a thread of its own, and tells what it saw, or why it could not. The file is read anew each time.
class Watch {
public:
    using Tell = std::function<void(const KubernetesCluster &cluster, const std::optional<Problem> &trouble)>;
    Watch(KubernetesRow row, const std::string &site, Tell tell);
    ~Watch();
    Watch(const Watch &) = delete;
    Watch &operator=(const Watch &) = delete;

private:
    void run();
    void once();

    const KubernetesRow m_row;
    const Tell m_tell;
    KubernetesCluster m_known;
    std::mutex m_mutex; ///< all below
    std::condition_variable m_wake;
    std::shared_ptr<Http> m_http; ///< of the look under way
    bool m_ends = false;
    std::thread m_thread; ///< last
};

}
