// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/record/projects.h"

#include <algorithm>

namespace portulan::site {

namespace {

Result<> checkProject(const Project &project)
{
    const auto limit = [](std::string_view field, std::int64_t value) { return checkRange(field, value, -1, std::int64_t(1) << 60); };
    return checkCommon(project.name, project.labels)
        .and_then([&] { return limit("quota.vcpus", project.quota.limit.vcpus); })
        .and_then([&] { return limit("quota.ram_bytes", project.quota.limit.ramBytes); })
        .and_then([&] { return limit("quota.storage_bytes", project.quota.limit.storageBytes); })
        .and_then([&] { return limit("quota.instances", project.quota.instances); })
        .and_then([&] { return limit("quota.volumes", project.quota.volumes); })
        .and_then([&] { return checkRange("policy.min_seal", project.policy.minSeal, 0, 4); });
}

}

Result<> prepareProject(Draft &draft, CreateProject &order)
{
    if (auto good = checkProject(order.project); !good) {
        return good;
    }
    const auto id = draft.newId(ObjectKind::Project, order.project.id.id);
    if (!id) {
        return tl::unexpected(id.error());
    }
    order.project.id = *id;
    Project project = order.project;
    project.project = id->id;
    project.createdAt = {};
    project.used = {};
    project.usedInstances = project.usedVolumes = 0;
    return draft.put(project);
}

Result<> prepareProject(Draft &draft, const UpdateProject &order, std::string_view etag)
{
    auto project = draft.get<Project>(order.project.id);
    if (!project) {
        return tl::unexpected(project.error());
    }
    if (auto good = demandEtag(*project, etag).and_then([&] { return checkProject(order.project); }); !good) {
        return good;
    }
    project->name = order.project.name;
    project->labels = order.project.labels;
    project->tenantType = order.project.tenantType;
    project->quota = order.project.quota;
    project->policy = order.project.policy;
    return draft.put(*project);
}

Result<> prepareProject(Draft &draft, const Store &store, const DeleteProject &order, std::string_view etag)
{
    const auto project = draft.get<Project>(order.project);
    if (!project) {
        return tl::unexpected(project.error());
    }
    if (auto good = demandEtag(*project, etag); !good) {
        return good;
    }
    const auto belongs = [&](const Thing &thing) {
        return std::visit(
            [&](const auto &object) {
                using T = std::remove_cvref_t<decltype(object)>;
                if constexpr (std::is_base_of_v<Common, T> && !std::is_same_v<T, Project>) {
                    return object.project == order.project.id;
                } else {
                    return false;
                }
            },
            thing);
    };
    if (std::ranges::any_of(store.all(), belongs)) {
        return notReady("not_empty");
    }
    draft.remove(order.project);
    return {};
}

}
