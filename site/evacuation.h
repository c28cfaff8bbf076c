// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/progress.h"
#include "site/context.h"
#include "site/departures.h"
#include "site/evacuationmove.h"

namespace portulan::site {

/// How one evacuation is gone through: which of its moves may begin, how each ended, when it is over. Among its moves stands what another site
/// has to move first: that is no move of this one, and its site is asked again and again whether it has gone. Not locked: one thread steps it.
class Evacuation {
public:
    /// Submits a move as its caller would.
    using Submit = std::function<Result<Operation>(const std::string &who, const Request &request)>;
    struct Patience {
        std::chrono::milliseconds pause {5000}; ///< before a move that could not reach its destination is tried again; doubles
        int attempts = 5; ///< of one move, while its destination cannot be reached; of one question, while its site is silent or has no such plan
    };
    /// Asks the site of an object whether it has left; blocks.
    using Ask = std::function<Result<Departed>(const ObjectId &object, const std::string &endpoint)>;

    /// Without `ask`: by Peer.GetDecision.
    Evacuation(Context &context, Evacuate order, std::shared_ptr<Running> running, Patience patience, Ask ask = {});

    /// What the journal knows of its moves, after a restart.
    void restore(const std::map<std::size_t, std::string> &rows);
    /// Looks after what is under way and begins what may. True once it is over: then its operation has ended too.
    bool step(const Submit &submit);
    const ObjectId &operation() const { return m_id; }

private:
    struct Post {
        EvacuationMove move;
        std::vector<std::size_t> after;
        std::chrono::steady_clock::time_point notBefore {};
    };
    struct Inquiry { ///< under way in a worker, which may outlive the evacuation
        std::mutex mutex;
        std::vector<std::pair<std::size_t, ObjectId>> about;
        std::vector<std::string> endpoints;
        std::optional<std::vector<Result<Departed>>> answers;
    };
    bool isAwaited(std::size_t number) const { return m_order.moves[number].order.object.site != m_id.site; }
    void inquire();
    bool hear();
    void heard(std::size_t number, const Result<Departed> &answer);
    bool observe();
    void ended(std::size_t number, const Operation &operation);
    void failed(std::size_t number, const Problem &problem);
    bool begin(const Submit &submit);
    bool hasItsTurn(std::size_t number) const; ///< now, or when its pause is over
    bool mayBegin(std::size_t number) const;
    bool start(std::size_t number, const Submit &submit);
    void failWhatCannotBegin();
    void settle(std::size_t number, EvacuationMove::State state, const Problem &problem = {});
    void note(std::size_t number);
    bool hasArrived(const Migrate &order) const;
    std::int32_t wave() const; ///< the first that is not over; what is only waited for holds up none
    Parts parts() const;
    struct Load { ///< bytes expected to be carried, and of them what is done with
        std::int64_t done = 0;
        std::int64_t all = 0;
    };
    Load load() const;
    void measure(Operation &operation, const Parts &now);
    void end();

    Context &m_context;
    Evacuate m_order;
    std::shared_ptr<Running> m_running;
    Patience m_patience;
    ObjectId m_id;
    std::string m_who;
    std::vector<Post> m_posts;
    ProgressMeter m_meter;
    Ask m_ask;
    std::shared_ptr<Inquiry> m_inquiry;
};

}
