// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "app/ctl/commands.h"
#include "app/ctl/thingjson.h"
#include "models/await.h"
#include "models/phrases.h"

namespace portulan::ctl {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(portulan::ctl::VerdictCommands)
};

void show(Session &session, const Result<Verdict> &answer, const QString &about)
{
    if (!answer) {
        session.fail(answer.error());
        return;
    }
    if (session.options().form != Form::Table) {
        Json json {{"object", about.toStdString()}};
        json.update(toJson(*answer));
        print(json, session.options().form);
    } else {
        Listing listing {
            {Words::tr("RULE"), Words::tr("SEVERITY"), Words::tr("OUTCOME"), Words::tr("TITLE"), Words::tr("WHY")}, {}, Json::array(), {}};
        for (const auto &finding : answer->findings) {
            listing.add(toJson(finding),
                {QString::fromStdString(finding.rule), Phrases::of(finding.severity), Phrases::of(finding.outcome), Phrases::title(finding),
                    Phrases::explanation(finding)});
        }
        print(listing, Form::Table);
        say(about + u": " + Phrases::of(answer->status));
    }
    session.finish(Exit::Done);
}

/// The class asked about at a site, or an object where it is, or an object at another site.
void verdict(Session &session, const Arguments &arguments)
{
    const auto name = arguments.at(0);
    const auto classification = classOf(arguments);
    if (!accepts(session, classification)) {
        return;
    }
    if (session.federation().link(name) != nullptr) {
        if (!arguments.has("class")) {
            session.usage({Reason::InvalidArgument, {{"field", "--class"}, {"expected", "open, internal, personal, health_fr…"}}, {}});
            return;
        }
        await(session.federation().link(name)->judge({}, *classification, arguments.value("project")), &session,
            [&session, name](const Result<Verdict> &answer) { show(session, answer, name); });
        return;
    }
    session.whenHeard({}, [&session, arguments, name] {
        std::vector<ObjectId> found;
        for (const ObjectKind kind : {ObjectKind::Instance, ObjectKind::DataSet, ObjectKind::Volume}) {
            if (found.empty()) {
                found = objectsNamed(session.federation().inventory(), name.toStdString(), kind);
            }
        }
        if (found.empty()) {
            session.notFound("object", name);
            return;
        }
        if (found.size() > 1) {
            session.usage({Reason::InvalidArgument, {{"field", "object"}, {"value", name.toStdString()}, {"expected", "SITE/KIND/ID"}}, {}});
            return;
        }
        const auto id = found.front();
        const auto about = QString::fromStdString(id.text());
        if (arguments.has("at")) {
            show(session, session.federation().judge(id, arguments.value("at")), about + u" @ " + arguments.value("at"));
            return;
        }
        await(session.federation().link(QString::fromStdString(id.site))->judge(about, Classification::Unclassified, {}), &session,
            [&session, about](const Result<Verdict> &answer) { show(session, answer, about); });
    });
}

}

std::vector<Command> verdictCommands()
{
    return {{QStringLiteral("verdict"), QStringLiteral("OBJECT|SITE [--class C] [--at SITE]"),
        Words::tr("Say whether data may be at a place, with the proof of each rule."), {{"class", "CLASS"}, {"at", "SITE"}, {"project", "PROJECT"}},
        1, 1, true, verdict}};
}

}
