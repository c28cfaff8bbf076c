// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// The bytes of FakeDriver: files in and out, disks that move.
#include "core/manifest.h"
#include "tests/fakes/fakedriver.h"

#include <algorithm>
#include <cstring>

namespace portulan::test {

using namespace site;

class FakeUpload final : public Upload {
public:
    using Commit = std::function<Result<ObjectId>(const std::string &bytes)>;
    FakeUpload(FakeDriver &driver, Commit commit)
        : m_driver(driver)
        , m_commit(std::move(commit))
    {
        const std::lock_guard lock(m_driver.m_mutex);
        ++m_driver.m_uploads;
    }
    ~FakeUpload() override
    {
        const std::lock_guard lock(m_driver.m_mutex);
        --m_driver.m_uploads;
        m_driver.m_changed.notify_all();
    }
    Result<> write(std::span<const std::byte> bytes) override
    {
        m_bytes.append(reinterpret_cast<const char *>(bytes.data()), bytes.size());
        return {};
    }
    Result<ObjectId> commit(Progress &) override
    {
        const std::lock_guard lock(m_driver.m_mutex);
        return m_commit(m_bytes);
    }

private:
    FakeDriver &m_driver;
    Commit m_commit;
    std::string m_bytes;
};

namespace {

class FakeDownload final : public Download {
public:
    explicit FakeDownload(std::string bytes)
        : m_bytes(std::move(bytes))
    {
    }
    std::int64_t totalBytes() const override { return static_cast<std::int64_t>(m_bytes.size()); }
    Result<std::size_t> read(std::span<std::byte> into) override
    {
        const auto count = std::min(into.size(), m_bytes.size() - m_at);
        std::memcpy(into.data(), m_bytes.data() + m_at, count);
        m_at += count;
        return count;
    }

private:
    std::string m_bytes;
    std::size_t m_at = 0;
};

class FakeReader final : public BlockReader {
public:
    explicit FakeReader(std::string bytes)
        : m_bytes(std::move(bytes))
    {
    }
    std::uint64_t sizeBytes() const override { return m_bytes.size(); }
    Result<std::vector<Extent>> extents(std::uint64_t offset, std::uint64_t length) override { return std::vector<Extent> {{offset, length}}; }
    Result<> read(std::uint64_t offset, std::span<std::byte> into) override
    {
        std::memcpy(into.data(), m_bytes.data() + offset, into.size());
        return {};
    }

private:
    const std::string m_bytes;
};

DataObject objectOf(const std::string &key, const std::string &bytes)
{
    return {key, static_cast<std::int64_t>(bytes.size()), toHex(sha256(std::as_bytes(std::span(bytes)))), {}};
}

}

class FakeWriter final : public BlockWriter {
public:
    FakeWriter(FakeDriver &driver, std::shared_ptr<std::string> disk)
        : m_driver(driver)
        , m_disk(std::move(disk))
    {
    }
    Result<> write(std::uint64_t offset, std::span<const std::byte> bytes) override
    {
        const std::lock_guard lock(m_driver.m_mutex);
        std::memcpy(m_disk->data() + offset, bytes.data(), bytes.size());
        return {};
    }
    Result<> flush() override { return {}; }
    Result<> read(std::uint64_t offset, std::span<std::byte> into) override
    {
        const std::lock_guard lock(m_driver.m_mutex);
        std::memcpy(into.data(), m_disk->data() + offset, into.size());
        return {};
    }

private:
    FakeDriver &m_driver;
    std::shared_ptr<std::string> m_disk;
};

int FakeDriver::uploads() const
{
    const std::lock_guard lock(m_mutex);
    return m_uploads;
}

FakeDriver::Disk FakeDriver::disk(const ObjectId &object, const std::string &key, std::int64_t size)
{
    auto &disk = m_disks[{object, key}];
    if (!disk) {
        disk = std::make_shared<std::string>();
    }
    if (const auto bytes = static_cast<std::size_t>(size); disk->size() < bytes) {
        disk->resize(bytes);
    }
    return disk;
}

std::string FakeDriver::content(const ObjectId &object, const std::string &key) const
{
    const std::lock_guard lock(m_mutex);
    const auto at = m_disks.find({object, key});
    return at == m_disks.end() ? std::string() : *at->second;
}

void FakeDriver::setContent(const ObjectId &object, const std::string &key, std::string bytes)
{
    const std::lock_guard lock(m_mutex);
    *disk(object, key) = std::move(bytes);
}

Result<std::vector<DataObject>> FakeDriver::dataObjects(const ObjectId &dataSet, std::string_view after, std::size_t limit)
{
    const std::lock_guard lock(m_mutex);
    std::vector<DataObject> objects;
    for (auto at = m_disks.upper_bound({dataSet, std::string(after)}); at != m_disks.end() && at->first.first == dataSet && objects.size() < limit;
         ++at) {
        objects.push_back(objectOf(at->first.second, *at->second));
    }
    return objects;
}

Result<std::unique_ptr<Upload>> FakeDriver::beginImport(const ImportSpec &spec)
{
    {
        const std::lock_guard lock(m_mutex);
        if (const auto room = checkRoom(spec.kind, spec.project, spec.id); !room) {
            return tl::unexpected(room.error());
        }
    }
    return std::make_unique<FakeUpload>(*this, [this, spec](const std::string &bytes) -> Result<ObjectId> {
        const ObjectId id {m_site, spec.kind, newId(spec.id, 'u')};
        const auto fill = [&](auto made) {
            made.id = id;
            made.name = spec.name;
            made.project = spec.project;
            made.sizeBytes = static_cast<std::int64_t>(bytes.size());
            made.format = spec.format;
            return made;
        };
        *disk(id, {}) = bytes;
        store(spec.kind == ObjectKind::Volume ? Thing(fill(Volume {})) : Thing(fill(Image {})));
        return id;
    });
}

Result<std::unique_ptr<Download>> FakeDriver::beginExport(const ObjectId &object, std::string_view, Progress &)
{
    return std::make_unique<FakeDownload>(content(object));
}

Result<std::unique_ptr<Upload>> FakeDriver::beginPut(const ObjectId &dataSet, std::string_view key, std::string_view)
{
    return std::make_unique<FakeUpload>(*this, [this, dataSet, name = std::string(key)](const std::string &bytes) -> Result<ObjectId> {
        *disk(dataSet, name) = bytes;
        return dataSet;
    });
}

Result<std::unique_ptr<Download>> FakeDriver::beginGet(const ObjectId &dataSet, std::string_view key)
{
    const std::lock_guard lock(m_mutex);
    const auto at = m_disks.find({dataSet, std::string(key)});
    if (at == m_disks.end()) {
        return refuse(Reason::NotFound, {{"id", std::string(key)}});
    }
    return std::make_unique<FakeDownload>(*at->second);
}

Result<std::pair<std::string, std::int64_t>> FakeDriver::consoleOutput(const ObjectId &instance, std::size_t maxBytes)
{
    const std::string all = content(instance);
    const auto from = all.size() > maxBytes ? all.size() - maxBytes : 0;
    return std::pair(all.substr(from), static_cast<std::int64_t>(from));
}

Result<> FakeDriver::setCustody(const ObjectId &object, Custody custody, Instant retainedUntil, std::string_view movedTo)
{
    const std::lock_guard lock(m_mutex);
    const auto at = m_things.find(object);
    if (at == m_things.end()) {
        return refuse(Reason::NotFound, {{"id", object.text()}});
    }
    Thing thing = at->second;
    std::visit(
        [&](auto &it) {
            if constexpr (requires { it.custody; }) {
                it.custody = custody;
                it.retainedUntil = retainedUntil;
                it.movedTo = movedTo;
            }
        },
        thing);
    store(thing);
    if (const auto *instance = std::get_if<Instance>(&thing)) {
        for (const auto &id : instance->volumeIds) {
            Volume volume = *as<Volume>({m_site, ObjectKind::Volume, id});
            volume.custody = custody;
            volume.retainedUntil = retainedUntil;
            volume.movedTo = movedTo;
            store(volume);
        }
    }
    return {};
}

Result<std::unique_ptr<BlockReader>> FakeDriver::openForRead(const ObjectId &object, std::string_view key)
{
    return std::make_unique<FakeReader>(content(object, std::string(key)));
}

Result<> FakeDriver::erase(const ObjectId &object)
{
    const std::lock_guard lock(m_mutex);
    remove(object);
    return {};
}

Result<Received> FakeDriver::receive(const Arrival &arrival)
{
    const std::lock_guard lock(m_mutex);
    if (const auto known = m_received.find(arrival.migration); known != m_received.end()) {
        return known->second;
    }
    Received received;
    const auto take = [&](auto it) {
        it.id.site = m_site;
        it.project = arrival.project;
        it.custody = Custody::Incoming;
        store(it);
        return it.id;
    };
    for (const auto &volume : arrival.volumes) {
        received.volumes.push_back(take(volume));
        disk(received.volumes.back(), {}, volume.sizeBytes);
    }
    for (const auto &object : arrival.objects) {
        disk({m_site, ObjectKind::DataSet, arrival.dataSet->id.id}, object.key, object.size);
    }
    received.object = arrival.instance ? take(*arrival.instance) : arrival.dataSet ? take(*arrival.dataSet) : received.volumes.front();
    m_received[arrival.migration] = received;
    return received;
}

Result<std::unique_ptr<BlockWriter>> FakeDriver::openForWrite(const ObjectId &object, std::string_view key)
{
    const std::lock_guard lock(m_mutex);
    return std::make_unique<FakeWriter>(*this, disk(object, std::string(key)));
}

Result<> FakeDriver::adopt(const ObjectId &object)
{
    return setCustody(object, Custody::Owner, {}, {});
}

Result<> FakeDriver::drop(const ObjectId &object)
{
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_received, [&](const auto &it) { return it.second.object == object; });
    remove(object);
    return {};
}

}
