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
    CutOver cutOver = CutOver::Automatic; ///< of warm ones
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
/// site for what its things are labelled and how fast its links are; the labels "affinity" and "anti-affinity" name groups that stay together
/// or apart, "move-after" the things (KIND/ID or id, separated by commas or spaces) that must have moved first.
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
    enum class Doing { Nothing, Asking, Measuring, Solving };
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
    /// What may move, and after it what was told to stay.
    std::size_t things() const { return m_evacuation->movables.size() + m_leftOut.size(); }
    const Movable &thing(std::size_t number) const;
    bool stays(std::size_t movable) const { return movable >= m_evacuation->movables.size(); }
    bool isPinned(std::size_t movable) const; ///< its site was chosen for it
    std::pair<MoveMode, CutOver> modeOf(std::size_t movable) const;
    MoveOptions optionsOf(const ObjectId &object) const; ///< as it will be ordered
    /// Why it has no place: what stands against the site nearest to taking it.
    Problem obstacleOf(std::size_t movable) const;
    /// Sites whose link could not be measured.
    QStringList assumed() const { return m_assumed; }
    /// What cannot move by itself and stays: images, snapshots.
    int staying() const { return m_staying; }
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
    void gather();
    void add(ObjectKind kind, const Row &row);
    void askNext();
    static Survey surveyOf(const Thing &thing, std::uint32_t version);
    void useLabels();
    void measure();
    void probe(const QString &from, const QString &to, const ObjectId &object);
    void addLanes();
    void solve();
    void adopt(WavePlan plan);
    void become(Doing doing);
    void end(const Result<> &how);
    QStringList candidates() const;
    Result<> check() const;
    PlannedEvacuation record(const QString &site) const;

    Federation &m_federation;
    EvacuationChoices m_choices;
    std::shared_ptr<Evacuation> m_next; ///< being planned
    std::vector<Movable> m_nextLeftOut;
    std::shared_ptr<Evacuation> m_evacuation = std::make_shared<Evacuation>(); ///< planned
    std::vector<Movable> m_leftOut;
    std::shared_ptr<WavePlan> m_plan;
    std::vector<int> m_waves;
    std::map<ObjectId, Survey> m_surveyed;
    std::map<std::pair<QString, QString>, std::optional<qint64>> m_rates; ///< from, to; none: no way there; 0: could not be measured
    QStringList m_assumed;
    Doing m_doing = Doing::Nothing;
    bool m_isCurrent = false; ///< the plan is for the choices there are
    std::vector<std::pair<ObjectId, std::uint32_t>> m_toAsk; ///< things whose labels are not known, and the versions of their rows
    std::size_t m_asked = 0;
    std::size_t m_open = 0; ///< questions not answered yet
    std::size_t m_questions = 0;
    std::size_t m_unanswered = 0; ///< orders
    int m_generation = 0;
    int m_staying = 0;
    int m_busy = 0;
};

}
