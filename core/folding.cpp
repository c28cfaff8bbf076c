// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/folding.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace portulan {

namespace {

// One letter for each character; capitals stand for pairs (below), a dot for "as it is". From Unicode's decompositions.
constexpr std::string_view latin // U+00C0 – U+024F
    = "aaaaaaAceeeeiiiidnooooo.ouuuuyTSaaaaaaAceeeeiiiidnooooo.ouuuuyTyaaaaaaccccccccddddeeeeeeeeeegggg"
      "gggghhhhiiiiiiiiiiIIjjkkkllllllllllnnnnnnnnnooooooOOrrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
      "b.........................l.....oo.............uu....zz.............DDDLLLNNNaaiioouuuuuuuuuu.aa"
      "aaAAggggkkoooo..jDDDgg..nnaaAAooaaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy......acclt."
      "...b..eejj..rryy";
constexpr std::string_view latinAdditional // U+1E00 – U+1EFF
    = "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrr"
      "ssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwy.s..S.aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
      "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";
static_assert(latin.size() == 0x250 - 0xC0 && latinAdditional.size() == 0x100);

std::string_view pairOf(char capital)
{
    switch (capital) {
    case 'A':
        return "ae";
    case 'O':
        return "oe";
    case 'S':
        return "ss";
    case 'T':
        return "th";
    case 'I':
        return "ij";
    case 'D':
        return "dz";
    case 'L':
        return "lj";
    default:
        return "nj";
    }
}

/// Greek and Cyrillic letters in lower case without accents; anything else unchanged.
char32_t foldLetter(char32_t c)
{
    constexpr std::array<std::pair<char32_t, char32_t>, 21> accents {{{0x386, 0x3B1}, {0x388, 0x3B5}, {0x389, 0x3B7}, {0x38A, 0x3B9}, {0x38C, 0x3BF},
        {0x38E, 0x3C5}, {0x38F, 0x3C9}, {0x390, 0x3B9}, {0x3AA, 0x3B9}, {0x3AB, 0x3C5}, {0x3AC, 0x3B1}, {0x3AD, 0x3B5}, {0x3AE, 0x3B7},
        {0x3AF, 0x3B9}, {0x3B0, 0x3C5}, {0x3C2, 0x3C3}, {0x3CA, 0x3B9}, {0x3CB, 0x3C5}, {0x3CC, 0x3BF}, {0x3CD, 0x3C5}, {0x3CE, 0x3C9}}};
    if (c >= 0x386 && c <= 0x3CE) {
        const auto at = std::ranges::find(accents, c, &std::pair<char32_t, char32_t>::first);
        if (at != accents.end()) {
            return at->second;
        }
        return c >= 0x391 && c <= 0x3A9 && c != 0x3A2 ? c + 0x20 : c; // U+03A2 is no letter
    }
    if (c >= 0x400 && c <= 0x45F) {
        const char32_t lower = c < 0x410 ? c + 0x50 : c < 0x430 ? c + 0x20 : c;
        return lower == 0x451 || lower == 0x450 ? 0x435 : lower == 0x45D ? 0x438 : lower; // ё and ѐ as е; й stays
    }
    return c;
}

void appendUtf8(std::string &text, char32_t c)
{
    if (c < 0x80) {
        text += char(c);
    } else if (c < 0x800) {
        text += char(0xC0 | c >> 6);
        text += char(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        text += char(0xE0 | c >> 12);
        text += char(0x80 | (c >> 6 & 0x3F));
        text += char(0x80 | (c & 0x3F));
    } else {
        text += char(0xF0 | c >> 18);
        text += char(0x80 | (c >> 12 & 0x3F));
        text += char(0x80 | (c >> 6 & 0x3F));
        text += char(0x80 | (c & 0x3F));
    }
}

struct Taken {
    char32_t character;
    std::size_t bytes;
};
/// The first character of a text that is not empty; '?' for a byte that is not UTF-8 and for NUL.
Taken take(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned lead = byte(0);
    if (lead < 0x80) {
        return {lead == 0 ? U'?' : char32_t(lead), 1};
    }
    const std::size_t length = lead >= 0xC2 && lead < 0xE0 ? 2 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
    if (length == 0 || text.size() < length) {
        return {U'?', 1};
    }
    char32_t point = lead & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) {
            return {U'?', 1};
        }
        point = (point << 6) | (byte(i) & 0x3Fu);
    }
    const bool wrong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000) || (point >= 0xD800 && point < 0xE000) || point > 0x10FFFF;
    return wrong ? Taken {U'?', 1} : Taken {point, length};
}

void appendFoldedCharacter(std::string &folded, char32_t c)
{
    const bool isLatin = c >= 0xC0 && c < 0x250;
    if (isLatin || (c >= 0x1E00 && c < 0x1F00)) {
        const char letter = isLatin ? latin[c - 0xC0] : latinAdditional[c - 0x1E00];
        if (letter >= 'a') {
            folded += letter;
        } else if (letter >= 'A') {
            folded += pairOf(letter);
        } else {
            appendUtf8(folded, c);
        }
    } else if (c < 0x300 || c >= 0x370) { // combining accents between them are dropped
        appendUtf8(folded, foldLetter(c));
    }
}

}

void appendFolded(std::string &folded, std::string_view text)
{
    while (!text.empty()) {
        const auto byte = static_cast<unsigned char>(text.front());
        if (byte > 0 && byte < 0x80) {
            folded += byte >= 'A' && byte <= 'Z' ? char(byte | 0x20) : char(byte);
            text.remove_prefix(1);
            continue;
        }
        const Taken taken = take(text);
        appendFoldedCharacter(folded, taken.character);
        text.remove_prefix(taken.bytes);
    }
}

std::string fold(std::string_view text)
{
    std::string folded;
    folded.reserve(text.size());
    appendFolded(folded, text);
    return folded;
}

std::string repaired(std::string_view text, std::size_t limit)
{
    std::string whole;
    whole.reserve(std::min(text.size(), limit));
    while (!text.empty()) {
        const Taken taken = take(text);
        const auto before = whole.size();
        appendUtf8(whole, taken.character);
        if (whole.size() > limit) {
            whole.resize(before);
            break;
        }
        text.remove_prefix(taken.bytes);
    }
    return whole;
}

void appendSortKey(std::string &key, std::string_view folded)
{
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    for (std::size_t i = 0; i < folded.size();) {
        if (!isDigit(folded[i])) {
            key += folded[i++];
            continue;
        }
        while (i + 1 < folded.size() && folded[i] == '0' && isDigit(folded[i + 1])) {
            ++i; // leading zeros have no weight
        }
        std::size_t end = i;
        while (end < folded.size() && isDigit(folded[end]) && end - i < 255) {
            ++end;
        }
        // A longer number is a larger one: its length comes first, in the place of digits among the characters.
        key += char('0' + std::min<std::size_t>(end - i, 9));
        if (end - i >= 9) {
            key += char(end - i - 8);
        }
        key.append(folded, i, end - i);
        i = end;
    }
}

}
