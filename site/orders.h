// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/admission.h"
#include "site/context.h"
#include "site/errand.h"
#include "site/evacuations.h"

namespace portulan::site {

class Mover;

/// Takes orders: who may, may it be here, can it be done; then the journal, the trail and the work, in that order. Everything before the
/// journal leaves no trace but the refusal; everything after it is an operation, which fails if the trail cannot be written.
class Orders {
public:
    /// Without a mover migrations are Unsupported.
    Orders(Context &context, Admission &admission, Mover *mover);

    /// Answers once it is refused or under way (a retry: with what the first call began). Blocks on the disk and on the driver's checks.
    /// validateOnly answers with an operation that is Done, in phase "validated", and exists nowhere.
    Result<Operation> submit(const std::string &who, const Request &request);
    /// What an earlier call of this caller with this request id began.
    Result<std::optional<Operation>> earlier(const std::string &who, const std::string &requestId) const;

private:
    Result<Role> examine(const std::string &who, const Request &request, const Errand &errand) const;
    Result<> checkReferences(const std::string &who, const Errand &errand) const;
    Result<> checkMigration(const Migrate &order, const Errand &errand) const;
    Result<> checkEvacuation(const Evacuate &order) const;
    Result<> maySteer(const ObjectId &operation, Operations::Steer verb) const;
    /// Of an operation that runs: `mayAct` says what `act` would answer.
    Result<Operation> steer(const Ask &ask, Role role, const std::function<Result<>()> &mayAct, const std::function<Result<>()> &act);
    Operation draft(const Ask &ask, const Errand &errand, const Request &request) const;
    void perform(const Request &request, std::shared_ptr<Running> running);

    Context &m_context;
    Admission &m_admission;
    Mover *m_mover;
    std::unique_ptr<Evacuations> m_evacuations; ///< with a mover only
};

}
