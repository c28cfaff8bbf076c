// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/inventory.h"
#include "core/order.h"
#include "models/link/sitelink.h"

#include <QCoreApplication>

namespace portulan {

/// The only words for domain values, in the language of the moment. English sources; French in translations/portulan_fr.ts.
class Phrases {
    Q_DECLARE_TR_FUNCTIONS(portulan::Phrases)
public:
    /// What is wrong and what to do about it, in one or two sentences.
    static QString sentence(const Problem &problem);
    /// What a problem says was expected: its English words, or a field, a colon and those. What is not known stays as it is.
    static QString expectation(const QString &english);
    /// A few words for a column: "Quota", "No room".
    static QString title(Reason reason);

    static QString of(Status status); ///< "Compliant", "To watch"…
    static QString of(Outcome outcome);
    static QString of(Severity severity);
    static QString of(Truth truth);
    static QString of(Assurance assurance);
    static QString of(Classification classification);
    static QString of(Custody custody);
    static QString of(PowerState state);
    static QString of(AlertSeverity severity);
    static QString of(SiteKind kind);
    static QString of(Stack stack);
    static QString of(CertificateStatus status);
    static QString of(OperationState state);
    static QString of(MigrationStep step);
    static QString of(LinkState state);
    static QString of(ObjectKind kind); ///< singular, capitalised: "Instance"
    static QString plural(ObjectKind kind); ///< "Instances"
    static QString counted(ObjectKind kind, int n); ///< "3 instances"

    /// What an operation does, from its kind: "Create an instance". Unknown kinds are given back as they are.
    static QString operation(const QString &kind);
    static QString operation(const Operation &operation,
        const QString &toSite = {}); ///< with the names it is about; `toSite`: how the destination is called, if not by its id
    static QString phase(const Operation &operation);
    /// How far a warm migration is, and how long the machine was down once it is over; empty for anything else.
    static QStringList passes(const Operation &operation);
    static QString waiting(const Operation &operation); ///< why one that is under way stands still; empty: it does not
    /// What was expected of it and, once it is over, what happened: "expected 12 min ± 4 min, took 9 min".
    static QStringList forecast(const Operation &operation);
    static QString testBoot(const Operation &operation); ///< the last one, with what was wrong; empty: there was none
    static QString role(const QString &role);
    static QString auditOutcome(const QString &outcome); ///< "allowed", "refused"
    static QString format(const QString &diskFormat);
    /// A site's standing with its age: "Live", "Lost 3 min ago".
    static QString standing(LinkState state, qint64 millisecondsSinceHeard);

    static QString country(std::string_view alpha2); ///< "Germany"; the code itself where no name is known
    static QString resource(std::string_view resource); ///< "vcpus", "ram_bytes"… of quotas and capacity
    static QString amount(std::string_view resource, std::string_view number);
    static QString title(const Finding &finding);
    static QString explanation(const Finding &finding); ///< one sentence: kept, broken, what is missing
    static QString factName(std::string_view name);
    static QString value(const Value &value);
    static QString proof(const Proof &proof); ///< one line of a proof

private:
    static QString waitSentence(const Problem &problem);
    static QString arrivalSentence(const Problem &problem);
    static QString changeSentence(const Problem &problem);
    static QString preflightSentence(const Problem &problem);
    static QString moveSentence(const Problem &problem);
    static QString rollbackSentence(const Problem &problem);
    static QString otherMachine(const QString &here, const QString &there, const std::string &cause);
    static QString placeSentence(const Problem &problem);
    static QString cloudSentence(const Problem &problem);
    static QString objectSentence(const Problem &problem);
    static QString trustSentence(const Problem &problem);
};

}
