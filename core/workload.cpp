// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/workload.h"

#include "core/words.h"

namespace portulan {

namespace {
using enum Classification;
constexpr auto classes = wording<Classification>(
    {{Unclassified, ""}, {Open, "open"}, {Internal, "internal"}, {Personal, "personal"}, {SpecialCategory, "special_category"},
        {HealthFr, "health_fr"}, {HealthDe, "health_de"}, {StateSensitiveFr, "sren_sensitive"}, {RestrictedFr, "dr_fr"}, {Classified, "classified"}});
static_assert(classes.words.size() == allClassifications.size());
constexpr auto custodies
    = wording<Custody>({{Custody::Owner, "owner"}, {Custody::Leaving, "leaving"}, {Custody::Incoming, "incoming"}, {Custody::Retained, "retained"}});
constexpr auto states = wording<PowerState>({{PowerState::Stopped, "stopped"}, {PowerState::Starting, "starting"}, {PowerState::Running, "running"},
    {PowerState::Stopping, "stopping"}, {PowerState::Paused, "paused"}, {PowerState::Failed, "failed"}, {PowerState::RecordedOnly, "recorded_only"}});
constexpr auto severities
    = wording<AlertSeverity>({{AlertSeverity::Info, "info"}, {AlertSeverity::Warning, "warning"}, {AlertSeverity::Critical, "critical"}});
}

std::string_view toString(Classification classification)
{
    return classes.of(classification);
}
std::string_view toString(Custody custody)
{
    return custodies.of(custody);
}
std::string_view toString(PowerState state)
{
    return states.of(state);
}
std::string_view toString(AlertSeverity severity)
{
    return severities.of(severity);
}
Custody custodyFrom(std::string_view word)
{
    return custodies.from(word).value_or(Custody::Owner);
}
PowerState powerStateFrom(std::string_view word)
{
    return states.from(word).value_or(PowerState::Failed);
}
AlertSeverity alertSeverityFrom(std::string_view word)
{
    return severities.from(word).value_or(AlertSeverity::Warning);
}

Result<Classification> classificationFrom(std::string_view word)
{
    if (const auto value = classes.from(word)) {
        return *value;
    }
    std::string expected;
    for (const auto &[value, known] : classes.words) {
        expected += (expected.empty() ? "" : ", ") + std::string(known);
    }
    return refuse(Reason::InvalidArgument, {{"field", "classification"}, {"value", std::string(word.substr(0, 64))}, {"expected", expected}});
}

}
