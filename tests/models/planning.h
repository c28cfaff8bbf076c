// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "models/evacuationplan.h"
#include "tests/models/consoleworld.h"

#include <optional>

namespace portulan::test {

using Labels = std::map<std::string, std::map<std::string, std::string>>; ///< by id

/// A site that answers: labels as given, a link of 100 MB/s to everywhere.
inline void answer(FakeLink &link, const Labels &labels = {})
{
    link.onObject = [labels](const ObjectId &id) {
        Instance thing;
        thing.id = id;
        if (const auto its = labels.find(id.id); its != labels.end()) {
            thing.labels = its->second;
        }
        return Result<Thing>(thing);
    };
    link.onPlan = [](const Migrate &) {
        MigrationAssessment assessment;
        assessment.linkBytesPerSecond = 100'000'000;
        return Result<MigrationAssessment>(assessment);
    };
}

inline std::optional<std::size_t> find(const EvacuationPlan &plan, const std::string &id)
{
    const auto &all = plan.evacuation().movables;
    const auto at = std::ranges::find(all, id, [](const Movable &movable) { return movable.object.id; });
    return at == all.end() ? std::nullopt : std::optional(std::size_t(at - all.begin()));
}

inline EvacuationChoices from(const char *site)
{
    return {QLatin1String(site), {}, 0, 3600, true, 12, 4};
}

}
