// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "proto/wire.h"
#include "proto/wirereader.h"

/// The parts that messages share, for the files of wire only. The readers take the Reader of the whole message, so that its first
/// fault is the one reported.
namespace portulan::wire {

void write(v1::Amounts &message, const Amounts &amounts);
Amounts read(Reader &reader, std::string_view field, const v1::Amounts &message);
void write(v1::Fact &message, const Fact &fact);
Fact read(Reader &reader, std::string_view field, const v1::Fact &message);
void write(v1::Common &message, const Common &object);
/// `kind` is what the message is about.
void read(Reader &reader, const v1::Common &message, ObjectKind kind, Common &object);
void write(v1::Problem &message, const Problem &problem);
void write(v1::Instance &message, const Instance &instance);
void write(v1::Volume &message, const Volume &volume);
void write(v1::Parts &message, const Parts &parts);
Parts read(Reader &reader, const v1::Parts &message);
void write(v1::Forecast &message, const Forecast &forecast);
Forecast read(Reader &reader, const v1::Forecast &message);
void write(v1::EvacuateRequest &message, const Request &request, const Evacuate &order); ///< all but the header

v1::Snapshot toWire(const Snapshot &snapshot);
Result<Snapshot> fromWire(const v1::Snapshot &message);
v1::Network toWire(const Network &network);
Result<Network> fromWire(const v1::Network &message);
v1::SecurityGroup toWire(const SecurityGroup &group);
Result<SecurityGroup> fromWire(const v1::SecurityGroup &message);
v1::KubernetesCluster toWire(const KubernetesCluster &cluster);
Result<KubernetesCluster> fromWire(const v1::KubernetesCluster &message);
v1::Alert toWire(const Alert &alert);
Result<Alert> fromWire(const v1::Alert &message);

inline bool isKnown(Instant moment)
{
    return moment != Instant {};
}

}
