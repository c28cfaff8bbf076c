// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Data sets, networks and clusters.
#include "proto/wireparts.h"

namespace portulan::wire {

v1::DataSet toWire(const DataSet &dataSet)
{
    v1::DataSet message;
    write(*message.mutable_common(), dataSet);
    message.set_classification(std::string(toString(dataSet.classification)));
    message.set_objects(dataSet.objects);
    message.set_bytes(dataSet.bytes);
    message.set_digest(dataSet.digest);
    for (const auto &replica : dataSet.replicas) {
        auto &out = *message.add_replicas();
        out.set_site(replica.site);
        if (isKnown(replica.asOf)) {
            *out.mutable_as_of() = toWire(replica.asOf);
        }
        out.set_digest(replica.digest);
    }
    message.set_custody(std::string(toString(dataSet.custody)));
    if (isKnown(dataSet.retainedUntil)) {
        *message.mutable_retained_until() = toWire(dataSet.retainedUntil);
    }
    message.set_moved_to(dataSet.movedTo);
    return message;
}

Result<DataSet> fromWire(const v1::DataSet &message)
{
    Reader reader;
    DataSet dataSet;
    read(reader, message.common(), ObjectKind::DataSet, dataSet);
    dataSet.classification = reader.take(classificationFrom(message.classification()));
    dataSet.objects = reader.amount("objects", message.objects(), maxObjects);
    dataSet.bytes = reader.amount("bytes", message.bytes());
    dataSet.digest = reader.digest("digest", message.digest());
    if (reader.fits("replicas", message.replicas_size(), 64)) {
        for (const auto &replica : message.replicas()) {
            dataSet.replicas.push_back({reader.id("replica.site", replica.site()),
                reader.moment("replica.as_of", replica.has_as_of(), replica.as_of()), reader.digest("replica.digest", replica.digest())});
        }
    }
    dataSet.custody = custodyFrom(reader.text("custody", message.custody(), 64));
    dataSet.retainedUntil = reader.moment("retained_until", message.has_retained_until(), message.retained_until());
    dataSet.movedTo = reader.idOrNone("moved_to", message.moved_to());
    return reader.done(std::move(dataSet));
}

v1::DataObject toWire(const DataObject &object)
{
    v1::DataObject message;
    message.set_key(object.key);
    message.set_size(object.size);
    message.set_sha256(object.sha256);
    if (isKnown(object.changedAt)) {
        *message.mutable_update_time() = toWire(object.changedAt);
    }
    message.set_version(object.version);
    return message;
}

Result<DataObject> fromWire(const v1::DataObject &message)
{
    Reader reader;
    DataObject object;
    object.key = reader.text("key", message.key(), 1024);
    if (message.key().empty()) {
        reader.refuseField("key", "1 to 1024 bytes");
    }
    object.size = reader.amount("size", message.size());
    object.sha256 = reader.digest("sha256", message.sha256());
    object.changedAt = reader.moment("update_time", message.has_update_time(), message.update_time());
    object.version = reader.text("version", message.version(), 128);
    return reader.done(std::move(object));
}

v1::Network toWire(const Network &network)
{
    v1::Network message;
    write(*message.mutable_common(), network);
    message.set_kind(presentable(network.kind, 64));
    message.set_cidr(presentable(network.cidr, 64));
    return message;
}

Result<Network> fromWire(const v1::Network &message)
{
    Reader reader;
    Network network;
    read(reader, message.common(), ObjectKind::Network, network);
    network.kind = reader.text("kind", message.kind(), 64);
    network.cidr = reader.text("cidr", message.cidr(), 64);
    return reader.done(std::move(network));
}

v1::SecurityGroup toWire(const SecurityGroup &group)
{
    v1::SecurityGroup message;
    write(*message.mutable_common(), group);
    message.set_rules(group.rules);
    return message;
}

Result<SecurityGroup> fromWire(const v1::SecurityGroup &message)
{
    Reader reader;
    SecurityGroup group;
    read(reader, message.common(), ObjectKind::SecurityGroup, group);
    group.rules = reader.amount("rules", message.rules(), maxObjects);
    return reader.done(std::move(group));
}

v1::KubernetesCluster toWire(const KubernetesCluster &cluster)
{
    v1::KubernetesCluster message;
    write(*message.mutable_common(), cluster);
    message.set_version(presentable(cluster.version, 64));
    message.set_nodes(cluster.nodes);
    message.set_ready_nodes(cluster.readyNodes);
    return message;
}

Result<KubernetesCluster> fromWire(const v1::KubernetesCluster &message)
{
    Reader reader;
    KubernetesCluster cluster;
    read(reader, message.common(), ObjectKind::KubernetesCluster, cluster);
    cluster.version = reader.text("version", message.version(), 64);
    cluster.nodes = reader.amount("nodes", message.nodes(), maxObjects);
    cluster.readyNodes = reader.amount("ready_nodes", message.ready_nodes(), maxObjects);
    return reader.done(std::move(cluster));
}

}
