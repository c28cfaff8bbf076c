// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "models/link/credentials.h"
#include "models/link/sitelink.h"

#include <QElapsedTimer>
#include <QThreadPool>
#include <QTimer>

#include <memory>

namespace grpc {
class Channel;
class Status;
}

namespace portulan {

/// When to give up and when to try again. Tests hurry.
struct Pace {
    std::chrono::milliseconds connect {8'000}; ///< until the first word
    std::chrono::milliseconds silence {15'000}; ///< three keep-alives
    std::chrono::milliseconds firstRetry {1'000};
    std::chrono::milliseconds lastRetry {30'000};
    std::chrono::milliseconds settled {30'000}; ///< live that long: the next loss is retried at once again
    std::chrono::milliseconds brief {10'000}; ///< for a question about one thing
    std::chrono::milliseconds answer {35'000}; ///< for all else: a site answers within 30 s (gateway.proto), the rest is for the way
};

/// Which gateway, who it must be, what to show at its door.
struct LinkTarget {
    QString siteId;
    QString endpoint; ///< "host:port"
    LinkCredentials credentials;
    Pace pace = {};
    qint64 maxThings = 2'000'000; ///< of one snapshot: beyond, the site is not believed
};

/// Keeps one site's watch stream alive: dials, follows, notices silence, hangs up on nonsense, waits and dials again from where it was.
/// Pages are handed on in short turns so that no site, however talkative, holds up the window.
class Watch final : public QObject {
    Q_OBJECT
public:
    explicit Watch(LinkTarget target, QObject *parent = nullptr);
    ~Watch() override;

    void open();
    void close();

    LinkState state() const { return m_state; }
    const Problem &problem() const { return m_problem; }
    Instant lastHeard() const { return m_heard; }
    qint64 clockSkewMs() const { return m_skew; }

Q_SIGNALS:
    void stateChanged(portulan::LinkState state);
    void snapshotBegan();
    void snapshotEnded();
    void changed(const QVector<portulan::Thing> &things);

private:
    class Stream;
    struct Delivery;

    void dial();
    void follow(const std::shared_ptr<grpc::Channel> &channel);
    void end(const grpc::Status &status);
    void takePage();
    void deliver();
    void finishPage();
    void lose(const Problem &problem);
    void refuse(const Problem &problem);
    void hangUp();
    void become(LinkState state, const Problem &problem = {});
    std::chrono::milliseconds nextPause();

    const LinkTarget m_target;
    LinkState m_state = LinkState::Idle;
    Problem m_problem;
    Instant m_heard {};
    qint64 m_skew = 0;
    bool m_open = false;
    std::string m_resume;
    int m_dials = 0;
    int m_failures = 0;
    int m_hangUps = 0;
    QTimer m_retry;
    QTimer m_watchdog;
    QTimer m_turn; ///< the next part of a page
    QElapsedTimer m_live;
    std::unique_ptr<Delivery> m_delivery;
    std::unique_ptr<Stream> m_stream;
    QThreadPool m_dialler; ///< reading certificates and starting TLS takes milliseconds, times fifty sites
};

}
