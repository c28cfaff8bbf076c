// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// A sentence for every Reason: what is wrong, and what to do.
#include "models/formats.h"
#include "models/phrases.h"

#include <QLocale>
#include <cmath>
#include <initializer_list>

namespace portulan {

namespace {

QString fact(const Problem &problem, const char *name)
{
    return QString::fromStdString(problem.fact(name));
}

/// The first of these facts that the problem carries.
QString subject(const Problem &problem, std::initializer_list<const char *> names)
{
    for (const char *name : names) {
        if (const auto value = fact(problem, name); !value.isEmpty()) {
            return value;
        }
    }
    return {};
}

QString localTitle(const Problem &problem)
{
    const auto title = fact(problem, QLocale().language() == QLocale::French ? "title_fr" : "title_en");
    return title.isEmpty() ? fact(problem, "title_en") : title;
}

/// Facts that every other sentence is made with.
struct Told {
    QString site, what, expected, value;
};
Told told(const Problem &problem)
{
    return {subject(problem, {"site", "peer", "endpoint"}), subject(problem, {"name", "id", "object", "field", "what"}),
        Phrases::expectation(fact(problem, "expected")), subject(problem, {"value", "found"})};
}

}

QString Phrases::title(Reason reason)
{
    switch (reason) {
    case Reason::Unreachable:
        return tr("Unreachable");
    case Reason::TimedOut:
        return tr("No answer in time");
    case Reason::Unauthenticated:
        return tr("Not recognised");
    case Reason::NotAuthorised:
        return tr("Not authorised");
    case Reason::Refused:
        return tr("Refused by policy");
    case Reason::NotFound:
        return tr("Not found");
    case Reason::AlreadyExists:
        return tr("Exists already");
    case Reason::Conflict:
        return tr("Changed meanwhile");
    case Reason::Quota:
        return tr("Over quota");
    case Reason::NoCapacity:
        return tr("No room");
    case Reason::DiskFull:
        return tr("Disk full");
    case Reason::InvalidArgument:
        return tr("Not valid");
    case Reason::TooLarge:
        return tr("Too large");
    case Reason::Integrity:
        return tr("Damaged");
    case Reason::NotReady:
        return tr("Not in this state");
    case Reason::Unsupported:
        return tr("Not supported");
    case Reason::NoHypervisor:
        return tr("No hypervisor");
    case Reason::Cancelled:
        return tr("Cancelled");
    case Reason::Expired:
        return tr("Expired");
    case Reason::Untrusted:
        return tr("Not trusted");
    case Reason::Malformed:
        return tr("Not understood");
    case Reason::Version:
        return tr("Another version");
    case Reason::NoKeychain:
        return tr("No keychain");
    case Reason::Internal:
        return tr("Internal error");
    }
    return {};
}

QString Phrases::placeSentence(const Problem &problem)
{
    const auto [site, what, expected, value] = told(problem);
    switch (problem.reason) {
    case Reason::Unreachable:
        return site.isEmpty() ? tr("The site cannot be reached. Check the network; the console keeps trying by itself.")
                              : tr("The site %1 cannot be reached. Check the network and its gateway; the console keeps trying by itself.").arg(site);
    case Reason::TimedOut:
        return site.isEmpty()
            ? tr("No answer came in time. The order may have been taken: look at the operations before sending it again.")
            : tr("The site %1 did not answer in time. The order may have been taken: look at the operations before sending it again.").arg(site);
    case Reason::Unauthenticated:
        return tr("The site does not recognise your certificate. Connect with a certificate issued by this federation’s authority.");
    case Reason::NotAuthorised:
        return what.isEmpty() ? tr("Your role does not allow this here. Ask an administrator of the site for the role it needs.")
                              : tr("Your role does not allow this on %1. Ask an administrator of the site for the role it needs.").arg(what);
    case Reason::Version:
        return tr("The other side speaks another version of Portulan. Update the older of the two.");
    case Reason::NoHypervisor:
        return tr("This site has no hypervisor: instances are recorded there but cannot run. Choose another site to run them.");
    case Reason::Unsupported:
        return what.isEmpty() ? tr("This site cannot do that. Choose another site or another way.")
                              : tr("This site cannot do that (%1). Choose another site or another way.").arg(what);
    case Reason::NoCapacity: {
        const auto resource = problem.fact("resource");
        return resource.empty()
            ? tr("The site has no room left for this. Ask for less, or choose another site.")
            : tr("The site has no room left for this: %1 wanted, %2 free (%3). Ask for less, or choose another site.")
                  .arg(amount(resource, problem.fact("wanted")), amount(resource, problem.fact("free")), Phrases::resource(resource));
    }
    case Reason::DiskFull:
        return tr("The site’s disk is full; nothing was changed. Free space there, then try again.");
    case Reason::Quota: {
        const auto resource = problem.fact("resource");
        return resource.empty() ? tr("The project’s quota would be overrun. Ask for less, or have the quota raised.")
                                : tr("The project’s quota would be overrun: %1 wanted, %2 used of %3 (%4). Ask for less, or have the quota raised.")
                                      .arg(amount(resource, problem.fact("wanted")), amount(resource, problem.fact("used")),
                                          amount(resource, problem.fact("limit")), Phrases::resource(resource));
    }
    default:
        return {};
    }
}

QString Phrases::objectSentence(const Problem &problem)
{
    const auto [site, what, expected, value] = told(problem);
    switch (problem.reason) {
    case Reason::Refused: {
        const auto title = localTitle(problem);
        return title.isEmpty() ? tr("Policy forbids it. Choose a site where the verdict is not “non-compliant”.")
                               : tr("Policy forbids it: rule %1, “%2”. Choose a site that keeps this rule.").arg(fact(problem, "rule"), title);
    }
    case Reason::NotFound:
        return what.isEmpty() ? tr("It was not found. It may have been deleted or moved: refresh and look again.")
                              : tr("%1 was not found. It may have been deleted or moved: refresh and look again.").arg(what);
    case Reason::AlreadyExists:
        return what.isEmpty() ? tr("It exists already. Choose another name.") : tr("%1 exists already. Choose another name.").arg(what);
    case Reason::Conflict:
        if (const auto operation = fact(problem, "operation"); !operation.isEmpty()) {
            return tr("It is being moved already, by the operation %1. Wait for its end, or cancel it.").arg(operation);
        }
        return what.isEmpty()
            ? tr("Somebody else changed it meanwhile, or an operation is under way on it. Look at its present state and try again.")
            : tr("Somebody else changed %1 meanwhile, or an operation is under way on it. Look at its present state and try again.").arg(what);
    case Reason::NotReady: {
        const auto state = fact(problem, "state");
        return state.isEmpty() ? tr("It is not in a state that allows this. Wait for what is under way, or stop it first.")
                               : tr("It is not in a state that allows this (%1). Wait for what is under way, or stop it first.").arg(state);
    }
    case Reason::InvalidArgument:
        if (what.isEmpty() || expected.isEmpty()) {
            return tr("A value is not valid. Correct it and try again.");
        }
        return value.isEmpty() ? tr("“%1” is not valid. Expected: %2.").arg(what, expected)
                               : tr("“%1” cannot be “%2”. Expected: %3.").arg(what, value, expected);
    case Reason::TooLarge: {
        const auto limit = fact(problem, "limit");
        return limit.isEmpty() ? tr("It is too large for this site. Send less at once.")
                               : tr("%1 is too large: at most %2 is accepted. Send less at once.")
                                     .arg(what.isEmpty() ? tr("It") : what, amount("bytes", limit.toStdString()));
    }
    default:
        return {};
    }
}

QString Phrases::trustSentence(const Problem &problem)
{
    const auto [site, what, expected, value] = told(problem);
    switch (problem.reason) {
    case Reason::Integrity: {
        const auto where = fact(problem, "where");
        return where.isEmpty() ? tr("The bytes received are not those that were sent; nothing was kept. Try again.")
                               : tr("The bytes of %1 are not what their digest says; nothing was kept. Try again.").arg(where);
    }
    case Reason::Expired: {
        const auto until = fact(problem, "until");
        return until.isEmpty() ? tr("A certificate is not valid today. Have it renewed, and check this machine’s clock.")
                               : tr("A certificate was valid until %1. Have it renewed, and check this machine’s clock.").arg(until);
    }
    case Reason::Untrusted:
        if (const auto where = fact(problem, "where"); !where.isEmpty()) {
            return tr(
                "What arrives of %1 is not what it should be, again and again: it decayed or was changed at its source, or a site lies. Nothing was "
                "kept of it, and the source has it as before.")
                .arg(where);
        }
        return what.isEmpty() ? tr("A signature or certificate does not verify. Do not go on before you know who answered.")
                              : tr("A signature or certificate does not verify (%1). Do not go on before you know who answered.").arg(what);
    case Reason::Malformed: {
        const auto file = fact(problem, "file");
        const auto line = fact(problem, "line");
        if (file.isEmpty() || expected.isEmpty()) {
            return expected.isEmpty() ? tr("The answer cannot be understood.") : tr("This cannot be understood. Expected: %1.").arg(expected);
        }
        return line.isEmpty() ? tr("The file %1 cannot be understood. Expected: %2.").arg(file, expected)
                              : tr("The file %1 cannot be understood at line %2. Expected: %3.").arg(file, line, expected);
    }
    case Reason::NoKeychain:
        return tr("This desktop has no keychain that answers. Nothing secret is kept: you will be asked again next time.");
    case Reason::Cancelled:
        return tr("Cancelled; things are as they were before.");
    case Reason::Internal:
        return tr("Something went wrong inside the program or the gateway. Its log says more; try again, then report it.");
    default:
        return {};
    }
}

/// Why a machine cannot be moved live: the destination cannot make the like of it.
QString Phrases::otherMachine(const QString &here, const QString &there, const std::string &cause)
{
    const auto instead = tr("Move it warm: it is stopped for the last pass only.");
    if (cause == "other-stack") {
        return here.isEmpty() ? tr("It cannot be moved without stopping: the destination has no hypervisor. %1").arg(instead)
                              : tr("It cannot be moved without stopping: the destination runs another kind of cloud. %1").arg(instead);
    }
    if (cause == "other-processor") {
        return tr("It cannot be moved without stopping: the destination has other processors. %1").arg(instead);
    }
    if (cause == "other-device") {
        return tr("It cannot be moved without stopping: it has a device that cannot be made again elsewhere (%1). %2").arg(there, instead);
    }
    return tr("It cannot be moved without stopping: the destination runs it with %1, not with %2. %3")
        .arg(cause == "other-version" ? tr("QEMU %1").arg(here) : here, cause == "other-version" ? tr("QEMU %1").arg(there) : there, instead);
}

/// What a site says of moves that stand still, or went through and left something to do.
/// Why a move cannot be taken back, and what to do instead.
QString Phrases::rollbackSentence(const Problem &problem)
{
    const auto cause = problem.fact("cause");
    const auto object = fact(problem, "id");
    const auto site = fact(problem, "site");
    if (cause == "moved-on") {
        return tr("%1 has moved on to %2 since. Roll that move back first, or move it from where it is now.").arg(object, site);
    }
    if (cause == "moving") {
        return tr("%1 is on the move. Wait until that is over, or roll that move back.").arg(object);
    }
    if (cause == "retention-over") {
        return tr("%1 no longer keeps a copy of %2: there is nothing to go back to. To have it there again, migrate it to %1 like anything else.")
            .arg(site, object);
    }
    if (cause == "as-before") {
        return tr("This migration did not take place: everything is as it was before, and there is nothing to take back.");
    }
    return cause == "handing-over" ? tr("It is just being handed over. Wait a moment until the migration is over, then roll it back.") : QString();
}

QString Phrases::moveSentence(const Problem &problem)
{
    const auto cause = problem.fact("cause");
    const auto object = fact(problem, "id");
    const auto site = fact(problem, "site");
    if (cause == "in-doubt" && problem.reason == Reason::Unreachable) {
        return tr("%1 has arrived whole from %2, which does not answer and has not said whether it let go. Nobody owns this copy yet, and nothing of "
                  "it is lost: bring %2 back.")
            .arg(object, site);
    }
    if (cause == "in-doubt") {
        return tr("%1 has arrived whole from %2, but %2 knows nothing of its move any more. If %2 still has it, cancel the operation here: this copy "
                  "is then dropped. If not, keep it: it may be the only one.")
            .arg(object, site);
    }
    if (const auto words = rollbackSentence(problem); !words.isEmpty()) {
        return words;
    }
    if (cause == "memory-lost") {
        return tr("The memory of %1 was lost once its move was decided; it was started from its disks, as after a power cut. Look whether what it "
                  "serves is well.")
            .arg(object);
    }
    if (cause.starts_with("other-") && problem.reason == Reason::Unsupported) {
        return otherMachine(fact(problem, "here"), fact(problem, "there"), cause);
    }
    if (cause == "clock") {
        const auto by = Formats::duration(std::abs(fact(problem, "seconds").toDouble()));
        return site.isEmpty()
            ? tr("The clock of this site leapt by %1. What is kept after a move is kept for the time that was promised, by the time that "
                 "really passes: set the clock right.")
                  .arg(by)
            : tr("The clocks of this site and of %1 differ by %2: set them right before something is moved.").arg(site, by);
    }
    if (cause == "not-started") {
        Problem why = problem;
        why.facts.erase("cause");
        why.facts.erase("id");
        return tr("%1 was to run again after its move, and does not. %2").arg(object, sentence(why));
    }
    return {};
}

QString Phrases::sentence(const Problem &problem)
{
    for (const auto sentence : {cloudSentence, waitSentence, arrivalSentence, preflightSentence, moveSentence, placeSentence, objectSentence, trustSentence}) {
        if (const auto words = sentence(problem); !words.isEmpty()) {
            return words;
        }
    }
    return title(problem.reason);
}

QString Phrases::resource(std::string_view resource)
{
    if (resource == "vcpus" || resource == "vcpu") {
        return tr("vCPU");
    }
    if (resource == "ram_bytes" || resource == "ram") {
        return tr("memory");
    }
    if (resource == "storage_bytes" || resource == "storage") {
        return tr("storage");
    }
    if (resource == "instances") {
        return tr("instances");
    }
    return resource == "volumes" ? tr("volumes") : QString::fromUtf8(resource.data(), qsizetype(resource.size()));
}

QString Phrases::amount(std::string_view resource, std::string_view number)
{
    const auto text = QString::fromUtf8(number.data(), qsizetype(number.size()));
    bool isNumber = false;
    const qint64 value = text.toLongLong(&isNumber);
    if (!isNumber) {
        return text;
    }
    if (resource.starts_with("ram")) {
        return Formats::bytes(value, Formats::Binary);
    }
    return resource.starts_with("storage") || resource == "bytes" ? Formats::bytes(value) : Formats::number(value);
}

}
