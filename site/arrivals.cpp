// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/arrivals.h"

#include "site/arrivalsincoming.h"
#include "site/arrivalsopinion.h"
#include "site/arrivalsrequest.h"
#include "site/dataplane.h"
#include "site/moverforgotten.h"
#include "site/moverturns.h"
#include "site/peerlink.h"

#include <algorithm>
#include <filesystem>

namespace portulan::site {

using enum MigrationStep;

namespace {
constexpr auto forgottenAfter = std::chrono::minutes(1); // a source that was told to wait and does not ask again
}

struct Arrivals::Data {
    Context &context;
    Patience patience;
    std::string directory;
    std::optional<DataTls> tls;
    std::unique_ptr<DataPlane> plane;
    std::mutex mutex;
    std::map<std::string, std::shared_ptr<Incoming>> open;
    WaitingRoom waiting;
    std::condition_variable wake;
    bool stopping = false;
    std::thread watch;

    Result<std::shared_ptr<Incoming>> find(const std::string &migration, const std::string &source);
    std::vector<std::shared_ptr<Incoming>> all();
    void settle(const std::shared_ptr<Incoming> &incoming);
    Result<std::shared_ptr<Receiving>> admit(const Token &token, const std::string &peer);
    /// The mutex is held. Those that copy, or did a moment ago: one that is paused makes room.
    std::size_t takenIn() const;
    Result<std::shared_ptr<MemorySink>> admitMemory(const Token &token, const std::string &peer);
    void watchOver();
    void ask(Incoming &incoming);
    void askOfEarlier(const Wanted &wanted);
};

Arrivals::Arrivals(Context &context, const Patience &patience)
    : m_data(new Data {context, patience, context.config.directory + "/arrivals", {}, {}, {}, {},
        WaitingRoom(context.config.arrivalsAtOnce, forgottenAfter), {}, false, {}})
{
}

Arrivals::~Arrivals()
{
    stop();
}

Result<> Arrivals::start()
{
    auto &data = *m_data;
    std::error_code error;
    std::filesystem::create_directories(data.directory, error);
    const auto &config = data.context.config;
    auto tls = DataTls::load({config.authorityPem, config.certificatePem, config.keyPem});
    if (!tls) {
        return unexpected(tls.error());
    }
    data.tls = std::move(*tls);
    const auto records = data.context.journal.openMigrations();
    if (!records) {
        return unexpected(records.error());
    }
    if (auto ended = endForgottenArrivals(data.context); !ended) {
        return ended;
    }
    for (const auto &record : *records) {
        if (record.isSource) {
            continue;
        }
        auto incoming = Incoming::reopen(data.context, data.directory, record);
        if (!incoming) {
            return unexpected(incoming.error());
        }
        // What fails now (a disk that is full) is tried again when the source calls or the watch asks.
        (void)(*incoming)->takeUp();
        if (!(*incoming)->isOver()) {
            data.open[record.migration] = std::move(*incoming);
        }
    }
    auto plane = DataPlane::listen(
        *data.tls, config.dataListen, [&data](const Token &token, const std::string &peer) { return data.admit(token, peer); },
        [&data](const Token &token, const std::string &peer) { return data.admitMemory(token, peer); });
    if (!plane) {
        return unexpected(plane.error());
    }
    data.plane = std::move(*plane);
    data.watch = std::thread([&data] { data.watchOver(); });
    return {};
}

void Arrivals::stop()
{
    auto &data = *m_data;
    {
        const std::scoped_lock lock(data.mutex);
        data.stopping = true;
    }
    data.wake.notify_all();
    if (data.watch.joinable()) {
        data.watch.join();
    }
    std::ranges::for_each(data.all(), [](const auto &incoming) { incoming->park(); });
    data.plane.reset();
}

int Arrivals::dataPort() const
{
    return m_data->plane ? m_data->plane->port() : 0;
}

Result<std::shared_ptr<Incoming>> Arrivals::Data::find(const std::string &migration, const std::string &source)
{
    const std::scoped_lock lock(mutex);
    const auto at = open.find(migration);
    if (at == open.end() || at->second->wanted().sourceSite != source) {
        return refuse(Reason::NotFound, {{"id", migration}, {"migration", migration}});
    }
    return at->second;
}

std::vector<std::shared_ptr<Incoming>> Arrivals::Data::all()
{
    const std::scoped_lock lock(mutex);
    std::vector<std::shared_ptr<Incoming>> found;
    std::ranges::transform(open, std::back_inserter(found), [](const auto &entry) { return entry.second; });
    return found;
}

void Arrivals::Data::settle(const std::shared_ptr<Incoming> &incoming)
{
    if (incoming->isOver()) {
        const std::scoped_lock lock(mutex);
        open.erase(incoming->id());
    }
}

Result<std::shared_ptr<Receiving>> Arrivals::Data::admit(const Token &token, const std::string &peer)
{
    for (const auto &incoming : all()) {
        if (auto receiving = incoming->open(token); receiving && peer == "site/" + incoming->wanted().sourceSite) {
            return receiving;
        }
    }
    return refuse(Reason::NotAuthorised, {{"who", peer}, {"action", "data"}}, "no reservation of this site has this token");
}

Result<std::shared_ptr<MemorySink>> Arrivals::Data::admitMemory(const Token &token, const std::string &peer)
{
    for (const auto &incoming : all()) {
        if (peer == "site/" + incoming->wanted().sourceSite) {
            if (auto sink = incoming->openMemory(token)) {
                return sink;
            }
        }
    }
    return refuse(Reason::NotAuthorised, {{"who", peer}, {"action", "memory"}}, "no machine here waits for this token");
}

void Arrivals::Data::watchOver()
{
    std::map<std::string, std::pair<Incoming::Clock::time_point, std::chrono::milliseconds>> next;
    std::unique_lock lock(mutex);
    while (!wake.wait_for(lock, std::min(patience.firstPause, patience.silence) / 2, [this] { return stopping; })) {
        lock.unlock();
        for (const auto &incoming : all()) {
            incoming->lookAtTest();
            auto &[at, pause] = next.try_emplace(incoming->id(), Incoming::Clock::time_point(), patience.firstPause).first->second;
            if ((!incoming->isUrgent() && incoming->silence() < patience.silence) || Incoming::Clock::now() < at) {
                continue;
            }
            ask(*incoming);
            settle(incoming);
            pause = std::min(pause * 2, patience.longestPause);
            at = Incoming::Clock::now() + pause;
        }
        lock.lock();
    }
}

void Arrivals::Data::ask(Incoming &incoming)
{
    const auto &wanted = incoming.wanted();
    const Problem fellSilent {Reason::TimedOut, {{"site", wanted.sourceSite}}, "the source fell silent"};
    if (incoming.step() == MigrationStep::Activated || incoming.isDropping()) { // begun: needs nobody else to end
        (void)(incoming.isDropping() ? incoming.giveUp(fellSilent) : incoming.takeUp());
        return;
    }
    const auto endpoint = endpointOf(context.config, wanted.sourceSite, wanted.sourceEndpoint);
    auto link
        = endpoint ? PeerLink::to(context.config, wanted.sourceSite, *endpoint) : Result<std::unique_ptr<PeerLink>>(unexpected(endpoint.error()));
    const auto answer
        = link ? (*link)->decision(incoming.id(), objectOf(wanted.arrival).resourceName()) : Result<v1::DecisionResponse>(unexpected(link.error()));
    if (!answer) {
        // Before Verified the source cannot have committed: after a day of silence the room is given back.
        if (incoming.step() < Verified && incoming.silence() > patience.unheard) {
            (void)incoming.giveUp(fellSilent);
        } else if (incoming.step() == Verified && incoming.silence() > patience.doubt) {
            incoming.doubt(false);
        }
        return;
    }
    const auto &decision = answer->decision();
    if (decision == "committed" && incoming.step() == Verified) {
        (void)incoming.activate(answer->start());
    } else if (decision == "aborted") {
        (void)incoming.abort({Reason::Cancelled, {{"site", wanted.sourceSite}}, "the source gave it up"});
    } else if (decision == "unknown" && incoming.step() < Verified) {
        (void)incoming.giveUp({Reason::Cancelled, {{"site", wanted.sourceSite}}, "the source knows nothing of it"});
    } else if (decision == "unknown") {
        incoming.doubt(true);
    } else {
        incoming.trust();
    }
}

/// Its source moves an object once at a time: what is here of an earlier move of it was given up there, and this site not yet told.
void Arrivals::Data::askOfEarlier(const Wanted &wanted)
{
    for (const auto &incoming : all()) {
        const auto &other = incoming->wanted();
        if (incoming->id() != wanted.arrival.migration && other.sourceSite == wanted.sourceSite
            && objectOf(other.arrival) == objectOf(wanted.arrival)) {
            ask(*incoming);
            settle(incoming);
        }
    }
}

Arrivals::Opinion Arrivals::assess(const Wanted &wanted)
{
    return opinionOn(m_data->context, wanted);
}

std::size_t Arrivals::Data::takenIn() const
{
    return std::size_t(std::ranges::count_if(open, [this](const auto &entry) {
        const auto &incoming = entry.second;
        return incoming && incoming->step() < Verified && !incoming->isDropping() && incoming->silence() < patience.silence;
    }));
}

Result<Arrivals::Reservation> Arrivals::reserve(const Wanted &wanted, const Revision &revision)
{
    auto &data = *m_data;
    const auto &migration = wanted.arrival.migration;
    std::shared_ptr<Incoming> incoming;
    if (auto known = data.find(migration, wanted.sourceSite)) {
        incoming = *known;
    } else if (revision.lot) {
        return unexpected(known.error());
    } else {
        if (const auto welcome = demandWelcome(data.context, wanted); !welcome) {
            return unexpected(welcome.error());
        }
        data.askOfEarlier(wanted);
        const std::scoped_lock lock(data.mutex);
        if (data.stopping) {
            return refuse(Reason::Unreachable, {}, "shutting down");
        }
        // Looked for under the lock: a call that was long on its way must not begin anew what is over.
        const auto record
            = data.open.contains(migration) ? Result<std::optional<MigrationRecord>>() : data.context.journal.migration(migration, false);
        if (!record || *record) {
            return record ? refuse(Reason::Conflict, {{"migration", migration}}) : Result<Reservation>(unexpected(record.error()));
        }
        const auto before = data.open.contains(migration) ? std::nullopt : data.waiting.ask(migration, data.takenIn(), Incoming::Clock::now());
        if (before) { // one that was let in is never sent away again: its machine may stand still by now
            return refuse(Reason::NotReady,
                {{"cause", "turn"}, {"site", data.context.config.siteId}, {"limit", std::to_string(data.context.config.arrivalsAtOnce)},
                    {"before", std::to_string(*before)}});
        }
        const auto [at, fresh] = data.open.try_emplace(migration, nullptr);
        if (fresh) {
            at->second = std::make_shared<Incoming>(data.context, data.directory, wanted);
        }
        incoming = at->second;
    }
    if (incoming->wanted().sourceSite != wanted.sourceSite) {
        return refuse(Reason::Conflict, {{"migration", migration}});
    }
    return incoming->reserve(wanted.expectedBytes, revision);
}

Result<Arrivals::Had> Arrivals::progress(const std::string &migration, const std::string &source, Place from)
{
    auto incoming = m_data->find(migration, source);
    return incoming ? (*incoming)->progress(from) : Result<Had>(unexpected(incoming.error()));
}

Result<> Arrivals::receive(const Token &token, const std::string &peer, std::span<const std::byte> frames, bool end)
{
    struct Call final : Feeder {
        void interrupt() override { } // it is short
    } call;
    const auto receiving = m_data->admit(token, peer);
    if (!receiving || !(*receiving)->attach(&call)) {
        return receiving ? refuse(Reason::Unreachable, {}, "no more connections for this reservation") : Result<>(unexpected(receiving.error()));
    }
    auto done = (*receiving)->takeAll(frames).and_then([&] { return end ? (*receiving)->end() : Result<>(); });
    (*receiving)->detach(&call);
    return done;
}

Result<std::vector<Receiving::ChunkPrints>> Arrivals::fingerprints(
    const std::string &migration, const std::string &source, Place from, std::uint32_t count)
{
    auto incoming = m_data->find(migration, source);
    return incoming ? (*incoming)->fingerprints(from, count) : Result<std::vector<Receiving::ChunkPrints>>(unexpected(incoming.error()));
}

Result<Token> Arrivals::prepare(const std::string &migration, const std::string &source, const std::string &machine)
{
    auto incoming = m_data->find(migration, source);
    return incoming ? (*incoming)->prepare(machine) : Result<Token>(unexpected(incoming.error()));
}

Result<FoundDisks> Arrivals::verify(
    const std::string &migration, const std::string &source, const std::vector<FoundDisk> &claimed, const Digest &whole, bool memory)
{
    auto incoming = m_data->find(migration, source);
    return incoming ? (*incoming)->verify(claimed, whole, memory) : Result<FoundDisks>(unexpected(incoming.error()));
}

Result<TestBoot> Arrivals::testBoot(const std::string &migration, const std::string &source, const Trial &trial)
{
    auto incoming = m_data->find(migration, source);
    return incoming ? (*incoming)->testBoot(trial) : Result<TestBoot>(unexpected(incoming.error()));
}

Operation shownOperation(const Broadcast &broadcast, const ObjectId &id)
{
    const auto shown = broadcast.find(id);
    if (shown && std::holds_alternative<Operation>(*shown)) {
        return std::get<Operation>(*shown);
    }
    Operation unknown; // forgotten long ago: its name is all there is
    unknown.id = id;
    return unknown;
}

Result<Arrivals::Activated> Arrivals::activate(const std::string &migration, const std::string &source, bool start)
{
    if (auto incoming = m_data->find(migration, source)) {
        auto activated = (*incoming)->activate(start);
        m_data->settle(*incoming);
        return activated;
    }
    const auto record = m_data->context.journal.migration(migration, false);
    const auto notes = record && *record ? notesFrom((*record)->payload) : IncomingNotes {};
    if (notes.source != source) {
        return refuse(Reason::NotFound, {{"id", migration}, {"migration", migration}});
    }
    if ((*record)->step != Released) {
        return refuse(Reason::NotReady, {{"state", std::string(toString((*record)->step))}});
    }
    return Activated {shownOperation(m_data->context.broadcast, notes.operation), std::nullopt, notes.after, notes.memory};
}

Result<> Arrivals::abort(const std::string &migration, const std::string &source)
{
    if (auto incoming = m_data->find(migration, source)) {
        auto aborted = (*incoming)->abort({Reason::Cancelled, {{"site", source}}, "the source gave it up"});
        m_data->settle(*incoming);
        return aborted;
    }
    const auto record = m_data->context.journal.migration(migration, false);
    const auto notes = record && *record ? notesFrom((*record)->payload) : IncomingNotes {};
    const bool kept = notes.source == source && (*record)->step > Verified && (*record)->step != Aborted;
    return kept ? refuse(Reason::Conflict, {{"migration", migration}, {"state", std::string(toString((*record)->step))}}) : Result<>();
}

}
