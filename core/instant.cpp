// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/instant.h"

#include <charconv>
#include <cstdio>

namespace portulan {

namespace {

using namespace std::chrono;

struct Reader {
    std::string_view text;
    bool ok = true;

    int number(std::size_t digits)
    {
        int value = 0;
        if (text.size() < digits) {
            ok = false;
            return 0;
        }
        const auto [end, error] = std::from_chars(text.data(), text.data() + digits, value);
        ok = ok && error == std::errc {} && end == text.data() + digits;
        text.remove_prefix(digits);
        return value;
    }
    bool take(char c)
    {
        if (text.empty() || text.front() != c) {
            return false;
        }
        text.remove_prefix(1);
        return true;
    }
    void expect(char c) { ok = take(c) && ok; }

    Date date()
    {
        const int y = number(4);
        expect('-');
        const int m = number(2);
        expect('-');
        const int d = number(2);
        const year_month_day day {year {y}, month {static_cast<unsigned>(m)}, std::chrono::day {static_cast<unsigned>(d)}};
        ok = ok && day.ok();
        return ok ? Date {day} : Date {};
    }
};

}

std::string toIsoDate(Date day)
{
    const year_month_day ymd {day};
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", int(ymd.year()), unsigned(ymd.month()), unsigned(ymd.day()));
    return text;
}

Result<Date> dateFrom(std::string_view text)
{
    Reader reader {text};
    const Date day = reader.date();
    if (!reader.ok || !reader.text.empty()) {
        return refuse(Reason::Malformed, {{"expected", "YYYY-MM-DD"}, {"value", std::string(text.substr(0, 64))}});
    }
    return day;
}

std::string toRfc3339(Instant moment)
{
    const Date day = floor<days>(moment);
    const hh_mm_ss time {moment - day};
    char text[32];
    const auto ms = time.subseconds().count();
    if (ms == 0) {
        std::snprintf(
            text, sizeof text, "T%02ld:%02ld:%02ldZ", long(time.hours().count()), long(time.minutes().count()), long(time.seconds().count()));
    } else {
        std::snprintf(text, sizeof text, "T%02ld:%02ld:%02ld.%03ldZ", long(time.hours().count()), long(time.minutes().count()),
            long(time.seconds().count()), long(ms));
    }
    return toIsoDate(day) + text;
}

Result<Instant> instantFrom(std::string_view text)
{
    Reader reader {text};
    const Date day = reader.date();
    reader.ok = (reader.take('T') || reader.take('t') || reader.take(' ')) && reader.ok;
    const int h = reader.number(2);
    reader.expect(':');
    const int m = reader.number(2);
    reader.expect(':');
    const int s = reader.number(2);
    long millis = 0;
    if (reader.ok && reader.take('.')) {
        long scale = 100;
        while (!reader.text.empty() && reader.text.front() >= '0' && reader.text.front() <= '9') {
            millis += scale * (reader.text.front() - '0');
            scale /= 10;
            reader.text.remove_prefix(1);
        }
    }
    minutes offset {0};
    if (!reader.take('Z') && !reader.take('z')) {
        const int sign = reader.take('-') ? -1 : 1;
        if (sign == 1) {
            reader.expect('+');
        }
        const int oh = reader.number(2);
        reader.expect(':');
        offset = minutes {sign * (oh * 60 + reader.number(2))};
    }
    if (!reader.ok || !reader.text.empty() || h > 23 || m > 59 || s > 60) {
        return refuse(Reason::Malformed, {{"expected", "RFC 3339"}, {"value", std::string(text.substr(0, 64))}});
    }
    return Instant {day + hours {h} + minutes {m} - offset + seconds {s} + milliseconds {millis}};
}

}
