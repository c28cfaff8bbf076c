// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "models/federation.h"

namespace portulan {

/// What rolling back an operation would be, as far as can be seen from here.
struct RollbackWay {
    enum Kind {
        Nothing, ///< `why` says why, and what to do
        Cancel, ///< before the commit: it is cancelled, and everything is as before
        Return, ///< after it, while the copy is kept: what was moved moves back, and only what changed travels
    };
    Kind kind = Nothing;
    Problem why;
    ObjectId operation; ///< Cancel: at the site that holds it
    ObjectId object; ///< Return: as it is called where it is now
    ObjectId former; ///< …and the copy its former site keeps
    MoveMode mode = MoveMode::Cold;
    std::string requestId; ///< Return: the same however often it is asked for, until one has failed
};
/// Pure: from the inventory and the operation, which may be either site's. Who may is for the sites to say.
RollbackWay rollbackOf(const Federation &federation, const Operation &operation);

/// One roll-back, asked for and sent out. Lives as long as its parent.
class Rollback : public QObject {
    Q_OBJECT
public:
    Rollback(Federation &federation, const Operation &operation, QObject *parent = nullptr);

    const RollbackWay &way() const { return m_way; }
    /// Sends the order; submitted() tells, exactly once, also of a way that leads nowhere.
    void submit();

Q_SIGNALS:
    /// The operation that does it: the one cancelled, or a new one at the present owner.
    void submitted(const portulan::Result<portulan::Operation> &answer);

private:
    void moveBack(const Result<Thing> &former);

    Federation &m_federation;
    Operation m_operation;
    RollbackWay m_way;
};

}
