// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/embedded/plant.h"

namespace portulan::site::embedded {

/// Orders about volumes and images, and the files behind them.
class Volumes {
public:
    explicit Volumes(Plant &plant)
        : m_plant(plant)
    {
    }
    Result<> prepare(Draft &draft, CreateVolume &order, std::string_view etag);
    Result<> prepare(Draft &draft, ResizeVolume &order, std::string_view etag);
    Result<> prepare(Draft &draft, DeleteVolume &order, std::string_view etag);
    Result<> prepare(Draft &draft, CreateImage &order, std::string_view etag);
    Result<> prepare(Draft &draft, DeleteImage &order, std::string_view etag);
    Result<ObjectId> perform(CreateVolume order, std::string_view etag, Progress &progress);
    Result<ObjectId> perform(ResizeVolume order, std::string_view etag, Progress &progress);
    Result<ObjectId> perform(DeleteVolume order, std::string_view etag, Progress &progress);
    Result<ObjectId> perform(CreateImage order, std::string_view etag, Progress &progress);
    Result<ObjectId> perform(DeleteImage order, std::string_view etag, Progress &progress);

    /// The file of a new volume, under its final name: blank, or before an image. Nothing stays on failure.
    Result<> makeDisk(const std::string &volume, std::int64_t size, const std::string &image);
    /// A disk read with all that is behind it.
    Result<std::unique_ptr<BlockReader>> read(const std::string &path);
    /// Takes a volume, its snapshots and what is known of it out of the draft; their files go with erase().
    void remove(Draft &draft, const ObjectId &volume);
    /// Takes an image out of the draft; its file goes with the record. NotReady{in_use} while disks rest on it.
    Result<> removeImage(Draft &draft, const ObjectId &image);
    /// The files of a volume that is no longer on record.
    void erase(const std::string &volume);
    /// Puts bytes on disk as they now are into the volume's record.
    void refresh(Draft &draft, Volume &volume);
    /// NotReady{state} unless the volume is this site's and nobody runs on it.
    Result<> demandQuiet(Draft &draft, const Volume &volume);

private:
    Plant &m_plant;
};

/// Where a draft notes which image is behind a volume.
std::string behindKey(const std::string &volume);
/// Length and digest of an image's file.
Result<> describeFile(const std::string &path, Image &image);
/// NoCapacity{resource, free, wanted} unless the file system has room.
Result<> demandRoom(const Plant &plant, std::int64_t bytes);

}
