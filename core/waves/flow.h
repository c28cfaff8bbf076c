// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <array>
#include <vector>

namespace portulan::waves {

inline constexpr int minutesADay = 24 * 60;
inline constexpr double secondsADay = 86'400;

/// How many bytes pass by when, counted from the beginning of an evacuation: a rate for each minute of the day, day after day.
class Flow {
public:
    using Day = std::array<double, std::size_t(minutesADay)>; ///< bytes a second, of each minute from midnight

    explicit Flow(double bytesPerSecond = 0);
    Flow(const Day &rates, int minute); ///< it begins at that minute

    bool isSteady() const { return m_parts.size() == 1; }
    double rate() const { return m_bytesADay / secondsADay; } ///< on the average of a day
    double bytesADay() const { return m_bytesADay; }
    double bytesBy(double seconds) const;
    double secondsFor(double bytes) const; ///< the first moment by which so many have passed; infinite if they never do
    double openFrom(double seconds) const; ///< the first moment, not before, at which something passes
    /// Seconds of the first day at which the rate changes; the first is 0.
    std::vector<double> changes() const;

private:
    struct Part {
        double second = 0; ///< of the first day, at which it begins
        double bytes = 0; ///< that have passed until then
        double rate = 0;
    };
    const Part &partAt(double second) const;

    std::vector<Part> m_parts;
    double m_bytesADay = 0;
};

/// Time as all flows together see it: its sand runs as fast as bytes can pass anywhere and rests when none can. Flows that have the same hours are
/// straight lines over it, so that a linear model of them is exact; any flow stays below a line.
class Hourglass {
public:
    explicit Hourglass(const std::vector<Flow> &flows);

    double sandBy(double seconds) const { return m_flow.bytesBy(seconds); }
    double secondsFor(double sand) const { return m_flow.secondsFor(sand); }
    double rate() const { return m_flow.rate(); }

    struct Line {
        double base = 0; ///< bytes
        double slope = 0; ///< bytes for each grain of sand
    };
    /// Below which the flow stays as long as the sand is between `from` and `to`, which may be infinite.
    Line over(const Flow &flow, double from, double to) const;

private:
    Flow m_flow;
};

}
