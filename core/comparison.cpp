// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/comparison.h"

#include <algorithm>
#include <cmath>

namespace portulan {

namespace {

using List = std::span<const std::string>;

Truth truth(bool value)
{
    return value ? Truth::True : Truth::False;
}

bool contains(const Seen &list, std::string_view word)
{
    if (const auto *single = std::get_if<std::string_view>(&list.view)) {
        return *single == word;
    }
    const auto words = std::get<List>(list.view);
    return list.sorted ? std::ranges::binary_search(words, word, std::less<> {}) : std::ranges::find(words, word) != words.end();
}

bool isWords(const Seen &side)
{
    return side.view.index() >= 3;
}

Truth isEqual(const Seen &left, const Seen &right)
{
    if (left.view.index() != right.view.index()) {
        return Truth::Unknown;
    }
    if (const auto *list = std::get_if<List>(&left.view)) {
        return truth(std::ranges::equal(*list, std::get<List>(right.view)));
    }
    if (const auto *word = std::get_if<std::string_view>(&left.view)) {
        return truth(*word == std::get<std::string_view>(right.view));
    }
    if (const auto *flag = std::get_if<bool>(&left.view)) {
        return truth(*flag == std::get<bool>(right.view));
    }
    const double a = std::get<double>(left.view);
    const double b = std::get<double>(right.view);
    return std::isnan(a) || std::isnan(b) ? Truth::Unknown : truth(a == b);
}

Truth isOrdered(Op how, const Seen &left, const Seen &right)
{
    const auto *a = std::get_if<double>(&left.view);
    const auto *b = std::get_if<double>(&right.view);
    if (!a || !b || std::isnan(*a) || std::isnan(*b)) {
        return Truth::Unknown;
    }
    switch (how) {
    case Op::Lt:
        return truth(*a < *b);
    case Op::Le:
        return truth(*a <= *b);
    case Op::Gt:
        return truth(*a > *b);
    default:
        return truth(*a >= *b);
    }
}

Truth isAmong(Op how, const Seen &left, const Seen &right)
{
    if (!isWords(left) || !isWords(right) || (how == Op::In && !std::holds_alternative<std::string_view>(left.view))) {
        return Truth::Unknown;
    }
    if (const auto *word = std::get_if<std::string_view>(&left.view)) {
        return truth(contains(right, *word));
    }
    const auto inside = [&](const std::string &word) { return contains(right, word); };
    const auto list = std::get<List>(left.view);
    return truth(how == Op::AnyIn ? std::ranges::any_of(list, inside) : std::ranges::all_of(list, inside));
}

/// Against nothing: nothing equals it, nothing is among it, and it lies wholly inside any set.
Truth againstNone(Op how, const Seen &left)
{
    return truth(how == Op::Ne || (how == Op::AllIn && left.none));
}

}

Seen seen(const Expression::Operand &operand, const World &world)
{
    if (operand.slot) {
        const View &view = world.values[*operand.slot];
        return {view, operand.closed && std::holds_alternative<std::monostate>(view), false};
    }
    if (operand.set) {
        return {List(*operand.set), false, true};
    }
    return {viewOf(operand.literal), false, false};
}

Truth compare(Op how, const Seen &left, const Seen &right)
{
    if (left.none || right.none) {
        return againstNone(how, left);
    }
    switch (how) {
    case Op::Eq:
    case Op::Ne: {
        if (std::holds_alternative<std::monostate>(left.view)) {
            return Truth::Unknown;
        }
        const Truth equal = isEqual(left, right);
        return how == Op::Eq ? equal : !equal;
    }
    case Op::In:
    case Op::AnyIn:
    case Op::AllIn:
        return isAmong(how, left, right);
    default:
        return isOrdered(how, left, right);
    }
}

Truth isEmpty(const Seen &side)
{
    if (side.none) {
        return Truth::True;
    }
    if (const auto *word = std::get_if<std::string_view>(&side.view)) {
        return truth(word->empty());
    }
    if (const auto *list = std::get_if<List>(&side.view)) {
        return truth(list->empty());
    }
    return Truth::Unknown;
}

}
