// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "app/ctl/output.h"

#include "models/phrases.h"

#include <algorithm>
#include <cstdio>
#include <unistd.h>

namespace portulan::ctl {

namespace {

void write(std::FILE *to, const QString &text)
{
    const auto bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, std::size_t(bytes.size()), to);
}

/// Control characters of hostile names must not reach the terminal.
QString harmless(QString text)
{
    for (auto &c : text) {
        if (c.category() == QChar::Other_Control) {
            c = QChar(0xFFFD);
        }
    }
    return text;
}

QString csvCell(const Json &value)
{
    if (value.is_null()) {
        return {};
    }
    QString text = QString::fromStdString(value.is_string() ? value.get<std::string>() : value.dump());
    if (text.contains(u',') || text.contains(u'"') || text.contains(u'\n') || text.contains(u'\r')) {
        text = u'"' + text.replace(u'"', QStringLiteral("\"\"")) + u'"';
    }
    return text;
}

void printCsv(const Json &items)
{
    if (items.empty()) {
        return;
    }
    QStringList keys;
    for (const auto &[key, value] : items.front().items()) {
        keys.append(QString::fromStdString(key));
    }
    write(stdout, keys.join(u',') + u'\n');
    for (const auto &item : items) {
        QStringList cells;
        for (const auto &key : keys) {
            const auto at = item.find(key.toStdString());
            cells.append(at == item.end() ? QString() : csvCell(*at));
        }
        write(stdout, cells.join(u',') + u'\n');
    }
}

void printTable(const Listing &listing)
{
    std::vector<QStringList> lines {listing.titles};
    for (const auto &row : listing.rows) {
        QStringList cells;
        std::ranges::transform(row, std::back_inserter(cells), harmless);
        lines.push_back(cells);
    }
    std::vector<qsizetype> widths(std::size_t(listing.titles.size()), 0);
    for (const auto &line : lines) {
        for (std::size_t i = 0; i < widths.size(); ++i) {
            widths[i] = std::max(widths[i], line.value(qsizetype(i)).size());
        }
    }
    for (const auto &line : lines) {
        QString text;
        for (std::size_t i = 0; i < widths.size(); ++i) {
            const auto cell = line.value(qsizetype(i));
            text += i + 1 == widths.size() ? cell : QString(cell.leftJustified(widths[i] + 2));
        }
        write(stdout, text + u'\n');
    }
}

void printLines(const Json &thing, const QString &indent)
{
    for (const auto &[key, value] : thing.items()) {
        const QString label = indent + (thing.is_array() ? QStringLiteral("- ") : QString::fromStdString(key) + u": ");
        if (value.is_structured() && !value.empty()) {
            write(stdout, label.trimmed().isEmpty() ? QString() : indent + label.trimmed() + u'\n');
            printLines(value, indent + QStringLiteral("  "));
        } else if (!value.is_null() && !value.is_structured()) {
            write(stdout, label + harmless(QString::fromStdString(value.is_string() ? value.get<std::string>() : value.dump())) + u'\n');
        }
    }
}

bool isLineOpen = false;

void endLine()
{
    if (std::exchange(isLineOpen, false)) {
        write(stderr, QStringLiteral("\n"));
    }
}

}

int exitCode(Reason reason)
{
    switch (reason) {
    case Reason::Refused:
        return Exit::Refused;
    case Reason::Unreachable:
    case Reason::TimedOut:
        return Exit::Unreachable;
    case Reason::Unauthenticated:
    case Reason::NotAuthorised:
        return Exit::NotAuthorised;
    case Reason::Conflict:
        return Exit::Conflict;
    default:
        return Exit::Failed;
    }
}

void print(const Listing &listing, Form form)
{
    endLine();
    if (form == Form::Machine) {
        const Json whole {{"items", listing.items}, {"sites", listing.sites.is_null() ? Json::array() : listing.sites}};
        write(stdout, QString::fromStdString(whole.dump(2)) + u'\n');
    } else if (form == Form::Csv) {
        printCsv(listing.items);
    } else {
        printTable(listing);
    }
}

void print(const Json &thing, Form form)
{
    endLine();
    if (form == Form::Machine) {
        write(stdout, QString::fromStdString(thing.dump(2)) + u'\n');
    } else if (form == Form::Csv) {
        printCsv(thing.is_array() ? thing : Json::array({thing}));
    } else {
        printLines(thing, {});
    }
}

void say(const QString &line)
{
    endLine();
    write(stderr, line + u'\n');
}

void sayInPlace(const QString &line)
{
    if (isatty(STDERR_FILENO) != 0) {
        isLineOpen = true;
        write(stderr, u'\r' + line + QStringLiteral("\x1b[K"));
    }
}

Json toJson(const Problem &problem)
{
    Json facts = Json::object();
    for (const auto &[name, value] : problem.facts) {
        facts[name] = value;
    }
    return {{"reason", toString(problem.reason)}, {"facts", facts}, {"message", Phrases::sentence(problem).toStdString()}};
}

}
