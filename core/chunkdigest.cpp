// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// The digest of a chunk: of its blocks several at once, where the library for it is there.
#include "core/manifest.h"

#ifdef PORTULAN_SIDE_BY_SIDE
#define NO_COMPAT_IMB_API_053
#include <intel-ipsec-mb.h>
#endif

namespace portulan {

namespace {
constexpr std::size_t mostBlocks = Manifest::chunkBytes / Manifest::blockBytes;
using Blocks = std::array<Digest, mostBlocks>;

std::span<const std::byte> blockOf(std::span<const std::byte> chunk, std::size_t i)
{
    const auto at = i * Manifest::blockBytes;
    return chunk.subspan(at, std::min<std::size_t>(Manifest::blockBytes, chunk.size() - at));
}

#ifdef PORTULAN_SIDE_BY_SIDE
constexpr std::size_t fewestAtOnce = 8; // fewer are faster one after the other

class SideBySide {
public:
    SideBySide()
        : m_manager(alloc_mb_mgr(0), &free_mb_mgr)
    {
        if (m_manager) {
            init_mb_mgr_auto(m_manager.get(), nullptr);
        }
    }
    /// False: it has to be done otherwise.
    bool digest(std::span<const std::byte> chunk, std::size_t blocks, Blocks &digests)
    {
        if (!m_manager || imb_get_errno(m_manager.get()) != 0) {
            return false;
        }
        std::size_t done = 0;
        const auto count = [&done](const IMB_JOB *job) { done += job && job->status == IMB_STATUS_COMPLETED ? 1 : 0; };
        for (std::size_t i = 0; i < blocks; ++i) {
            const auto block = blockOf(chunk, i);
            auto *job = IMB_GET_NEXT_JOB(m_manager.get());
            *job = {};
            job->cipher_mode = IMB_CIPHER_NULL;
            job->cipher_direction = IMB_DIR_ENCRYPT;
            job->chain_order = IMB_ORDER_HASH_CIPHER;
            job->hash_alg = IMB_AUTH_SHA_256;
            job->src = reinterpret_cast<const std::uint8_t *>(block.data());
            job->msg_len_to_hash_in_bytes = block.size();
            job->auth_tag_output = reinterpret_cast<std::uint8_t *>(digests[i].data());
            job->auth_tag_output_len_in_bytes = sizeof(Digest);
            count(IMB_SUBMIT_JOB(m_manager.get()));
        }
        for (const auto *job = IMB_FLUSH_JOB(m_manager.get()); job; job = IMB_FLUSH_JOB(m_manager.get())) {
            count(job);
        }
        return done == blocks;
    }

private:
    std::unique_ptr<IMB_MGR, decltype(&free_mb_mgr)> m_manager;
};

bool digestAtOnce(std::span<const std::byte> chunk, std::size_t blocks, Blocks &digests)
{
    if (blocks < fewestAtOnce) {
        return false;
    }
    thread_local SideBySide sideBySide; // one serves one thread
    return sideBySide.digest(chunk, blocks, digests);
}
#else
bool digestAtOnce(std::span<const std::byte>, std::size_t, Blocks &)
{
    return false;
}
#endif
}

Digest Manifest::digestOf(std::span<const std::byte> chunk)
{
    Blocks digests;
    const auto blocks = (chunk.size() + blockBytes - 1) / blockBytes;
    if (!digestAtOnce(chunk, blocks, digests)) {
        for (std::size_t i = 0; i < blocks; ++i) {
            digests[i] = sha256(blockOf(chunk, i));
        }
    }
    return sha256(std::as_bytes(std::span(digests).first(blocks)));
}

}
