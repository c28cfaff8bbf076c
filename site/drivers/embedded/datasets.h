// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/embedded/plant.h"

namespace portulan::site::embedded {

/// Data sets and their objects. An object is a file named after the digest of its key and a number of its own, so that a new version is
/// complete before the old one goes.
class DataSets {
public:
    explicit DataSets(Plant &plant)
        : m_plant(plant)
    {
    }
    Result<> prepare(Draft &draft, CreateDataSet &order, std::string_view etag);
    Result<> prepare(Draft &draft, UpdateDataSet &order, std::string_view etag);
    Result<> prepare(Draft &draft, DeleteDataSet &order, std::string_view etag);
    Result<> prepare(Draft &draft, DeleteDataObject &order, std::string_view etag);
    Result<ObjectId> perform(DeleteDataSet order, std::string_view etag, Progress &progress);
    Result<ObjectId> perform(DeleteDataObject order, std::string_view etag, Progress &progress);
    Result<std::unique_ptr<Upload>> beginPut(const ObjectId &dataSet, std::string_view key, std::string_view sha256);
    Result<std::unique_ptr<Download>> beginGet(const ObjectId &dataSet, std::string_view key);

    /// A new file name for an object of this key; its directory is there on return.
    Result<std::string> newFile(std::string_view key);
    /// Takes a data set with all its objects out of the draft.
    Result<> remove(Draft &draft, const ObjectId &dataSet);
    std::vector<std::string> filesOf(const ObjectId &dataSet);
    void erase(const std::vector<std::string> &files);
    /// Erases the files no object is known of (an erasure or upload cut short).
    Result<> sweep();

private:
    friend class Put;
    Plant &m_plant;
};

/// InvalidArgument{field} unless 1 to 1024 bytes of UTF-8.
Result<> checkKey(std::string_view key);

}
