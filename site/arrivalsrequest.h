// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "peer.pb.h"
#include "site/arrivals.h"
#include "site/transferreceive.h"

namespace portulan::site {

/// The request of a reservation as core knows it. `self` is this site. InvalidArgument, TooLarge.
Result<Wanted> wantedFrom(const v1::ReserveRequest &request);
/// …and back, in as many messages as keep below the limit of one; all but the last say `more`.
std::vector<v1::ReserveRequest> requestsOf(const Wanted &wanted);

/// What travels, in the order of the reservation.
std::vector<Parcel> parcelsOf(const Arrival &arrival);
/// What the workload is called and how sensitive its parts are.
ObjectId objectOf(const Arrival &arrival);
std::string nameOf(const Arrival &arrival);
std::vector<Classification> classificationsOf(const Arrival &arrival);
/// The worst verdict of its parts, in its project here.
Verdict verdictOn(const Policy &policy, const Arrival &arrival);
/// Bytes of room it needs, all disks in full.
std::int64_t bytesOf(const Arrival &arrival);

}
