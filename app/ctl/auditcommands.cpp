// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "app/ctl/commands.h"
#include "models/await.h"
#include "models/formats.h"
#include "models/phrases.h"

namespace portulan::ctl {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(portulan::ctl::AuditCommands)
};

constexpr int pageSize = 1000;

QStringList sitesOf(Session &session, const Arguments &arguments)
{
    const auto site = arguments.value("site");
    if (!site.isEmpty() && session.federation().link(site) == nullptr) {
        session.usage({Reason::InvalidArgument,
            {{"field", "--site"}, {"value", site.toStdString()}, {"expected", session.federation().siteIds().join(u", ").toStdString()}}, {}});
        return {};
    }
    return site.isEmpty() ? session.federation().siteIds() : QStringList {site};
}

/// Answers of several sites, one listing at the end.
struct Trails {
    Listing listing;
    Json sites = Json::array();
    qsizetype open = 0;
    qint64 limit = 0;
    int code = Exit::Done;
};

Json problemOf(const QString &site, const Problem &problem)
{
    return {{"id", site.toStdString()}, {"state", "unreachable"}, {"as_of", nullptr}, {"problem", toJson(problem)}};
}

void end(Session &session, const std::shared_ptr<Trails> &trails)
{
    if (--trails->open == 0) {
        trails->listing.sites = trails->sites;
        print(trails->listing, session.options().form);
        session.finish(trails->code);
    }
}

void page(Session &session, const QString &site, const QString &token, const std::shared_ptr<Trails> &trails)
{
    await(session.federation().link(site)->audit(token, pageSize, {}), &session, [&session, site, trails](const Result<AuditPage> &answer) {
        if (!answer) {
            trails->sites.push_back(problemOf(site, answer.error()));
            say(site + u": " + Phrases::sentence(answer.error()));
            trails->code = exitCode(answer.error().reason);
            end(session, trails);
            return;
        }
        for (const auto &entry : answer->entries) {
            trails->listing.add(
                {{"site", site.toStdString()}, {"sequence", entry.sequence}, {"at", toRfc3339(entry.at)}, {"actor", entry.actor.toStdString()},
                    {"role", entry.role.toStdString()}, {"action", entry.action.toStdString()}, {"object", entry.object.toStdString()},
                    {"project", entry.project.toStdString()}, {"outcome", entry.outcome.toStdString()}, {"request_id", entry.requestId.toStdString()},
                    {"detail", entry.detail.toStdString()}, {"previous_hash", entry.previousHash.toStdString()}, {"hash", entry.hash.toStdString()}},
                {site, QString::number(entry.sequence), Formats::dateTime(entry.at), entry.actor, entry.action, entry.object, entry.outcome});
        }
        if (!answer->nextPageToken.isEmpty() && qint64(trails->listing.rows.size()) < trails->limit) {
            page(session, site, answer->nextPageToken, trails);
            return;
        }
        trails->sites.push_back(
            {{"id", site.toStdString()}, {"state", "live"}, {"as_of", toRfc3339(session.federation().now())}, {"problem", nullptr}});
        end(session, trails);
    });
}

void list(Session &session, const Arguments &arguments)
{
    const auto sites = sitesOf(session, arguments);
    const auto limit = arguments.number("limit", 10'000, 1, 1'000'000);
    if (sites.isEmpty() || !accepts(session, limit)) {
        return;
    }
    auto trails = std::make_shared<Trails>();
    trails->listing.titles = {
        Words::tr("SITE"), Words::tr("NO."), Words::tr("MOMENT"), Words::tr("WHO"), Words::tr("ACTION"), Words::tr("OBJECT"), Words::tr("OUTCOME")};
    trails->open = sites.size();
    trails->limit = *limit;
    for (const auto &site : sites) {
        page(session, site, {}, trails);
    }
}

void verify(Session &session, const Arguments &arguments)
{
    const auto sites = sitesOf(session, arguments);
    auto trails = std::make_shared<Trails>();
    trails->listing.titles = {Words::tr("SITE"), Words::tr("INTACT"), Words::tr("ENTRIES"), Words::tr("FIRST BROKEN")};
    trails->open = sites.size();
    for (const auto &site : sites) {
        await(session.federation().link(site)->verifyAudit(), &session, [&session, site, trails](const Result<AuditVerification> &answer) {
            if (!answer) {
                trails->sites.push_back(problemOf(site, answer.error()));
                say(site + u": " + Phrases::sentence(answer.error()));
                trails->code = trails->code == Exit::Done ? exitCode(answer.error().reason) : trails->code;
            } else {
                trails->sites.push_back(
                    {{"id", site.toStdString()}, {"state", "live"}, {"as_of", toRfc3339(session.federation().now())}, {"problem", nullptr}});
                trails->listing.add({{"site", site.toStdString()}, {"intact", answer->intact}, {"entries", answer->entries},
                                        {"first_broken", answer->intact ? Json() : Json(answer->firstBroken)},
                                        {"reason", answer->reason.toStdString()}, {"head_hash", answer->headHash.toStdString()}},
                    {site, answer->intact ? Words::tr("yes") : Words::tr("NO"), QString::number(answer->entries),
                        answer->intact ? QString() : QString::number(answer->firstBroken)});
                trails->code = answer->intact ? trails->code : int(Exit::Failed);
            }
            end(session, trails);
        });
    }
}

}

std::vector<Command> auditCommands()
{
    return {
        {QStringLiteral("audit list"), QStringLiteral("[--site S]"), Words::tr("List who did what, as the sites recorded it."),
            {{"site", "SITE"}, {"limit", "N"}}, 0, 0, true, list},
        {QStringLiteral("audit verify"), QStringLiteral("[--site S]"),
            Words::tr("Have the sites recompute their chains; names the first broken entry."), {{"site", "SITE"}}, 0, 0, true, verify},
    };
}

}
