// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/movemode.h"

#include "core/words.h"

#include <algorithm>
#include <charconv>

namespace portulan {

namespace {

constexpr int day = 24 * 60;
constexpr auto modes = wording<MoveMode>({{MoveMode::Cold, "cold"}, {MoveMode::Warm, "warm"}, {MoveMode::Live, "live"}});
constexpr auto cutOvers = wording<CutOver>({{CutOver::Automatic, "auto"}, {CutOver::Manual, "manual"}});

unexpected<Problem> bad(std::string_view field, std::string_view expected, std::string_view value)
{
    return refuse(
        Reason::InvalidArgument, {{"field", std::string(field)}, {"expected", std::string(expected)}, {"value", std::string(value.substr(0, 64))}});
}

/// "06:30"; -1 if it is none.
int minuteFrom(std::string_view text)
{
    int hours = 0, minutes = 0;
    if (text.size() != 5 || text[2] != ':' || std::from_chars(&text[0], &text[2], hours).ptr != &text[2]
        || std::from_chars(&text[3], text.data() + 5, minutes).ptr != text.data() + 5) {
        return -1;
    }
    return hours < 0 || hours > 23 || minutes < 0 || minutes > 59 ? -1 : hours * 60 + minutes;
}

std::string clock(int minute)
{
    const auto two = [](int number) { return std::string(number < 10 ? "0" : "") + std::to_string(number); };
    return two(minute / 60) + ':' + two(minute % 60);
}

}

std::string_view toString(MoveMode mode)
{
    return modes.of(mode);
}

Result<MoveMode> moveModeFrom(std::string_view word)
{
    const auto mode = word.empty() ? MoveMode::Cold : modes.from(word);
    return mode ? Result<MoveMode>(*mode) : bad("mode", "cold, warm, live", word);
}

std::string_view toString(CutOver cutOver)
{
    return cutOvers.of(cutOver);
}

Result<CutOver> cutOverFrom(std::string_view word)
{
    const auto cutOver = word.empty() ? CutOver::Automatic : cutOvers.from(word);
    return cutOver ? Result<CutOver>(*cutOver) : bad("cut_over", "auto, manual", word);
}

bool DayWindow::holds(int minute) const
{
    return isAlways() || (from < to ? minute >= from && minute < to : minute >= from || minute < to);
}

int DayWindow::minutesUntil(int minute) const
{
    return holds(minute) ? 0 : (from - minute + day) % day;
}

std::int64_t rateAt(const std::vector<HourlyRate> &rates, int minute, std::int64_t otherwise)
{
    const auto at = std::ranges::find_if(rates, [minute](const HourlyRate &rate) { return rate.hours.holds(minute); });
    return at == rates.end() ? otherwise : at->bytesPerSecond;
}

std::string toString(const DayWindow &window)
{
    return window.isAlways() ? std::string() : clock(window.from) + '-' + clock(window.to);
}

Result<DayWindow> dayWindowFrom(std::string_view text)
{
    if (text.empty()) {
        return DayWindow {};
    }
    const auto dash = text.find('-');
    const int from = minuteFrom(text.substr(0, dash)), to = dash == text.npos ? -1 : minuteFrom(text.substr(dash + 1));
    return from < 0 || to < 0 || from == to ? bad("window", "HH:MM-HH:MM", text) : Result<DayWindow>(DayWindow {from, to});
}

}
