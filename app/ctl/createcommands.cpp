// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "app/ctl/commands.h"
#include "models/await.h"
#include "models/provisionplan.h"

namespace portulan::ctl {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(portulan::ctl::CreateCommands)
};

struct Flavor {
    const char *name;
    qint64 vcpus;
    qint64 ramBytes;
};
constexpr Flavor flavors[]
    = {{"nano", 1, 64LL << 20}, {"micro", 1, 256LL << 20}, {"small", 1, 1LL << 30}, {"medium", 2, 4LL << 30}, {"large", 4, 8LL << 30}};

std::map<std::string, std::string> labelsOf(const Arguments &arguments)
{
    std::map<std::string, std::string> labels;
    for (const auto &label : arguments.values("label")) {
        labels[label.section(u'=', 0, 0).toStdString()] = label.section(u'=', 1).toStdString();
    }
    return labels;
}

Result<ProvisionChoices> choicesOf(const Arguments &arguments, ObjectKind kind)
{
    ProvisionChoices choices;
    choices.kind = kind;
    choices.id = arguments.value("id");
    choices.name = arguments.value("name", choices.id);
    choices.project = arguments.value("project");
    choices.site = arguments.value("site");
    choices.near = arguments.value("near");
    choices.imageId = arguments.value("image");
    choices.networkIds = arguments.values("network");
    choices.labels = labelsOf(arguments);
    choices.start = !arguments.has("no-start");
    choices.flavor = arguments.value("flavor");
    for (const auto &flavor : flavors) {
        if (choices.flavor == QLatin1String(flavor.name)) {
            choices.vcpus = flavor.vcpus;
            choices.ramBytes = flavor.ramBytes;
        }
    }
    const auto classification = classOf(arguments);
    const auto vcpus = arguments.number("vcpus", choices.vcpus, 1, 1024);
    const auto ram = arguments.bytes("ram", choices.ramBytes);
    const auto size = arguments.bytes(kind == ObjectKind::Instance ? "disk" : "size", 0);
    for (const auto *problem : {classification ? nullptr : &classification.error(), vcpus ? nullptr : &vcpus.error(), ram ? nullptr : &ram.error(),
             size ? nullptr : &size.error()}) {
        if (problem != nullptr) {
            return tl::unexpected(*problem);
        }
    }
    choices.classification = *classification;
    choices.vcpus = *vcpus;
    choices.ramBytes = *ram;
    choices.diskBytes = *size;
    if (choices.site.isEmpty() != arguments.has("auto")) {
        return refuse(Reason::InvalidArgument, {{"field", "--site"}, {"expected", "--site SITE | --auto"}});
    }
    return choices;
}

void send(Session &session, const QString &site, const Order &order, const Arguments &arguments)
{
    if (!arguments.has("validate-only")) {
        session.order(site, order, arguments.has("wait"), [&session](const Operation &operation) { session.conclude({operation}); });
        return;
    }
    await(session.federation().submit(site, order, {}, true), &session, [&session](const Result<Operation> &answer) {
        if (answer) {
            session.finish(Exit::Done);
        } else {
            session.fail(answer.error());
        }
    });
}

void create(Session &session, const Arguments &arguments, ObjectKind kind)
{
    const auto choices = choicesOf(arguments, kind);
    if (!accepts(session, choices)) {
        return;
    }
    auto plan = std::make_shared<ProvisionPlan>(session.federation());
    if (!choices->site.isEmpty()) { // a site chosen by name decides by itself, and keeps a trace of refusing
        plan->setChoices(*choices);
        if (const auto mistakes = plan->mistakes(); !mistakes.empty()) {
            session.usage(mistakes.front());
        } else {
            send(session, choices->site, plan->order(), arguments);
        }
        return;
    }
    session.whenHeard({}, [&session, arguments, plan, choices = *choices] {
        plan->setChoices(choices);
        if (const auto mistakes = plan->mistakes(); !mistakes.empty()) {
            session.usage(mistakes.front());
        } else if (const auto obstacles = plan->obstacles(); !obstacles.empty()) {
            session.fail(obstacles.front());
        } else {
            send(session, QString::fromStdString(plan->chosen()->site), plan->order(), arguments);
        }
    });
}

void createNetwork(Session &session, const Arguments &arguments)
{
    const auto name = arguments.value("name", arguments.value("id"));
    const CreateNetwork order {arguments.value("id").toStdString(), name.toStdString(), arguments.value("project").toStdString(),
        arguments.value("kind", QStringLiteral("isolated")).toStdString(), arguments.value("cidr").toStdString()};
    if (!arguments.has("site") || name.isEmpty()) {
        session.usage({Reason::InvalidArgument, {{"field", name.isEmpty() ? "--name" : "--site"}, {"expected", "a name"}}, {}});
    } else {
        send(session, arguments.value("site"), order, arguments);
    }
}

/// An image of a volume that no instance uses.
void createImage(Session &session, const Arguments &arguments)
{
    session.resolve(arguments.value("volume"), ObjectKind::Volume, [&session, arguments](const ObjectId &volume) {
        const auto id = arguments.value("id").toStdString();
        send(session, QString::fromStdString(volume.site),
            CreateImage {id, arguments.value("name", arguments.value("id")).toStdString(), arguments.value("project").toStdString(), volume,
                arguments.value("os").toStdString()},
            arguments);
    });
}

}

std::vector<Command> createCommands()
{
    const std::vector<Option> common {{"site", "SITE"}, {"auto"}, {"near", "SITE"}, {"id", "ID"}, {"name", "NAME"}, {"project", "PROJECT"},
        {"class", "CLASS"}, {"label", "KEY=VALUE"}, {"wait"}, {"validate-only"}};
    const auto with = [&common](std::vector<Option> more) {
        more.insert(more.begin(), common.begin(), common.end());
        return more;
    };
    const auto creating = [](ObjectKind kind) { return [kind](Session &session, const Arguments &arguments) { create(session, arguments, kind); }; };
    return {
        {QStringLiteral("instance create"), QStringLiteral("--site S|--auto --project P --image I --name N --class C"),
            Words::tr("Create an instance at a site, or at the best allowed one."),
            with({{"image", "IMAGE"}, {"flavor", "FLAVOR"}, {"vcpus", "N"}, {"ram", "SIZE"}, {"disk", "SIZE"}, {"network", "NETWORK"}, {"no-start"}}),
            0, 0, true, creating(ObjectKind::Instance)},
        {QStringLiteral("volume create"), QStringLiteral("--site S|--auto --project P --size SIZE --name N --class C"),
            Words::tr("Create a volume, blank or from an image."), with({{"size", "SIZE"}, {"image", "IMAGE"}}), 0, 0, true,
            creating(ObjectKind::Volume)},
        {QStringLiteral("dataset create"), QStringLiteral("--site S|--auto --project P --name N --class C"), Words::tr("Create a data set."),
            with({}), 0, 0, true, creating(ObjectKind::DataSet)},
        {QStringLiteral("image create"), QStringLiteral("--volume VOLUME --name N"), Words::tr("Make an image of a volume."),
            {{"volume", "VOLUME"}, {"id", "ID"}, {"name", "NAME"}, {"project", "PROJECT"}, {"os", "OS"}, {"wait"}, {"validate-only"}}, 0, 0, true,
            createImage},
        {QStringLiteral("network create"), QStringLiteral("--site S --project P --name N"), Words::tr("Create a network."),
            {{"site", "SITE"}, {"id", "ID"}, {"name", "NAME"}, {"project", "PROJECT"}, {"kind", "KIND"}, {"cidr", "CIDR"}, {"wait"},
                {"validate-only"}},
            0, 0, true, createNetwork},
    };
}

}
