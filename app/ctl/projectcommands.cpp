// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "app/ctl/commands.h"
#include "app/ctl/thingjson.h"

namespace portulan::ctl {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(portulan::ctl::ProjectCommands)
};

void list(Session &session, const Arguments &)
{
    session.whenHeard({}, [&session] {
        const auto &inventory = session.federation().inventory();
        Listing listing {{Words::tr("ID"), Words::tr("NAME"), Words::tr("KIND OF TENANT"), Words::tr("INSTANCES"), Words::tr("VOLUMES")}, {},
            Json::array(), session.standings()};
        for (const auto &site : inventory.siteIds()) {
            for (const Project *project : inventory.projects(site)) {
                listing.add(toJson(*project),
                    {QString::fromStdString(project->id.text()), QString::fromStdString(project->name), QString::fromStdString(project->tenantType),
                        QString::number(project->usedInstances), QString::number(project->usedVolumes)});
            }
        }
        print(listing, session.options().form);
        session.finish(Exit::Done);
    });
}

/// What the options say, over what was there.
Result<> apply(const Arguments &arguments, Project &project)
{
    const auto vcpus = arguments.number("quota-vcpus", project.quota.limit.vcpus, -1, 1'000'000);
    const auto instances = arguments.number("quota-instances", project.quota.instances, -1, 10'000'000);
    const auto volumes = arguments.number("quota-volumes", project.quota.volumes, -1, 10'000'000);
    const auto ram = arguments.bytes("quota-ram", project.quota.limit.ramBytes);
    const auto storage = arguments.bytes("quota-storage", project.quota.limit.storageBytes);
    const auto seal = arguments.number("min-seal", project.policy.minSeal, 0, 4);
    for (const auto *result : {&vcpus, &instances, &volumes, &ram, &storage, &seal}) {
        if (!*result) {
            return tl::unexpected(result->error());
        }
    }
    project.quota = {{*vcpus, *ram, *storage}, *instances, *volumes};
    project.policy.minSeal = int(*seal);
    project.name = arguments.value("name", QString::fromStdString(project.name.empty() ? project.id.id : project.name)).toStdString();
    project.tenantType = arguments.value("tenant", QString::fromStdString(project.tenantType)).toStdString();
    if (arguments.has("countries")) {
        project.policy.allowedCountries.clear();
        for (const auto &country : arguments.value("countries").split(u',', Qt::SkipEmptyParts)) {
            project.policy.allowedCountries.push_back(country.toStdString());
        }
    }
    project.policy.requireSecNumCloud = project.policy.requireSecNumCloud || arguments.has("require-secnumcloud");
    project.policy.forbidUsExposure = project.policy.forbidUsExposure || arguments.has("forbid-us-exposure");
    return {};
}

void create(Session &session, const Arguments &arguments)
{
    Project project;
    const auto site = arguments.value("site");
    project.id = {site.toStdString(), ObjectKind::Project, arguments.at(0).toStdString()};
    project.project = project.id.id;
    if (site.isEmpty() || !isId(project.id.id)) {
        session.usage({Reason::InvalidArgument, {{"field", site.isEmpty() ? "--site" : "ID"}, {"expected", "1–63 a-z 0-9 -"}}, {}});
    } else if (const auto applied = apply(arguments, project); accepts(session, applied)) {
        session.order(
            site, CreateProject {project}, arguments.has("wait"), [&session](const Operation &operation) { session.conclude({operation}); });
    }
}

void update(Session &session, const Arguments &arguments)
{
    session.resolve(arguments.at(0), ObjectKind::Project, [&session, arguments](const ObjectId &id) {
        Project project = *session.federation().inventory().project(id.site, id.id);
        if (const auto applied = apply(arguments, project); accepts(session, applied)) {
            session.order(QString::fromStdString(id.site), UpdateProject {project}, arguments.has("wait"),
                [&session](const Operation &operation) { session.conclude({operation}); });
        }
    });
}

}

std::vector<Command> projectCommands()
{
    const std::vector<Option> choices {{"name", "NAME"}, {"tenant", "KIND"}, {"quota-vcpus", "N"}, {"quota-ram", "SIZE"}, {"quota-storage", "SIZE"},
        {"quota-instances", "N"}, {"quota-volumes", "N"}, {"countries", "FR,DE"}, {"require-secnumcloud"}, {"forbid-us-exposure"},
        {"min-seal", "0-4"}, {"wait"}};
    auto creation = choices;
    creation.insert(creation.begin(), {"site", "SITE"});
    return {
        {QStringLiteral("project list"), {}, Words::tr("List projects with quotas and policies."), {}, 0, 0, true, list},
        {QStringLiteral("project create"), QStringLiteral("ID --site SITE"), Words::tr("Create a project at a site."), creation, 1, 1, true, create},
        {QStringLiteral("project update"), QStringLiteral("ID"), Words::tr("Change a project's name, quota or policy."), choices, 1, 1, true, update},
    };
}

}
