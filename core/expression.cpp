// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/expression.h"

#include "core/comparison.h"

#include <algorithm>

namespace portulan {

namespace {

struct AsView {
    View operator()(bool flag) const { return flag; }
    View operator()(double number) const { return number; }
    View operator()(const std::string &word) const { return std::string_view(word); }
    View operator()(const Words &list) const { return std::span<const std::string>(list); }
};

bool isStated(const Expression::Operand &operand, const World &world)
{
    return !operand.slot || !std::holds_alternative<std::monostate>(world.values[*operand.slot]);
}

Proof proofOf(const Expression::Operand &operand, const World &world)
{
    Proof proof;
    proof.expression = operand.text;
    proof.factName = operand.text;
    proof.value = isStated(operand, world) || operand.closed ? Truth::True : Truth::Unknown;
    if (*operand.slot < world.facts.size() && world.facts[*operand.slot]) {
        proof.fact = *world.facts[*operand.slot];
    }
    return proof;
}

}

View viewOf(const Value &value)
{
    return std::visit(AsView {}, value);
}

bool isClosedWorld(std::string_view name)
{
    return name.starts_with("policy.") || name.starts_with("tenant.");
}

std::optional<std::size_t> Vocabulary::slotOf(std::string_view name)
{
    if (const auto known = find(name)) {
        return known;
    }
    constexpr std::string_view prefixes[] = {"site.", "provider.", "dataset.", "workload.", "policy.", "tenant."};
    const bool lawful = std::ranges::any_of(prefixes, [&](auto prefix) { return name.starts_with(prefix) && name.size() > prefix.size(); })
        && name.size() <= 64 && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.") == name.npos;
    if (!lawful) {
        return std::nullopt;
    }
    m_names.emplace_back(name);
    m_slots.emplace(name, m_names.size() - 1);
    return m_names.size() - 1;
}

std::optional<std::size_t> Vocabulary::find(std::string_view name) const
{
    const auto at = m_slots.find(name);
    return at == m_slots.end() ? std::nullopt : std::optional(at->second);
}

Truth Expression::evaluate(const World &world) const
{
    switch (m_operator) {
    case Op::And: {
        Truth all = Truth::True;
        for (const auto &part : m_parts) {
            all = std::min(all, part.evaluate(world));
            if (all == Truth::False) {
                break;
            }
        }
        return all;
    }
    case Op::Or: {
        Truth any = Truth::False;
        for (const auto &part : m_parts) {
            any = std::max(any, part.evaluate(world));
            if (any == Truth::True) {
                break;
            }
        }
        return any;
    }
    case Op::Not:
        return !m_parts.front().evaluate(world);
    default:
        return evaluateLeaf(world);
    }
}

Truth Expression::evaluateLeaf(const World &world) const
{
    switch (m_operator) {
    case Op::True:
        return Truth::True;
    case Op::False:
        return Truth::False;
    case Op::Exists:
        return exists(world);
    case Op::Empty:
        return isEmpty(seen(m_operands[0], world));
    case Op::Cert:
    case Op::CertAtLeastVar:
        return certificate(world).value;
    default:
        return compare(m_operator, seen(m_operands[0], world), seen(m_operands[1], world));
    }
}

Truth Expression::exists(const World &world) const
{
    const auto &operand = m_operands[0];
    if (isStated(operand, world)) {
        return isEmpty(seen(operand, world)) == Truth::True ? Truth::False : Truth::True;
    }
    return m_role == Role::AppliesWhen || operand.closed ? Truth::False : Truth::Unknown;
}

Vouching Expression::certificate(const World &world) const
{
    if (m_operator == Op::Cert) {
        return vouching(world.certificates, m_scheme, m_level, m_ranking, world.today);
    }
    const auto level = seen(m_operands[0], world);
    const auto *word = std::get_if<std::string_view>(&level.view);
    if (!word || std::ranges::find(*m_ranking, *word) == m_ranking->end()) {
        return {Truth::Unknown, nullptr, Gap::None};
    }
    return vouching(world.certificates, m_scheme, *word, m_ranking, world.today);
}

Proof Expression::prove(const World &world) const
{
    Proof proof;
    proof.expression = m_text;
    proof.value = evaluate(world);
    for (const auto &part : m_parts) {
        proof.parts.push_back(part.prove(world));
    }
    if (!m_scheme.empty()) {
        proof.factName = "certificate " + m_scheme;
        if (const auto *by = certificate(world).by) {
            proof.fact = factOf(*by);
        }
    }
    const auto facts = std::ranges::count_if(m_operands, [](const Operand &operand) { return operand.slot.has_value(); });
    for (const auto &operand : m_operands) {
        if (!operand.slot) {
            continue;
        }
        Proof stood = proofOf(operand, world);
        if (facts == 1 && m_scheme.empty()) {
            proof.factName = std::move(stood.factName);
            proof.fact = std::move(stood.fact);
        } else {
            proof.parts.push_back(std::move(stood));
        }
    }
    return proof;
}

std::vector<std::string> Expression::missing(const World &world) const
{
    std::vector<std::string> names;
    collectMissing(world, names);
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

void Expression::collectMissing(const World &world, std::vector<std::string> &names) const
{
    if (evaluate(world) != Truth::Unknown) {
        return;
    }
    for (const auto &part : m_parts) {
        part.collectMissing(world, names);
    }
    if (const auto held = m_scheme.empty() ? Vouching {} : certificate(world); held.gap != Gap::None) {
        names.push_back(missingOf(m_scheme, held.gap));
        return;
    }
    const auto before = names.size();
    for (const auto &operand : m_operands) {
        if (!isStated(operand, world) && !operand.closed) {
            names.push_back(operand.text);
        }
    }
    // All stated and still unknown: a value of the wrong type, or a level nobody ranks.
    for (std::size_t i = 0; names.size() == before && i < m_operands.size(); ++i) {
        if (m_operands[i].slot) {
            names.push_back(m_operands[i].text);
        }
    }
}

}
