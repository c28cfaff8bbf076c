// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/movercourse.h"

#include <algorithm>
#include <cmath>

namespace portulan::site {

namespace {

constexpr double reservedAt = 0.01;
constexpr double firstPass = 0.8; // of the bytes of a warm move
constexpr double leastAfter = 0.02;
constexpr double mostAfter = 0.3;
constexpr std::int32_t announcedStep = 10;

double secondsNow()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}

MoverCourse::MoverCourse(std::shared_ptr<Running> running)
    : m_running(std::move(running))
{
    if (m_running) {
        const auto operation = m_running->operation();
        m_meter = ProgressMeter(operation.permille);
        m_announced = operation.permille;
        m_workedMs = operation.workedMs;
        m_waiting = operation.waiting;
        m_expected = operation.forecast != Forecast {};
    }
    m_meter.begin(bytesUntil());
}

bool MoverCourse::isExpected() const
{
    const std::scoped_lock lock(m_mutex);
    return m_expected || !m_running;
}

void MoverCourse::expect(const Outlook &outlook)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_expected = true;
        const double all = double(outlook.forecast.durationMs) / 1000;
        if (all > 0) {
            m_afterSeconds = std::max(0.0, all - outlook.copySeconds);
            m_after = std::clamp(m_afterSeconds / all, leastAfter, mostAfter);
        }
    }
    if (m_running) {
        m_running->update([&outlook](Operation &operation) { operation.forecast = outlook.forecast; }, true);
    }
}

std::int64_t MoverCourse::workedLocked() const
{
    const auto since = m_since == Clock::time_point {} ? Clock::duration::zero() : Clock::now() - m_since;
    return m_workedMs + std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

std::int64_t MoverCourse::workedMs() const
{
    const std::scoped_lock lock(m_mutex);
    return workedLocked();
}

void MoverCourse::stands(const Problem &why)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_workedMs = workedLocked();
        m_since = {};
        m_meter.rest();
        if (why == m_waiting) {
            return;
        }
        m_waiting = why;
    }
    if (m_running) {
        m_running->update(
            [&](Operation &operation) {
                operation.waiting = why;
                operation.remainingMs = operation.bytesPerSecond = 0;
            },
            false);
    }
}

void MoverCourse::goes()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_since = m_since == Clock::time_point {} ? Clock::now() : m_since;
        if (m_waiting == Problem {}) {
            return;
        }
        m_waiting = {};
    }
    if (m_running) {
        m_running->update([](Operation &operation) { operation.waiting = {}; }, false);
    }
}

/// Its bar too, journalled if it has moved by enough.
void MoverCourse::publish(const std::function<void(Operation &)> &edit, bool durable)
{
    std::int32_t permille = 0;
    std::int64_t speed = 0, left = 0, worked = 0;
    {
        const std::scoped_lock lock(m_mutex);
        if (m_meter.permille() >= m_announced + announcedStep || durable) {
            durable = true;
            m_announced = std::max(m_announced, m_meter.permille());
        }
        permille = m_announced;
        speed = std::llround(m_meter.bytesPerSecond());
        left = m_meter.secondsLeft() < 0 ? 0 : std::llround((m_meter.secondsLeft() + m_afterSeconds) * 1000);
        worked = workedLocked();
    }
    if (m_running) {
        m_running->update(
            [&](Operation &operation) {
                edit(operation);
                operation.permille = std::max(operation.permille, permille);
                operation.bytesPerSecond = speed;
                operation.remainingMs = left;
                operation.workedMs = worked;
            },
            durable);
    }
}

void MoverCourse::reached(MigrationStep step)
{
    {
        const std::scoped_lock lock(m_mutex);
        const auto jump = [this](double to) {
            m_meter.begin(to);
            m_meter.report(secondsNow(), 1, 0);
        };
        using enum MigrationStep;
        switch (step) {
        case Reserved:
            jump(reservedAt);
            break;
        case Stopped:
        case Copying:
            m_meter.begin(bytesUntil());
            break;
        case Verified:
            jump(bytesUntil() + 0.3 * m_after);
            break;
        case Committed:
            jump(bytesUntil() + 0.5 * m_after);
            break;
        case Activated:
            jump(bytesUntil() + 0.9 * m_after);
            break;
        case Released:
            m_meter.finish();
            break;
        default:
            return;
        }
    }
    publish([step](Operation &operation) { operation.phase = toString(step); }, true);
}

void MoverCourse::passBegins(std::size_t number, std::int64_t bytes)
{
    const std::scoped_lock lock(m_mutex);
    m_passBytes = bytes;
    m_passUntil = number <= 1 ? firstPass * bytesUntil() : m_passUntil + (bytesUntil() - m_passUntil) / 2;
    m_meter.begin(m_passUntil);
}

void MoverCourse::allBegins()
{
    const std::scoped_lock lock(m_mutex);
    m_passBytes = -1;
    m_meter.begin(bytesUntil());
}

void MoverCourse::lastPassBegins(std::int64_t bytes)
{
    const std::scoped_lock lock(m_mutex);
    m_passBytes = bytes;
    m_meter.begin(bytesUntil());
}

void MoverCourse::report(std::int64_t done, std::int64_t total, std::int64_t wire)
{
    total = std::max(total, done);
    {
        const std::scoped_lock lock(m_mutex);
        const auto all = m_passBytes < 0 ? total : std::min(m_passBytes, total);
        const auto sent = std::max<std::int64_t>(0, done - (total - all));
        m_meter.report(secondsNow(), sent, all - sent);
    }
    publish(
        [&](Operation &operation) {
            operation.bytesDone = std::max(operation.bytesDone, done);
            operation.bytesTotal = std::max({operation.bytesTotal, total, done});
            operation.bytesOnWire = wire;
        },
        false);
}

}
