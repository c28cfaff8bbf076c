// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace portulan {

/// A closed list of enumerators and their words, both ways. Inside core only: elsewhere use toString() and …From().
template <typename E, std::size_t N>
struct Wording {
    std::array<std::pair<E, std::string_view>, N> words;

    constexpr std::string_view of(E value) const
    {
        const auto at = std::ranges::find(words, value, &std::pair<E, std::string_view>::first);
        return at == words.end() ? std::string_view {} : at->second;
    }
    constexpr std::optional<E> from(std::string_view word) const
    {
        const auto at = std::ranges::find(words, word, &std::pair<E, std::string_view>::second);
        return at == words.end() ? std::nullopt : std::optional(at->first);
    }
};
template <typename E, std::size_t N>
constexpr Wording<E, N> wording(const std::pair<E, std::string_view> (&list)[N])
{
    return {std::to_array(list)};
}

}
