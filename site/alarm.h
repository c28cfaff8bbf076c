// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/context.h"

namespace portulan::site {

/// Announces an alert about one object of this site and logs it, once: the same again changes nothing. `id` names it among the site's alerts.
void raiseAlert(Context &context, const std::string &id, AlertSeverity severity, const Problem &problem, const Thing &about);
/// The alert is over; fine if there was none.
void settleAlert(Context &context, const std::string &id);

/// A machine that was to run again after a move, or after one given up, and does not. The alert goes when it runs, or is here no more.
void alertNotStarted(Context &context, const ObjectId &instance, const Problem &why);
/// A machine moved live whose memory was lost after the commit: it was started from its disks. It is told
/// for a day, while it is here.
void alertMemoryLost(Context &context, const ObjectId &instance);
/// A Kubernetes cluster that could not be looked at, and is shown as it was last seen; or some of whose nodes are not ready.
void alertCluster(Context &context, const KubernetesCluster &cluster, const std::optional<Problem> &trouble);
/// Looks which of those alerts are over.
void settleStarted(Context &context);

}
