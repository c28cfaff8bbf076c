// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// The moments at which tst_everyfault and tst_everyfaultafter strike: before and after each note of either journal, and between them.
#pragma once
#include "core/operation.h"

#include <algorithm>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace portulan::test {

using enum MigrationStep;

/// A call to one side's cloud or a write to its journal, just before or ("… done") just after it: the n-th while the source's journal is at a step.
struct Moment {
    MigrationStep step;
    bool atSource;
    std::string call;
    int nth = 1;
};
inline void PrintTo(const Moment &moment, std::ostream *out)
{
    *out << toString(moment.step) << ", " << (moment.atSource ? "source " : "destination ") << moment.call << " #" << moment.nth;
}
using Moments = std::vector<Moment>;

/// Where the source stands when the destination notes a step; nothing for those that only the source has. A new step does not compile without.
constexpr bool isStep(MigrationStep step, std::optional<MigrationStep> &sourceAt)
{
    switch (step) {
    case Planned:
    case Reserved:
        sourceAt = Planned;
        return true;
    case Verified:
        sourceAt = Copying;
        return true;
    case Activated:
    case Released:
        sourceAt = Committed;
        return true;
    case Aborted: // which only cancelMoments() come to
    case Stopped:
    case Copying:
    case Committed:
        return true;
    }
    return false;
}

inline std::vector<MigrationStep> everyStep()
{
    std::vector<MigrationStep> steps;
    std::optional<MigrationStep> any;
    for (int i = 0; isStep(MigrationStep(i), any); ++i) {
        steps.push_back(MigrationStep(i));
    }
    return steps;
}

/// Before and after each note that either side makes on the way to Released.
inline Moments notes()
{
    Moments moments;
    auto before = Planned;
    for (const auto step : everyStep()) {
        if (step == Aborted) {
            continue;
        }
        const auto call = "journal " + std::string(toString(step));
        moments.insert(moments.end(), {{before, true, call}, {step, true, call + " done"}});
        before = step;
        std::optional<MigrationStep> source;
        (void)isStep(step, source);
        if (source) {
            moments.insert(moments.end(), {{*source, false, call}, {*source, false, call + " done"}});
        }
    }
    return moments;
}

inline Moments coldMoments()
{
    auto moments = notes();
    moments.insert(moments.end(),
        {{Planned, true, "journal planned", 2}, {Planned, true, "custody leaving"}, {Planned, true, "custody leaving done"},
            {Planned, false, "peer.reserve"}, {Planned, false, "receive"}, {Planned, false, "receive done"}, {Reserved, true, "journal reserved"},
            {Reserved, true, "stop"}, {Reserved, true, "stop done"}, {Copying, true, "open for read"}, {Copying, true, "read"},
            {Copying, true, "read", 3}, {Copying, false, "peer.reserve"}, {Copying, false, "open for write"}, {Copying, false, "open for write", 2},
            {Copying, false, "write"}, {Copying, false, "write", 3}, {Copying, false, "flush"}, {Copying, false, "read back"},
            {Copying, false, "read back", 3}, {Copying, false, "peer.progress"}, {Copying, false, "peer.verify"},
            {Committed, true, "custody retained"}, {Committed, true, "custody retained done"}, {Committed, false, "peer.activate"},
            {Committed, false, "adopt"}, {Committed, false, "adopt done"}, {Committed, false, "start"}, {Committed, false, "start done"},
            {Activated, true, "custody retained"}, {Activated, true, "custody retained done"}});
    return moments;
}

/// …of a warm one: each look at its machine, each pass, the stop.
inline Moments warmMoments()
{
    return {{Reserved, true, "follow"}, {Reserved, true, "journal reserved done", 2}, {Reserved, true, "view"}, {Reserved, true, "view done"},
        {Reserved, true, "read", 2}, {Reserved, false, "peer.reserve"}, {Reserved, false, "peer.progress"}, {Reserved, false, "open for write"},
        {Reserved, false, "write", 2}, {Reserved, false, "flush"}, {Reserved, false, "read back", 2}, {Reserved, true, "view", 2},
        {Reserved, true, "view done", 2}, {Reserved, false, "peer.reserve", 2}, {Reserved, false, "peer.progress", 2}, {Reserved, true, "halt"},
        {Reserved, true, "halt done"}, {Reserved, true, "journal stopped"}, {Copying, true, "open for read"}, {Copying, true, "read"},
        {Copying, false, "peer.reserve"}, {Copying, false, "peer.progress"}, {Copying, false, "write"}, {Copying, false, "flush"},
        {Copying, false, "peer.verify"}, {Committed, false, "peer.activate"}};
}

/// …of a live one: its memory, prepared for, sent, here; its pause, its end here and its going on there.
inline Moments liveMoments()
{
    return {{Planned, true, "describe machine"}, {Reserved, true, "view", 2}, {Reserved, false, "write", 2}, {Reserved, true, "describe machine"},
        {Reserved, false, "peer.prepare"}, {Reserved, false, "take memory"}, {Reserved, false, "take memory done"}, {Reserved, true, "send memory"},
        {Reserved, true, "flow", 2}, {Reserved, true, "finish memory"}, {Reserved, true, "finish memory done"}, {Reserved, false, "memory here"},
        {Reserved, false, "memory here done"}, {Reserved, true, "journal stopped"}, {Stopped, true, "journal stopped done"},
        {Copying, true, "open for read"}, {Copying, false, "peer.verify"}, {Copying, false, "has memory"}, {Copying, true, "journal verified"},
        {Verified, true, "journal committed"}, {Committed, true, "stop hard"}, {Committed, true, "stop done"}, {Committed, true, "custody retained"},
        {Committed, false, "peer.activate"}, {Committed, false, "adopt done"}, {Committed, false, "resume"}, {Committed, false, "resume done"}};
}

/// …of a data set that is written meanwhile: each lot, the fence.
inline Moments lotMoments()
{
    return {{Reserved, true, "list"}, {Reserved, false, "peer.reserve"}, {Reserved, false, "take lot"}, {Reserved, false, "take lot done"},
        {Reserved, false, "peer.progress"}, {Reserved, true, "open for read"}, {Reserved, true, "open for read", 7}, {Reserved, true, "read", 3},
        {Reserved, false, "open for write"}, {Reserved, false, "open for write", 9}, {Reserved, false, "write", 5}, {Reserved, false, "flush", 4},
        {Reserved, true, "list", 2}, {Reserved, true, "custody leaving"}, {Reserved, true, "custody leaving done"},
        {Reserved, true, "journal stopped"}, {Copying, true, "list"}, {Copying, false, "take lot"}, {Copying, false, "take lot done"},
        {Copying, false, "take lot", 2}, {Copying, false, "take lot done", 2}, {Copying, false, "peer.verify"}, {Committed, true, "custody retained"},
        {Committed, false, "peer.activate"}, {Committed, false, "adopt"}, {Committed, false, "adopt done"}};
}

/// …of one that is cancelled in the middle of its copy, or when all of it is there.
inline Moments cancelMoments()
{
    Moments moments;
    for (const auto step : {Copying, Verified}) {
        moments.insert(moments.end(),
            {{step, true, "journal aborting"}, {step, true, "journal aborting done"}, {step, true, "custody owner"}, {step, true, "start done"},
                {step, false, "peer.abort"}, {step, false, "drop"}, {step, false, "drop done"}, {step, false, "journal aborted"},
                {step, false, "journal aborted done"}, {step, true, "journal aborted"}});
    }
    moments.insert(moments.end(), {{Copying, true, "custody owner done"}, {Copying, true, "start"}, {Aborted, true, "journal aborted done"}});
    return moments;
}

/// …of one that comes back to where a copy is kept.
inline Moments returnMoments()
{
    return {{Planned, false, "receive"}, {Planned, false, "receive done"}, {Planned, false, "journal reserved done"}, {Reserved, true, "stop done"},
        {Copying, false, "open for write"}, {Copying, false, "peer.progress"}, {Copying, true, "read", 2}, {Copying, false, "peer.fingerprints"},
        {Copying, false, "write"}, {Copying, false, "flush"}, {Copying, false, "read back", 2}, {Copying, false, "peer.verify"},
        {Copying, false, "journal verified"}, {Verified, true, "journal committed"}, {Committed, true, "custody retained"},
        {Committed, false, "peer.activate"}, {Committed, false, "adopt"}, {Committed, false, "adopt done"}, {Committed, false, "start done"}};
}

/// …of a copy that boots as a test: of a machine that is followed, or of a cold one that waits for its cut-over.
inline Moments testMoments()
{
    return {{Reserved, true, "still"}, {Reserved, true, "still done"}, {Reserved, true, "let go"}, {Reserved, false, "peer.testboot"},
        {Reserved, false, "test boot"}, {Reserved, false, "peer.testboot.look"}, {Verified, false, "peer.testboot"}, {Verified, false, "test boot"},
        {Verified, false, "peer.testboot.look"}};
}

/// …of the end of its retention, and of the papers.
inline Moments erasureMoments()
{
    return {{Released, false, "peer.certify"}, {Released, false, "journal certificate"}, {Released, false, "journal certificate done"},
        {Released, true, "journal certificate"}, {Released, true, "journal certificate done"}, {Released, true, "journal erasing"},
        {Released, true, "journal erasing done"}, {Released, true, "erase"}, {Released, true, "erase done"}, {Released, true, "journal erased"},
        {Released, true, "journal erased done"}, {Released, true, "journal erasure"}, {Released, true, "journal erasure done"}};
}

}
