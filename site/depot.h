// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/hasher.h"
#include "site/orders.h"

namespace portulan::site {

/// A file coming in. Dropped before commit() it leaves nothing, and its operation, if it has one, fails.
class Delivery {
public:
    Delivery(std::unique_ptr<Upload> upload, std::shared_ptr<Running> running, std::int64_t limitBytes);
    ~Delivery();
    Delivery(const Delivery &) = delete;
    Delivery &operator=(const Delivery &) = delete;

    /// What must be true of the whole; 0 and "" demand nothing.
    void expect(std::int64_t bytes, std::string sha256);
    /// Whether the end of the bytes can be told from a call that broke.
    bool knowsItsEnd() const { return m_expectedBytes > 0 || !m_expectedSha256.empty(); }
    Result<> write(std::span<const std::byte> bytes);
    Result<> commit();
    std::int64_t bytes() const { return m_bytes; }
    const std::string &sha256() const { return m_sha256; } ///< after commit()
    std::optional<Operation> operation() const;

private:
    Result<> check();
    std::unique_ptr<Upload> m_upload;
    std::shared_ptr<Running> m_running;
    std::int64_t m_limit;
    std::int64_t m_bytes = 0;
    std::int64_t m_expectedBytes = 0;
    std::string m_expectedSha256;
    Hasher m_digest;
    std::string m_sha256;
};

/// Where files are handed in and out: images, volumes, objects of data sets. Same door, trail and rules as the orders.
class Depot {
public:
    Depot(Context &context, Admission &admission, Orders &orders);

    struct Opened {
        std::unique_ptr<Delivery> delivery; ///< null: nothing more to do
        std::optional<Operation> answer; ///< of an earlier call with the same request id, or of validateOnly
    };
    /// A volume or an image coming in: spec.kind says which.
    Result<Opened> openImport(const std::string &who, const Request &header, const ImportSpec &spec);
    Result<std::unique_ptr<Delivery>> openPut(
        const std::string &who, const std::string &requestId, const DataObject &object, const ObjectId &dataSet);

    Result<std::unique_ptr<Download>> openExport(const std::string &who, const ObjectId &object, const std::string &format, Progress &progress);
    Result<std::unique_ptr<Download>> openGet(const std::string &who, const ObjectId &dataSet, const std::string &key);

private:
    Result<Role> admit(const Ask &ask, std::optional<Classification> classification);
    /// What was opened, once the trail says so; not a byte has gone through it before.
    template <typename Way>
    Result<std::unique_ptr<Way>> recorded(const Ask &ask, Role role, Result<std::unique_ptr<Way>> opened);
    Context &m_context;
    Admission &m_admission;
    Orders &m_orders;
};

}
