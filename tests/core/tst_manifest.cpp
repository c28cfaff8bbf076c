// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/manifest.h"

#include "tests/site/scratch.h"

#include <fstream>
#include <gtest/gtest.h>
#include <random>
#include <thread>

using namespace portulan;

namespace {

Digest digestOf(std::string_view text)
{
    return sha256(std::as_bytes(std::span(text)));
}

}

TEST(Manifest, digestsAreThoseOfSha256sum)
{
    EXPECT_EQ(toHex(digestOf("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(toHex(digestOf("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(toHex(Manifest::zeros(512)), "0c35a1d4c8835b3a53f503a6bbe33dc219794ddceda6e6846bc3ff760ff43b9f");
    EXPECT_EQ(toHex(Manifest::zeros(Manifest::chunkBytes)), "b937718757ff73067a66285aa3d342e0978afb7466d6f631bbee27a16a95e3c2");
}

TEST(Manifest, aChunkIsDigestedTheSameWhetherItsBlocksAreTakenAtOnceOrNot)
{
    std::vector<std::byte> chunk(Manifest::chunkBytes);
    std::mt19937_64 random(7);
    std::ranges::generate(chunk, [&random] { return std::byte(random()); });
    const auto oneByOne = [](std::span<const std::byte> bytes) {
        std::vector<std::byte> digests;
        for (std::size_t at = 0; at < bytes.size(); at += Manifest::blockBytes) {
            const auto digest = sha256(bytes.subspan(at, std::min<std::size_t>(Manifest::blockBytes, bytes.size() - at)));
            digests.insert(digests.end(), digest.begin(), digest.end());
        }
        return sha256(digests);
    };
    const auto check = [&] {
        for (std::size_t blocks = 0; blocks <= Manifest::chunkBytes / Manifest::blockBytes; ++blocks) {
            for (const std::size_t rest : {0, 1, 63, 64, 4096, 32767}) {
                const auto size = std::min<std::size_t>(blocks * Manifest::blockBytes + rest, chunk.size());
                const auto bytes = std::span(chunk).last(size); // at any alignment
                EXPECT_EQ(Manifest::digestOf(bytes), oneByOne(bytes)) << size;
            }
        }
    };
    std::thread other(check); // each thread has its own means
    check();
    other.join();
}

TEST(Manifest, aDigestReadsBackFromItsHex)
{
    const Digest digest = digestOf("abc");
    EXPECT_EQ(digestFrom(toHex(digest)), digest);
    std::string hex = toHex(digest);
    hex[5] = 'G';
    for (const auto &bad : {std::string(), hex, toHex(digest) + "0", toHex(digest).substr(1), std::string(64, 'F')}) {
        EXPECT_EQ(digestFrom(bad).error().reason, Reason::InvalidArgument) << bad;
    }
}

TEST(Manifest, aNewOneDescribesZeros)
{
    const Manifest manifest(Manifest::chunkBytes * 5ULL / 2);
    ASSERT_EQ(manifest.chunks(), 3U);
    EXPECT_EQ(manifest.sizeOf(0), Manifest::chunkBytes);
    EXPECT_EQ(manifest.sizeOf(2), Manifest::chunkBytes / 2);
    EXPECT_EQ(manifest.digest(1), Manifest::zeros(Manifest::chunkBytes));
    EXPECT_EQ(manifest.digest(2), Manifest::zeros(Manifest::chunkBytes / 2));
}

TEST(Manifest, itsRootCanBeRecomputedWithSha256sum)
{
    // printf '%016x%08x%08x' SIZE 1048576 32768 | xxd -r -p, then the digests in binary, through sha256sum.
    EXPECT_EQ(toHex(Manifest(0).root()), "b110d82ee0e0965d80c293225a4d090044549cd9610e45f1cc6514c929e478db");
    EXPECT_EQ(toHex(Manifest(Manifest::chunkBytes * 5ULL / 2).root()), "fa31bb5817898beb2310da59a53b9305873cb428b453f8997e77e64edfdb5575");
    Manifest abc(3);
    abc.set(0, Manifest::digestOf(std::as_bytes(std::span(std::string_view("abc")))));
    EXPECT_EQ(toHex(abc.root()), "c2727f6e9cc2b90e0e608d602b8684d5acfd280b4a6c78544732c36cd73e4204");
}

TEST(Manifest, itsRootChangesWithAnyBit)
{
    const Manifest zeros(Manifest::chunkBytes * 3ULL);
    const Digest root = zeros.root();
    for (std::size_t chunk = 0; chunk < zeros.chunks(); ++chunk) {
        for (std::size_t byte = 0; byte < sizeof(Digest); ++byte) {
            for (int bit = 0; bit < 8; ++bit) {
                Manifest other(zeros.sizeBytes());
                Digest digest = other.digest(chunk);
                digest[byte] ^= std::byte(1 << bit);
                other.set(chunk, digest);
                ASSERT_NE(other.root(), root) << chunk << ' ' << byte << ' ' << bit;
            }
        }
    }
}

TEST(Manifest, itsRootDependsOnTheSizeAndTheOrder)
{
    EXPECT_NE(Manifest(1).root(), Manifest(2).root());
    Manifest forward(Manifest::chunkBytes * 2ULL);
    Manifest backward(forward.sizeBytes());
    forward.set(0, digestOf("a"));
    forward.set(1, digestOf("b"));
    backward.set(0, digestOf("b"));
    backward.set(1, digestOf("a"));
    EXPECT_NE(forward.root(), backward.root());
}

namespace {

/// Bytes of memory that are this process's own.
std::int64_t ownMemory()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("RssAnon:")) {
            return std::stoll(line.substr(8)) * 1024;
        }
    }
    return 0;
}

Digest numbered(std::uint64_t number)
{
    return digestOf(std::to_string(number));
}

}

TEST(Manifest, whatIsPutAsideReadsBack)
{
    const test::Scratch scratch;
    constexpr std::uint64_t chunks = 600'000; // of which a tenth is kept
    Manifest whole(chunks * Manifest::chunkBytes), aside(chunks * Manifest::chunkBytes, scratch.path(""));
    for (std::uint64_t i = 0; i < chunks; ++i) {
        const auto chunk = i * 350'003 % chunks; // to and fro
        whole.set(chunk, numbered(i));
        aside.set(chunk, numbered(i));
    }
    EXPECT_EQ(aside.root(), whole.root());
    EXPECT_TRUE(aside == whole);
    EXPECT_TRUE(std::filesystem::is_empty(scratch.path(""))) << "the file has no name";
    aside.set(5, {});
    EXPECT_FALSE(aside == whole);
}

TEST(Manifest, aFullDiskOfAnySizeTakesLittleMemory)
{
    const test::Scratch scratch;
    const auto before = ownMemory();
    constexpr std::uint64_t chunks = std::uint64_t(16) << 20; // 16 TiB
    Manifest manifest(chunks * Manifest::chunkBytes, scratch.path(""));
    Digest digest {};
    for (std::uint64_t i = 0; i < chunks; ++i) {
        digest[i % 29] ^= std::byte(1 + i);
        manifest.set(i, digest);
    }
    EXPECT_EQ(manifest.digest(chunks - 1), digest);
    EXPECT_LT(ownMemory() - before, std::int64_t(16) << 20);
}

TEST(Manifest, whereNothingCanBePutAsideItStaysInMemory)
{
    Manifest manifest(std::uint64_t(600'000) * Manifest::chunkBytes, "/nowhere");
    for (std::uint64_t i = 0; i < manifest.chunks(); ++i) {
        manifest.set(i, numbered(i));
    }
    EXPECT_EQ(manifest.digest(3), numbered(3));
    EXPECT_EQ(manifest.digest(599'999), numbered(599'999));
}
