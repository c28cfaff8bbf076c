// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/formats.h"

#include <QDateTime>
#include <QLocale>
#include <QRegularExpression>
#include <cmath>

namespace portulan {

namespace {
constexpr char16_t narrowSpace = u'\u202F';

QString withUnit(const QString &number, const QString &unit)
{
    return number % QChar(narrowSpace) % unit;
}

/// Three digits that count, no trailing ",0".
QString short3(double value)
{
    const QLocale locale;
    const double rounded = std::round(value * 10) / 10;
    const bool whole = rounded >= 100 || rounded == std::floor(rounded);
    return locale.toString(whole ? std::round(value) : rounded, 'f', whole ? 0 : 1);
}

QDateTime localTime(Instant moment)
{
    return QDateTime::fromMSecsSinceEpoch(moment.time_since_epoch().count());
}
}

QString Formats::number(qint64 value)
{
    return QLocale().toString(value);
}
QString Formats::number(double value, int decimals)
{
    return QLocale().toString(value, 'f', decimals);
}

QString Formats::bytes(qint64 value, Base base)
{
    const double step = base == Decimal ? 1000 : 1024;
    double amount = double(std::abs(value));
    int power = 0;
    while (power < 6 && std::round(amount * 10) / 10 >= step) {
        amount /= step;
        ++power;
    }
    const QString number = (value < 0 ? QStringLiteral("-") : QString()) % short3(amount);
    const QStringList decimal {tr("B"), tr("kB"), tr("MB"), tr("GB"), tr("TB"), tr("PB"), tr("EB")};
    const QStringList binary {tr("B"), tr("KiB"), tr("MiB"), tr("GiB"), tr("TiB"), tr("PiB"), tr("EiB")};
    return withUnit(number, (base == Decimal ? decimal : binary).at(power));
}

QString Formats::rate(double bytesPerSecond)
{
    //: a rate: %1 is an amount such as "12 MB"
    return tr("%1/s").arg(bytes(std::isfinite(bytesPerSecond) ? qint64(bytesPerSecond) : 0));
}

QString Formats::percent(double share)
{
    const double value = share * 100;
    const int decimals = value > 0 && value < 9.95 && std::abs(value - std::round(value)) >= 0.05 ? 1 : 0;
    //: a percentage
    return tr("%1%").arg(QLocale().toString(value, 'f', decimals));
}

QString Formats::kilometres(double km)
{
    return withUnit(number(qint64(std::llround(km))), tr("km"));
}

QString Formats::duration(double seconds)
{
    if (!std::isfinite(seconds) || seconds < 1) {
        return tr("less than a second");
    }
    const qint64 whole = std::llround(std::min(seconds, 1e12));
    const auto unit = [](qint64 amount, const QString &name) { return withUnit(number(amount), name); };
    const auto two = [](const QString &large, qint64 rest, const QString &small) { return rest == 0 ? large : large % QChar(0xA0) % small; };
    if (whole < 60) {
        return unit(whole, tr("s", "seconds"));
    }
    if (whole < 3600) {
        return two(unit(whole / 60, tr("min", "minutes")), whole % 60, unit(whole % 60, tr("s", "seconds")));
    }
    if (whole < 86400) {
        return two(unit(whole / 3600, tr("h", "hours")), whole % 3600 / 60, unit(whole % 3600 / 60, tr("min", "minutes")));
    }
    return two(unit(whole / 86400, tr("d", "days")), whole % 86400 / 3600, unit(whole % 86400 / 3600, tr("h", "hours")));
}

QString Formats::exactly(double seconds)
{
    if (!std::isfinite(seconds) || seconds >= 9.95 || seconds < 0) {
        return duration(seconds);
    }
    return withUnit(number(seconds, seconds < 0.995 ? 2 : 1), tr("s", "seconds"));
}

QString Formats::estimate(double seconds, double error)
{
    //: %1 is a span of time, %2 how wrong that may be either way
    return error > 0 ? tr("%1 ± %2").arg(exactly(seconds), exactly(error)) : exactly(seconds);
}

QString Formats::ago(qint64 milliseconds)
{
    if (milliseconds < 2000) {
        return tr("just now");
    }
    const double seconds = double(milliseconds) / 1000;
    // Beyond a minute the smaller unit would only flicker.
    const double step = seconds < 60 ? 1 : seconds < 3600 ? 60 : seconds < 86400 ? 3600 : 86400;
    return tr("%1 ago").arg(duration(std::floor(seconds / step) * step));
}

QString Formats::date(Date day)
{
    if (day == Date {}) {
        return {};
    }
    //: QLocale date format: 22 Nov 2026
    return QLocale().toString(QDate(1970, 1, 1).addDays(day.time_since_epoch().count()), tr("d MMM yyyy"));
}

QString Formats::dateTime(Instant moment)
{
    if (moment == Instant {}) {
        return {};
    }
    //: QLocale date and time format: 22 Nov 2026 15:04
    return QLocale().toString(localTime(moment), tr("d MMM yyyy HH:mm"));
}

QString Formats::timeOfDay(Instant moment)
{
    return moment == Instant {} ? QString() : QLocale().toString(localTime(moment).time(), QStringLiteral("HH:mm:ss"));
}

QString Formats::list(const QStringList &parts)
{
    return parts.join(tr(", ", "between the items of a list"));
}

Result<qint64> bytesFrom(const QString &text, const QString &field)
{
    static const QRegularExpression shape(QStringLiteral("^\\s*([0-9]+(?:[.,][0-9]+)?)\\s*(?:([kKmMgGtTpP])(i?))?[bBoO]?\\s*$"));
    const auto match = shape.match(text);
    bool isNumber = false;
    const double amount = match.captured(1).replace(u',', u'.').toDouble(&isNumber);
    const auto letter = match.captured(2).toLower();
    const int power = letter.isEmpty() ? 0 : 1 + int(QStringLiteral("kmgtp").indexOf(letter));
    const double value = amount * std::pow(match.captured(3).isEmpty() ? 1000.0 : 1024.0, power);
    if (!match.hasMatch() || !isNumber || value > 9e18) {
        return refuse(
            Reason::InvalidArgument, {{"field", field.toStdString()}, {"value", text.left(64).toStdString()}, {"expected", "512M, 4G, 4GiB"}});
    }
    return qint64(std::llround(value));
}

Result<qint64> secondsFrom(const QString &text, const QString &field)
{
    static const QRegularExpression shape(QStringLiteral("^\\s*([0-9]{1,9})\\s*(s|min|h|d|j)?\\s*$"));
    const auto match = shape.match(text);
    const auto unit = match.captured(2);
    const qint64 amount = match.captured(1).toLongLong();
    if (!match.hasMatch() || (unit.isEmpty() && amount != 0)) {
        return refuse(Reason::InvalidArgument,
            {{"field", field.toStdString()}, {"value", text.left(64).toStdString()}, {"expected", "0, 90s, 15min, 12h, 7d"}});
    }
    return amount * (unit == u"min" ? 60 : unit == u"h" ? 3600 : unit == u"d" || unit == u"j" ? 86400 : 1);
}

}
