// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/waves/waveplan.h"
#include "models/federation.h"
#include "models/moveoptions.h"
#include "models/plannedevacuation.h"

namespace portulan {

/// What is chosen for one thing alone.
struct EvacuationException {
    QString to; ///< the only site it may go to; empty: as the solver finds
    std::optional<std::pair<MoveMode, CutOver>> mode; ///< none: that of all
    bool stays = false; ///< it is left out
    MoveOverrides how {}; ///< all but the mode
    bool operator==(const EvacuationException &) const = default;
};

struct EvacuationChoices {
    QString site; ///< to be emptied
    QStringList to; ///< sites things may go to; empty: every other one
    qint64 bandwidth = 0; ///< bytes a second for each move, 0: no limit
    qint64 retentionSeconds = 7 * 24 * 3600;
    bool start = true; ///< start there what runs here
    int waveSize = 12;
    int atOnce = 4;
    QStringList others {}; ///< sites that are emptied with it, as one: what leaves one goes to none of them
    MoveMode mode = MoveMode::Cold; ///< of machines that run; all else is cold
    CutOver cutOver = CutOver::Automatic; ///< of machines; all else waits for nobody
    QString hours {}; ///< in which it may move, "22:00-06:00", by the clock of the site that is emptied; empty: at any hour
    std::vector<HourlyRate> hourly {}; ///< instead of `bandwidth`, in their hours
    Instant notBefore {}; ///< nothing moves earlier
    QString toProject {}; ///< empty: each to the project of the same id there
    std::map<ObjectId, EvacuationException> exceptions {};
    QStringList sources() const { return QStringList {site} + others; }
    MoveOptions options() const; ///< of each move that is no exception; hours that are none are any
    void setOptions(const MoveOptions &options);
    bool operator==(const EvacuationChoices &) const = default;
};

/// The emptying of a site being composed: everything on it that can move, where the rules, the room and the links let it go, in waves. Asks the
/// site for what its things are labelled, how fast its links are and, of what is to move live, whether it can; the labels "affinity" and
/// "anti-affinity" name groups that stay together or apart, "move-after" the things (KIND/ID or id, separated by commas or spaces) that must
/// have moved first.
class EvacuationPlan : public QObject {
    Q_OBJECT
public:
    static constexpr qint64 assumedBytesPerSecond = 50'000'000; ///< of a link nobody could measure
    static constexpr int atOncePerSite = 2;

    explicit EvacuationPlan(Federation &federation, QObject *parent = nullptr);

    /// Begins to plan; planned() or failed() tells the end, once a call. Every site should have been heard. What was asked of the sites is not asked
    /// again while it holds, so that planning anew after a choice is a matter of the solver alone.
    void prepare(const EvacuationChoices &choices);
    /// Leaves it: neither planned() nor failed() comes, and what was planned before is not for these choices.
    void stop();
    enum class Doing { Nothing, Asking, Measuring, Solving, Checking };
    Doing doing() const { return m_doing; }
    /// Of what is being asked: how much is answered, of how much.
    std::pair<int, int> answered() const;

    const EvacuationChoices &choices() const { return m_choices; } ///< the last ones asked for
    /// Something is planned, for just these choices, and may be ordered.
    bool isReady() const { return m_doing == Doing::Nothing && m_plan && m_isCurrent && !m_plan->waves.empty(); }
    bool hasPlan() const { return m_plan != nullptr; }

    // Once planned; while it is planned anew, as it was before:
    const Evacuation &evacuation() const { return *m_evacuation; }
    const WavePlan &plan() const { return *m_plan; }
    QString destinationOf(std::size_t movable) const; ///< site id; empty: it has no place
    int waveOf(std::size_t movable) const; ///< from 1; 0: none
    /// What may move, after it what was told to stay, and at the end what cannot move: snapshots, things of no project.
    std::size_t things() const { return m_evacuation->movables.size() + m_leftOut.size() + m_staying.size(); }
    const Movable &thing(std::size_t number) const;
    bool stays(std::size_t number) const { return number >= m_evacuation->movables.size(); }
    bool cannotMove(std::size_t number) const { return number >= things() - m_staying.size(); }
    bool isPinned(std::size_t movable) const; ///< its site was chosen for it
    std::pair<MoveMode, CutOver> modeOf(std::size_t movable) const;
    MoveOptions optionsOf(const ObjectId &object) const; ///< as it will be ordered
    /// Why it has no place: what stands against the site nearest to taking it; or why it cannot move.
    Problem obstacleOf(std::size_t movable) const;
    /// Of what is to move live: why its gateway will refuse that when its turn comes.
    std::optional<Problem> hindranceOf(std::size_t movable) const;
    int hindered() const; ///< how many there are
    /// Of what would be down past its hours: how long, and what can be done.
    std::optional<Problem> overrunOf(std::size_t movable) const;
    /// When everything may begin; what times of the plan are counted from.
    Instant beginning() const { return m_beginning; }
    bool keepsHours() const { return m_keepsHours; } ///< some of it waits for its hours or its day: then its times are by the clock
    std::pair<Instant, Instant> timesOf(int wave) const; ///< from 1: when it would begin and end
    /// The open site that comes nearest to the one that was taken; none if it may go nowhere else.
    std::optional<Alternative> nextBest(std::size_t movable) const;
    /// Sites whose link could not be measured.
    QStringList assumed() const { return m_assumed; }
    /// What cannot move, and why.
    struct Fixture {
        Movable thing;
        Problem why;
    };
    const std::vector<Fixture> &staying() const { return m_staying; }
    /// Something is not the site's to give away: it is leaving or arriving already.
    int busy() const { return m_busy; }
    /// How many of all things may go to a site, by the rules and its links; and what stands against it where that is none.
    struct Reception {
        std::size_t allowed = 0;
        std::size_t taken = 0; ///< that the plan sends there
        std::optional<Problem> obstacle;
    };
    Reception receptionAt(const QString &siteId) const;
    /// Something may not be where it is: its copy here would stay non-compliant until its retention ends.
    bool leavesForbiddenCopy() const;
    /// What it expects: bytes of what has a place, and the time of all waves.
    Forecast forecast() const;
    Evacuate order() const { return order(m_choices.site); } ///< of what has a place
    Evacuate order(const QString &site) const; ///< of one of the sites emptied
    std::vector<Evacuate> orders() const; ///< to each site emptied that has something to move

    /// Sends one order a site that has something to move; submitted() tells of each, finished() after the last.
    void submit();

Q_SIGNALS:
    void planned();
    void failed(const portulan::Problem &problem);
    void progressed(); ///< doing() or answered() differ
    void submitted(const QString &site, const portulan::Result<portulan::Operation> &answer);
    void finished();

private:
    struct Survey { ///< of one thing, as of that version of its row
        std::uint32_t version = 0;
        std::string together;
        std::string apart;
        std::string after;
    };
    struct Check { ///< whether one thing can move live
        std::uint32_t version = 0; ///< of its row
        QString to;
        std::optional<Problem> hindrance;
    };
    void gather();
    void add(ObjectKind kind, const Row &row);
    Movable movableOf(ObjectKind kind, const Row &row) const;
    std::optional<Problem> fixture(ObjectKind kind, const Row &row) const;
    void askNext();
    static Survey surveyOf(const Thing &thing, std::uint32_t version);
    void useLabels();
    void measure();
    void probe(const QString &from, const QString &to, const ObjectId &object);
    void addLanes();
    void solve();
    void adopt();
    Migrate orderOf(const ObjectId &object, const QString &to) const;
    void findLive();
    void checkNext();
    void preflight(const ObjectId &object, const QString &to);
    std::uint32_t versionOf(const ObjectId &object) const;
    void become(Doing doing);
    void end(const Result<> &how);
    QStringList candidates() const;
    Result<> check() const;
    PlannedEvacuation record(const QString &site) const;

    Federation &m_federation;
    EvacuationChoices m_choices;
    std::shared_ptr<Evacuation> m_next; ///< being planned
    std::shared_ptr<WavePlan> m_found; ///< for it, not asked about yet
    std::vector<Movable> m_nextLeftOut;
    std::vector<Fixture> m_nextStaying;
    std::shared_ptr<Evacuation> m_evacuation = std::make_shared<Evacuation>(); ///< planned
    std::vector<Movable> m_leftOut;
    std::vector<Fixture> m_staying;
    std::shared_ptr<WavePlan> m_plan;
    Instant m_nextBeginning {};
    Instant m_beginning {};
    bool m_keepsHours = false;
    std::vector<int> m_waves;
    std::map<ObjectId, Survey> m_surveyed;
    std::map<ObjectId, Check> m_checks;
    std::map<std::pair<QString, QString>, std::optional<qint64>> m_rates; ///< from, to; none: no way there; 0: could not be measured
    QStringList m_assumed;
    Doing m_doing = Doing::Nothing;
    bool m_isCurrent = false; ///< the plan is for the choices there are
    std::vector<std::pair<ObjectId, std::uint32_t>> m_toAsk; ///< things whose labels are not known, and the versions of their rows
    std::vector<std::pair<ObjectId, QString>> m_toCheck; ///< that are to move live, and where to
    std::size_t m_asked = 0;
    std::size_t m_open = 0; ///< questions not answered yet
    std::size_t m_questions = 0;
    std::size_t m_unanswered = 0; ///< orders
    int m_generation = 0;
    int m_busy = 0;
};

}
