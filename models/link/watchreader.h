// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/change.h"
#include "gateway.pb.h"

#include <QVector>

namespace portulan {

/// A message of the watch stream, understood.
struct WatchPage {
    enum class Kind { Snapshot, SnapshotEnd, Changes, KeepAlive };
    Kind kind = Kind::KeepAlive;
    QVector<Thing> things;
    std::string resume; ///< where to go on after this page; "" while a snapshot is incomplete
    Instant at {}; ///< the site's clock
};

/// Reads a site's watch stream and believes nothing: only things of this site, pages and snapshots of bounded size, snapshots before
/// changes, revisions that rise. One stream, one reader; one thread at a time.
class WatchReader {
public:
    static constexpr int maxPageThings = 1000;

    /// `resume` is what the stream was asked to go on from, "" for a snapshot; `maxThings` how many a snapshot may hold.
    WatchReader(std::string site, const std::string &resume, qint64 maxThings);

    /// Malformed, TooLarge or InvalidArgument: the stream is not to be followed further.
    Result<WatchPage> read(const v1::WatchResponse &message);

private:
    struct Place {
        std::string epoch;
        quint64 revision = 0;
        static Result<Place> from(const std::string &text);
    };
    enum class Stage { Opening, Snapshot, Following };

    Result<> enter(v1::WatchResponse::Phase phase, const Place &place);
    Result<> take(const v1::Change &change, WatchPage &page);

    std::string m_site;
    Place m_reached;
    Stage m_stage = Stage::Opening;
    qint64 m_maxThings;
    qint64 m_snapshotThings = 0;
};

}
