// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "app/ctl/applier.h"
#include "app/ctl/commands.h"
#include "models/phrases.h"

namespace portulan::ctl {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(portulan::ctl::ApplyCommands)
};

void conclude(Session &session, const std::vector<Applier *> &appliers)
{
    Json failures = Json::array();
    int code = Exit::Done;
    int total = 0;
    int kept = 0;
    for (const Applier *applier : appliers) {
        total += applier->created();
        kept += applier->left();
        for (const auto &[id, problem] : applier->failures()) {
            failures.push_back({{"id", id}, {"problem", toJson(problem)}});
            say(QString::fromStdString(id) + u": " + Phrases::sentence(problem));
            const int its = exitCode(problem.reason);
            code = code == Exit::Done || code == its ? its : int(Exit::Failed);
        }
    }
    if (session.options().form == Form::Machine) {
        print(Json {{"created", total}, {"unchanged", kept}, {"failed", failures}}, Form::Machine);
    } else {
        say(Words::tr("%Ln things created or updated.", nullptr, total) + u' ' + Words::tr("%Ln were there already.", nullptr, kept) + u' '
            + Words::tr("%Ln failed.", nullptr, int(failures.size())));
    }
    session.finish(code);
}

void apply(Session &session, const Arguments &arguments)
{
    std::vector<std::string> known;
    for (const auto &id : session.federation().siteIds()) {
        known.push_back(id.toStdString());
    }
    auto wanted = readWanted(arguments.at(0), known);
    if (!wanted) {
        session.fail(wanted.error());
        return;
    }
    std::map<std::string, std::deque<Wanted>> bySite;
    for (auto &one : *wanted) {
        bySite[one.site].push_back(std::move(one));
    }
    QStringList sites;
    auto appliers = std::make_shared<std::vector<Applier *>>();
    for (auto &[site, list] : bySite) {
        sites.append(QString::fromStdString(site));
        appliers->push_back(new Applier(session, site, std::move(list)));
    }
    auto open = std::make_shared<std::size_t>(appliers->size());
    if (appliers->empty()) {
        conclude(session, *appliers);
        return;
    }
    session.whenHeard(sites, [&session, appliers, open] {
        for (Applier *applier : *appliers) {
            QObject::connect(applier, &Applier::finished, &session, [&session, appliers, open] {
                if (--*open == 0) {
                    conclude(session, *appliers);
                }
            });
            applier->start();
        }
    });
}

}

std::vector<Command> applyCommands()
{
    return {{QStringLiteral("apply"), QStringLiteral("FILE"),
        Words::tr("Bring sites to what a file says: projects, networks, images, volumes, instances, data sets."), {}, 1, 1, true, apply}};
}

}
