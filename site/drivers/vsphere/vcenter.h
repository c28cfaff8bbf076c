// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/cloud/cloud.h"
#include "site/drivers/vsphere/soap.h"

#include <atomic>

namespace portulan::site::vsphere {

/// The cloud interface over a vCenter: machines are "vm-53", templates are images, a machine's disks are "vm-53/2000" after their device key,
/// its snapshots "vm-53/snapshot-7".
class VCenter final : public cloud::Cloud {
public:
    explicit VCenter(Soap::Settings settings);
    ~VCenter() override { close(); }

    Result<> open(std::function<void()>) override { return {}; }
    void close() override { m_soap.close(); }
    cloud::CloudFacts facts() override;
    Result<cloud::Sightings> look(bool isWhole) override;
    Result<cloud::Sighting> look(const cloud::Ref &ref) override;

    Result<> power(const cloud::Ref &ref, cloud::Power power) override;
    Result<cloud::Ref> createInstance(const cloud::NewInstance &wanted) override;
    Result<> deleteInstance(const cloud::Ref &ref) override;
    bool disksGoWithMachine() const override { return true; }
    Result<> resizeInstance(const cloud::Ref &ref, std::int64_t vcpus, std::int64_t ramBytes) override;
    Result<cloud::Ref> createSnapshot(const cloud::NewSnapshot &wanted) override;
    Result<> revertSnapshot(const cloud::Ref &ref) override;
    Result<> deleteSnapshot(const cloud::Ref &ref) override;
    Result<> deleteImage(const cloud::Ref &ref) override { return deleteInstance(ref); } // a template is a machine
    Result<> fence(const cloud::Ref &ref, const std::string &movedTo) override;
    std::vector<Problem> leftBehind(const cloud::Ref &ref) override;
    Result<std::string> fetch(const cloud::Ref &ref, const std::string &path, Progress &progress) override;

private:
    struct Place {
        Moref folder, pool, datastore;
        std::string datastoreName;
    };
    Result<Place> place();
    Result<std::string> diskUrl(const Moref &lease, std::size_t index, std::int64_t &bytes);

    Soap m_soap;
    std::mutex m_mutex; ///< m_facts
    cloud::CloudFacts m_facts;
};

}
