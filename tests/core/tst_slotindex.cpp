// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/siphash.h"
#include "core/slotindex.h"

#include <gtest/gtest.h>
#include <random>
#include <set>

using namespace portulan;

TEST(SlotIndex, findsWhatIsInItHoweverBadTheHash)
{
    std::mt19937 dice(11);
    for (const std::size_t spread : {1U, 3U, 64U, 100000U}) {
        const auto hashOf = [&](std::uint32_t number) { return number * std::size_t {2654435761U} % spread; };
        SlotIndex index;
        std::set<std::uint32_t> model;
        for (int i = 0; i < 3000; ++i) {
            const auto number = std::uint32_t(dice() % 400);
            if (model.contains(number)) {
                index.erase(number, hashOf);
                model.erase(number);
            } else {
                index.insert(number, hashOf);
                model.insert(number);
            }
            const auto sought = std::uint32_t(dice() % 400);
            const auto found = index.find(hashOf(sought), [&](std::uint32_t other) { return other == sought; });
            ASSERT_EQ(found, model.contains(sought) ? sought : SlotIndex::none) << spread << ' ' << i;
        }
        for (std::uint32_t number = 0; number < 400; ++number) {
            ASSERT_EQ(index.find(hashOf(number), [&](std::uint32_t other) { return other == number; }) == number, model.contains(number));
        }
    }
}

TEST(SlotIndex, isEmptyAtFirst)
{
    EXPECT_EQ(SlotIndex().find(42, [](std::uint32_t) { return true; }), SlotIndex::none);
}

TEST(SipHash, isTheOneOfItsAuthors)
{
    // From the reference implementation: SipHash-2-4, key 00 01 … 0f, messages 00 01 … of 0, 1, 8 and 15 bytes.
    const SipKey key = {0x0706050403020100, 0x0f0e0d0c0b0a0908};
    std::string message;
    for (char c = 0; c < 15; ++c) {
        message += c;
    }
    EXPECT_EQ((sipHash<2, 4>(key, message.substr(0, 0))), 0x726fdb47dd0e0e31U);
    EXPECT_EQ((sipHash<2, 4>(key, message.substr(0, 1))), 0x74f839c593dc67fdU);
    EXPECT_EQ((sipHash<2, 4>(key, message.substr(0, 8))), 0x93f5f5799a932462U);
    EXPECT_EQ((sipHash<2, 4>(key, message)), 0xa129ca6149be45e5U);
}

TEST(SipHash, staysTheSameWhileTheProgramRuns)
{
    EXPECT_EQ(keyedHash("lyon"), keyedHash("lyon"));
    EXPECT_NE(keyedHash("lyon"), keyedHash("paris"));
}
