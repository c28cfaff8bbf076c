// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/driver.h"

#include <condition_variable>
#include <mutex>

namespace portulan::test {

/// A cloud in memory, for tests of what stands above drivers. Quotas count instances and volumes; orders may be made to fail or to wait.
class FakeDriver : public site::Driver {
public:
    explicit FakeDriver(std::string site);

    // What a test arranges.
    void put(const Thing &thing); ///< as if it had always been there; announced if started
    void fail(const Problem &problem); ///< the next perform() fails so
    void hold(); ///< from now on perform() waits…
    void release(); ///< …until this, or until it is cancelled
    int held() const; ///< how many wait
    void awaitHeld(int count) const; ///< until that many wait
    int uploads() const; ///< open ones
    std::string content(const ObjectId &object, const std::string &key = {}) const;
    void setContent(const ObjectId &object, const std::string &key, std::string bytes);

    Result<> start(std::function<void(const Thing &)> announce) override;
    void stop() override;
    site::DriverFacts facts() override;
    Result<Amounts> used() override;
    Result<std::vector<Thing>> inventory() override;
    Result<Thing> find(const ObjectId &id) override;
    Result<std::vector<DataObject>> dataObjects(const ObjectId &dataSet, std::string_view after, std::size_t limit) override;
    Result<ObjectId> perform(const Order &order, std::string_view etag, site::Progress &progress) override;
    Result<> check(const Order &order, std::string_view etag) override;
    Result<std::unique_ptr<site::Upload>> beginImport(const site::ImportSpec &spec) override;
    Result<std::unique_ptr<site::Download>> beginExport(const ObjectId &object, std::string_view format, site::Progress &progress) override;
    Result<std::unique_ptr<site::Upload>> beginPut(const ObjectId &dataSet, std::string_view key, std::string_view sha256) override;
    Result<std::unique_ptr<site::Download>> beginGet(const ObjectId &dataSet, std::string_view key) override;
    Result<std::pair<std::string, std::int64_t>> consoleOutput(const ObjectId &instance, std::size_t maxBytes) override;
    Result<> setCustody(const ObjectId &object, Custody custody, Instant retainedUntil, std::string_view movedTo) override;
    Result<std::unique_ptr<site::BlockReader>> openForRead(const ObjectId &object, std::string_view key) override;
    Result<> erase(const ObjectId &object) override;
    Result<site::Received> receive(const site::Arrival &arrival) override;
    Result<std::unique_ptr<site::BlockWriter>> openForWrite(const ObjectId &object, std::string_view key) override;
    Result<> adopt(const ObjectId &object) override;
    Result<> drop(const ObjectId &object) override;

private:
    friend class FakeUpload;
    friend class FakeWriter;
    class Act;
    using Disk = std::shared_ptr<std::string>;

    void store(Thing thing); ///< new etag, announced; locked by the caller
    void remove(const ObjectId &id);
    Result<> checkLocked(const Order &order, std::string_view etag) const;
    Result<> checkRoom(ObjectKind kind, const std::string &project, const std::string &id) const;
    Disk disk(const ObjectId &object, const std::string &key, std::int64_t size = 0);
    std::string newId(const std::string &proposed, char letter);
    template <typename T>
    T *as(const ObjectId &id)
    {
        return &std::get<T>(m_things.at(id));
    }

    const std::string m_site;
    mutable std::mutex m_mutex;
    mutable std::condition_variable m_changed;
    std::function<void(const Thing &)> m_announce;
    std::map<ObjectId, Thing> m_things;
    std::map<std::pair<ObjectId, std::string>, Disk> m_disks;
    std::map<std::string, site::Received> m_received;
    std::optional<Problem> m_failure;
    bool m_holding = false;
    int m_held = 0;
    int m_uploads = 0;
    int m_count = 0;
};

}
