// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/folding.h"
#include "core/objectid.h"

#include <gtest/gtest.h>

using namespace portulan;

TEST(Folding, caseAndAccentsDoNotCount)
{
    for (const auto &[text, folded] : {std::pair("Hôpital", "hopital"), {"HÔPITAL", "hopital"}, {"Ho\xCC\x82pital", "hopital"},
             {"Œuvre Æther", "oeuvre aether"}, {"Straße GROẞ", "strasse gross"}, {"Łódź", "lodz"}, {"Škofja Loka", "skofja loka"},
             {"İstanbul ısı", "istanbul isi"}, {"Đà Nẵng", "da nang"}, {"Ærø Þórr", "aero thorr"}, {"ΑΘΉΝΑ Σίσυφος", "αθηνα σισυφοσ"},
             {"МОСКВА Ёлка Йод", "москва елка йод"}, {"Ћуприја", "ћуприја"}}) {
        EXPECT_EQ(fold(text), folded) << text;
    }
}

TEST(Folding, otherScriptsStayAsTheyAre)
{
    for (const auto *text : {"", "مستشفى", "בית", "服务器", "🏥𝔸", "ไทย", "10.0.0.1/24"}) {
        EXPECT_EQ(fold(text), text);
    }
}

TEST(Folding, everyCharacterFoldsOnceAndNeverGrows)
{
    for (char32_t c = 1; c < 0x30000; ++c) {
        if (c >= 0xD800 && c < 0xE000) {
            continue;
        }
        std::string text;
        if (c < 0x80) {
            text = {char(c)};
        } else if (c < 0x800) {
            text = {char(0xC0 | c >> 6), char(0x80 | (c & 0x3F))};
        } else if (c < 0x10000) {
            text = {char(0xE0 | c >> 12), char(0x80 | (c >> 6 & 0x3F)), char(0x80 | (c & 0x3F))};
        } else {
            text = {char(0xF0 | c >> 18), char(0x80 | (c >> 12 & 0x3F)), char(0x80 | (c >> 6 & 0x3F)), char(0x80 | (c & 0x3F))};
        }
        const std::string folded = fold(text);
        ASSERT_EQ(fold(folded), folded) << std::hex << unsigned(c);
        ASSERT_LE(folded.size(), text.size()) << std::hex << unsigned(c);
        ASSERT_TRUE(isUtf8(folded)) << std::hex << unsigned(c);
        ASSERT_EQ(repaired(text, 16), text);
    }
}

TEST(Folding, whatIsNotTextIsMended)
{
    EXPECT_EQ(fold(std::string("A\0B", 3)), "a?b");
    EXPECT_EQ(fold("\xC3"), "?");
    EXPECT_EQ(fold("\xED\xA0\x80"), "???");
    EXPECT_EQ(repaired("\xC0\xAFx", 10), "??x");
    EXPECT_EQ(repaired("éé", 3), "é");
}

TEST(Folding, numbersSortByValue)
{
    const auto key = [](std::string_view text) {
        std::string bytes;
        appendSortKey(bytes, text);
        return bytes;
    };
    const char *const sorted[]
        = {"a", "a b", "a-1", "a0", "a1", "a9", "a10", "a99999999", "a999999999", "a1000000000", "a1000000001", "a10000000000", "aa"};
    for (std::size_t i = 1; i < std::size(sorted); ++i) {
        EXPECT_LT(key(sorted[i - 1]), key(sorted[i])) << sorted[i];
    }
    EXPECT_EQ(key("web007"), key("web7"));
    EXPECT_LT(key(std::string(300, '1')), key(std::string(301, '1')));
}
