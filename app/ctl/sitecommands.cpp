// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "app/ctl/commands.h"
#include "app/ctl/thingjson.h"
#include "models/await.h"
#include "models/formats.h"
#include "models/phrases.h"

namespace portulan::ctl {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(portulan::ctl::SiteCommands)
};

Json standing(const Session &session, const QString &id)
{
    return session.standings({id}).front();
}

void list(Session &session, const Arguments &)
{
    session.whenHeard({}, [&session] {
        Listing listing {{Words::tr("ID"), Words::tr("NAME"), Words::tr("COUNTRY"), Words::tr("OPERATOR"), Words::tr("LINK"), Words::tr("LOAD")}, {},
            Json::array(), session.standings()};
        for (const auto &id : session.federation().siteIds()) {
            const Site *site = session.federation().site(id);
            Json item = site == nullptr ? Json {{"id", id.toStdString()}, {"name", session.federation().siteName(id).toStdString()}} : toJson(*site);
            item.update(standing(session, id));
            const auto link = Phrases::of(session.federation().standing(id).state);
            listing.add(std::move(item),
                site == nullptr ? QStringList {id, session.federation().siteName(id), {}, {}, link, {}}
                                : QStringList {id, QString::fromStdString(site->name), Phrases::country(site->place.country),
                                    QString::fromStdString(site->operatedBy.name), link, Formats::percent(site->capacity.load())});
        }
        print(listing, session.options().form);
        session.finish(Exit::Done);
    });
}

/// Goes on if the federation knows the site.
bool isKnown(Session &session, const QString &id)
{
    if (session.federation().link(id) == nullptr) {
        session.fail({Reason::NotFound, {{"what", "site"}, {"id", id.toStdString()}}, {}});
        return false;
    }
    return true;
}

void show(Session &session, const Arguments &arguments)
{
    const auto id = arguments.at(0);
    if (!isKnown(session, id)) {
        return;
    }
    session.whenHeard({id}, [&session, id] {
        const Site *site = session.federation().site(id);
        if (site == nullptr) {
            Problem problem = session.federation().standing(id).problem;
            problem.facts.emplace("site", id.toStdString());
            session.fail(problem.reason == Reason::Internal ? Problem {Reason::Unreachable, {{"site", id.toStdString()}}, {}} : problem);
            return;
        }
        Json json = toJson(*site);
        json.update(standing(session, id));
        print(json, session.options().form);
        session.finish(Exit::Done);
    });
}

void check(Session &session, const Arguments &arguments)
{
    const auto id = arguments.at(0);
    if (!isKnown(session, id)) {
        return;
    }
    await(session.federation().link(id)->whoAmI(), &session, [&session, id](const Result<Identity> &answer) {
        if (!answer) {
            session.fail(answer.error());
            return;
        }
        Json grants = Json::array();
        for (const auto &[role, project] : answer->grants) {
            grants.push_back({{"role", role.toStdString()}, {"project", project.toStdString()}});
        }
        print(Json {{"site", id.toStdString()}, {"endpoint", session.federation().profile(id).endpoint.toStdString()}, {"reachable", true},
                  {"identity", answer->identity.toStdString()}, {"grants", grants}},
            session.options().form);
        session.finish(Exit::Done);
    });
}

}

std::vector<Command> siteCommands()
{
    return {
        {QStringLiteral("site list"), {}, Words::tr("List the sites of the federation and how they stand."), {}, 0, 0, true, list},
        {QStringLiteral("site show"), QStringLiteral("SITE"), Words::tr("Show a site: operator, certificates, facts, capacity."), {}, 1, 1, true,
            show},
        {QStringLiteral("site check"), QStringLiteral("SITE"), Words::tr("Ask a site whether it knows you and what you may do there."), {}, 1, 1,
            true, check},
    };
}

}
