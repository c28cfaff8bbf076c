// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <string_view>

namespace portulan {

/// Text as one searches for it: lower case, without accents ("Hôpital" → "hopital", "ß" → "ss"); Latin, Greek and Cyrillic. Other scripts stay.
/// Never longer than its source; fold(fold(x)) == fold(x). Bytes that are not UTF-8 become '?', so do NULs.
std::string fold(std::string_view text);
void appendFolded(std::string &folded, std::string_view text);

/// The text as it was, or repaired as fold() does where it is not UTF-8 or has NULs; at most `limit` bytes of whole characters.
std::string repaired(std::string_view text, std::size_t limit);

/// Appends bytes that compare (as unsigned bytes) in the order people expect of folded names: numbers by value ("web2" before "web10").
void appendSortKey(std::string &key, std::string_view folded);

}
