// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/placement.h"
#include "models/federation.h"
#include "models/moveoptions.h"

namespace portulan {

/// What is chosen for one object of several.
struct MigrationException {
    QString to {}; ///< empty: where all go
    MoveOverrides how {};
    bool operator==(const MigrationException &) const = default;
};

struct MigrationChoices {
    std::vector<ObjectId> objects; ///< instances (with their volumes), volumes, images, data sets; from one site or several
    QString toSite;
    QString toProject; ///< empty: the same
    qint64 bandwidth = 0; ///< bytes a second for each, 0: no limit
    qint64 retentionSeconds = 7 * 24 * 3600;
    bool start = true; ///< start there what runs here
    MoveMode mode = MoveMode::Cold; ///< of machines that run; all else is cold
    CutOver cutOver = CutOver::Automatic;
    QString hours {}; ///< in which it may move, "22:00-06:00", by the source's clock; empty: at any hour
    QString hourly {}; ///< limits instead of `bandwidth` in their hours, "08:00-18:00=2MB", by the source's clock
    QString notBefore {}; ///< nothing begins earlier, "2026-11-26 22:00" by this clock or RFC 3339; empty: at once
    std::map<ObjectId, MigrationException> exceptions {};
    bool operator==(const MigrationChoices &) const = default;
    QString destinationOf(const ObjectId &object) const; ///< empty: none is chosen yet
    void setOptions(const MoveOptions &options); ///< how, in one go
};

/// A move being composed: what and where to in; ranked destinations, the sources' own preflight and whether it may be sent out.
class MigrationPlan : public QObject {
    Q_OBJECT
public:
    explicit MigrationPlan(Federation &federation, QObject *parent = nullptr);

    const MigrationChoices &choices() const { return m_choices; }
    /// Ranks at once; asks each source for its preflight when there is a destination.
    void setChoices(const MigrationChoices &choices);

    /// Destinations, best first: allowed if allowed for every object that goes where all go. The objects' own site is left out when they share one.
    const std::vector<Candidate> &candidates() const { return m_candidates; }
    const Candidate *candidate(const QString &siteId) const;

    /// What the source says of one object; nullptr while it has not answered.
    const Result<MigrationAssessment> *assessment(const ObjectId &object) const;
    bool isAssessing() const { return !m_open.empty(); }
    /// Every blocker: of the choices, of the destination as seen from here, of each preflight.
    std::vector<Problem> blockers() const;
    std::vector<Problem> warnings() const;
    qint64 bytes() const; ///< to be carried, of all objects assessed
    double seconds() const; ///< if they go one after the other
    double secondsError() const; ///< of that, either way
    double outageSeconds() const; ///< the longest of any one object
    double outageSecondsError() const; ///< of that one
    int learnedFrom() const; ///< earlier migrations that the estimates rest on, the fewest of any one object; 0: on a probe of the link
    bool isReady() const;
    /// Something that may not be where it is would stay there, as a fenced copy, until its retention ends.
    bool leavesForbiddenCopy() const;

    /// Sends one order an object; submitted() tells of each, finished() after the last. Nothing is sent if the plan is not ready.
    void submit();
    Migrate order(const ObjectId &object) const;
    MoveOptions optionsOf(const ObjectId &object) const; ///< as it will be ordered
    /// What stands against one object alone, once it was examined.
    std::vector<Problem> blockersOf(const ObjectId &object) const;
    std::vector<ObjectId> refused() const { return m_refused; } ///< of the last submit()

Q_SIGNALS:
    void changed();
    void submitted(const portulan::ObjectId &object, const portulan::Result<portulan::Operation> &answer);
    void finished();

private:
    void rankAgain();
    void assess();
    std::vector<Need> needs() const;
    std::vector<ObjectId> ranked() const;
    Result<DayWindow> hours() const;

    Federation &m_federation;
    MigrationChoices m_choices;
    std::vector<Candidate> m_candidates;
    std::map<ObjectId, Result<MigrationAssessment>> m_assessments;
    std::set<ObjectId> m_open; ///< preflights not answered yet
    std::vector<ObjectId> m_refused;
    std::size_t m_unanswered = 0;
    int m_generation = 0; ///< answers to older questions are dropped
    QTimer m_later;
};

}
