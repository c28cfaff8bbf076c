// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// How a migration may be expected to go, why it waits, and how it went.
#include "models/formats.h"
#include "models/phrases.h"

namespace portulan {

namespace {

QString fact(const Problem &problem, const char *name)
{
    return QString::fromStdString(problem.fact(name));
}

QString span(const Problem &problem, const char *name)
{
    return Formats::duration(fact(problem, name).toDouble());
}

QString moment(const Problem &problem, const char *name)
{
    const auto at = instantFrom(problem.fact(name));
    return at ? Formats::dateTime(*at) : fact(problem, name);
}

QString size(const Problem &problem, const char *name)
{
    return Formats::bytes(fact(problem, name).toLongLong(), Formats::Binary);
}

int count(const Problem &problem, const char *name)
{
    return fact(problem, name).toInt();
}

}

/// What stands still and what it waits for.
QString Phrases::waitSentence(const Problem &problem)
{
    const auto cause = problem.fact("cause");
    const auto site = fact(problem, "site");
    if (cause == "not-before") {
        return tr("Waits until %1. Cancel it if it should not begin then.").arg(moment(problem, "until"));
    }
    if (cause == "slot" || cause == "turn") {
        const int limit = count(problem, "limit");
        const int before = count(problem, "before");
        const auto why = cause == "turn" ? tr("Waits for its turn: %1 takes in %Ln migrations at once.", nullptr, limit).arg(site)
            : site.isEmpty()             ? tr("Waits for its turn: %Ln migrations at once leave this site.", nullptr, limit)
                                         : tr("Waits for its turn: %Ln migrations at once go to %1.", nullptr, limit).arg(site);
        return before == 0 ? why : tr("%1 %2", "two sentences").arg(why, tr("%Ln are before it.", nullptr, before));
    }
    if (cause == "hours") {
        return tr("Waits for its hours, %1 by the source’s clock.").arg(fact(problem, "window"));
    }
    if (cause == "paused") {
        return tr("Paused: nothing is sent until it is resumed.");
    }
    if (cause == "cut-over") {
        return tr("Ready: waits for the order to cut over.");
    }
    if (cause == "nothing-to-retry") {
        return tr("There is nothing to order again: everything %1 was to move has moved.").arg(fact(problem, "id"));
    }
    return {};
}

/// What the destination says of something that is to come.
QString Phrases::arrivalSentence(const Problem &problem)
{
    const auto cause = problem.fact("cause");
    const auto site = fact(problem, "site");
    const auto id = fact(problem, "id");
    if (cause == "no-project") {
        return tr("There is no project %1 at %2. Have it made there, or name another one.").arg(id, site);
    }
    if (cause == "id-taken") {
        return tr("%1 exists already at %2: what arrives gets another id and keeps its name.").arg(id, site);
    }
    if (cause == "dropped-network") {
        return tr("The network %1 is not known at %2: the machine will not be on it there. Make a network of this id there first.").arg(id, site);
    }
    if (const auto changed = changeSentence(problem); !changed.isEmpty()) {
        return changed;
    }
    if (cause == "dropped-image") {
        return tr("The image %1 is not known at %2: the machine’s reference to it is dropped. Its disks are whole without it.").arg(id, site);
    }
    return {};
}

/// What will be other of it there, and what of it stays.
QString Phrases::changeSentence(const Problem &problem)
{
    const auto cause = problem.fact("cause");
    const auto site = fact(problem, "site");
    const auto from = fact(problem, "from"), to = fact(problem, "to");
    if (cause == "other-size") {
        return tr("At %1 the machine gets the flavor %2: %Ln vCPUs and %3 of memory.", nullptr, count(problem, "vcpus"))
            .arg(site, fact(problem, "flavor"), size(problem, "ram"));
    }
    if (cause == "disk-grows") {
        return tr("The disk %1 grows at %2 from %3 to %4; what is added is empty.")
            .arg(fact(problem, "id"), site, size(problem, "from"), size(problem, "to"));
    }
    if (cause == "other-bus") {
        return tr("Its disks are at %1 on %3 instead of %2. Make sure its system has the driver.").arg(site, from, to);
    }
    if (cause == "other-nic") {
        return tr("Its network cards are at %1 of the model %3 instead of %2. Make sure its system has the driver.").arg(site, from, to);
    }
    if (cause == "firmware") {
        return tr("It starts by UEFI, and %1 offers none: it would not start there. Choose another site.").arg(site);
    }
    if (cause == "left-behind") {
        const auto what = problem.fact("what");
        return (what == "cdrom"   ? tr("The CD image %1 stays behind: it is only mounted.")
                : what == "tpm"   ? tr("Its TPM (%1) stays behind, with the keys in it: have the recovery keys of encrypted disks at hand.")
                : what == "share" ? tr("The folder %1 shared with its host stays behind.")
                                  : tr("The device %1 passed through from its host stays behind."))
            .arg(fact(problem, "id"));
    }
    return {};
}

QString Phrases::preflightSentence(const Problem &problem)
{
    const auto cause = problem.fact("cause");
    const auto site = fact(problem, "site");
    const auto window = fact(problem, "window");
    if (cause == "snapshots") {
        return tr("%Ln snapshots stay behind: they do not travel, and go with the source’s copy.", nullptr, count(problem, "count"));
    }
    if (cause == "snapshot") {
        return tr("A snapshot does not travel: it goes with the copy that is kept here of %1.").arg(fact(problem, "id"));
    }
    if (cause == "projectless") {
        return tr("It belongs to no project, and a site takes in only what belongs to one. Name the project it is to go to.");
    }
    if (cause == "mode") {
        return tr("This site cannot move machines in that way (%1). Choose another mode.").arg(fact(problem, "what"));
    }
    if (cause == "moved-cold") {
        return tr("It does not run: it is moved cold.");
    }
    if (cause == "clock-ahead" || cause == "clock-behind") {
        return (cause == "clock-ahead"
                ? tr("The clock of %1 is %2 ahead of the source’s. Set the wrong one right, before certificates count as expired.")
                : tr("The clock of %1 is %2 behind the source’s. Set the wrong one right, before certificates count as expired."))
            .arg(site, span(problem, "seconds"));
    }
    if (cause == "certificate") {
        return tr("The certificate of %1 ended on %2. Have it renewed first.").arg(site, moment(problem, "until"));
    }
    if (cause == "expires-meanwhile") {
        return tr("The certificate of %1 ends on %2, and the move may last until %3. Have it renewed first.")
            .arg(site, moment(problem, "until"), moment(problem, "end"));
    }
    if (cause == "hours-short") {
        return tr("Its hours (%1) are too short: the machine would be down for about %2. Give it longer hours, or none.")
            .arg(window, span(problem, "seconds"));
    }
    if (cause == "hours-overrun") {
        return tr(
            "Its hours (%1) are too short: it would be down for about %2, past their end. Move it warm, or give it longer hours or more bandwidth.")
            .arg(window, span(problem, "seconds"));
    }
    if (cause == "hours-many") {
        return tr("It needs about %1, more than its hours (%2) have in a day: it ends after about %3.")
            .arg(span(problem, "seconds"), window, span(problem, "span_seconds"));
    }
    if (cause == "limit-slow") {
        return tr("Because of its bandwidth limit copying takes about %1; without, about %2. Raise the limit if that is too long.")
            .arg(span(problem, "seconds"), span(problem, "unlimited_seconds"));
    }
    if (cause == "no-retention") {
        return tr(
            "Nothing of %1 is kept at the source: it is erased there as soon as the destination has proved its own, and cannot be brought back.")
            .arg(fact(problem, "id"));
    }
    return {};
}

QString Phrases::waiting(const Operation &operation)
{
    return isOver(operation.state) || operation.waiting == Problem {} ? QString() : sentence(operation.waiting);
}

QStringList Phrases::forecast(const Operation &operation)
{
    const Forecast &expected = operation.forecast;
    QStringList lines;
    const auto seconds = [](std::int64_t milliseconds) { return double(milliseconds) / 1000; };
    if (expected.durationMs > 0) {
        const auto span = Formats::estimate(seconds(expected.durationMs), seconds(expected.durationErrorMs));
        const auto took = operation.workedMs > 0 ? operation.workedMs : (operation.endedAt - operation.startedAt).count();
        lines += operation.state == OperationState::Done ? tr("expected %1, took %2").arg(span, Formats::exactly(seconds(took)))
                                                         : tr("expected %1").arg(span);
    }
    if (expected.outageMs > 0) {
        const auto span = Formats::estimate(seconds(expected.outageMs), seconds(expected.outageErrorMs));
        lines += operation.state == OperationState::Done && operation.outageMs > 0
            ? tr("outage expected %1, was %2").arg(span, Formats::exactly(seconds(operation.outageMs)))
            : tr("outage expected %1").arg(span);
    }
    return lines;
}

}
