// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What a site's own cloud refuses, or has not.
#include "models/phrases.h"

#include <cstdlib>

namespace portulan {

namespace {

QString lacking(const std::string &what)
{
    if (what == "migrate.in") {
        return Phrases::tr("Machines and disks can leave this site; it takes none in. Choose another site to go to.");
    }
    if (what == "dataset.create") {
        return Phrases::tr("This site keeps no data sets. Choose another site to go to.");
    }
    if (what == "instance.delete.keep") {
        return Phrases::tr("On this cloud the disks of a machine go with it. Delete it with its volumes, or move it away first.");
    }
    if (what == "snapshot.create.several") {
        return Phrases::tr("This cloud takes snapshots of one volume at a time. Take one of each disk of the machine, while it is stopped.");
    }
    if (what == "snapshot.create.volume") {
        return Phrases::tr("This cloud takes snapshots of machines, with all their disks. Take one of the machine.");
    }
    if (what == "volume.create.image") {
        return Phrases::tr("This cloud makes no volume of an image by itself. Make a machine of it, or an empty volume.");
    }
    if (what == "OVA of several disks") {
        return Phrases::tr("This OVA has several disks; one with a single disk can be taken in. Export the machine disk by disk.");
    }
    if (what == "compressed OVA") {
        return Phrases::tr("The disks in this OVA are compressed as files. Export the machine again without that.");
    }
    if (what == "backing") {
        return Phrases::tr("The disk rests on another file there and cannot be read by itself. Flatten it on its host, then try again.");
    }
    return {};
}

}

/// In the user's words what it means, then in the cloud's own what it said, with the number its operators can look up.
QString Phrases::cloudSentence(const Problem &problem)
{
    if (problem.reason == Reason::Unsupported) {
        return lacking(problem.fact("what"));
    }
    if (problem.fact("cause") == "nodes-not-ready") {
        return tr("%Ln nodes of the cluster are not ready. Have its administrators look at them.", nullptr, std::atoi(problem.fact("count").c_str()));
    }
    const auto said = QString::fromStdString(problem.fact("cloud"));
    if (said.isEmpty()) {
        return {};
    }
    Problem own = problem;
    own.facts.erase("cloud");
    auto words = problem.reason == Reason::Unauthenticated
        ? tr("The gateway is not known to its cloud. Have the credentials in the gateway’s file corrected there.")
        : problem.reason == Reason::NotAuthorised
        ? tr("The cloud does not allow its gateway to do this. Have its account there given the role it needs.")
        : sentence(own);
    words += QLatin1Char(' ');
    const auto request = QString::fromStdString(problem.fact("request"));
    return words + (request.isEmpty() ? tr("The cloud says: “%1”").arg(said) : tr("The cloud says: “%1” (request %2)").arg(said, request));
}

}
