// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/link/watch.h"

#include "core/credentials.h"
#include "models/await.h"
#include "models/link/call.h"
#include "models/link/channel.h"
#include "models/link/subscription.h"
#include "models/link/watchreader.h"

#include <QPointer>
#include <QRandomGenerator>

#include <algorithm>
#include <iterator>

namespace portulan {

namespace {

using namespace std::chrono;

constexpr qsizetype partThings = 64; ///< announced at once
constexpr milliseconds turn {5}; ///< after so much work the event loop has its turn…
constexpr milliseconds breath {15}; ///< …and changes wait a little longer: a site may be busy, the window may not
constexpr int believedHangUps = 3;

Instant localNow()
{
    return floor<milliseconds>(system_clock::now());
}

/// A channel that has begun to connect; what is wrong with our own certificate is known without asking anybody.
Result<std::shared_ptr<grpc::Channel>> openDoor(const LinkTarget &target)
{
    const auto own = inspect(target.credentials.certificatePem);
    if (!own) {
        return unexpected<Problem>(own.error());
    }
    const Instant now = localNow();
    if (now < own->notBefore || now > own->notAfter) {
        return refuse(Reason::Expired, {{"what", own->identity}, {"from", toRfc3339(own->notBefore)}, {"until", toRfc3339(own->notAfter)}});
    }
    auto channel = openChannel(target.endpoint.toStdString(), target.siteId.toStdString(), target.credentials, target.pace.connect);
    if (channel) {
        (*channel)->GetState(true);
    }
    return channel;
}

}

/// The page being handed on.
struct Watch::Delivery {
    WatchPage page;
    qsizetype done = 0;
    bool inSnapshot = false; ///< between snapshotBegan and snapshotEnded
};

/// One dialled stream. Everything in it ends with it.
class Watch::Stream {
public:
    using Pages = Subscription<v1::WatchResponse, Result<WatchPage>>;

    Stream(const std::shared_ptr<grpc::Channel> &channel, const LinkTarget &target, const std::string &resume, Pages::Desk desk)
        : m_stub(v1::Gateway::NewStub(channel))
        , m_reader(target.siteId.toStdString(), resume, target.maxThings)
    {
        m_request.set_resume(resume);
        m_pages = std::make_unique<Pages>([this](auto *context, auto *reactor) { m_stub->async()->Watch(context, &m_request, reactor); },
            [this](const v1::WatchResponse &message) { return m_reader.read(message); }, std::move(desk));
    }
    void next() { m_pages->next(); }

private:
    std::unique_ptr<Stub> m_stub;
    v1::WatchRequest m_request;
    WatchReader m_reader; // gRPC's thread only
    std::unique_ptr<Pages> m_pages; // dropped first
};

Watch::Watch(LinkTarget target, QObject *parent)
    : QObject(parent)
    , m_target(std::move(target))
    , m_delivery(std::make_unique<Delivery>())
{
    for (QTimer *timer : {&m_retry, &m_watchdog, &m_turn}) {
        timer->setSingleShot(true);
    }
    m_turn.setTimerType(Qt::PreciseTimer);
    m_dialler.setMaxThreadCount(1);
    m_dialler.setExpiryTimeout(1000);
    connect(&m_retry, &QTimer::timeout, this, &Watch::dial);
    connect(&m_turn, &QTimer::timeout, this, &Watch::deliver);
    connect(&m_watchdog, &QTimer::timeout, this, [this] { lose({Reason::Unreachable, {}, "the site has fallen silent"}); });
}

Watch::~Watch() = default;

void Watch::open()
{
    if (m_open && m_state != LinkState::Refused) {
        return;
    }
    m_open = true;
    m_failures = 0;
    m_hangUps = 0;
    become(LinkState::Connecting);
    QMetaObject::invokeMethod(this, &Watch::dial, Qt::QueuedConnection);
}

void Watch::close()
{
    m_open = false;
    hangUp();
    m_retry.stop();
    become(LinkState::Idle);
}

void Watch::dial()
{
    if (!m_open) {
        return;
    }
    hangUp();
    auto promise = std::make_shared<QPromise<Result<std::shared_ptr<grpc::Channel>>>>();
    promise->start();
    const int dial = ++m_dials;
    await(promise->future(), this, [this, dial](const Result<std::shared_ptr<grpc::Channel>> &channel) {
        if (!m_open || dial != m_dials) {
            return;
        }
        if (channel) {
            follow(*channel);
        } else {
            refuse(channel.error());
        }
    });
    m_dialler.start([promise, target = m_target] {
        promise->addResult(openDoor(target));
        promise->finish();
    });
}

void Watch::follow(const std::shared_ptr<grpc::Channel> &channel)
{
    m_watchdog.start(m_target.pace.connect + m_target.pace.connect / 4); // gRPC's own reason is better, if it comes
    const auto onPage = [this](Result<WatchPage> page) {
        if (!page) {
            lose(page.error());
            return;
        }
        m_delivery->page = std::move(*page);
        takePage();
    };
    m_stream
        = std::make_unique<Stream>(channel, m_target, m_resume, Stream::Pages::Desk {onPage, [this](const grpc::Status &status) { end(status); }});
}

void Watch::end(const grpc::Status &status)
{
    const Ending ending = endingOf(status);
    m_hangUps = ending.hungUp ? m_hangUps + 1 : 0;
    const auto &own = m_target.credentials;
    const bool unwelcome = m_hangUps >= believedHangUps || (ending.hungUp && !verifyCertificate(own.certificatePem, own.authorityPem, localNow()));
    if (unwelcome) {
        refuse({Reason::Unauthenticated, {}, ending.problem.detail});
    } else if (ending.refused) {
        refuse(ending.problem);
    } else {
        lose(ending.problem);
    }
}

void Watch::takePage()
{
    m_watchdog.stop(); // it is our turn now
    m_hangUps = 0;
    m_heard = localNow();
    const WatchPage &page = m_delivery->page;
    if (page.at != Instant {}) {
        m_skew = (page.at - m_heard).count();
    }
    m_delivery->done = 0;
    const bool snapshot = page.kind == WatchPage::Kind::Snapshot || page.kind == WatchPage::Kind::SnapshotEnd;
    const QPointer<Watch> alive(this);
    if (snapshot && !m_delivery->inSnapshot) {
        m_delivery->inSnapshot = true;
        m_resume.clear();
        Q_EMIT snapshotBegan();
    }
    if (alive) {
        deliver();
    }
}

void Watch::deliver()
{
    const auto until = steady_clock::now() + turn;
    const QPointer<Watch> alive(this);
    const Stream *const stream = m_stream.get();
    while (m_delivery->done < m_delivery->page.things.size()) {
        if (steady_clock::now() > until) {
            m_turn.start(m_delivery->inSnapshot ? milliseconds(0) : breath);
            return;
        }
        auto &things = m_delivery->page.things;
        const auto first = std::make_move_iterator(things.begin() + m_delivery->done);
        const auto count = std::min(partThings, things.size() - m_delivery->done);
        const QVector<Thing> part(first, first + count);
        m_delivery->done += count;
        Q_EMIT changed(part);
        if (!alive || m_stream.get() != stream || !stream) { // whoever listened closed or dropped us
            return;
        }
    }
    finishPage();
}

void Watch::finishPage()
{
    const WatchPage page = std::exchange(m_delivery->page, {});
    if (!page.resume.empty()) {
        m_resume = page.resume;
    }
    const QPointer<Watch> alive(this);
    const Stream *const stream = m_stream.get();
    if (page.kind == WatchPage::Kind::SnapshotEnd) {
        m_delivery->inSnapshot = false;
        Q_EMIT snapshotEnded();
    }
    if (alive && m_stream.get() == stream && !m_delivery->inSnapshot && !m_resume.empty() && m_state != LinkState::Live) {
        m_live.start();
        become(LinkState::Live);
    }
    if (alive && m_stream && m_stream.get() == stream) {
        m_watchdog.start(m_target.pace.silence);
        m_stream->next();
    }
}

void Watch::lose(const Problem &problem)
{
    const bool wasSettled = m_state == LinkState::Live && m_live.hasExpired(m_target.pace.settled.count());
    m_failures = wasSettled ? 0 : m_failures;
    hangUp();
    m_retry.start(nextPause());
    become(LinkState::Stale, problem);
}

void Watch::refuse(const Problem &problem)
{
    hangUp();
    become(LinkState::Refused, problem);
}

void Watch::hangUp()
{
    ++m_dials; // a dial under way is not ours any more
    m_watchdog.stop();
    m_turn.stop();
    *m_delivery = {};
    m_stream.reset();
}

/// 1, 2, 4… seconds to 30, give or take a quarter, so that consoles do not all come back in the same instant.
milliseconds Watch::nextPause()
{
    const auto pause = std::min(m_target.pace.lastRetry, m_target.pace.firstRetry * (1 << std::min(m_failures++, 10)));
    const auto quarter = static_cast<int>(pause.count() / 4);
    return pause + milliseconds(quarter > 0 ? QRandomGenerator::global()->bounded(-quarter, quarter) : 0);
}

void Watch::become(LinkState state, const Problem &problem)
{
    const bool differs = m_state != state || m_problem != problem;
    m_state = state;
    m_problem = problem;
    if (differs) {
        Q_EMIT stateChanged(state);
    }
}

}
