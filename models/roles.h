// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <qnamespace.h>

namespace portulan {

/// What every model answers besides Qt's own roles; a role that makes no sense for a row answers nothing. Enumerations come as int.
enum Role {
    IdRole = Qt::UserRole + 1, ///< ObjectId::text()
    SiteRole, ///< site id
    SortRole, ///< the bare value: number, text, moment (ms)
    StatusRole, ///< Status of the row's verdict
    StateRole, ///< PowerState, OperationState, LinkState or AlertSeverity
    ClassificationRole,
    CustodyRole,
    StaleRole, ///< bool: what is shown is not known to be so now
    ShareRole, ///< 0–1: load, progress; -1 while unknown
    ProjectRole, ///< project id
    OwnRole, ///< bool: chosen for this row alone, not for all
};

}
