// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/site/oncloud.h"

#include "site/drivers/disk/blocks.h"

namespace portulan::tests {

using namespace site;

std::string nanoGuest()
{
    return PORTULAN_BINARY_DIR "/nano/nano.raw";
}

Arrival OnCloud::machineArriving(const std::string &id, const std::vector<std::string> &disks)
{
    Arrival arrival;
    arrival.migration = "m-" + id;
    arrival.project = "default";
    Instance machine;
    machine.id = {"there", ObjectKind::Instance, id};
    machine.name = "Machine « " + id + " »";
    machine.ramBytes = 8 << 20;
    machine.classification = Classification::Personal;
    machine.volumeIds = disks;
    arrival.instance = machine;
    for (const auto &name : disks) {
        Volume disk;
        disk.id = {"there", ObjectKind::Volume, name};
        disk.name = name;
        disk.sizeBytes = std::int64_t(std::filesystem::file_size(nanoGuest()));
        arrival.volumes.push_back(disk);
    }
    return arrival;
}

Received OnCloud::arrive(Arrival arrival, const std::string &file)
{
    const auto disk = openRaw(file);
    EXPECT_TRUE(disk);
    auto received = driver->receive(arrival);
    EXPECT_TRUE(received) << describe(received.error());
    if (!received || !disk) {
        return {};
    }
    const auto writer = driver->openForWrite(received->volumes.empty() ? received->object : received->volumes.front(), {});
    EXPECT_TRUE(writer) << describe(writer.error());
    const auto copied = writer ? copyBlocks(**disk, **writer, progress) : tl::unexpected(writer.error());
    EXPECT_TRUE(copied);
    return *received;
}

Result<> OnCloud::settled(const ObjectId &object)
{
    Result<> outcome = refuse(Reason::TimedOut);
    (void)await(
        [&] {
            const auto settling = driver->settle(object);
            outcome = settling ? Result<>() : tl::unexpected(settling.error());
            return !settling || !*settling;
        },
        std::chrono::minutes(4));
    return outcome;
}

std::string OnCloud::bytesOf(const ObjectId &disk)
{
    const auto reader = driver->openForRead(disk, {});
    EXPECT_TRUE(reader) << describe(reader.error());
    std::string bytes(reader ? (*reader)->sizeBytes() : 0, '\0');
    const auto extents = reader ? (*reader)->extents(0, bytes.size()) : tl::unexpected(reader.error());
    for (const auto &extent : extents.value_or(std::vector<Extent>())) {
        EXPECT_TRUE((*reader)->read(extent.offset, std::as_writable_bytes(std::span(bytes).subspan(extent.offset, extent.length))));
    }
    bytes.resize(bytes.find_last_not_of('\0') + 1);
    return bytes;
}

}
