// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/moverwindow.h"

#include <ctime>

namespace portulan::site {

int minuteOfDay(Instant moment)
{
    const auto time = static_cast<std::time_t>(std::chrono::floor<std::chrono::seconds>(moment).time_since_epoch().count());
    std::tm local {};
    ::localtime_r(&time, &local);
    return local.tm_hour * 60 + local.tm_min;
}

bool holds(const DayWindow &window, Instant moment)
{
    return window.isAlways() || window.holds(minuteOfDay(moment));
}

}
