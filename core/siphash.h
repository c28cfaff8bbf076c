// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <array>
#include <bit>
#include <cstdint>
#include <string_view>

namespace portulan {

using SipKey = std::array<std::uint64_t, 2>;

/// SipHash (Aumasson, Bernstein 2012) with C and D rounds: without its key nobody can choose words that all fall into one bucket of a hash
/// table, so that a hostile site cannot make the console slow by the ids it invents.
template <int C, int D>
std::uint64_t sipHash(const SipKey &key, std::string_view text)
{
    std::uint64_t a = key[0] ^ 0x736f6d6570736575u;
    std::uint64_t b = key[1] ^ 0x646f72616e646f6du;
    std::uint64_t c = key[0] ^ 0x6c7967656e657261u;
    std::uint64_t d = key[1] ^ 0x7465646279746573u;
    const auto rounds = [&](int count) {
        for (int i = 0; i < count; ++i) {
            a += b;
            c += d;
            b = std::rotl(b, 13) ^ a;
            d = std::rotl(d, 16) ^ c;
            a = std::rotl(a, 32);
            a += d;
            c += b;
            d = std::rotl(d, 21) ^ a;
            b = std::rotl(b, 17) ^ c;
            c = std::rotl(c, 32);
        }
    };
    const auto littleEndian = [](std::string_view bytes) {
        std::uint64_t word = 0;
        for (std::size_t i = bytes.size(); i-- > 0;) {
            word = word << 8 | static_cast<unsigned char>(bytes[i]);
        }
        return word;
    };
    const auto take = [&](std::uint64_t word) {
        d ^= word;
        rounds(C);
        a ^= word;
    };
    const std::size_t whole = text.size() / 8 * 8;
    for (std::size_t at = 0; at < whole; at += 8) {
        take(littleEndian(text.substr(at, 8)));
    }
    take(littleEndian(text.substr(whole)) | std::uint64_t(text.size()) << 56);
    c ^= 0xFF;
    rounds(D);
    return a ^ b ^ c ^ d;
}

/// For the inventory's indexes: 1 and 3 rounds under a random key, the same for as long as the program runs.
std::uint64_t keyedHash(std::string_view text);

}
