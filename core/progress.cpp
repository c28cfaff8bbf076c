// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/progress.h"

#include <algorithm>
#include <cmath>

namespace portulan {

namespace {
constexpr double shortestSample = 0.5; // seconds
constexpr double memory = 10; // seconds after which a speed counts for little
}

void ProgressMeter::begin(double until)
{
    m_until = std::clamp(until, m_position, 1.0);
    m_from = m_position;
    m_doneThen = m_done = m_left = 0;
    m_all = -1;
    m_sampledAt = -1;
}

void ProgressMeter::report(double now, std::int64_t done, std::int64_t left)
{
    sample(now, done);
    m_left = std::max<std::int64_t>(left, 0);
    if (done < m_done) { // lost, and done again
        m_left = std::max<std::int64_t>(m_all - done, m_left);
        return;
    }
    if (done + m_left != m_all) {
        m_from = m_position;
        m_doneThen = m_done;
        m_all = done + m_left;
    }
    m_done = done;
    const double all = double(m_all - m_doneThen);
    const double share = all > 0 ? double(done - m_doneThen) / all : 1.0;
    m_position = std::clamp(m_from + (m_until - m_from) * share, m_position, m_until);
}

void ProgressMeter::sample(double now, std::int64_t done)
{
    const double span = now - m_sampledAt;
    if (m_sampledAt < 0 || done < m_sampled || span < 0) {
        m_sampledAt = now;
        m_sampled = done;
    } else if (span >= shortestSample) {
        const double speed = double(done - m_sampled) / span;
        m_speed = m_speed <= 0 ? speed : m_speed + (1 - std::exp(-span / memory)) * (speed - m_speed);
        m_sampledAt = now;
        m_sampled = done;
    }
}

void ProgressMeter::finish()
{
    m_position = 1;
    m_left = 0;
}

std::int32_t ProgressMeter::permille() const
{
    return static_cast<std::int32_t>(std::floor(m_position * 1000 + 1e-9));
}

double ProgressMeter::secondsLeft() const
{
    return m_left == 0 ? 0 : m_speed > 0 ? double(m_left) / m_speed : -1;
}

}
