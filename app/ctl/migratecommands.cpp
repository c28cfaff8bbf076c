// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "app/ctl/moving.h"
#include "app/ctl/thingjson.h"
#include "models/await.h"
#include "models/formats.h"
#include "models/migrationplan.h"
#include "models/phrases.h"
#include "models/wholefile.h"

#include <map>

namespace portulan::ctl {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(portulan::ctl::MigrateCommands)
};

/// What may move, tried in this order: an instance before its volume of the same name.
constexpr ObjectKind movable[] = {ObjectKind::Instance, ObjectKind::DataSet, ObjectKind::Volume, ObjectKind::Image};

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
            {"outage_seconds", (*assessment)->outageSeconds}, {"outage_seconds_error", (*assessment)->outageSecondsError},
            {"link_bytes_per_second", (*assessment)->linkBytesPerSecond}, {"learned_from", (*assessment)->learnedFrom}});
    } else if (const auto *candidate = plan.candidate(plan.choices().toSite)) {
        json["verdict"] = toJson(candidate->verdict);
    }
    if (session.options().form != Form::Table) {
        print(json, session.options().form);
    } else {
        Json lines {{"object", json["object"]}, {"to", json["to"]}, {"ready", json["ready"]}};
        if (assessment != nullptr && *assessment) {
            lines["data"] = Formats::bytes((*assessment)->bytes).toStdString();
            if ((*assessment)->seconds > 0) {
                lines["time"] = Formats::estimate((*assessment)->seconds, (*assessment)->secondsError).toStdString();
            }
            if ((*assessment)->outageSeconds > 0) {
                lines["outage"] = Formats::estimate((*assessment)->outageSeconds, (*assessment)->outageSecondsError).toStdString();
            }
            lines["learned_from"] = (*assessment)->learnedFrom;
            lines["verdict"] = Phrases::of((*assessment)->verdict.status).toStdString();
            lines["steps"] = json["steps"];
        }
        print(lines, Form::Table);
        for (const auto &blocker : blockers) {
            say(Phrases::sentence(blocker));
        }
        for (const auto &warning : plan.warnings()) {
            say(Words::tr("Note: %1").arg(Phrases::sentence(warning)));
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
    const auto options = moveOptionsOf(arguments);
    if (!accepts(session, options)) {
        return;
    }
    session.whenHeard({}, [&session, arguments, options = *options] {
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
        MigrationChoices choices;
        choices.objects = objects;
        choices.toSite = arguments.value("to");
        choices.setOptions(options);
        plan->setChoices(choices);
        look();
    });
}

/// What moves where and how: the objects named, all alike, or what a file says.
std::vector<PlannedMove> movesOf(Session &session, const Arguments &arguments, const MoveOptions &options)
{
    const auto to = arguments.value("to");
    if (!arguments.has("from-file")) {
        std::vector<PlannedMove> moves;
        for (const auto &object : objectsOf(session, arguments.positional())) {
            moves.push_back({object, to, 1, {}, 0, options});
        }
        return moves;
    }
    auto file = readPlannedMoves(arguments.value("from-file"), options);
    if (!file) {
        session.fail(file.error());
        return {};
    }
    for (auto &move : file->moves) {
        move.to = move.to.isEmpty() ? to : move.to;
        if (move.to.isEmpty()) {
            session.usage({Reason::InvalidArgument, {{"field", "--to"}, {"value", move.object.text()}, {"expected", "a site"}}, {}});
            return {};
        }
    }
    return std::move(file->moves);
}

/// What was ordered in one go, and what became of it.
struct Batch {
    Answers answers;
    std::map<ObjectId, PlannedMove> moves; ///< of each operation
    std::vector<PlannedMove> failed; ///< refused, or failed since
    QString file; ///< to write those to; empty: none
    bool waits = false;
};

/// As a file `--from-file` reads: what failed, and nothing else, with the options of each.
void writeFailed(Session &session, const Batch &batch)
{
    if (batch.file.isEmpty() || batch.failed.empty()) {
        return;
    }
    Json items = Json::array();
    for (const auto &move : batch.failed) {
        items.push_back({{"object", move.object.text()}, {"to", move.to.toStdString()}, {"options", optionsJson(move.options)}});
    }
    const auto written = writeWhole(batch.file, QByteArray::fromStdString(Json {{"items", items}}.dump(2) + '\n'));
    if (!written) {
        session.fail(written.error());
        return;
    }
    say(Words::tr("%Ln moves failed and are in %1: migrate --from-file orders them again.", nullptr, int(batch.failed.size())).arg(batch.file));
}

void concludeBatch(Session &session, Batch &batch, const std::vector<Operation> &operations)
{
    for (const auto &operation : operations) {
        if (operation.state == OperationState::Failed || operation.state == OperationState::Cancelled) {
            batch.failed.push_back(batch.moves.at(operation.id));
        }
    }
    writeFailed(session, batch);
    const auto &refused = batch.answers.refused;
    for (std::size_t i = operations.empty() ? 1 : 0; i < refused.size(); ++i) { // fail() says the first
        say(Phrases::sentence(refused[i]));
    }
    if (operations.empty()) {
        session.fail(refused.front());
        return;
    }
    if (!refused.empty()) {
        session.finish(exitCode(refused.front().reason));
    }
    session.conclude(operations);
}

/// All have been answered: what was accepted is waited for, if that was wanted, also when something was not.
void answered(Session &session, const std::shared_ptr<Batch> &batch)
{
    std::vector<ObjectId> ids;
    for (const auto &operation : batch->answers.accepted) {
        ids.push_back(operation.id);
    }
    if (!batch->waits || ids.empty()) {
        concludeBatch(session, *batch, batch->answers.accepted);
        return;
    }
    session.follow(ids, [&session, batch](const std::vector<Operation> &operations) { concludeBatch(session, *batch, operations); });
}

void send(Session &session, const std::vector<PlannedMove> &moves, const Arguments &arguments)
{
    const auto batch = std::make_shared<Batch>();
    batch->answers.open = moves.size();
    batch->file = arguments.value("failed");
    batch->waits = arguments.has("wait");
    for (const auto &move : moves) {
        Migrate order;
        move.options.applyTo(order);
        order.object = move.object;
        order.toSite = move.to.toStdString();
        order.toEndpoint = session.federation().profile(move.to).endpoint.toStdString();
        await(session.federation().submit(QString::fromStdString(move.object.site), order), &session,
            [&session, batch, move](const Result<Operation> &answer) {
                if (answer) {
                    batch->answers.accepted.push_back(*answer);
                    batch->moves.emplace(answer->id, move);
                } else {
                    batch->answers.refused.push_back(answer.error());
                    batch->failed.push_back(move);
                }
                if (--batch->answers.open == 0) {
                    answered(session, batch);
                }
            });
    }
}

void migrate(Session &session, const Arguments &arguments)
{
    const auto options = moveOptionsOf(arguments);
    if (!accepts(session, options)) {
        return;
    }
    if (arguments.has("from-file") != arguments.positional().isEmpty()) {
        session.usage({Reason::InvalidArgument, {{"field", "--from-file"}, {"expected", "objects on the command line, or a file, not both"}}, {}});
        return;
    }
    if (!arguments.has("to") && !arguments.has("from-file")) {
        session.usage({Reason::InvalidArgument, {{"field", "--to"}, {"expected", "a site"}}, {}});
        return;
    }
    session.whenHeard({}, [&session, arguments, options = *options] { send(session, movesOf(session, arguments, options), arguments); });
}

}

std::vector<Command> migrateCommands()
{
    return {
        {QStringLiteral("plan migrate"), QStringLiteral("OBJECT --to SITE"),
            Words::tr("Say what a migration would do and what stands in its way; changes nothing."), withMoveOptions({{"to", "SITE"}}), 1, 1, true,
            plan},
        {QStringLiteral("migrate"), QStringLiteral("OBJECT… --to SITE [--from-file FILE] [--failed FILE] [--wait]"),
            Words::tr("Move instances, volumes, images or data sets to another site, every byte verified."),
            withMoveOptions({{"to", "SITE"}, {"from-file", "FILE"}, {"failed", "FILE"}, {"wait"}}), 0, 1000, true, migrate},
    };
}

}
