// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/rulebook.h"

#include <charconv>
#include <cmath>

namespace portulan {

namespace {

Value valueOf(const std::string &text)
{
    if (text == "true" || text == "false") {
        return text == "true";
    }
    double number = 0;
    const auto *end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    return error == std::errc() && stop == end && std::isfinite(number) ? Value(number) : Value(text);
}

}

Subject subjectOf(Classification classification, const Project *project)
{
    Subject subject;
    subject.classification = classification;
    if (!project) {
        return subject;
    }
    subject.policy = project->policy;
    subject.tenantType = project->tenantType;
    for (const auto &[name, text] : project->labels) {
        if ((name.starts_with("workload.") || name.starts_with("dataset.")) && !text.empty()) {
            subject.facts.emplace(name,
                Fact {valueOf(text), "label of project " + project->id.id, std::chrono::floor<std::chrono::days>(project->changedAt),
                    Assurance::Declared});
        }
    }
    return subject;
}

}
