// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/cloud/cloud.h"
#include "site/drivers/libvirt/handles.h"

#include <functional>
#include <mutex>

namespace portulan::site::libvirt {

/// One libvirt host: its connection, opened when it is needed and again when it broke, and what is there. Thread safe.
class Host {
public:
    struct Places {
        std::string pool;
        std::string imagePool;
        std::string consoleDirectory; ///< may be empty
    };
    /// `stir` is called, from libvirt's thread, when something changes there.
    Host(std::string uri, Places places, std::function<void()> stir);
    ~Host();
    void close(); ///< no more events; nothing is opened any more

    struct Facts {
        std::string hypervisor;
        Amounts measured;
    };
    Result<Facts> facts();
    std::int64_t freeBytes(); ///< memory; -1 if it does not answer
    bool hasDelivered(const std::string &tag); ///< a disk of that making
    Result<> look(cloud::Sightings &into);
    Result<cloud::Sighting> look(const cloud::Ref &ref);
    /// Whether the word can only be this host's, or is known here.
    bool knows(const cloud::Ref &ref);

    Result<> power(const std::string &uuid, cloud::Power power);
    Result<cloud::Ref> createInstance(const cloud::NewInstance &wanted);
    Result<> undefine(const std::string &uuid);
    Foresight foresee(const Arrival &arrival);
    std::vector<Problem> leftBehind(const std::string &uuid);
    Result<> resizeInstance(const std::string &uuid, std::int64_t vcpus, std::int64_t ramBytes);
    Result<> attachVolume(const std::string &uuid, const std::string &word);
    Result<> detachVolume(const std::string &uuid, const std::string &word);
    Result<> fence(const std::string &uuid, const std::string &movedTo);
    Result<cloud::Ref> createNetwork(const CreateNetwork &order);
    Result<> deleteNetwork(const std::string &uuid);
    Result<cloud::Ref> createSnapshot(const cloud::NewSnapshot &wanted);
    Result<> revertSnapshot(const std::string &word);
    Result<> deleteSnapshot(const std::string &word);
    Result<cloud::Ref> createImage(const cloud::NewImage &wanted);
    Result<cloud::Ref> createVolume(const CreateVolume &order, const std::string &image);
    Result<> resizeVolume(const std::string &word, std::int64_t bytes);
    Result<> deleteVolume(const std::string &word);
    static bool isHere(const std::string &uri); ///< its daemon is on this host: its files can be reached
    Result<std::unique_ptr<cloud::LiveDisks>> follow(const std::string &uuid);
    Result<std::unique_ptr<BlockReader>> openDisk(const std::string &word);
    Result<std::string> fetch(const std::string &word, const std::string &path, Progress &progress);
    Result<cloud::Ref> deliver(const cloud::NewDisk &disk, Progress &progress);
    Result<std::pair<std::string, std::int64_t>> consoleOutput(const std::string &uuid, std::size_t maxBytes);

private:
    using Line = std::shared_ptr<virConnect>;
    Result<Line> line();
    void listen(virConnectPtr connection);
    Result<Domain> domain(const std::string &uuid); ///< holds its connection
    Result<StorageVolume> volume(const std::string &word);
    Result<Instance> instanceOf(virDomainPtr domain);
    Result<cloud::Sighting> sightingOf(virStorageVolPtr volume);
    static Result<cloud::Sighting> sightingOf(virNetworkPtr network);
    Result<cloud::Sighting> lookAtNetwork(const std::string &uuid);
    Result<> snapshotsOf(virDomainPtr domain, const Instance &instance, std::vector<cloud::Sighting> &into);
    Result<cloud::Sighting> lookAtSnapshot(const std::string &word);
    Result<std::string> ownerOf(const std::string &word);
    Result<> lookAtPools(const Line &line, cloud::Sightings &into);
    Result<StorageVolume> makeDisk(const Line &line, const cloud::NewInstance &wanted, const std::string &name);
    Result<std::string> domainXml(const Line &line, const cloud::NewInstance &wanted, const std::string &name, const std::vector<std::string> &disks);
    Result<std::string> freeName(const Line &line, const cloud::NewInstance &wanted);
    std::string wordOf(const std::string &path) const { return m_name + ':' + path; }

    const std::string m_uri;
    const Places m_places;
    const std::function<void()> m_stir;
    std::mutex m_mutex; ///< all below
    Line m_line;
    std::string m_name; ///< the host's own; part of the words for its volumes
    bool m_isClosed = false;
};

}
