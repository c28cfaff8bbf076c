// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/mover.h"

#include "site/certifier.h"
#include "site/moverassess.h"
#include "site/moverforgotten.h"
#include "site/moverjob.h"
#include "site/moverretention.h"
#include "site/moverwindow.h"

#include <algorithm>
#include <deque>
#include <list>

namespace portulan::site {

using enum MigrationStep;

namespace {
constexpr auto glance = std::chrono::milliseconds(200);
constexpr auto telling = std::chrono::seconds(1); // between looks at why those who wait do
}

struct Mover::Data {
    struct Post {
        std::unique_ptr<Job> job;
        std::thread thread;
        bool launched = false;
        std::atomic<bool> over = false;
    };
    Context &context;
    Patience patience;
    std::unique_ptr<Yard> yard;
    std::unique_ptr<Certifier> certifier;
    mutable std::mutex mutex;
    std::list<Post> posts; ///< in order of arrival
    std::condition_variable wake;
    bool stopping = false;
    std::thread watch;

    /// The mutex is held: what is found not to be moving must not begin to in between.
    void addLocked(Departure departure, std::shared_ptr<Running> running);
    Result<> accept(const Departure &departure, std::shared_ptr<Running> running);
    void launch();
    bool sweep(); ///< whether one was over
    void watchOver();
    std::optional<Problem> isMoving(const ObjectId &object) const; ///< and by which operation; one that is being given up is none
    Job *endingBefore(const Job &job) const; ///< another one of the same object that is being given up
    Result<> takeUp(const std::vector<MigrationRecord> &records, const std::vector<Operation> &operations);
    void takeUp(Departure departure, const std::vector<Operation> &operations);
    void tellWhy(); ///< …those who wait have to
    std::int64_t linkRate() const { return rateAt(context.config.linkHourly, minuteOfDay(context.clock()), context.config.linkBytesPerSecond); }
};

Mover::Mover(Context &context, const Patience &patience)
    : m_data(new Data {context, patience, {}, std::make_unique<Certifier>(context, patience), {}, {}, {}, false, {}})
{
}

Mover::~Mover()
{
    stop();
}

Result<> Mover::start()
{
    auto &data = *m_data;
    const auto &config = data.context.config;
    auto tls = DataTls::load({config.authorityPem, config.certificatePem, config.keyPem});
    if (!tls) {
        return unexpected(tls.error());
    }
    data.yard.reset(new Yard {
        data.context, data.patience, std::move(*tls), Pace(data.linkRate()), Turns(config.migrationsAtOnce, config.migrationsAtOncePerSite)});
    const auto records = data.context.journal.openMigrations();
    const auto operations = data.context.journal.operations();
    if (!records || !operations) {
        return unexpected(records ? operations.error() : records.error());
    }
    if (auto taken = data.takeUp(*records, *operations); !taken) {
        return taken;
    }
    endForgotten(data.context, *operations);
    releaseForgotten(data.context, *records);
    data.certifier->start();
    data.watch = std::thread([&data] { data.watchOver(); });
    return {};
}

void Mover::stop()
{
    auto &data = *m_data;
    {
        const std::scoped_lock lock(data.mutex);
        data.stopping = true;
        std::ranges::for_each(data.posts, [](auto &post) { post.job->park(); });
    }
    data.wake.notify_all();
    if (data.watch.joinable()) {
        data.watch.join();
    }
    data.certifier->stop();
    for (auto &post : data.posts) {
        if (post.thread.joinable()) {
            post.thread.join();
        }
    }
    data.posts.clear();
}

/// The oldest order first, as before the restart.
Result<> Mover::Data::takeUp(const std::vector<MigrationRecord> &records, const std::vector<Operation> &operations)
{
    std::vector<Departure> departures;
    for (const auto &record : records) {
        auto departure = record.isSource ? departureFrom(record) : Result<Departure>();
        if (!departure) {
            return unexpected(departure.error());
        }
        if (record.isSource) {
            departures.push_back(std::move(*departure));
        }
    }
    std::ranges::stable_sort(departures, {}, [](const Departure &its) { return its.draft.steps.empty() ? Instant {} : its.draft.steps.front().at; });
    for (auto &departure : departures) {
        takeUp(std::move(departure), operations);
    }
    launch();
    return {};
}

void Mover::Data::takeUp(Departure departure, const std::vector<Operation> &operations)
{
    std::shared_ptr<Running> running;
    const auto known = std::ranges::find(operations, departure.operation, &Operation::id);
    if (known != operations.end() && !isOver(known->state)) {
        running = context.operations.resume(*known);
        running->log("taken up again after a restart");
    }
    const std::scoped_lock lock(mutex);
    addLocked(std::move(departure), std::move(running));
}

void Mover::migrate(const Migrate &order, std::shared_ptr<Running> running)
{
    auto &data = *m_data;
    const auto operation = running->operation();
    Departure departure;
    departure.migration = newMigrationId();
    departure.order = order;
    departure.operation = operation.id;
    departure.requestedBy = operation.requestedBy;
    departure.draft.steps.push_back({Planned, data.context.clock()});
    const bool inLots = order.mode == MoveMode::Warm && order.object.kind == ObjectKind::DataSet;
    const bool followed = inLots || (order.mode != MoveMode::Cold && order.object.kind == ObjectKind::Instance);
    if (!followed && order.mode != MoveMode::Cold) { // only what runs or is written has anything to be followed
        departure.order.mode = MoveMode::Cold;
        running->log("nothing of it runs: moved cold");
    }
    running->update(
        [&](Operation &shown) {
            shown.migration = departure.migration;
            shown.fromSite = data.context.config.siteId;
            shown.toSite = order.toSite;
            shown.phase = toString(Planned);
            shown.mode = toString(departure.order.mode);
            shown.cancellable = true;
        },
        true);
    if (!data.yard || order.toSite == data.context.config.siteId) {
        running->fail(data.yard ? Problem {Reason::InvalidArgument, {{"field", "to_site"}, {"expected", "another site"}}, {}}
                                : Problem {Reason::NotReady, {}, {}});
        return;
    }
    if (auto accepted = data.accept(departure, running); !accepted) {
        running->fail(accepted.error());
        return;
    }
    data.launch();
}

Result<> Mover::Data::accept(const Departure &departure, std::shared_ptr<Running> running)
{
    const std::scoped_lock lock(mutex); // two orders for one object may come at once
    if (auto moving = isMoving(departure.order.object)) {
        return unexpected(std::move(*moving));
    }
    if (auto noted = context.journal.put(recordOf(departure)); !noted) {
        return noted;
    }
    addLocked(departure, std::move(running));
    return {};
}

std::optional<Problem> Mover::Data::isMoving(const ObjectId &object) const
{
    const auto at = std::ranges::find_if(
        posts, [&](const Post &post) { return !post.over && !post.job->isEnding() && !post.job->isOver() && post.job->isOf(object); });
    return at == posts.end() ? std::nullopt
                             : std::optional(Problem {Reason::Conflict, {{"id", object.text()}, {"operation", at->job->departure().operation.text()}},
                                 "it is being moved already"});
}

Job *Mover::Data::endingBefore(const Job &job) const
{
    const auto object = job.departure().order.object;
    const auto at = std::ranges::find_if(
        posts, [&](const Post &post) { return post.job.get() != &job && !post.over && post.job->isEnding() && post.job->isOf(object); });
    return at == posts.end() || job.isEnding() || job.isCancelled() ? nullptr : at->job.get();
}

void Mover::Data::addLocked(Departure departure, std::shared_ptr<Running> running)
{
    if (!stopping) { // else it is in the journal
        posts.emplace_back().job = std::make_unique<Job>(*yard, std::move(departure), std::move(running));
    }
}

void Mover::Data::launch()
{
    const std::scoped_lock lock(mutex);
    for (auto &post : posts) {
        if (post.launched || stopping) {
            continue;
        }
        if (auto *earlier = endingBefore(*post.job)) { // what that one undoes must not undo what this one does
            const auto before = earlier->departure();
            earlier->makeRoom();
            post.job->stands({Reason::Conflict,
                {{"cause", "ending"}, {"id", before.order.object.text()}, {"operation", before.operation.text()}, {"migration", before.migration}},
                "an earlier move of it is being given up; that ends by itself"});
            continue;
        }
        if (!post.job->mayBegin()) {
            continue;
        }
        post.launched = true;
        post.thread = std::thread([&post] {
            post.job->run();
            post.over = true;
        });
    }
}

void Mover::Data::tellWhy()
{
    const std::scoped_lock lock(mutex);
    const auto obstacles = yard->turns.obstacles();
    for (auto &post : posts) {
        if (const auto why = obstacles.find(post.job->number()); !post.launched && why != obstacles.end()) {
            post.job->stands(why->second);
        }
    }
}

bool Mover::Data::sweep()
{
    const std::scoped_lock lock(mutex);
    const auto swept = std::erase_if(posts, [](Post &post) {
        if (!post.over) {
            post.job->look();
            return false;
        }
        post.thread.join();
        return true;
    });
    return swept > 0;
}

void Mover::Data::watchOver()
{
    auto looked = std::chrono::steady_clock::time_point(), told = looked;
    std::optional<Instant> due; // the next end of a retention
    ClockWatch clock(context);
    std::unique_lock lock(mutex);
    while (!wake.wait_for(lock, std::min<std::chrono::milliseconds>(glance, patience.retentionLook), [this] { return stopping; })) {
        lock.unlock();
        yard->link.limit(linkRate());
        const bool released = sweep();
        launch();
        if (std::chrono::steady_clock::now() - told > telling) {
            tellWhy();
            told = std::chrono::steady_clock::now();
        }
        if (released) {
            certifier->look();
        }
        if (released || (due && context.clock() >= *due) || std::chrono::steady_clock::now() - looked > patience.retentionLook) {
            clock.look();
            const auto retention = eraseExpired(context, clock);
            due = retention.next;
            if (retention.erased) {
                certifier->look();
            }
            looked = std::chrono::steady_clock::now();
        }
        lock.lock();
    }
}

Assessment Mover::assess(const Migrate &order, const std::string &caller)
{
    std::optional<Problem> moving;
    {
        const std::scoped_lock lock(m_data->mutex);
        moving = m_data->isMoving(order.object);
    }
    auto assessment = assessMigration(m_data->context, order, caller);
    if (moving) {
        assessment.blockers.insert(assessment.blockers.begin(), std::move(*moving));
    }
    return assessment;
}

Mover::Decision Mover::decisionFor(const std::string &migration, const std::string &destination, const std::string &object) const
{
    const auto record = m_data->context.journal.migration(migration, true);
    if (!record) {
        return {"undecided", false};
    }
    if (!*record) {
        return isFencedFor(m_data->context, object, destination) ? Decision {"committed", false} : Decision {};
    }
    const auto departure = *record ? departureFrom(**record) : Result<Departure>(unexpected(Problem {}));
    if (!departure || departure->order.toSite != destination) {
        return {};
    }
    const bool start = departure->startsThere();
    if (departure->step == Aborted || departure->aborting) {
        return {"aborted", false};
    }
    if (departure->step >= Activated) {
        return {"committed", start};
    }
    if (departure->step < Committed) {
        return {"undecided", false};
    }
    // Committed, but the destination may own only once this side's copy is fenced for good.
    const std::scoped_lock lock(m_data->mutex);
    const bool handedOver = std::ranges::any_of(
        m_data->posts, [&](const auto &post) { return post.job->departure().migration == migration && post.job->isHandedOver(); });
    return {handedOver ? "committed" : "undecided", handedOver && start};
}

}
