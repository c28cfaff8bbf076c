// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/embedded/datasets.h"

#include "core/manifest.h"
#include "site/drivers/disk/downloads.h"

#include <algorithm>
#include <fcntl.h>
#include <unordered_set>

namespace portulan::site::embedded {

Result<> checkKey(std::string_view key)
{
    if (key.empty() || key.size() > 1024 || !isUtf8(key) || key.find('\0') != std::string_view::npos) {
        return refuse(Reason::InvalidArgument, {{"field", "key"}, {"expected", "1 to 1024 bytes of UTF-8"}});
    }
    return {};
}

Result<> DataSets::prepare(Draft &draft, CreateDataSet &order, std::string_view)
{
    if (auto good = checkCommon(order.name, order.labels); !good) {
        return good;
    }
    const auto id = draft.newId(ObjectKind::DataSet, order.id);
    if (!id) {
        return tl::unexpected(id.error());
    }
    order.id = id->id;
    DataSet set;
    set.id = *id;
    set.name = order.name;
    set.project = order.project;
    set.classification = order.classification;
    set.labels = order.labels;
    return draft.tally(set).and_then([&] { return draft.put(set); });
}

Result<> DataSets::prepare(Draft &draft, UpdateDataSet &order, std::string_view etag)
{
    auto set = draft.get<DataSet>(order.dataSet);
    if (!set) {
        return tl::unexpected(set.error());
    }
    set->name = order.name.value_or(set->name);
    set->classification = order.classification.value_or(set->classification);
    return demandEtag(*set, etag)
        .and_then([&] { return demandOwned(set->custody); })
        .and_then([&] { return checkCommon(set->name, set->labels); })
        .and_then([&] { return draft.put(*set); });
}

Result<> DataSets::prepare(Draft &draft, DeleteDataSet &order, std::string_view etag)
{
    const auto set = draft.get<DataSet>(order.dataSet);
    if (!set) {
        return tl::unexpected(set.error());
    }
    return demandEtag(*set, etag).and_then([&] { return demandOwned(set->custody); }).and_then([&] { return remove(draft, order.dataSet); });
}

Result<> DataSets::prepare(Draft &draft, DeleteDataObject &order, std::string_view etag)
{
    auto set = draft.get<DataSet>(order.dataSet);
    if (!set) {
        return tl::unexpected(set.error());
    }
    return demandEtag(*set, etag)
        .and_then([&] { return demandOwned(set->custody); })
        .and_then([&] { return draft.objectFile(order.dataSet.id, order.key).map([](const std::string &) {}); })
        .and_then([&] { return draft.removeObject(order.dataSet.id, order.key); })
        .and_then([&] { return draft.tally(*set); })
        .and_then([&] { return draft.put(*set); });
}

Result<> DataSets::remove(Draft &draft, const ObjectId &dataSet)
{
    draft.remove(dataSet);
    return draft.removeObjects(dataSet.id);
}

std::vector<std::string> DataSets::filesOf(const ObjectId &dataSet)
{
    return m_plant.store.dataFiles(dataSet.id).value_or(std::vector<std::string>());
}

void DataSets::erase(const std::vector<std::string> &files)
{
    for (const auto &file : files) {
        removeFile(m_plant.layout.object(file));
    }
}

Result<ObjectId> DataSets::perform(DeleteDataSet order, std::string_view etag, Progress &)
{
    const auto held = m_plant.locks.hold({order.dataSet});
    if (!held) {
        return tl::unexpected(held.error());
    }
    const auto files = filesOf(order.dataSet);
    return m_plant.store.change([&](Draft &draft) { return prepare(draft, order, etag); }).map([&] {
        erase(files);
        return order.dataSet;
    });
}

Result<ObjectId> DataSets::perform(DeleteDataObject order, std::string_view etag, Progress &)
{
    const auto held = m_plant.locks.hold({order.dataSet});
    if (!held) {
        return tl::unexpected(held.error());
    }
    const auto object = m_plant.store.dataObject(order.dataSet.id, order.key);
    return m_plant.store.change([&](Draft &draft) { return prepare(draft, order, etag); }).map([&] {
        erase({object->first});
        return order.dataSet;
    });
}

Result<std::string> DataSets::newFile(std::string_view key)
{
    Hasher hasher;
    hasher.add(key);
    const std::string name = toHex(hasher.end()) + '-' + m_plant.store.serial();
    return makeDirectory(parentOf(m_plant.layout.object(name))).map([&] { return name; });
}

Result<> DataSets::sweep()
{
    const auto known = m_plant.store.dataFiles({});
    if (!known) {
        return tl::unexpected(known.error());
    }
    const std::unordered_set<std::string> wanted(known->begin(), known->end());
    for (const auto &shard : m_plant.layout.files("objects")) {
        for (const auto &name : m_plant.layout.files("objects/" + shard)) {
            if (!wanted.contains(name)) {
                removeFile(m_plant.layout.object(name));
            }
        }
    }
    return {};
}

/// An object coming in: into a scrap file, digested as it comes; under its own name and on record only once it is whole and durable.
class Put final : public Upload {
public:
    Put(DataSets &sets, ObjectId dataSet, std::string key, std::string expected)
        : m_sets(sets)
        , m_dataSet(std::move(dataSet))
        , m_key(std::move(key))
        , m_expected(std::move(expected))
        , m_scrap(sets.m_plant.layout.scrap(".object"))
    {
    }
    Result<> open()
    {
        return openFile(m_scrap.path(), O_RDWR | O_CREAT | O_EXCL).map([&](Fd file) { m_file = std::move(file); });
    }
    Result<> write(std::span<const std::byte> bytes) override
    {
        m_hasher.add(bytes);
        return writeAt(m_file.get(), static_cast<std::uint64_t>(m_size), bytes).map([&] { m_size += static_cast<std::int64_t>(bytes.size()); });
    }
    Result<ObjectId> commit(Progress &) override
    {
        Plant &plant = m_sets.m_plant;
        const std::string found = toHex(m_hasher.end());
        if (!m_expected.empty() && m_expected != found) {
            return refuse(Reason::Integrity, {{"where", m_key}, {"expected", m_expected}, {"found", found}});
        }
        const auto held = plant.locks.hold({m_dataSet});
        const auto name = held ? m_sets.newFile(m_key) : tl::unexpected(held.error());
        if (!name) {
            return tl::unexpected(name.error());
        }
        const auto former = plant.store.dataObject(m_dataSet.id, m_key);
        Scrap final(plant.layout.object(*name));
        const auto done = syncFile(m_file.get()).and_then([&] { return renameDurably(m_scrap.path(), final.path()); }).and_then([&] {
            return plant.store.change([&](Draft &draft) -> Result<> {
                auto set = draft.get<DataSet>(m_dataSet);
                if (!set) {
                    return tl::unexpected(set.error());
                }
                return demandOwned(set->custody)
                    .and_then([&] {
                        return draft.putObject(m_dataSet.id, {m_key, m_size, found, plant.now()}, *name);
                    })
                    .and_then([&] { return draft.tally(*set); })
                    .and_then([&] { return draft.put(*set); });
            });
        });
        if (!done) {
            return tl::unexpected(done.error());
        }
        final.keep();
        if (former) {
            m_sets.erase({former->first});
        }
        return m_dataSet;
    }

private:
    DataSets &m_sets;
    ObjectId m_dataSet;
    std::string m_key;
    std::string m_expected;
    Scrap m_scrap;
    Fd m_file;
    Hasher m_hasher;
    std::int64_t m_size = 0;
};

Result<std::unique_ptr<Upload>> DataSets::beginPut(const ObjectId &dataSet, std::string_view key, std::string_view sha256)
{
    const auto set = m_plant.store.get<DataSet>(dataSet);
    if (!set) {
        return tl::unexpected(set.error());
    }
    if (auto good = checkKey(key).and_then([&] { return demandOwned(set->custody); }); !good) {
        return tl::unexpected(good.error());
    }
    auto put = std::make_unique<Put>(*this, dataSet, std::string(key), std::string(sha256));
    return put->open().map([&]() -> std::unique_ptr<Upload> { return std::move(put); });
}

Result<std::unique_ptr<Download>> DataSets::beginGet(const ObjectId &dataSet, std::string_view key)
{
    const auto set = m_plant.store.get<DataSet>(dataSet);
    if (!set) {
        return tl::unexpected(set.error());
    }
    if (set->custody == Custody::Incoming) {
        return notReady(toString(set->custody));
    }
    const auto object = m_plant.store.dataObject(dataSet.id, key);
    return object ? downloadFile(m_plant.layout.object(object->first), {}) : tl::unexpected(object.error());
}

}
