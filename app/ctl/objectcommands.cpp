// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// list, show and delete, the same for every kind of object.
#include "app/ctl/commands.h"
#include "app/ctl/thingjson.h"
#include "core/query.h"
#include "models/await.h"
#include "models/phrases.h"

namespace portulan::ctl {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(portulan::ctl::ObjectCommands)
};

void list(Session &session, const Arguments &arguments, ObjectKind kind)
{
    auto parsed = Query::parse(arguments.value("query").toStdString());
    if (!accepts(session, parsed)) {
        return;
    }
    const auto query = std::make_shared<const Query>(std::move(*parsed));
    session.whenHeard({}, [&session, kind, query] {
        const auto &inventory = session.federation().inventory();
        auto order = query->select(inventory, kind);
        sort(order, inventory, kind, SortKey::Name, false);
        Listing listing {rowTitles(kind), {}, Json::array(), session.standings()};
        for (const Slot slot : order) {
            const Row &row = inventory.rows(kind)[slot];
            listing.add(rowJson(inventory, row), rowCells(inventory, row));
        }
        print(listing, session.options().form);
        session.finish(Exit::Done);
    });
}

void show(Session &session, const Arguments &arguments, ObjectKind kind)
{
    session.resolve(arguments.at(0), kind, [&session, kind](const ObjectId &id) {
        await(session.federation().link(QString::fromStdString(id.site))->object(id), &session, [&session, id, kind](const Result<Thing> &answer) {
            if (!answer) {
                session.fail(answer.error());
                return;
            }
            Json json = toJson(*answer);
            const auto &inventory = session.federation().inventory();
            if (const Slot slot = inventory.find(id); slot != noSlot && isJudged(kind)) {
                json["verdict"] = toString(inventory.rows(kind)[slot].verdict);
            }
            print(json, session.options().form);
            session.finish(Exit::Done);
        });
    });
}

Order deletion(const ObjectId &id, bool keepVolumes)
{
    switch (id.kind) {
    case ObjectKind::Instance:
        return DeleteInstance {id, !keepVolumes};
    case ObjectKind::Volume:
        return DeleteVolume {id};
    case ObjectKind::Image:
        return DeleteImage {id};
    case ObjectKind::DataSet:
        return DeleteDataSet {id};
    case ObjectKind::Snapshot:
        return DeleteSnapshot {id};
    default:
        return DeleteNetwork {id};
    }
}

void remove(Session &session, const Arguments &arguments, ObjectKind kind)
{
    const bool wait = arguments.has("wait");
    const bool keepVolumes = arguments.has("keep-volumes");
    session.resolve(arguments.at(0), kind, [&session, wait, keepVolumes](const ObjectId &id) {
        session.order(QString::fromStdString(id.site), deletion(id, keepVolumes), wait,
            [&session](const Operation &operation) { session.conclude({operation}); });
    });
}

}

std::vector<Command> objectCommands()
{
    std::vector<Command> commands;
    for (const auto &[word, kind] : families) {
        const auto family = QString::fromLatin1(word);
        const auto with = [kind = kind](auto function) {
            return [kind, function](Session &session, const Arguments &arguments) { function(session, arguments, kind); };
        };
        std::vector<Option> deletion {{"wait"}};
        if (kind == ObjectKind::Instance) {
            deletion.push_back({"keep-volumes"});
        }
        //: %1 is the plural of a kind of object: Instances, Volumes
        commands.push_back({family + u" list", QStringLiteral("[--query Q]"), Words::tr("%1: list those of all sites.").arg(Phrases::plural(kind)),
            {{"query", "Q"}}, 0, 0, true, with(list)});
        //: %1 is a kind of object: Instance, Volume
        commands.push_back({family + u" show", QStringLiteral("ID"), Words::tr("%1: show one.").arg(Phrases::of(kind)), {}, 1, 1, true, with(show)});
        if (kind == ObjectKind::KubernetesCluster) { // only looked at
            continue;
        }
        commands.push_back({family + u" delete", QStringLiteral("ID"), Words::tr("%1: delete one.").arg(Phrases::of(kind)), std::move(deletion), 1, 1,
            true, with(remove)});
    }
    return commands;
}

}
