// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Plans of moves as files: what a dry run wrote, edited and given back.
#include "core/strictjson.h"
#include "models/moveoptions.h"

#include <QFile>
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace portulan {

namespace {

using Json = nlohmann::json;

constexpr std::size_t largestFile = 64 << 20; // ten thousand items with what was said of every site
constexpr std::size_t mostMoves = 10'000;
constexpr std::size_t mostAfter = 64;
constexpr int mostWaves = 10'000;
constexpr qint64 mostBytes = qint64(1) << 60;
constexpr qint64 longestRetention = qint64(10) * 366 * 24 * 3600;
constexpr std::size_t mostRates = 24;

/// Reads one object of the file and remembers the first thing wrong with it. What a dry run writes and nobody needs to read is let pass.
class Fields {
public:
    Fields(const Json &json, std::string where)
        : m_json(json)
        , m_where(std::move(where))
    {
        if (!json.is_object()) {
            complain({}, "an object");
        }
    }
    const Json *find(const char *key)
    {
        m_known.insert(key);
        const auto at = m_json.is_object() ? m_json.find(key) : m_json.end();
        return at == m_json.end() || at->is_null() ? nullptr : &*at;
    }
    std::string text(const char *key, std::string fallback = {})
    {
        const Json *at = find(key);
        if (at && !at->is_string()) {
            complain(key, "a text");
        }
        return at && at->is_string() ? at->get<std::string>() : std::move(fallback);
    }
    qint64 number(const char *key, qint64 fallback, qint64 least, qint64 most)
    {
        const Json *at = find(key);
        if (!at) {
            return fallback;
        }
        const bool fits = at->is_number_integer() && (!at->is_number_unsigned() || at->get<std::uint64_t>() <= std::uint64_t(most))
            && at->get<qint64>() >= least && at->get<qint64>() <= most;
        if (!fits) {
            complain(key, std::to_string(least) + " – " + std::to_string(most));
        }
        return fits ? at->get<qint64>() : fallback;
    }
    bool flag(const char *key, bool fallback)
    {
        const Json *at = find(key);
        if (at && !at->is_boolean()) {
            complain(key, "true or false");
        }
        return at && at->is_boolean() ? at->get<bool>() : fallback;
    }
    template <typename T, typename Read>
    T word(const char *key, T fallback, Read read)
    {
        const auto typed = text(key);
        if (typed.empty()) {
            return fallback;
        }
        const auto value = read(typed);
        if (!value) {
            complain(key, value.error().fact("expected"));
        }
        return value.value_or(fallback);
    }
    const Json *list(const char *key)
    {
        const Json *at = find(key);
        if (at && !at->is_array()) {
            complain(key, "a list");
        }
        return at && at->is_array() ? at : nullptr;
    }
    void letPass(std::initializer_list<const char *> keys) { m_known.insert(keys.begin(), keys.end()); }
    void complain(const std::string &key, const std::string &expected)
    {
        if (!m_problem) {
            const auto field = m_where.empty() || key.empty() ? m_where + key : m_where + '.' + key;
            m_problem = {Reason::Malformed, {{"field", field}, {"expected", field.empty() ? expected : field + ": " + expected}}, {}};
        }
    }
    void take(const std::optional<Problem> &problem) { m_problem = m_problem ? m_problem : problem; }
    std::string whereIs(const std::string &key) const { return m_where.empty() ? key : m_where + '.' + key; }
    std::optional<Problem> end()
    {
        if (m_json.is_object()) {
            for (const auto &[key, value] : m_json.items()) {
                if (!m_known.contains(key)) {
                    complain(key.substr(0, 64), "a known key");
                }
            }
        }
        return m_problem;
    }

private:
    const Json &m_json;
    std::string m_where;
    std::set<std::string> m_known;
    std::optional<Problem> m_problem;
};

HourlyRate rateFrom(Fields &rate)
{
    const auto always = DayWindow {};
    HourlyRate read;
    read.hours = rate.word("hours", always, [](const std::string &text) { return dayWindowFrom(text); });
    read.bytesPerSecond = rate.number("bytes_per_second", 0, 0, mostBytes);
    if (read.hours.isAlways()) {
        rate.complain("hours", "HH:MM-HH:MM");
    }
    return read;
}

MoveOptions optionsFrom(Fields &fields, MoveOptions options)
{
    options.mode = fields.word("mode", options.mode, [](const std::string &text) { return moveModeFrom(text); });
    options.cutOver = fields.word("cut_over", options.cutOver, [](const std::string &text) { return cutOverFrom(text); });
    options.window = fields.word("window", options.window, [](const std::string &text) { return dayWindowFrom(text); });
    options.bandwidth = fields.number("bandwidth_bytes_per_second", options.bandwidth, 0, mostBytes);
    options.notBefore = fields.word("not_before", options.notBefore, [](const std::string &text) {
        const auto moment = instantFrom(text);
        return moment ? moment : refuse(Reason::InvalidArgument, {{"expected", "RFC 3339"}});
    });
    options.retentionSeconds = fields.number("retention_seconds", options.retentionSeconds, 0, longestRetention);
    options.start = fields.flag("start", options.start);
    if (const auto project = fields.text("to_project"); !project.empty()) {
        if (!isId(project)) {
            fields.complain("to_project", "a project id");
        }
        options.toProject = QString::fromStdString(project);
    }
    if (const Json *rates = fields.list("bandwidth_at")) {
        options.hourly.clear();
        for (const auto &one : *rates) {
            Fields rate(one, fields.whereIs("bandwidth_at[" + std::to_string(options.hourly.size()) + "]"));
            options.hourly.push_back(rateFrom(rate));
            fields.take(rate.end());
        }
        if (options.hourly.size() > mostRates) {
            fields.complain("bandwidth_at", "at most 24");
        }
    }
    return options;
}

ObjectId objectFrom(const std::string &text)
{
    const auto id = ObjectId::fromText(text);
    constexpr ObjectKind kinds[] = {ObjectKind::Instance, ObjectKind::Volume, ObjectKind::Image, ObjectKind::DataSet};
    return id && std::ranges::count(kinds, id->kind) > 0 ? *id : ObjectId {};
}

PlannedMove moveFrom(Fields &item, const MoveOptions &otherwise)
{
    PlannedMove move;
    move.object = objectFrom(item.text("object"));
    if (move.object.id.empty()) {
        item.complain("object", "SITE/KIND/ID of an instance, a volume, an image or a data set");
    }
    const auto to = item.text("to");
    if (!to.empty() && (!isId(to) || to == move.object.site)) {
        item.complain("to", "another site");
    }
    move.to = QString::fromStdString(to);
    move.wave = int(item.number("wave", 1, 1, mostWaves));
    move.bytes = item.number("bytes", 0, 0, mostBytes);
    if (const Json *after = item.list("after")) {
        for (const auto &one : *after) {
            move.after.push_back(one.is_string() ? objectFrom(one.get<std::string>()) : ObjectId {});
            if (move.after.back().id.empty() || move.after.size() > mostAfter) {
                item.complain("after", "at most 64 of SITE/KIND/ID");
            }
        }
    }
    move.options = otherwise;
    if (const Json *given = item.find("options")) {
        Fields options(*given, item.whereIs("options"));
        move.options = optionsFrom(options, otherwise);
        item.take(options.end());
    }
    item.letPass({"name", "problem", "alternatives"});
    return move;
}

PlannedMoves planFrom(Fields &root, const MoveOptions &otherwise)
{
    PlannedMoves plan;
    plan.site = QString::fromStdString(root.text("site"));
    plan.atOnce = int(root.number("at_once", plan.atOnce, 1, 64));
    root.letPass({"sites", "waves", "unplaced", "least_unplaced", "bytes", "seconds", "seconds_error", "transfer_seconds", "least_transfer_seconds",
        "gap", "links_assumed", "staying", "busy"});
    const Json *items = root.list("items");
    if (!items || items->empty() || items->size() > mostMoves) {
        root.complain("items", "a list of 1 to 10000 moves");
        return plan;
    }
    std::set<ObjectId> named;
    for (std::size_t i = 0; i < items->size(); ++i) {
        Fields item((*items)[i], "items[" + std::to_string(i) + "]");
        plan.moves.push_back(moveFrom(item, otherwise));
        if (!plan.moves.back().object.id.empty() && !named.insert(plan.moves.back().object).second) {
            item.complain("object", "each object once");
        }
        root.take(item.end());
    }
    return plan;
}

Problem inFile(Problem problem, const QString &file)
{
    problem.facts.insert_or_assign("file", file.toStdString());
    return problem;
}

}

Json toJson(const MoveOptions &options)
{
    Json rates = Json::array();
    for (const auto &rate : options.hourly) {
        rates.push_back({{"hours", toString(rate.hours)}, {"bytes_per_second", rate.bytesPerSecond}});
    }
    return {{"mode", toString(options.mode)}, {"cut_over", toString(options.cutOver)}, {"window", toString(options.window)},
        {"bandwidth_bytes_per_second", options.bandwidth}, {"bandwidth_at", rates},
        {"not_before", options.notBefore == Instant {} ? Json() : Json(toRfc3339(options.notBefore))},
        {"retention_seconds", options.retentionSeconds}, {"start", options.start}, {"to_project", options.toProject.toStdString()}};
}

Result<PlannedMoves> plannedMovesFrom(const QByteArray &text, const QString &file, const MoveOptions &otherwise)
{
    const auto json = strictJson({text.constData(), std::size_t(text.size())}, {file.toStdString(), largestFile, 16});
    if (!json) {
        return tl::unexpected(inFile(json.error(), file));
    }
    Fields root(*json, {});
    auto plan = planFrom(root, otherwise);
    if (root.find("seconds") && root.find("seconds")->is_number()) {
        const auto milliseconds = [&root](const char *key) {
            const Json *at = root.find(key);
            const double seconds = at && at->is_number() ? at->get<double>() : 0;
            return seconds > 0 && seconds < 1e9 ? static_cast<std::int64_t>(seconds * 1000) : 0;
        };
        plan.forecast.durationMs = milliseconds("seconds");
        plan.forecast.durationErrorMs = milliseconds("seconds_error");
    }
    for (const auto &move : plan.moves) {
        plan.forecast.bytes += move.to.isEmpty() ? 0 : move.bytes;
    }
    if (const auto problem = root.end()) {
        return tl::unexpected(inFile(*problem, file));
    }
    return plan;
}

Result<PlannedMoves> readPlannedMoves(const QString &path, const MoveOptions &otherwise)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return refuse(Reason::NotFound, {{"what", "file"}, {"id", path.toStdString()}}, file.errorString().toStdString());
    }
    if (file.size() > qint64(largestFile)) {
        return refuse(
            Reason::TooLarge, {{"what", path.toStdString()}, {"limit", std::to_string(largestFile)}, {"size", std::to_string(file.size())}});
    }
    return plannedMovesFrom(file.readAll(), path, otherwise);
}

}
