// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "app/ctl/commands.h"
#include "app/ctl/thingjson.h"
#include "models/await.h"
#include "models/formats.h"
#include "models/migrationplan.h"
#include "models/phrases.h"

namespace portulan::ctl {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(portulan::ctl::MigrateCommands)
};

/// What may move, tried in this order: an instance before its volume of the same name.
constexpr ObjectKind movable[] = {ObjectKind::Instance, ObjectKind::DataSet, ObjectKind::Volume};

/// The objects named, once every site was heard; ends the program and answers nothing if one is not to be found.
std::vector<ObjectId> objectsOf(Session &session, const QStringList &names)
{
    std::vector<ObjectId> objects;
    for (const auto &name : names) {
        std::vector<ObjectId> found;
        for (const ObjectKind kind : movable) {
            if (found.empty()) {
                found = objectsNamed(session.federation().inventory(), name.toStdString(), kind);
            }
        }
        if (found.empty()) {
            session.notFound("object", name);
            return {};
        }
        if (found.size() > 1) {
            session.usage({Reason::InvalidArgument, {{"field", "object"}, {"value", name.toStdString()}, {"expected", "SITE/KIND/ID"}}, {}});
            return {};
        }
        objects.push_back(found.front());
    }
    return objects;
}

Json problemsJson(const std::vector<Problem> &problems)
{
    Json list = Json::array();
    for (const auto &problem : problems) {
        list.push_back(toJson(problem));
    }
    return list;
}

void showPlan(Session &session, const MigrationPlan &plan, const ObjectId &object)
{
    const auto *assessment = plan.assessment(object);
    const auto blockers = plan.blockers();
    Json json {{"object", object.text()}, {"to", plan.choices().toSite.toStdString()}, {"ready", plan.isReady()},
        {"blockers", problemsJson(blockers)}, {"warnings", problemsJson(plan.warnings())}};
    if (assessment != nullptr && *assessment) {
        Json steps = Json::array();
        for (const auto &step : (*assessment)->steps) {
            steps.push_back(step.toStdString());
        }
        json.update({{"steps", steps}, {"verdict", toJson((*assessment)->verdict)}, {"bytes", (*assessment)->bytes},
            {"disk_bytes", (*assessment)->diskBytes}, {"seconds", (*assessment)->seconds}, {"seconds_error", (*assessment)->secondsError},
            {"outage_seconds", (*assessment)->outageSeconds}, {"link_bytes_per_second", (*assessment)->linkBytesPerSecond}});
    } else if (const auto *candidate = plan.candidate(plan.choices().toSite)) {
        json["verdict"] = toJson(candidate->verdict);
    }
    if (session.options().form != Form::Table) {
        print(json, session.options().form);
    } else {
        Json lines {{"object", json["object"]}, {"to", json["to"]}, {"ready", json["ready"]}};
        if (assessment != nullptr && *assessment) {
            lines["data"] = Formats::bytes((*assessment)->bytes).toStdString();
            lines["time"] = Formats::duration((*assessment)->seconds).toStdString();
            lines["outage"] = Formats::duration((*assessment)->outageSeconds).toStdString();
            lines["verdict"] = Phrases::of((*assessment)->verdict.status).toStdString();
            lines["steps"] = json["steps"];
        }
        print(lines, Form::Table);
        for (const auto &blocker : blockers) {
            say(Phrases::sentence(blocker));
        }
    }
    session.finish(blockers.empty() ? int(Exit::Done) : exitCode(blockers.front().reason));
}

void plan(Session &session, const Arguments &arguments)
{
    if (!arguments.has("to")) {
        session.usage({Reason::InvalidArgument, {{"field", "--to"}, {"expected", "a site"}}, {}});
        return;
    }
    session.whenHeard({}, [&session, arguments] {
        const auto objects = objectsOf(session, arguments.positional());
        if (objects.empty()) {
            return;
        }
        auto *plan = new MigrationPlan(session.federation(), &session);
        const auto look = [&session, plan, object = objects.front()] {
            if (!plan->isAssessing() && plan->assessment(object) != nullptr) {
                showPlan(session, *plan, object);
                plan->disconnect(&session);
            }
        };
        QObject::connect(plan, &MigrationPlan::changed, &session, look);
        plan->setChoices({objects, arguments.value("to"), arguments.value("project"), 0});
        look();
    });
}

struct Answers { ///< of several orders sent at once
    std::vector<Operation> accepted;
    std::vector<Problem> refused;
    std::size_t open = 0;
};

void concludeAll(Session &session, const std::shared_ptr<Answers> &answers, bool wait)
{
    if (answers->accepted.empty()) {
        session.fail(answers->refused.front());
        return;
    }
    for (const auto &problem : answers->refused) {
        say(Phrases::sentence(problem));
    }
    if (!answers->refused.empty() || !wait) {
        session.conclude(answers->accepted);
        return;
    }
    std::vector<ObjectId> ids;
    for (const auto &operation : answers->accepted) {
        ids.push_back(operation.id);
    }
    session.follow(ids, [&session](const std::vector<Operation> &operations) { session.conclude(operations); });
}

void migrate(Session &session, const Arguments &arguments)
{
    const auto mode = arguments.value("mode", QStringLiteral("cold"));
    const auto bandwidth = bytesFrom(arguments.value("bandwidth", QStringLiteral("0")).remove(QStringLiteral("/s")), QStringLiteral("--bandwidth"));
    if (!arguments.has("to")) {
        session.usage({Reason::InvalidArgument, {{"field", "--to"}, {"expected", "a site"}}, {}});
        return;
    }
    const auto moved = moveModeFrom(mode.toStdString());
    const auto cutOver = cutOverFrom(arguments.value("cutover").toStdString());
    const auto window = dayWindowFrom(arguments.value("window").toStdString());
    if (!moved || !cutOver || !window) {
        auto problem = !moved ? moved.error() : !cutOver ? cutOver.error() : window.error();
        problem.facts["field"] = !moved ? "--mode" : !cutOver ? "--cutover" : "--window";
        session.usage(problem);
        return;
    }
    if (*moved != MoveMode::Warm && arguments.has("cutover")) {
        session.usage({Reason::InvalidArgument, {{"field", "--cutover"}, {"expected", "--mode warm"}}, {}});
        return;
    }
    const auto retention = secondsFrom(arguments.value("retention", QStringLiteral("7d")), QStringLiteral("--retention"));
    if (!accepts(session, bandwidth) || !accepts(session, retention)) {
        return;
    }
    session.whenHeard({}, [&session, arguments, bandwidth = *bandwidth, retention = *retention, mode = *moved, cutOver = *cutOver, window = *window] {
        const auto objects = objectsOf(session, arguments.positional());
        const auto answers = std::make_shared<Answers>();
        answers->open = objects.size();
        const auto to = arguments.value("to");
        for (const auto &object : objects) {
            Migrate order;
            order.object = object;
            order.toSite = to.toStdString();
            order.toEndpoint = session.federation().profile(to).endpoint.toStdString();
            order.toProject = arguments.value("project").toStdString();
            order.bandwidth = bandwidth;
            order.retentionSeconds = retention;
            order.start = !arguments.has("no-start");
            order.mode = mode;
            order.cutOver = cutOver;
            order.window = window;
            await(session.federation().submit(QString::fromStdString(object.site), order), &session,
                [&session, answers, wait = arguments.has("wait")](const Result<Operation> &answer) {
                    if (answer) {
                        answers->accepted.push_back(*answer);
                    } else {
                        answers->refused.push_back(answer.error());
                    }
                    if (--answers->open == 0) {
                        concludeAll(session, answers, wait);
                    }
                });
        }
    });
}

}

std::vector<Command> migrateCommands()
{
    return {
        {QStringLiteral("plan migrate"), QStringLiteral("OBJECT --to SITE"),
            Words::tr("Say what a migration would do and what stands in its way; changes nothing."), {{"to", "SITE"}, {"project", "PROJECT"}}, 1, 1,
            true, plan},
        {QStringLiteral("migrate"), QStringLiteral("OBJECT… --to SITE [--wait]"),
            Words::tr("Move instances, volumes or data sets to another site, every byte verified."),
            {{"to", "SITE"}, {"mode", "cold|warm|live"}, {"project", "PROJECT"}, {"bandwidth", "RATE"}, {"window", "HH:MM-HH:MM"},
                {"cutover", "auto|manual"}, {"retention", "TIME"}, {"no-start"}, {"wait"}},
            1, 1000, true, migrate},
    };
}

}
