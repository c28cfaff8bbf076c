// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "gateway.pb.h"
#include "models/link/sitelink.h"

/// Answers that only a console reads, out of messages: limits as in proto/wire.h, nothing believed.
namespace portulan::answers {

Result<Identity> from(const v1::Identity &message);
Result<MigrationAssessment> from(const v1::MigrationPlan &message);
Result<AuditPage> from(const v1::ListAuditEntriesResponse &message);
Result<AuditVerification> from(const v1::AuditVerification &message);

}
