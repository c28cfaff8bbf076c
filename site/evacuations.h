// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/evacuation.h"

#include <list>

namespace portulan::site {

/// The evacuations of this site that are under way. Each is in the journal before its first move and is taken up again at the next start: a
/// console may be closed, a gateway may die.
class Evacuations {
public:
    /// Takes up what the journal knows. `submit` must stay good until this is gone.
    Evacuations(Context &context, Evacuation::Submit submit, Evacuation::Patience patience = {}, Evacuation::Ask ask = {});
    ~Evacuations(); ///< what is under way goes on at the next start
    Evacuations(const Evacuations &) = delete;
    Evacuations &operator=(const Evacuations &) = delete;

    /// `running` is already journalled; ends with it.
    void begin(const Evacuate &order, std::shared_ptr<Running> running);
    /// The order itself; of one that retries another, what that one did not do, as it was ordered. NotFound, NotReady.
    Result<Evacuate> wholeOf(const Evacuate &order) const;

private:
    void takeUp();
    void takeUp(const EvacuationRecord &record, const Operation &operation);
    void serve();

    Context &m_context;
    Evacuation::Submit m_submit;
    Evacuation::Patience m_patience;
    Evacuation::Ask m_ask;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::list<Evacuation> m_new; ///< not yet the thread's
    bool m_stopping = false;
    std::thread m_thread;
};

}
