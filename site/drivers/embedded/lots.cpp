// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// The files of a data set that arrives, whole or lot by lot.
#include "site/drivers/embedded/moves.h"

#include <fcntl.h>
#include <set>
#include <unistd.h>

namespace portulan::site::embedded {

/// Blank files, whose names are there to stay; what is in them is made durable by whoever writes it. What was made stays in `files` on failure.
Result<> Moves::makeObjectFiles(const std::vector<DataObject> &objects, std::vector<std::string> &files)
{
    std::set<std::string> directories;
    for (const auto &object : objects) {
        const auto name = m_dataSets.newFile(object.key);
        if (!name) {
            return tl::unexpected(name.error());
        }
        files.push_back(*name);
        const std::string path = m_plant.layout.object(*name);
        const auto file = openFile(path, O_RDWR | O_CREAT | O_EXCL);
        if (!file || ::ftruncate(file->get(), object.size) != 0) {
            return file ? ioRefusal("write", path) : tl::unexpected(file.error());
        }
        directories.insert(parentOf(path));
    }
    for (const auto &directory : directories) {
        if (auto synced = syncDirectory(directory); !synced) {
            return synced;
        }
    }
    return {};
}

std::string lotKey(const ObjectId &dataSet)
{
    return "arrival-lot:" + dataSet.id;
}

Result<> Moves::prepareLot(
    Draft &draft, const ObjectId &dataSet, const Lot &lot, const std::vector<std::string> &files, const std::vector<bool> &filled)
{
    auto set = draft.get<DataSet>(dataSet);
    if (!set || set->custody != Custody::Incoming) {
        return set ? notReady(toString(set->custody)) : tl::unexpected(set.error());
    }
    set->name = lot.dataSet.name;
    set->classification = lot.dataSet.classification;
    set->labels = lot.dataSet.labels;
    auto done = checkCommon(set->name, set->labels);
    for (const auto &key : lot.gone) {
        done = done.and_then([&] { return draft.removeObject(dataSet.id, key); });
    }
    for (std::size_t i = 0; i < lot.objects.size(); ++i) {
        done = done.and_then([&] { return checkKey(lot.objects[i].key); }).and_then([&] {
            return draft.putObject(dataSet.id, lot.objects[i], i < files.size() ? files[i] : std::string());
        });
    }
    return done.and_then([&] { return draft.tally(*set); }).and_then([&] { return draft.put(*set); }).and_then([&] {
        return draft.note(lotKey(dataSet), std::to_string(lot.number) + ' ' + wordOf(filled));
    });
}

Result<std::vector<bool>> Moves::takeLot(const ObjectId &dataSet, const Lot &lot, const std::optional<Former> &former)
{
    const auto held = m_plant.locks.hold({dataSet});
    if (!held) {
        return tl::unexpected(held.error());
    }
    const auto noted = m_plant.store.note(lotKey(dataSet));
    if (const auto number = std::to_string(lot.number) + ' '; noted.starts_with(number)) {
        return filledFrom(noted.substr(number.size())); // its objects may hold bytes already
    }
    std::int64_t bytes = 0;
    std::vector<std::string> replaced;
    const auto goes = [&](const std::string &key) {
        if (const auto there = m_plant.store.dataObject(dataSet.id, key)) {
            replaced.push_back(there->first);
        }
    };
    for (const auto &key : lot.gone) {
        goes(key);
    }
    for (const auto &object : lot.objects) {
        goes(object.key);
        bytes += object.size;
    }
    std::vector<std::string> files;
    std::vector<bool> filled;
    auto done = demandRoom(m_plant, bytes)
                    .and_then([&] { return m_plant.store.rehearse([&](Draft &draft) { return prepareLot(draft, dataSet, lot, {}, {}); }); })
                    .and_then([&] { return makeObjectFiles(lot.objects, files); })
                    .map([&] { filled = former ? fillLot(former->object, lot.objects, files) : filled; })
                    .and_then([&] { return m_plant.store.change([&](Draft &draft) { return prepareLot(draft, dataSet, lot, files, filled); }); });
    m_dataSets.erase(done ? replaced : files);
    return done.map([&] { return filled; });
}

}
