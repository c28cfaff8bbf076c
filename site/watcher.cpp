// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/watcher.h"

#include <charconv>

namespace portulan::site {

namespace {

constexpr std::size_t changesAtOnce = 500;
constexpr std::size_t firstPage = 100;
constexpr std::size_t messageBytes = 3 << 20; // below the 4 MiB limit with room for the last one

/// The revision of "epoch:revision", if it is this epoch's.
std::optional<std::uint64_t> revisionOf(std::string_view resume, std::string_view epoch)
{
    if (resume.size() <= epoch.size() + 1 || !resume.starts_with(epoch) || resume[epoch.size()] != ':') {
        return std::nullopt;
    }
    std::uint64_t revision = 0;
    const auto number = resume.substr(epoch.size() + 1);
    const auto end = number.data() + number.size();
    return std::from_chars(number.data(), end, revision).ptr == end ? std::optional(revision) : std::nullopt;
}

}

Watcher *Watcher::begin(Broadcast &broadcast, Calls &calls, Calls::Place place, Wish wish)
{
    const std::shared_ptr<Watcher> made(new Watcher(broadcast, calls, std::move(place), std::move(wish)));
    made->m_self = made;
    made->start();
    return made.get();
}

Watcher::Watcher(Broadcast &broadcast, Calls &calls, Calls::Place place, Wish wish)
    : m_broadcast(broadcast)
    , m_calls(calls)
    , m_place(std::move(place))
    , m_wish(std::move(wish))
{
}

void Watcher::start()
{
    const auto resumed = revisionOf(m_wish.resume, m_broadcast.epoch());
    if (resumed && m_broadcast.since(*resumed, 0)) {
        m_revision = *resumed;
    } else {
        m_snapshot = m_broadcast.snapshot();
    }
    m_keepAliveDue = !m_snapshot; // who resumes hears at once that the stream lives
    const auto weak = weak_from_this();
    m_listening = m_broadcast.listen([weak] {
        if (const auto self = weak.lock()) {
            self->wake();
        }
    });
    scheduleKeepAlive();
    pump();
}

void Watcher::wake()
{
    if (m_woken.exchange(true)) { // a thousand announcements in a row are one reason to look
        return;
    }
    m_calls.desk().post([weak = weak_from_this()] {
        if (const auto self = weak.lock()) {
            self->m_woken = false;
            self->pump();
        }
    });
}

void Watcher::scheduleKeepAlive()
{
    auto ticket = m_calls.timer().after(keepAlive, [weak = weak_from_this()] {
        if (const auto self = weak.lock()) {
            {
                const std::lock_guard lock(self->m_mutex);
                self->m_keepAliveDue = true;
            }
            self->wake();
            self->scheduleKeepAlive();
        }
    });
    const std::lock_guard lock(m_mutex);
    m_timer = m_finished ? nullptr : std::move(ticket);
}

void Watcher::pump()
{
    bool finish = false;
    {
        const std::lock_guard lock(m_mutex);
        if (m_writing || m_finished) {
            return;
        }
        finish = m_cancelled;
        if (finish) {
            m_finished = true;
        } else if (!compose()) {
            return;
        } else {
            m_writing = true; // from here m_message is gRPC's; nobody else may finish
        }
    }
    if (finish) {
        Finish(grpc::Status::CANCELLED);
    } else {
        StartWrite(m_message);
    }
}

void Watcher::clear()
{
    m_arena.Reset();
    m_message = google::protobuf::Arena::CreateMessage<v1::WatchResponse>(&m_arena);
    m_messageBytes = 0;
}

bool Watcher::compose()
{
    clear();
    return m_snapshot ? composePage() : composeChanges();
}

bool Watcher::composePage()
{
    // The first page is a short one: who has just dialled sees something at once.
    const auto most = m_position == 0 ? std::min(m_wish.pageSize, firstPage) : m_wish.pageSize;
    while (m_position < m_snapshot->changes.size() && m_message->changes_size() < static_cast<int>(most)) {
        const auto &change = m_snapshot->changes[m_position];
        if (m_wish.sight.sees(change->project)) {
            add(change);
        }
        ++m_position;
        if (m_messageBytes > messageBytes) {
            break;
        }
    }
    if (m_message->changes_size() > 0) {
        seal(v1::WatchResponse::SNAPSHOT);
        return true;
    }
    m_revision = m_snapshot->revision;
    m_snapshot.reset();
    m_position = 0;
    seal(v1::WatchResponse::SNAPSHOT_END);
    return true;
}

bool Watcher::composeChanges()
{
    for (;;) {
        const auto changes = m_broadcast.since(m_revision, changesAtOnce);
        if (!changes) { // too slow: what was missed is no longer kept
            m_snapshot = m_broadcast.snapshot();
            return composePage();
        }
        for (const auto &change : *changes) {
            m_revision = change->revision;
            if (m_wish.sight.sees(change->project)) {
                add(change);
            }
            if (m_messageBytes > messageBytes) {
                break;
            }
        }
        if (m_message->changes_size() > 0) {
            seal(v1::WatchResponse::CHANGES);
            return true;
        }
        if (changes->empty()) {
            break;
        }
    }
    if (m_keepAliveDue) {
        seal(v1::WatchResponse::KEEP_ALIVE);
        return true;
    }
    return false;
}

void Watcher::seal(v1::WatchResponse::Phase phase)
{
    m_keepAliveDue = false;
    m_message->set_phase(phase);
    if (phase != v1::WatchResponse::SNAPSHOT) { // a snapshot cut short cannot be resumed
        m_message->set_resume(m_broadcast.epoch() + ':' + std::to_string(m_revision));
    }
    *m_message->mutable_at() = wire::toWire(std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()));
}

void Watcher::add(const Broadcast::Shared &change)
{
    auto &message = *m_message->add_changes();
    wire::write(message, *change);
    m_messageBytes += message.ByteSizeLong();
}

void Watcher::OnWriteDone(bool ok)
{
    {
        const std::lock_guard lock(m_mutex);
        m_writing = false;
        m_cancelled = m_cancelled || !ok;
    }
    pump();
}

void Watcher::OnCancel()
{
    {
        const std::lock_guard lock(m_mutex);
        m_cancelled = true;
    }
    pump();
}

void Watcher::OnDone()
{
    const auto self = std::move(m_self); // may be the last: declared before the lock, gone after it
    m_listening.reset();
    const std::lock_guard lock(m_mutex);
    m_finished = true;
    m_timer.reset();
    m_place.reset();
}

}
