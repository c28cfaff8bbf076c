// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/waves/waveplan.h"
#include "models/federation.h"
#include "models/moveoptions.h"

namespace portulan {

struct EvacuationChoices {
    QString site; ///< to be emptied
    QStringList to; ///< sites things may go to; empty: every other one
    qint64 bandwidth = 0; ///< bytes a second for each move, 0: no limit
    qint64 retentionSeconds = 7 * 24 * 3600;
    bool start = true; ///< start there what runs here
    int waveSize = 12;
    int atOnce = 4;
    MoveMode mode = MoveMode::Cold; ///< of machines that run; all else is cold
    CutOver cutOver = CutOver::Automatic; ///< of warm ones
    DayWindow window {}; ///< the site's hours in which things may move
    std::vector<HourlyRate> hourly {}; ///< instead of `bandwidth`, in their hours
    Instant notBefore {}; ///< nothing moves earlier
    QString toProject {}; ///< empty: each to the project of the same id there

    QStringList others {}; ///< sites that are emptied with it, as one: what leaves one goes to none of them

    QStringList sources() const;
    MoveOptions options() const; ///< of each move that has none of its own
    void setOptions(const MoveOptions &options);
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

    /// Begins to plan; planned() or failed() tells the end, once a call. Every site should have been heard.
    void prepare(const EvacuationChoices &choices);

    // Once planned:
    const EvacuationChoices &choices() const { return m_choices; }
    const Evacuation &evacuation() const { return *m_evacuation; }
    const WavePlan &plan() const { return *m_plan; }
    QString destinationOf(std::size_t movable) const; ///< site id; empty: it has no place
    int waveOf(std::size_t movable) const; ///< from 1; 0: none
    /// Why it has no place: what stands against the site nearest to taking it.
    Problem obstacleOf(std::size_t movable) const;
    /// Sites whose link could not be measured.
    QStringList assumed() const { return m_assumed; }
    /// What cannot move by itself and stays: images, snapshots.
    int staying() const { return m_staying; }
    /// Something is not the site's to give away: it is leaving or arriving already.
    int busy() const { return m_busy; }
    /// How one thing is moved, otherwise than all the others; kept until the next prepare().
    void setOptions(const ObjectId &object, const MoveOptions &options);
    MoveOptions optionsOf(const ObjectId &object) const;
    /// What it expects: bytes of what has a place, and the time of all waves.
    Forecast forecast() const;
    std::vector<Evacuate> orders() const; ///< of what has a place, one to each site that is emptied and has any
    Evacuate order() const { return orderTo(m_choices.site); } ///< …to the first

Q_SIGNALS:
    void planned();
    void failed(const portulan::Problem &problem);

private:
    void gather();
    void add(ObjectKind kind, const Row &row);
    void askNext();
    void takeLabels(std::size_t movable, const Thing &thing);
    void measure();
    void ask(const ObjectId &object, const QString &to);
    Evacuate orderTo(const QString &source) const;
    void addLane(const QString &from, const QString &to, const Result<MigrationAssessment> &answer);
    void solve();
    void end(const Result<> &how);
    QStringList candidates() const;

    Federation &m_federation;
    EvacuationChoices m_choices;
    std::shared_ptr<Evacuation> m_evacuation;
    std::shared_ptr<WavePlan> m_plan;
    std::vector<int> m_waves;
    std::map<ObjectId, MoveOptions> m_special;
    QStringList m_assumed;
    std::size_t m_next = 0; ///< movable whose labels are to be asked
    std::size_t m_open = 0; ///< questions not answered yet
    int m_generation = 0;
    int m_staying = 0;
    int m_busy = 0;
};

}
