// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/orderagain.h"

#include <algorithm>

namespace portulan {

namespace {

/// As it was ordered, as far as that is known.
Migrate orderOf(const Federation &federation, const Operation &migration)
{
    if (auto known = federation.ordered(migration.id)) {
        return *known;
    }
    Migrate order;
    order.object = migration.object;
    order.toSite = migration.toSite;
    order.mode = moveModeFrom(migration.mode).value_or(MoveMode::Cold);
    return order;
}

template <typename T>
std::optional<T> ifOther(const T &its, const T &usual)
{
    return its == usual ? std::nullopt : std::optional(its);
}

}

bool mayOrderAgain(const Federation &federation, const Operation &operation)
{
    const bool failed = operation.state == OperationState::Failed || operation.state == OperationState::Cancelled;
    return failed && operation.kind == "migrate" && federation.inventory().find(operation.object) != noSlot;
}

MigrationChoices choicesAgain(const Federation &federation, const std::vector<Operation> &migrations)
{
    MigrationChoices choices;
    for (const auto &migration : migrations) {
        const auto order = orderOf(federation, migration);
        const auto options = MoveOptions::of(order);
        if (choices.objects.empty()) {
            choices.toSite = QString::fromStdString(order.toSite);
            choices.setOptions(options);
        }
        if (std::ranges::find(choices.objects, order.object) != choices.objects.end()) {
            continue; // it failed more than once
        }
        choices.objects.push_back(order.object);
        const auto usual = MoveOptions::of(orderOf(federation, migrations.front()));
        MigrationException its;
        its.to = QString::fromStdString(order.toSite) == choices.toSite ? QString() : QString::fromStdString(order.toSite);
        its.how = {ifOther(options.mode, usual.mode), ifOther(options.cutOver, usual.cutOver), ifOther(options.window, usual.window),
            ifOther(options.bandwidth, usual.bandwidth), ifOther(options.notBefore, usual.notBefore),
            ifOther(options.retentionSeconds, usual.retentionSeconds)};
        if (its != MigrationException {}) {
            choices.exceptions.emplace(order.object, its);
        }
    }
    return choices;
}

}
