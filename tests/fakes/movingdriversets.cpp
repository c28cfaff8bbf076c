// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// The data sets of MovingDriver, whose users put, replace and delete whenever somebody lists what they hold.
#include "core/manifest.h"
#include "tests/fakes/movingdriver.h"

namespace portulan::test {

void MovingDriver::addDataSet(const std::string &id, std::map<std::string, Disk> objects)
{
    DataSet set;
    set.id = {m_site, ObjectKind::DataSet, id};
    set.name = id;
    set.project = "care";
    set.classification = Classification::Internal;
    for (const auto &[key, disk] : objects) {
        m_disks[{id, key}] = disk;
        ++set.objects;
        set.bytes += std::int64_t(disk->bytes.size());
    }
    put(set);
}

Result<> MovingDriver::change(const std::string &dataSet, const std::function<void(DataSet &)> &edit)
{
    const std::scoped_lock lock(m_mutex);
    const auto at = m_things.find({m_site, ObjectKind::DataSet, dataSet});
    if (at == m_things.end()) {
        return refuse(Reason::NotFound);
    }
    auto set = std::get<DataSet>(at->second);
    if (set.custody != Custody::Owner) {
        return refuse(Reason::NotReady, {{"state", std::string(toString(set.custody))}});
    }
    edit(set);
    set.bytes = set.objects = 0;
    for (const auto &[key, disk] : objects(dataSet)) {
        ++set.objects;
        set.bytes += std::int64_t(disk->bytes.size());
    }
    put(set);
    return {};
}

Result<> MovingDriver::putObject(const std::string &dataSet, const std::string &key, const Disk &disk)
{
    return change(dataSet, [&](DataSet &) { m_disks[{dataSet, key}] = disk; });
}

void MovingDriver::vanish(const ObjectId &dataSet)
{
    const std::scoped_lock lock(m_mutex);
    std::erase_if(m_disks, [&](const auto &entry) { return entry.first.first == dataSet.id; });
    remove(dataSet);
}

Result<> MovingDriver::deleteObject(const std::string &dataSet, const std::string &key)
{
    return change(dataSet, [&](DataSet &) { m_disks.erase({dataSet, key}); });
}

Result<> MovingDriver::classify(const std::string &dataSet, Classification classification)
{
    return change(dataSet, [&](DataSet &set) { set.classification = classification; });
}

std::map<std::string, MovingDriver::Disk> MovingDriver::objects(const std::string &dataSet)
{
    const std::scoped_lock lock(m_mutex);
    std::map<std::string, Disk> found;
    for (const auto &[place, disk] : m_disks) {
        if (place.first == dataSet && !place.second.empty()) {
            found[place.second] = disk;
        }
    }
    return found;
}

Result<std::vector<DataObject>> MovingDriver::dataObjects(const ObjectId &dataSet, std::string_view after, std::size_t limit)
{
    if (auto allowed = ask("list"); !allowed) {
        return unexpected(allowed.error());
    }
    if (guest && after.empty()) {
        guest();
    }
    const std::scoped_lock lock(m_mutex);
    std::vector<DataObject> found;
    for (const auto &[place, disk] : m_disks) {
        if (place.first == dataSet.id && place.second > after && !place.second.empty() && found.size() < limit) {
            const auto digest = disk->digest.empty() ? toHex(sha256(disk->bytes)) : disk->digest;
            found.push_back({place.second, std::int64_t(disk->bytes.size()), digest, {}, std::to_string(disk->number)});
        }
    }
    return found;
}

Result<std::vector<bool>> MovingDriver::takeLot(const ObjectId &dataSet, const site::Lot &lot, const std::optional<site::Former> &former)
{
    if (auto allowed = ask("take lot"); !allowed) {
        return unexpected(allowed.error());
    }
    const bool isKept = former && custody(former->object) == Custody::Retained;
    const std::scoped_lock lock(m_mutex);
    auto set = std::get<DataSet>(m_things.at(dataSet));
    if (set.custody != Custody::Incoming) {
        return refuse(Reason::NotReady, {{"state", std::string(toString(set.custody))}});
    }
    auto &[taken, filledOnes] = m_lots[dataSet.id];
    if (taken != lot.number) {
        filledOnes.clear();
        for (const auto &key : lot.gone) {
            m_disks.erase({dataSet.id, key});
        }
        for (const auto &object : lot.objects) {
            const auto disk = m_disks[{dataSet.id, object.key}] = std::make_shared<MemoryDisk>(std::uint64_t(object.size));
            disk->room = room;
            const auto kept = isKept ? m_disks.find({former->object.id, object.key}) : m_disks.end();
            filledOnes.push_back(kept != m_disks.end() && toHex(sha256(kept->second->bytes)) == object.sha256);
            if (filledOnes.back()) {
                disk->bytes = kept->second->bytes;
                ++filled;
            }
            disk->cache();
        }
        set.classification = lot.dataSet.classification;
        put(set);
        taken = lot.number;
    }
    return ask("take lot done").map([&filledOnes] { return filledOnes; });
}

}
