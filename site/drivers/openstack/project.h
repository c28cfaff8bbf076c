// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/cloud/cloud.h"
#include "site/drivers/openstack/session.h"

#include <atomic>

namespace portulan::site::openstack {

/// The cloud interface over one project of an OpenStack.
class OpenStack final : public cloud::Cloud {
public:
    explicit OpenStack(Session::Settings settings);
    ~OpenStack() override { close(); }

    Result<> open(std::function<void()>) override { return {}; } // nothing stirs: it is asked what has changed
    void close() override;
    cloud::CloudFacts facts() override;
    bool tellsChanges() const override { return true; }
    Result<cloud::Sightings> look(bool isWhole) override;
    Result<cloud::Sighting> look(const cloud::Ref &ref) override;

    Result<std::pair<std::string, std::int64_t>> consoleOutput(const cloud::Ref &ref, std::size_t maxBytes) override;
    Result<> power(const cloud::Ref &ref, cloud::Power power) override;
    Result<cloud::Ref> createInstance(const cloud::NewInstance &wanted) override;
    Result<> deleteInstance(const cloud::Ref &ref) override;
    Result<> resizeInstance(const cloud::Ref &ref, std::int64_t vcpus, std::int64_t ramBytes) override;
    Result<> attachVolume(const cloud::Ref &instance, const cloud::Ref &volume) override;
    Result<> detachVolume(const cloud::Ref &instance, const cloud::Ref &volume) override;
    Result<> fence(const cloud::Ref &ref, const std::string &movedTo) override;
    Result<cloud::Ref> createVolume(const CreateVolume &order, const std::string &image) override;
    Result<> resizeVolume(const cloud::Ref &ref, std::int64_t bytes) override;
    Result<> deleteVolume(const cloud::Ref &ref) override;
    Result<cloud::Ref> createImage(const cloud::NewImage &wanted, Progress &progress) override;
    Result<> deleteImage(const cloud::Ref &ref) override;
    Result<cloud::Ref> createSnapshot(const cloud::NewSnapshot &wanted) override;
    Result<> revertSnapshot(const cloud::Ref &ref) override;
    Result<> deleteSnapshot(const cloud::Ref &ref) override;
    Result<cloud::Ref> createNetwork(const CreateNetwork &order) override;
    Result<> deleteNetwork(const cloud::Ref &ref) override;

    Foresight foresee(const Arrival &arrival) override;
    Result<std::string> fetch(const cloud::Ref &ref, const std::string &path, Progress &progress) override;
    Result<cloud::Ref> deliver(const cloud::NewDisk &disk, Progress &progress) override;
    bool runsWhenMade() const override { return true; }

private:
    using Seconds = std::chrono::seconds;
    /// Asks for one thing until `isThere` says so; what it then is. TimedOut, Cancelled.
    Result<Json> await(Service service, const std::string &path, const char *key, const std::function<bool(const Json &)> &isThere, Seconds patience,
        Progress *progress = nullptr);
    Result<> awaitGone(Service service, const std::string &path, Seconds patience);
    /// A new thing's id, out of the answer to its creation.
    Result<std::string> create(Service service, const std::string &path, const char *key, const Json &body);
    struct Flavor {
        std::string id, name;
        std::int64_t ramBytes = 0, vcpus = 0;
    };
    Result<Flavor> flavorFor(const cloud::NewInstance &wanted);
    Result<Json> volumeForm(const std::string &image, std::int64_t bytes);
    Result<std::string> makeVolume(const Json &form, Seconds patience, Progress *progress = nullptr);
    Result<> lookAtNetworks(cloud::Sightings &into);
    Result<> lookAtStill(cloud::Sightings &into, bool hasVolumes);
    Result<> lookAtVolumes(cloud::Sightings &into, const std::string &since);
    std::map<std::string, std::string> networks();
    void noteDevices(const Json &volume);
    void order(Instance &instance); ///< its volumes, as they are on its bus
    Result<cloud::CloudFacts> capacity();
    Result<std::string> uploadImage(const std::string &name, const cloud::NewDisk &disk, Progress &progress);
    Result<> downloadImage(const std::string &image, const std::string &path, Progress &progress);
    Result<std::string> imageOf(const std::string &volume, const std::string &name, Progress &progress);
    Result<> fetchVolume(const std::string &volume, const std::string &path, Progress &progress);
    Result<std::string> aside(const std::string &volume, std::string &snapshot, Progress &progress);
    Result<> readBack(const std::string &volume, const cloud::NewDisk &disk, Progress &progress);
    Result<> sweep(const cloud::NewDisk &disk);

    Session m_session;
    std::atomic<bool> m_isClosed = false;
    std::mutex m_mutex; ///< all below
    cloud::CloudFacts m_facts;
    std::map<std::string, std::string> m_networks; ///< ids by name, of those whose name is theirs alone: servers tell names
    std::map<std::string, std::string> m_devices; ///< of volumes, where a server has them: servers tell theirs in no order
    std::chrono::milliseconds m_overlap {}; ///< by which the next look for changes goes back
    std::string m_changedUntil; ///< the newest change seen, by the cloud's clock
};

}
