// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/phrases.h"

#include "models/formats.h"

namespace portulan {

QString Phrases::of(Status status)
{
    switch (status) {
    case Status::NonCompliant:
        return tr("Non-compliant");
    case Status::Conflict:
        return tr("Conflict");
    case Status::NotEvaluated:
        return tr("Not evaluated");
    case Status::ToWatch:
        return tr("To watch");
    case Status::Compliant:
        return tr("Compliant");
    }
    return {};
}

QString Phrases::of(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Pass:
        return tr("Kept");
    case Outcome::PassAttested:
        return tr("Kept, by certificate");
    case Outcome::Review:
        return tr("To review");
    case Outcome::Fail:
        return tr("Broken");
    case Outcome::Conflict:
        return tr("Contradicts a certificate");
    case Outcome::NotEvaluated:
        return tr("Not evaluated");
    case Outcome::NotApplicable:
        return tr("Does not apply");
    }
    return {};
}

QString Phrases::of(Severity severity)
{
    switch (severity) {
    case Severity::Blocker:
        return tr("Blocker");
    case Severity::Major:
        return tr("Major");
    case Severity::Minor:
        return tr("Minor");
    case Severity::Info:
        return tr("Information");
    }
    return {};
}

QString Phrases::of(Truth truth)
{
    switch (truth) {
    case Truth::False:
        return tr("false");
    case Truth::Unknown:
        return tr("unknown");
    case Truth::True:
        return tr("true");
    }
    return {};
}

QString Phrases::of(Assurance assurance)
{
    switch (assurance) {
    case Assurance::Declared:
        return tr("declared");
    case Assurance::Attested:
        return tr("attested");
    case Assurance::Measured:
        return tr("measured");
    }
    return {};
}

QString Phrases::of(Classification classification)
{
    switch (classification) {
    case Classification::Unclassified:
        return tr("Unclassified");
    case Classification::Open:
        return tr("Open");
    case Classification::Internal:
        return tr("Internal");
    case Classification::Personal:
        return tr("Personal");
    case Classification::SpecialCategory:
        return tr("Special category");
    case Classification::HealthFr:
        return tr("Health (FR)");
    case Classification::HealthDe:
        return tr("Health (DE)");
    case Classification::StateSensitiveFr:
        return tr("State-sensitive (FR)");
    case Classification::RestrictedFr:
        return tr("Restricted (FR)");
    case Classification::Classified:
        return tr("Classified");
    }
    return {};
}

QString Phrases::of(Custody custody)
{
    switch (custody) {
    case Custody::Owner:
        return tr("Owned here");
    case Custody::Leaving:
        return tr("Moving away");
    case Custody::Incoming:
        return tr("Arriving");
    case Custody::Retained:
        return tr("Moved, kept until its retention ends");
    }
    return {};
}

QString Phrases::of(PowerState state)
{
    switch (state) {
    case PowerState::Stopped:
        return tr("Stopped");
    case PowerState::Starting:
        return tr("Starting");
    case PowerState::Running:
        return tr("Running");
    case PowerState::Stopping:
        return tr("Stopping");
    case PowerState::Paused:
        return tr("Paused", "power state");
    case PowerState::Failed:
        return tr("Failed", "power state");
    case PowerState::RecordedOnly:
        return tr("Recorded only");
    }
    return {};
}

QString Phrases::of(AlertSeverity severity)
{
    switch (severity) {
    case AlertSeverity::Info:
        return tr("Information");
    case AlertSeverity::Warning:
        return tr("Warning");
    case AlertSeverity::Critical:
        return tr("Critical");
    }
    return {};
}

QString Phrases::of(SiteKind kind)
{
    switch (kind) {
    case SiteKind::Cloud:
        return tr("Cloud");
    case SiteKind::OnPremises:
        return tr("On premises");
    case SiteKind::BareMetal:
        return tr("Bare metal");
    case SiteKind::Edge:
        return tr("Edge");
    }
    return {};
}

QString Phrases::of(Stack stack)
{
    switch (stack) {
    case Stack::Embedded:
        return tr("Embedded");
    case Stack::Libvirt:
        return QStringLiteral("libvirt");
    case Stack::OpenStack:
        return QStringLiteral("OpenStack");
    case Stack::OpenNebula:
        return QStringLiteral("OpenNebula");
    case Stack::VMware:
        return QStringLiteral("VMware");
    }
    return {};
}

QString Phrases::of(CertificateStatus status)
{
    switch (status) {
    case CertificateStatus::Confirmed:
        return tr("Confirmed");
    case CertificateStatus::Declared:
        return tr("Declared, not confirmed");
    case CertificateStatus::Unverified:
        return tr("Unverified");
    case CertificateStatus::Revoked:
        return tr("Revoked");
    }
    return {};
}

QString Phrases::of(LinkState state)
{
    switch (state) {
    case LinkState::Idle:
        return tr("Not asked");
    case LinkState::Connecting:
        return tr("Connecting");
    case LinkState::Live:
        return tr("Live");
    case LinkState::Stale:
        return tr("Lost");
    case LinkState::Refused:
        return tr("Refused");
    }
    return {};
}

QString Phrases::standing(LinkState state, qint64 millisecondsSinceHeard)
{
    if (state != LinkState::Stale) {
        return of(state);
    }
    //: %1 is an age such as "3 min ago"
    return millisecondsSinceHeard < 0 ? tr("Never heard") : tr("Last heard %1").arg(Formats::ago(millisecondsSinceHeard));
}

}
