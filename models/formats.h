// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/instant.h"

#include <QCoreApplication>
#include <QString>

namespace portulan {

/// Numbers, sizes, dates and spans as people of the current QLocale write them. Where a space stands it is one that does not break
/// (U+202F before a unit).
class Formats {
    Q_DECLARE_TR_FUNCTIONS(portulan::Formats)
public:
    /// Decimal: kB, MB, GB / ko, Mo, Go, as disks and networks are sold. Binary: KiB, MiB / Kio, Mio, as memory is.
    enum Base { Decimal, Binary };

    static QString number(qint64 value);
    static QString number(double value, int decimals);
    static QString bytes(qint64 value, Base base = Decimal);
    static QString rate(double bytesPerSecond);
    static QString percent(double share); ///< 0–1
    static QString kilometres(double km);
    /// "3 min 20 s", "2 h 5 min", "4 d 3 h": the two largest units.
    static QString duration(double seconds);
    static QString exactly(double seconds); ///< as duration(), and below ten seconds to the tenth or hundredth: "0.09 s"
    static QString estimate(double seconds, double error); ///< "12 min ± 4 min"
    /// How long ago, from milliseconds: "just now", "12 s ago".
    static QString ago(qint64 milliseconds);
    static QString date(Date day); ///< "22 Nov 2026"; empty for day 0
    static QString dateTime(Instant moment); ///< local time, to the minute; empty for moment 0
    static QString timeOfDay(Instant moment); ///< local time, to the second
    /// A list as read aloud: "a, b".
    static QString list(const QStringList &parts);
};

/// Bytes in what people type: "4G", "4 Go", "4GiB", "512M", "1.5 TB", "1024". SI letters are decimal, Ki/Mi/Gi/Ti binary.
/// InvalidArgument{field, value, expected} otherwise.
Result<qint64> bytesFrom(const QString &text, const QString &field);

/// Seconds in what people type: "0", "90s", "15min", "12h", "7d" (in French also "7j"). InvalidArgument{field, value, expected} otherwise.
Result<qint64> secondsFrom(const QString &text, const QString &field);

}
