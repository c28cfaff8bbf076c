// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "app/ctl/moving.h"

#include "models/formats.h"
#include "models/phrases.h"

namespace portulan::ctl {

namespace {

constexpr qsizetype mostRates = 24;

template <typename T>
bool take(Result<T> read, T &into, const char *option, std::optional<Problem> &problem)
{
    if (read) {
        into = std::move(*read);
    } else if (!problem) {
        problem = read.error();
        problem->facts["field"] = option;
    }
    return read.has_value();
}

Result<qint64> rateFrom(QString text)
{
    if (text.endsWith(u"/s")) {
        text.chop(2);
    }
    return bytesFrom(text, QStringLiteral("--bandwidth"));
}

}

std::vector<Option> withMoveOptions(std::vector<Option> others)
{
    others.insert(others.end(),
        {{"mode", "cold|warm|live"}, {"cutover", "auto|manual"}, {"window", "HH:MM-HH:MM"}, {"bandwidth", "RATE"},
            {"bandwidth-at", "HH:MM-HH:MM=RATE"}, {"not-before", "TIME"}, {"retention", "TIME"}, {"project", "PROJECT"}, {"no-start"}});
    return others;
}

Result<MoveOptions> moveOptionsOf(const Arguments &arguments)
{
    MoveOptions options;
    std::optional<Problem> problem;
    take(moveModeFrom(arguments.value("mode").toStdString()), options.mode, "--mode", problem);
    take(cutOverFrom(arguments.value("cutover").toStdString()), options.cutOver, "--cutover", problem);
    take(dayWindowFrom(arguments.value("window").toStdString()), options.window, "--window", problem);
    take(rateFrom(arguments.value("bandwidth", QStringLiteral("0"))), options.bandwidth, "--bandwidth", problem);
    for (const auto &text : arguments.values("bandwidth-at")) {
        take(hourlyRateFrom(text, QStringLiteral("--bandwidth-at")), options.hourly.emplace_back(), "--bandwidth-at", problem);
    }
    take(momentFrom(arguments.value("not-before"), QStringLiteral("--not-before")), options.notBefore, "--not-before", problem);
    take(secondsFrom(arguments.value("retention", QStringLiteral("7d")), QStringLiteral("--retention")), options.retentionSeconds, "--retention",
        problem);
    options.toProject = arguments.value("project");
    options.start = !arguments.has("no-start");
    if (problem) {
        return tl::unexpected(*problem);
    }
    if (arguments.values("bandwidth-at").size() > mostRates) {
        return refuse(Reason::InvalidArgument, {{"field", "--bandwidth-at"}, {"expected", "at most 24"}});
    }
    return options;
}

Json optionsJson(const MoveOptions &options)
{
    return Json::parse(portulan::toJson(options).dump());
}

void conclude(Session &session, const std::shared_ptr<Answers> &answers, bool wait)
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

}
