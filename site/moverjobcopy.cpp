// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// The middle of a migration's source: send, verify, commit.
#include "site/arrivals.h"
#include "site/moverjob.h"

#include <algorithm>

#include <cmath>

namespace portulan::site {

using enum MigrationStep;

namespace {
constexpr int maxIntegrityFailures = 3; // one after the other
constexpr int maxRounds = 8; // two are usual
constexpr std::size_t maxShownDigests = 64; // of an operation
constexpr std::size_t leastRuns = 1000; // worth a place in a message
constexpr auto settlingGlance = std::chrono::milliseconds(500);
constexpr auto quiet = std::chrono::milliseconds(250);

/// A view's reader, opened anew for each try.
class ViewReader final : public BlockReader {
public:
    explicit ViewReader(std::shared_ptr<BlockReader> view)
        : m_view(std::move(view))
    {
    }
    std::uint64_t sizeBytes() const override { return m_view->sizeBytes(); }
    Result<std::vector<Extent>> extents(std::uint64_t offset, std::uint64_t length) override { return m_view->extents(offset, length); }
    Result<> read(std::uint64_t offset, std::span<std::byte> into) override { return m_view->read(offset, into); }

private:
    std::shared_ptr<BlockReader> m_view;
};

std::string textOf(const Digest &digest)
{
    return {reinterpret_cast<const char *>(digest.data()), digest.size()};
}
}

Result<> Job::prepareSending()
{
    if (m_sending) {
        return {};
    }
    if (auto described = describeArrival(); !described) {
        return described;
    }
    Sending::Orders orders;
    const auto object = m_arrival->instance || m_arrival->dataSet ? departure().order.object : ObjectId {};
    std::vector<std::pair<ObjectId, std::string>> places;
    for (const auto &volume : m_arrival->volumes) {
        places.emplace_back(volume.id, std::string());
        orders.parcels.push_back({volume.id.id, std::uint64_t(volume.sizeBytes)});
    }
    if (m_arrival->image) {
        places.emplace_back(m_arrival->image->id, std::string());
        orders.parcels.push_back({m_arrival->image->id.id, std::uint64_t(m_arrival->image->sizeBytes)});
    }
    for (const auto &one : m_arrival->objects) {
        places.emplace_back(object, one.key);
        orders.parcels.push_back({one.key, std::uint64_t(one.size)});
    }
    orders.open = [this, places](std::size_t i) -> Result<std::unique_ptr<BlockReader>> {
        return m_views.empty() ? m_yard.context.driver.openForRead(places[i].first, places[i].second) : std::make_unique<ViewReader>(m_views[i]);
    };
    orders.paces = {m_pace.get(), &m_yard.link};
    orders.fingerprints = [this](std::size_t parcel, std::uint64_t first, std::uint32_t count) { return fingerprints(parcel, first, count); };
    orders.progress = [this](std::int64_t done, std::int64_t wire) { report(done, wire); };
    orders.carry = [this](const Token &token, const std::string &frames, bool end) { return carry(token, frames, end); };
    orders.asideIn = m_yard.context.config.directory;
    auto sending = std::make_unique<Sending>(std::move(orders));
    const auto total = sending->measure();
    if (!total) {
        return unexpected(total.error());
    }
    m_total = *total;
    const std::scoped_lock lock(m_mutex);
    m_sending = std::move(sending);
    return {};
}

void Job::report(std::int64_t done, std::int64_t wire)
{
    const auto now = std::chrono::steady_clock::now();
    {
        const std::scoped_lock lock(m_mutex);
        m_progressAt = now;
        if (now - m_reportedAt < quiet && done < m_total) {
            return;
        }
        m_reportedAt = now;
    }
    m_course.report(done, m_total, wire);
}

Result<> Job::copy()
{
    const auto began = std::chrono::steady_clock::now();
    if (auto copied = unlessPaused([this] { return patiently(false, [this] { return copyOnce(); }); }); !copied) {
        return copied;
    }
    const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    log("copied and verified " + std::to_string(bytesSent()) + " bytes in " + std::to_string(std::llround(seconds * 1000)) + " ms");
    return advance(Verified);
}

Result<> Job::copyOnce()
{
    return (goesInLots() ? sendLastLots() : sendMissing()).and_then([this] { return verify(); });
}

/// All the destination lacks of what the disks now hold, or held at this view.
Result<> Job::sendMissing()
{
    if (auto prepared = prepareSending(); !prepared) {
        return prepared;
    }
    for (int round = 0; round < maxRounds; ++round) { // what differs from what was sent may be found on the way
        if (auto sent = sendAll(); !sent || m_sending->isComplete()) {
            return sent;
        }
    }
    return refuse(Reason::Integrity, {}, "the destination has something else there again and again");
}

Result<> Job::sendAll()
{
    // A new token each time: what an earlier connection still has in its pipes is cut off before its successor begins.
    if (auto reserved = reserve(); !reserved) {
        return reserved;
    }
    const auto to = link();
    if (!to) {
        return unexpected(to.error());
    }
    if (auto asked = askWhatIsThere(**to); !asked) {
        return asked;
    }
    const bool byCalls = m_sending->goesByCalls();
    auto sent = m_sending->send(m_yard.tls, m_address, m_token);
    if (m_sending->goesByCalls() && !byCalls) {
        log("port " + std::to_string(m_address.port) + " of " + m_address.site
            + " cannot be reached: the bytes went with the calls, which is slower");
    }
    if (!sent) {
        const auto &problem = sent.error();
        if (problem.reason == Reason::Integrity && ++m_integrityFailures > maxIntegrityFailures) {
            return refuse(Reason::Untrusted, problem.facts, "the same disk arrives differently again and again: " + problem.detail);
        }
        // The token was good a moment ago: the destination was restarted in between.
        return problem.reason == Reason::NotAuthorised ? refuse(Reason::Unreachable, problem.facts, problem.detail) : sent;
    }
    m_integrityFailures = 0;
    return {};
}

Result<> Job::askWhatIsThere(PeerLink &to)
{
    m_sending->nothingIsThere();
    v1::ProgressRequest request;
    request.set_migration(departure().migration);
    for (bool more = true; more;) {
        const auto had = to.progress(request);
        if (!had) {
            return unexpected(had.error());
        }
        for (const auto &disk : had->disks()) {
            if (disk.chunk_bytes() != Manifest::chunkBytes) {
                continue; // it counts otherwise: nothing of it is known here
            }
            const auto first = disk.disk() == request.disk() ? request.chunk() : 0;
            const auto spanOf = [](const auto &runs) { return std::span<const std::uint64_t>(runs.data(), std::size_t(runs.size())); };
            const auto told = m_sending->isThere(disk.disk(), first, spanOf(disk.have()), spanOf(disk.stale()));
            if (!told) {
                return told;
            }
        }
        const auto before = std::pair(request.disk(), request.chunk());
        request.set_disk(had->next_disk());
        request.set_chunk(had->next_chunk());
        more = had->more();
        if (more && std::pair(request.disk(), request.chunk()) <= before) {
            return refuse(Reason::Malformed, {{"file", "progress"}, {"expected", "a page further on"}});
        }
    }
    return {};
}

Result<> Job::carry(const Token &token, const std::string &frames, bool end)
{
    v1::ReceiveRequest request;
    request.set_migration(departure().migration);
    request.set_token(textOf(token));
    request.set_frames(frames);
    request.set_end(end);
    return link().and_then([&](const auto &to) { return to->receive(request); });
}

Result<Prints::Page> Job::fingerprints(std::size_t parcel, std::uint64_t first, std::uint32_t count)
{
    v1::FingerprintsRequest request;
    request.set_migration(departure().migration);
    request.set_disk(static_cast<std::uint32_t>(parcel));
    request.set_chunk(first);
    request.set_count(count);
    const auto to = link();
    const auto answer = to ? (*to)->fingerprints(request) : Result<v1::FingerprintsResponse>(unexpected(to.error()));
    if (!answer) {
        return unexpected(answer.error());
    }
    Prints::Page page;
    for (const auto &one : answer->chunks()) {
        const auto bytes = std::as_bytes(std::span(one.blocks()));
        page.push_back({one.chunk(), std::vector(bytes.begin(), bytes.end())});
    }
    return page;
}

/// With the reservation; what is too much for one message is told in further ones. Nothing is sent before all of it is durable there.
void Job::tellWhatNoLongerCounts(std::vector<v1::ReserveRequest> &requests) const
{
    std::ranges::for_each(requests, [this](auto &request) { request.set_renewal(m_renewal); });
    auto room = Receiving::mostRuns;
    for (std::size_t i = 0; m_sending && i < m_sending->parcels().size(); ++i) {
        const auto &key = m_sending->parcels()[i].key;
        const auto end = m_sending->parcels()[i].chunks();
        for (std::uint64_t first = 0, reached = 0; first < end; first = reached) {
            if (room < leastRuns) {
                requests.push_back(requests.back());
                requests.back().clear_stale();
                room = Receiving::mostRuns;
            }
            auto runs = m_sending->toTakeBack(i, first, room, reached);
            if (runs.empty()) {
                continue;
            }
            runs.front() += first;
            auto *disk = requests.back().add_stale();
            disk->set_volume(key);
            disk->mutable_runs()->Assign(runs.begin(), runs.end());
            room -= std::min(room, runs.size() + 8 + key.size() / 4);
            room = reached < end ? 0 : room;
        }
    }
}

Result<FoundDisks> Job::claims() const
{
    if (goesInLots()) {
        return m_lots->ledger->found();
    }
    FoundDisksTally tally;
    const auto roots = m_sending->roots();
    for (std::size_t i = 0; i < roots.size(); ++i) {
        const auto &parcel = m_sending->parcels()[i];
        tally.add({parcel.key, parcel.sizeBytes, roots[i]});
    }
    return tally.end();
}

/// Waits while the destination, having compared, puts what it has where it will live.
Result<v1::VerifyResponse> Job::askToVerify(const v1::VerifyRequest &request)
{
    for (bool isTold = false;;) {
        const auto to = link();
        auto answer = to ? (*to)->verify(request) : Result<v1::VerifyResponse>(unexpected(to.error()));
        if (answer || answer.error().reason != Reason::NotReady || answer.error().fact("state") != "settling") {
            return answer;
        }
        if (!isTold) {
            log("all of it is there and right; the destination puts it where it will live");
            isTold = true;
        }
        if (m_parked || isCancelled()) {
            return refuse(Reason::Cancelled);
        }
        {
            const std::scoped_lock lock(m_mutex);
            m_progressAt = std::chrono::steady_clock::now();
        }
        pause(settlingGlance);
    }
}

Result<> Job::verify()
{
    const auto claims = this->claims();
    if (!claims) {
        return unexpected(claims.error());
    }
    const auto &claimed = claims->named;
    const auto whole = textOf(claims->whole);
    v1::VerifyRequest request;
    request.set_migration(departure().migration);
    request.set_memory(departure().memory);
    request.set_digest(std::string(Manifest::algorithm));
    // Beyond those that are named the digest over all must do.
    for (const auto &one : std::size_t(claims->count) == claimed.size() ? std::span(claimed) : std::span<const FoundDisk>()) {
        auto *disk = request.add_disks();
        disk->set_volume(one.key);
        disk->set_size_bytes(std::int64_t(one.sizeBytes));
        disk->set_root(textOf(one.root));
    }
    request.set_whole(whole);
    const auto answer = askToVerify(request);
    if (!answer) {
        // Every chunk was right and the whole is not: sending the same again mends nothing.
        const auto &problem = answer.error();
        return problem.reason == Reason::Integrity ? refuse(Reason::Untrusted, problem.facts, "roots differ: " + problem.detail)
                                                   : Result<>(unexpected(problem));
    }
    bool agreed = std::size_t(answer->disks_size()) == claimed.size();
    for (int i = 0; agreed && i < answer->disks_size(); ++i) {
        agreed = answer->disks(i).root() == textOf(claimed[std::size_t(i)].root);
    }
    if (!agreed) {
        return refuse(Reason::Untrusted, {{"what", "roots"}}, "the destination answers with other roots than it was asked to compare");
    }
    {
        const std::scoped_lock lock(m_mutex); // journalled with the step that follows
        auto &draft = m_departure.draft;
        draft.disks.clear();
        for (const auto &one : claimed) {
            draft.disks.push_back({one.key, std::int64_t(one.sizeBytes), toHex(one.root)});
        }
        draft.diskCount = claims->count;
        draft.whole = toHex(claims->whole);
        draft.bytes = bytesSent();
        draft.bytesOnWire = bytesOnWire();
    }
    if (m_running) {
        m_running->update(
            [&](Operation &operation) {
                operation.digests.clear();
                operation.bytesOnWire = bytesOnWire();
                for (std::size_t i = 0; i < std::min(claimed.size(), maxShownDigests); ++i) {
                    operation.digests.push_back(claimed[i].key + ' ' + toHex(claimed[i].root));
                }
            },
            true);
    }
    return {};
}

Result<> Job::commit()
{
    for (bool mayLeave = false; !mayLeave;) {
        if (auto may = awaitLeave(false).and_then([this] { return awaitOrder(); }); !may) {
            return may;
        }
        if (m_running) { // from here on a cancellation or a pause comes too late, and says so
            m_running->update([](Operation &operation) { operation.cancellable = false; }, false);
        }
        mayLeave = !isPaused();
        if (!mayLeave) { // it came in between
            m_running->update([](Operation &operation) { operation.cancellable = true; }, false);
        }
    }
    if (isCancelled()) {
        return refuse(Reason::Cancelled);
    }
    return advance(Committed);
}

}
