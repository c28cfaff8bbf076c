// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/result.h"

#include <QMap>
#include <QStringList>

namespace portulan::ctl {

/// An option of a command: "--name VALUE" or "--name".
struct Option {
    const char *name; ///< without dashes
    const char *value = nullptr; ///< word for the value in usage; nullptr: a switch
};

/// A command line taken apart: GNU style, "--name value" and "--name=value", "--" ends the options.
class Arguments {
public:
    /// InvalidArgument{field: the option} on an unknown option, a value missing or one too many.
    static Result<Arguments> parse(const QStringList &words, const std::vector<Option> &options);

    const QStringList &positional() const { return m_positional; }
    QString at(int index) const { return m_positional.value(index); }
    bool has(const char *name) const { return m_options.contains(QLatin1String(name)); }
    QString value(const char *name, const QString &fallback = {}) const;
    QStringList values(const char *name) const { return m_options.value(QLatin1String(name)); }
    /// A whole number in [least, most], or the fallback when the option is not there.
    Result<qint64> number(const char *name, qint64 fallback, qint64 least, qint64 most) const;
    /// Bytes, as bytesFrom().
    Result<qint64> bytes(const char *name, qint64 fallback) const;

private:
    QStringList m_positional;
    QMap<QString, QStringList> m_options;
};

}
