// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/rulebook.h"
#include "models/differences.h"
#include "models/judgements.h"
#include "models/link/sitelink.h"
#include "models/profile.h"

#include <QTimer>
#include <deque>
#include <functional>

namespace portulan {

struct PlannedEvacuation;

/// How a site stands, seen from here. Times by this machine's clock.
struct Standing {
    LinkState state = LinkState::Idle;
    Problem problem; ///< why it is Stale or Refused
    Instant lastHeard {}; ///< 0: never
    qint64 clockSkewMs = 0;
    bool isLive() const { return state == LinkState::Live; }
};

/// The right to read the inventory in another thread: no fact is applied while one exists, so keep it for milliseconds.
struct Reading {
    std::shared_ptr<const Inventory> inventory;
    std::shared_ptr<const void> lease;
};

/// All sites one console knows: owns their links, keeps what they last said, judges it, and announces what differed, at most once a
/// turn of the event loop and with at most ten milliseconds of work a turn. Lives in the main thread.
class Federation : public QObject {
    Q_OBJECT
public:
    using LinkFactory = std::function<std::unique_ptr<SiteLink>(const Profile &)>;
    using Clock = std::function<Instant()>;

    Federation(Rulebook rulebook, LinkFactory makeLink, Clock now, QObject *parent = nullptr);
    ~Federation() override;

    /// Makes the site known; open() dials it. A site already known under this id is replaced.
    void add(const Profile &site);
    /// Hangs up and forgets what the site said.
    void remove(const QString &siteId);
    /// Dials every site that is not being watched yet, all at once; each answers for itself.
    void open();
    void open(const QString &siteId); ///< one of them only
    void close();
    /// Dials one again, now: after a refusal, or when waiting for the next attempt is too long.
    void reopen(const QString &siteId);

    /// Who vouches for the sites of this federation (PEM, any number): what a certificate of theirs is checked against.
    void setAuthorities(std::string pem) { m_authorities = std::move(pem); }
    const std::string &authorities() const { return m_authorities; }

    QStringList siteIds() const; ///< of every known site, sorted
    Profile profile(const QString &siteId) const;
    Standing standing(const QString &siteId) const;
    /// The site's own name, or the federation file's until it has spoken.
    QString siteName(const QString &siteId) const;
    /// Every known site that the operator of this one runs; none while it is not known who that is.
    QStringList sitesOfOperatorAt(const QString &siteId) const;
    const Site *site(const QString &siteId) const { return m_inventory->site(siteId.toStdString()); }

    const Inventory &inventory() const { return *m_inventory; }
    const Rulebook &rulebook() const { return m_rulebook; }
    Instant now() const { return m_now(); }
    Date today() const;
    Reading reading() const { return {m_inventory, m_lease}; }
    /// Whether everything the links said is in the inventory and judged.
    bool isCaughtUp() const { return m_news.empty() && m_toJudge.empty() && m_judging.empty(); }
    /// nullptr if unknown. For questions; orders go through submit().
    SiteLink *link(const QString &siteId) const;

    /// One order, under a request id of its own. NotFound{site} if the site is unknown. Nothing is queued or replayed.
    QFuture<Result<Operation>> submit(const QString &siteId, Order order, const QString &etag = {}, bool validateOnly = false);

    /// What an evacuation ordered here was planned to be: remembered as long as the console runs.
    void keep(const ObjectId &evacuation, const PlannedEvacuation &plan);
    std::shared_ptr<const PlannedEvacuation> planned(const ObjectId &evacuation) const; ///< nullptr: it was ordered elsewhere
    /// A migration ordered here, so that it can be ordered again as it was: no operation says every option.
    void keep(const ObjectId &migration, const Migrate &order);
    std::optional<Migrate> ordered(const ObjectId &migration) const; ///< none: it was ordered elsewhere

    /// Row and project as the rules see them. Empty optional if the object is unknown.
    std::optional<Subject> subject(const ObjectId &object) const;
    /// With proofs: the object where it is, or at another site.
    Result<Verdict> judge(const ObjectId &object, const QString &atSite = {}) const;

Q_SIGNALS:
    void siteAdded(const QString &siteId);
    void siteRemoved(const QString &siteId);
    void differed(const portulan::Differences &what);
    void caughtUp();

private:
    struct Seat {
        Profile profile;
        std::unique_ptr<SiteLink> link;
        bool isOpen = false;
    };
    struct News { ///< what a link said, waiting for its turn
        enum What { Begins, Facts, Ends } what = Facts;
        std::string site;
        QVector<Thing> things;
        qsizetype next = 0;
    };

    void follow(SiteLink *link, const std::string &siteId);
    void queue(News news);
    bool isBeingRead() const;
    void turn();
    void applyQueued(const std::function<bool()> &hasTime);
    void apply(const Thing &thing, const std::string &from);
    void noteBefore(const Thing &thing);
    std::vector<Slot> ownersOf(const Thing &thing) const;
    void sweep(const std::vector<ObjectId> &vanished, const std::string &siteId);
    void rejudge(const std::function<bool()> &hasTime);
    void judgeRow(ObjectKind kind, Slot slot);
    void announce();
    void schedule();

    Rulebook m_rulebook;
    LinkFactory m_makeLink;
    Clock m_now;
    std::string m_authorities;
    std::shared_ptr<Inventory> m_inventory = std::make_shared<Inventory>();
    std::shared_ptr<const void> m_lease = std::make_shared<int>(0);
    Judgements m_judgements {m_rulebook};
    std::map<QString, Seat> m_seats;
    std::deque<News> m_news;
    std::set<std::string> m_toJudge; ///< sites whose rows must be judged again
    std::set<std::string> m_judging; ///< of the sweep that is under way
    std::size_t m_judgingKind = 0;
    Slot m_judgingSlot = 0;
    Date m_judgedOn {};
    Differences m_differences;
    QTimer m_turn;
    QTimer m_tick; ///< ages and the change of day
    std::map<ObjectId, std::shared_ptr<const PlannedEvacuation>> m_planned;
    std::map<ObjectId, Migrate> m_ordered;
};

}
