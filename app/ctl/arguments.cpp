// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "app/ctl/arguments.h"

#include "models/formats.h"

#include <algorithm>

namespace portulan::ctl {

namespace {
tl::unexpected<Problem> wrong(const QString &option, const char *expected)
{
    return refuse(Reason::InvalidArgument, {{"field", option.toStdString()}, {"expected", expected}});
}
}

Result<Arguments> Arguments::parse(const QStringList &words, const std::vector<Option> &options)
{
    Arguments arguments;
    bool optionsEnded = false;
    for (qsizetype i = 0; i < words.size(); ++i) {
        const auto &word = words.at(i);
        if (optionsEnded || !word.startsWith(u"--")) {
            arguments.m_positional.append(word);
            continue;
        }
        if (word == u"--") {
            optionsEnded = true;
            continue;
        }
        const auto name = word.section(u'=', 0, 0).mid(2);
        const auto known = std::ranges::find_if(options, [&name](const Option &option) { return name == QLatin1String(option.name); });
        if (known == options.end()) {
            return wrong(word.section(u'=', 0, 0), "a known option (--help)");
        }
        const bool hasValue = word.contains(u'=');
        if (known->value == nullptr) {
            if (hasValue) {
                return wrong(u"--" + name, "no value");
            }
            arguments.m_options[name];
        } else if (hasValue) {
            arguments.m_options[name].append(word.section(u'=', 1));
        } else if (i + 1 < words.size()) {
            arguments.m_options[name].append(words.at(++i));
        } else {
            return wrong(u"--" + name, known->value);
        }
    }
    return arguments;
}

QString Arguments::value(const char *name, const QString &fallback) const
{
    const auto all = values(name);
    return all.isEmpty() ? fallback : all.last();
}

Result<qint64> Arguments::number(const char *name, qint64 fallback, qint64 least, qint64 most) const
{
    if (!has(name)) {
        return fallback;
    }
    bool isNumber = false;
    const qint64 number = value(name).toLongLong(&isNumber);
    if (!isNumber || number < least || number > most) {
        return refuse(Reason::InvalidArgument,
            {{"field", std::string("--") + name}, {"value", value(name).toStdString()},
                {"expected", std::to_string(least) + " – " + std::to_string(most)}});
    }
    return number;
}

Result<qint64> Arguments::bytes(const char *name, qint64 fallback) const
{
    return has(name) ? bytesFrom(value(name), u"--" + QLatin1String(name)) : Result<qint64>(fallback);
}

}
