// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/problem.h"

#include <QStringList>
#include <nlohmann/json.hpp>
#include <vector>

namespace portulan::ctl {

/// Keys stay in the order they were put in.
using Json = nlohmann::ordered_json;

enum class Form { Table, Machine, Csv }; ///< Machine: JSON

/// What a command has to show: for people a table, for programs the same things whole.
struct Listing {
    QStringList titles; ///< of the table's columns
    std::vector<QStringList> rows;
    Json items = Json::array();
    Json sites; ///< null, or the standing of every site asked

    void add(Json item, const QStringList &cells)
    {
        items.push_back(std::move(item));
        rows.push_back(cells);
    }
};

/// Exit codes of the program.
enum Exit { Done = 0, Failed = 1, Usage = 2, Refused = 3, Unreachable = 4, NotAuthorised = 5, Conflict = 6, Interrupted = 130 };
int exitCode(Reason reason);

/// As the form demands, to standard output. JSON of a listing is {"items", "sites"}.
void print(const Listing &listing, Form form);
/// One thing: its fields as lines, or the JSON object itself.
void print(const Json &thing, Form form);
void say(const QString &line); ///< to standard error
/// A progress line on standard error: in place on a terminal, else nothing.
void sayInPlace(const QString &line);
Json toJson(const Problem &problem); ///< reason, facts, and the sentence in the language of the moment

}
