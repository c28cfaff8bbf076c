// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/result.h"

#include <cstdlib>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>
#include <memory>
#include <string>
#include <vector>

namespace portulan::site::libvirt {

template <auto release>
struct Release {
    template <typename T>
    void operator()(T *handle) const
    {
        (void)release(handle);
    }
};
using Connection = std::unique_ptr<virConnect, Release<virConnectClose>>;
using Domain = std::unique_ptr<virDomain, Release<virDomainFree>>;
using Pool = std::unique_ptr<virStoragePool, Release<virStoragePoolFree>>;
using StorageVolume = std::unique_ptr<virStorageVol, Release<virStorageVolFree>>;
using HostNetwork = std::unique_ptr<virNetwork, Release<virNetworkFree>>;
/// Text that libvirt has allocated, taken and freed; empty for none.
std::string textOf(char *allocated);

/// What libvirt last said in this thread: Unreachable, Unauthenticated, NotFound, AlreadyExists, NotReady, DiskFull, TimedOut, Unsupported,
/// InvalidArgument, else Internal, with its own words as detail.
Problem lastProblem(std::string_view what);
tl::unexpected<Problem> lastRefusal(std::string_view what);

/// The elements of a list libvirt allocated, owned.
template <typename Handle, typename T>
std::vector<Handle> owned(T **list, int count)
{
    std::vector<Handle> handles;
    for (int i = 0; i < count; ++i) {
        handles.emplace_back(list[i]);
    }
    std::free(list);
    return handles;
}

}
