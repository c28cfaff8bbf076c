// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/cloud/registry.h"

#include <atomic>
#include <thread>

namespace portulan::site::cloud {

/// What has arrived, on its way from the gateway's directory into the cloud: disk by disk, then the machine if the cloud can have it at rest.
/// What is there already stays. A thread of its own, for as long as this lives.
class Delivery {
public:
    struct Part {
        ObjectId disk;
        std::string path; ///< its file
    };
    /// `tag`: NewDisk's.
    Delivery(Cloud &cloud, Registry &registry, ObjectId object, std::string tag, std::vector<Part> parts);
    ~Delivery(); ///< cuts it off; what is delivered in part is left for the next one to replace

    Settling soFar() const;
    /// None: still under way.
    std::optional<Result<>> outcome() const;

private:
    class Report;
    Result<> run();
    Result<> deliver(const Part &part);
    Result<> makeMachine();

    Cloud &m_cloud;
    Registry &m_registry;
    const ObjectId m_object;
    const std::string m_tag;
    const std::vector<Part> m_parts;
    std::atomic<std::int64_t> m_done = 0, m_total = 0;
    std::atomic<bool> m_isCut = false;
    mutable std::mutex m_mutex; ///< m_outcome
    std::optional<Result<>> m_outcome;
    std::thread m_thread;
};

/// Makes the machine of a record in the cloud, of the volumes it has there.
Result<> makeMachine(Cloud &cloud, Registry &registry, const ObjectId &instance, const std::string &tag);

}
