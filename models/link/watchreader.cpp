// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/link/watchreader.h"

#include "proto/wire.h"

#include <algorithm>
#include <charconv>

namespace portulan {

namespace {

tl::unexpected<Problem> malformed(std::string expected, std::string found = {})
{
    return refuse(Reason::Malformed, {{"file", "watch"}, {"expected", std::move(expected)}, {"value", std::move(found)}});
}

}

WatchReader::WatchReader(std::string site, const std::string &resume, qint64 maxThings)
    : m_site(std::move(site))
    , m_maxThings(maxThings)
{
    if (const auto place = Place::from(resume)) {
        m_reached = *place;
    }
}

Result<WatchReader::Place> WatchReader::Place::from(const std::string &text)
{
    const auto colon = text.rfind(':');
    const auto isEpoch = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'; };
    Place place;
    if (text.size() > 128 || colon == std::string::npos || colon == 0) {
        return malformed("EPOCH:REVISION");
    }
    place.epoch = text.substr(0, colon);
    const char *end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + colon + 1, end, place.revision);
    if (error != std::errc {} || stop != end || !std::ranges::all_of(place.epoch, isEpoch)) {
        return malformed("EPOCH:REVISION");
    }
    return place;
}

Result<> WatchReader::enter(v1::WatchResponse::Phase phase, const Place &place)
{
    const bool snapshot = phase == v1::WatchResponse::SNAPSHOT || phase == v1::WatchResponse::SNAPSHOT_END;
    if (snapshot) {
        if (m_stage != Stage::Snapshot) { // first, or again because we were too slow to be told each change
            m_stage = Stage::Snapshot;
            m_snapshotThings = 0;
            m_reached = {place.epoch, 0};
        } else if (m_reached.epoch.empty()) {
            m_reached.epoch = place.epoch;
        } else if (!place.epoch.empty() && m_reached.epoch != place.epoch) {
            return malformed("one epoch in a snapshot", place.epoch);
        }
        return {};
    }
    if (m_stage == Stage::Snapshot && phase == v1::WatchResponse::CHANGES) {
        return malformed("the end of the snapshot before changes");
    }
    if (m_stage == Stage::Opening) {
        if (m_reached.epoch.empty()) {
            return phase == v1::WatchResponse::KEEP_ALIVE ? Result<>() : malformed("a snapshot before changes");
        }
        m_stage = Stage::Following;
    }
    if (m_stage == Stage::Following && (place.epoch != m_reached.epoch || place.revision < m_reached.revision)) {
        return malformed("revisions that rise, of one epoch", place.epoch + ':' + std::to_string(place.revision));
    }
    return {};
}

Result<> WatchReader::take(const v1::Change &change, WatchPage &page)
{
    auto read = wire::fromWire(change);
    if (!read) {
        if (read.error().reason == Reason::Version) { // a newer gateway knows kinds of things we do not
            return {};
        }
        return unexpected<Problem>(std::move(read.error()));
    }
    if (idOf(read->thing).site != m_site) {
        return malformed("things of " + m_site, idOf(read->thing).text());
    }
    if (page.kind == WatchPage::Kind::Changes) {
        if (read->revision <= m_reached.revision) {
            return malformed("a revision above " + std::to_string(m_reached.revision), std::to_string(read->revision));
        }
        m_reached.revision = read->revision;
    }
    page.things.push_back(std::move(read->thing));
    return {};
}

Result<WatchPage> WatchReader::read(const v1::WatchResponse &message)
{
    const auto tooLarge = [](const char *what, qint64 limit, qint64 size) {
        return refuse(Reason::TooLarge, {{"what", what}, {"limit", std::to_string(limit)}, {"size", std::to_string(size)}});
    };
    if (message.changes_size() > maxPageThings) {
        return tooLarge("page", maxPageThings, message.changes_size());
    }
    // The pages of a snapshot need not say where they stand: one cut short cannot be resumed.
    const bool placeless = message.phase() == v1::WatchResponse::SNAPSHOT && message.resume().empty();
    const auto place = placeless ? Result<Place>(Place {}) : Place::from(message.resume());
    const auto at = wire::fromWire(message.at());
    if (!place || !at) {
        return unexpected<Problem>(place ? at.error() : place.error());
    }
    if (const auto entered = enter(message.phase(), *place); !entered) {
        return unexpected<Problem>(entered.error());
    }
    WatchPage page;
    page.at = *at;
    switch (message.phase()) {
    case v1::WatchResponse::SNAPSHOT:
        page.kind = WatchPage::Kind::Snapshot;
        break;
    case v1::WatchResponse::SNAPSHOT_END:
        page.kind = WatchPage::Kind::SnapshotEnd;
        break;
    case v1::WatchResponse::CHANGES:
        page.kind = WatchPage::Kind::Changes;
        break;
    case v1::WatchResponse::KEEP_ALIVE:
        page.kind = WatchPage::Kind::KeepAlive;
        break;
    default:
        return malformed("a phase of the watch stream", std::to_string(message.phase()));
    }
    if (m_stage == Stage::Snapshot && (m_snapshotThings += message.changes_size()) > m_maxThings) {
        return tooLarge("snapshot", m_maxThings, m_snapshotThings);
    }
    page.things.reserve(message.changes_size());
    for (const auto &change : message.changes()) {
        if (const auto taken = take(change, page); !taken) {
            return unexpected<Problem>(taken.error());
        }
    }
    if (page.kind == WatchPage::Kind::SnapshotEnd) {
        m_stage = Stage::Following;
    }
    if (m_stage == Stage::Following) {
        if (place->revision < m_reached.revision) {
            return malformed("a place not before its own changes", message.resume());
        }
        m_reached = *place;
        page.resume = message.resume();
    }
    return page;
}

}
