// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/embedded/plant.h"

namespace portulan::site::embedded {

namespace {

Settings complete(Settings settings)
{
    if (!settings.clock) {
        settings.clock = [] { return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()); };
    }
    return settings;
}

}

Plant::Plant(Settings given)
    : settings(complete(std::move(given)))
    , store(settings.site, settings.clock)
{
}

Plant::~Plant()
{
    watcher.stop();
    machines.clear();
}

std::shared_ptr<Machine> Plant::running(const std::string &instance)
{
    const std::lock_guard lock(machinesMutex);
    const auto at = machines.find(instance);
    return at == machines.end() || at->second->isOver() ? nullptr : at->second;
}

}
