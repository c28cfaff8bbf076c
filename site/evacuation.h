// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/progress.h"
#include "site/context.h"
#include "site/evacuationmove.h"

namespace portulan::site {

/// How one evacuation is gone through: which of its moves may begin, how each ended, when it is over. Not locked: one thread steps it.
class Evacuation {
public:
    /// Submits a move as its caller would.
    using Submit = std::function<Result<Operation>(const std::string &who, const Request &request)>;
    struct Patience {
        std::chrono::milliseconds pause {5000}; ///< before a move that could not reach its destination is tried again; doubles
        int attempts = 5; ///< of one move, while its destination cannot be reached
    };

    Evacuation(Context &context, Evacuate order, std::shared_ptr<Running> running, Patience patience);

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
    std::int32_t wave() const; ///< the first that is not over
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
};

}
