// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/operation.h"
#include "core/order.h"

#include <QString>
#include <nlohmann/json_fwd.hpp>
#include <optional>

namespace portulan {

/// How one thing is moved, whatever it is and wherever it goes.
struct MoveOptions {
    MoveMode mode = MoveMode::Cold;
    CutOver cutOver = CutOver::Automatic;
    DayWindow window {}; ///< the source's hours in which it may move
    qint64 bandwidth = 0; ///< bytes a second, 0: no limit
    std::vector<HourlyRate> hourly {}; ///< instead, in their hours
    Instant notBefore {};
    qint64 retentionSeconds = 7 * 24 * 3600;
    bool start = true; ///< start there what runs here
    QString toProject {}; ///< empty: the same
    bool operator==(const MoveOptions &) const = default;

    void applyTo(Migrate &order) const;
    static MoveOptions of(const Migrate &order);
};

/// What is different for one thing alone; all else is as for the others.
struct MoveOverrides {
    std::optional<MoveMode> mode {};
    std::optional<CutOver> cutOver {};
    std::optional<DayWindow> window {};
    std::optional<qint64> bandwidth {}; ///< also instead of limits by the hour
    std::optional<Instant> notBefore {};
    std::optional<qint64> retentionSeconds {};
    bool operator==(const MoveOverrides &) const = default;
    bool isEmpty() const { return *this == MoveOverrides {}; }

    void applyTo(MoveOptions &options) const;
};

/// One line of a plan that was written down: what goes where, when, and how.
struct PlannedMove {
    ObjectId object;
    QString to {}; ///< site id; empty: it stays
    int wave = 1;
    std::vector<ObjectId> after {}; ///< must have moved first
    qint64 bytes = 0; ///< expected to be carried
    MoveOptions options {};
};
struct PlannedMoves {
    QString site; ///< that is emptied; empty: the file does not say
    std::vector<PlannedMove> moves;
    int atOnce = 4;
    Forecast forecast; ///< of all of it
};

/// As it stands in such a file: {"mode": "warm", "window": "22:00-06:00"…}, every option.
nlohmann::json toJson(const MoveOptions &options);
/// Reads what `evacuate --dry-run --output json` writes, edited or not; `otherwise` is what an item that gives no options, or not all, is moved
/// with. Every key must be known, every object named once. Malformed{file, field, expected}, TooLarge, NotFound{file}.
Result<PlannedMoves> plannedMovesFrom(const QByteArray &text, const QString &file, const MoveOptions &otherwise = {});
Result<PlannedMoves> readPlannedMoves(const QString &file, const MoveOptions &otherwise = {});
/// The order such a plan comes to; the endpoints of `toSite` are filled in by whoever knows them.
Evacuate evacuateBy(const PlannedMoves &plan, const QString &site);
/// What another site has to move before something of this order may: stands among its moves, "to" that site, which is asked whether it has.
bool isAwaited(const Evacuate &order, const Evacuate::Move &move);
int ownMoves(const Evacuate &order); ///< how many are not
/// Adds what is named by `after` and is another site's to move.
void awaitOtherSites(Evacuate &order);

/// The order that does again what an evacuation did not: its failed moves and those never begun, as they were ordered. InvalidArgument for any
/// other operation; NotReady while it runs, or if nothing is left to do.
Result<Evacuate> retryOf(const Operation &evacuation);

/// "08:00-18:00=2MB" (also "2MB/s"): what is typed for a limit in some hours. InvalidArgument{field, value, expected} otherwise.
Result<HourlyRate> hourlyRateFrom(const QString &text, const QString &field);
QString toText(const std::vector<HourlyRate> &rates); ///< as hourlyRateFrom() reads them, separated by a comma and a space
/// Several of those, separated by commas or semicolons; none in an empty text.
Result<std::vector<HourlyRate>> hourlyRatesFrom(const QString &text, const QString &field);
/// "2026-11-26T22:00:00Z" or, in local time, "2026-11-26 22:00". InvalidArgument{field, value, expected} otherwise; empty: no moment.
Result<Instant> momentFrom(const QString &text, const QString &field);

}
