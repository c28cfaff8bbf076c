// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "app/ctl/commands.h"
#include "app/ctl/thingjson.h"
#include "models/formats.h"
#include "models/operationmodel.h"
#include "models/phrases.h"
#include "models/rollback.h"

namespace portulan::ctl {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(portulan::ctl::OperationCommands)
};

void list(Session &session, const Arguments &arguments)
{
    session.whenHeard({}, [&session, runningOnly = arguments.has("running")] {
        Listing listing {operationTitles(), {}, Json::array(), session.standings()};
        for (const Operation *operation : session.federation().inventory().operations()) {
            if (!runningOnly || !isOver(operation->state)) {
                listing.add(toJson(*operation), operationCells(*operation));
            }
        }
        print(listing, session.options().form);
        session.finish(Exit::Done);
    });
}

void show(Session &session, const Arguments &arguments)
{
    session.resolve(arguments.at(0), ObjectKind::Operation, [&session](const ObjectId &id) {
        const Operation &operation = *session.federation().inventory().operation(id);
        auto json = toJson(operation);
        if (session.options().form == Form::Table) { // for people
            const auto add = [&json](const char *key, const QString &words) {
                if (!words.isEmpty()) {
                    json[key] = words.toStdString();
                }
            };
            add("waiting", Phrases::waiting(operation));
            add("forecast", Phrases::forecast(operation).join(QStringLiteral("; ")));
            const double left = OperationModel::remaining(operation, session.federation().now());
            add("remaining", left < 0 ? QString() : Formats::duration(left));
        }
        print(json, session.options().form);
        session.finish(Exit::Done);
    });
}

void watch(Session &session, const Arguments &arguments)
{
    session.resolve(arguments.at(0), ObjectKind::Operation, [&session](const ObjectId &id) {
        session.follow({id}, [&session](const std::vector<Operation> &operations) { session.conclude(operations); });
    });
}

void cancel(Session &session, const Arguments &arguments)
{
    session.resolve(arguments.at(0), ObjectKind::Operation, [&session, wait = arguments.has("wait")](const ObjectId &id) {
        session.order(QString::fromStdString(id.site), CancelOperation {id}, false, [&session, id, wait](const Operation &operation) {
            if (!wait) {
                print(toJson(operation), session.options().form);
                session.finish(Exit::Done);
                return;
            }
            session.follow({id}, [&session](const std::vector<Operation> &operations) {
                print(toJson(operations.front()), session.options().form);
                session.finish(operations.front().state == OperationState::Cancelled ? Exit::Done : Exit::Failed);
            });
        });
    });
}

void sendBack(Session &session, const ObjectId &id, bool wait)
{
    auto *rollback = new Rollback(session.federation(), *session.federation().inventory().operation(id), &session);
    const bool cancels = rollback->way().kind == RollbackWay::Cancel;
    QObject::connect(rollback, &Rollback::submitted, &session, [&session, cancels, wait](const Result<Operation> &answer) {
        if (!answer) {
            session.fail(answer.error());
            return;
        }
        say(cancels ? Words::tr("The migration is being cancelled: everything goes back to what it was.")
                    : Words::tr("It had moved already: a migration of its own brings it back, and only what changed travels."));
        if (!wait) {
            print(toJson(*answer), session.options().form);
            session.finish(Exit::Done);
            return;
        }
        session.follow({answer->id}, [&session, cancels](const std::vector<Operation> &operations) {
            if (!cancels) {
                session.conclude(operations);
                return;
            }
            print(toJson(operations.front()), session.options().form);
            session.finish(operations.front().state == OperationState::Cancelled ? Exit::Done : Exit::Failed);
        });
    });
    rollback->submit();
}

/// What a roll-back is depends on how both sites stand.
void rollBack(Session &session, const Arguments &arguments)
{
    session.resolve(arguments.at(0), ObjectKind::Operation, [&session, wait = arguments.has("wait")](const ObjectId &id) {
        const auto *operation = session.federation().inventory().operation(id);
        QStringList sites {QString::fromStdString(id.site)};
        for (const auto &site : {operation->fromSite, operation->toSite}) {
            if (const auto name = QString::fromStdString(site); !sites.contains(name) && session.federation().siteIds().contains(name)) {
                sites.append(name);
            }
        }
        session.whenHeard(sites, [&session, id, wait] { sendBack(session, id, wait); });
    });
}

/// Done if it booted, else what was wrong says the code.
void concludeTest(Session &session, const Operation &operation)
{
    print(toJson(operation), session.options().form);
    const auto &boot = operation.testBoot;
    if (boot.state != "booted") {
        say(Phrases::sentence(boot.problem));
    }
    session.finish(boot.state == "booted" ? int(Exit::Done) : exitCode(boot.problem.reason));
}

void testBoot(Session &session, const Arguments &arguments)
{
    session.resolve(arguments.at(0), ObjectKind::Operation, [&session, wait = arguments.has("wait")](const ObjectId &id) {
        session.order(QString::fromStdString(id.site), TestBootOperation {id}, false, [&session, id, wait](const Operation &operation) {
            if (!wait) {
                print(toJson(operation), session.options().form);
                session.finish(Exit::Done);
                return;
            }
            // What is known here may still be of an earlier one.
            const auto isTested = [since = operation.testBoot.startedAt](
                                      const Operation &now) { return now.testBoot.startedAt >= since && now.testBoot.state != "running"; };
            session.when(id, isTested, [&session](const Operation &tested) { concludeTest(session, tested); });
        });
    });
}

template <typename O>
void steer(Session &session, const Arguments &arguments)
{
    session.resolve(arguments.at(0), ObjectKind::Operation, [&session](const ObjectId &id) {
        session.order(QString::fromStdString(id.site), O {id}, false, [&session](const Operation &operation) {
            print(toJson(operation), session.options().form);
            session.finish(Exit::Done);
        });
    });
}

}

std::vector<Command> operationCommands()
{
    const QString id = QStringLiteral("ID");
    return {
        {QStringLiteral("operation list"), QStringLiteral("[--running]"), Words::tr("List what runs and what ran."), {{"running"}}, 0, 0, true, list},
        {QStringLiteral("operation show"), id, Words::tr("Show an operation with its log."), {}, 1, 1, true, show},
        {QStringLiteral("operation watch"), id, Words::tr("Follow an operation to its end."), {}, 1, 1, true, watch},
        {QStringLiteral("operation pause"), id, Words::tr("Send no more of a migration until it is resumed; a machine that runs goes on."), {}, 1, 1,
            true, steer<PauseOperation>},
        {QStringLiteral("operation resume"), id, Words::tr("Go on with a migration that was paused."), {}, 1, 1, true, steer<ResumeOperation>},
        {QStringLiteral("operation cutover"), id,
            Words::tr("Stop the machine of a warm migration now, send what is left and start it at its new site; hand over a cold one that waits."),
            {}, 1, 1, true, steer<CutOverOperation>},
        {QStringLiteral("operation rollback"), id + QStringLiteral(" [--wait]"),
            Words::tr("Take a migration back: cancel it, or, once it has moved, move it back while its copy is kept."), {{"wait"}}, 1, 1, true,
            rollBack},
        {QStringLiteral("operation testboot"), id,
            Words::tr("Boot a copy of a machine under way at its destination, without any network, and show what it prints."), {{"wait"}}, 1, 1, true,
            testBoot},
        {QStringLiteral("operation cancel"), id, Words::tr("Cancel an operation; things go back to what they were."), {{"wait"}}, 1, 1, true, cancel},
    };
}

}
