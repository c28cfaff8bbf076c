// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/rowsource.h"

#include <algorithm>
#include <limits>

namespace portulan {

namespace {

std::int32_t countOf(std::int64_t number)
{
    return std::int32_t(std::clamp<std::int64_t>(number, 0, std::numeric_limits<std::int32_t>::max()));
}

RowSource common(const Common &object)
{
    RowSource source;
    source.id = object.id.id;
    source.name = object.name;
    source.project = object.project;
    source.plain.changedAt = object.changedAt.time_since_epoch().count();
    return source;
}

/// What all that can be moved has.
template <typename Movable>
RowSource movable(const Movable &object)
{
    RowSource source = common(object);
    source.movedTo = object.movedTo;
    source.plain.classification = object.classification;
    source.plain.custody = object.custody;
    return source;
}

}

RowSource rowSource(const Instance &instance)
{
    RowSource source = movable(instance);
    source.owner = instance.imageId;
    source.ownerKind = ObjectKind::Image;
    source.detail = instance.flavor;
    source.plain.count = countOf(instance.vcpus);
    source.plain.ramBytes = instance.ramBytes;
    source.plain.state = instance.state;
    return source;
}

RowSource rowSource(const Volume &volume)
{
    RowSource source = movable(volume);
    source.owner = volume.instanceId;
    source.detail = volume.format;
    source.plain.bytes = volume.sizeBytes;
    source.plain.allocatedBytes = volume.allocatedBytes;
    return source;
}

RowSource rowSource(const Image &image)
{
    RowSource source = common(image);
    source.movedTo = image.movedTo;
    source.plain.custody = image.custody;
    source.detail = image.format;
    source.plain.bytes = image.sizeBytes;
    source.plain.allocatedBytes = image.fileBytes;
    return source;
}

RowSource rowSource(const Snapshot &snapshot)
{
    RowSource source = common(snapshot);
    const bool ofVolume = !snapshot.volumeId.empty();
    source.owner = ofVolume ? snapshot.volumeId : snapshot.instanceId;
    source.ownerKind = ofVolume ? ObjectKind::Volume : ObjectKind::Instance;
    source.plain.bytes = snapshot.sizeBytes;
    return source;
}

RowSource rowSource(const DataSet &dataSet)
{
    RowSource source = movable(dataSet);
    source.plain.count = countOf(dataSet.objects);
    source.plain.bytes = dataSet.bytes;
    return source;
}

RowSource rowSource(const Network &network)
{
    RowSource source = common(network);
    source.detail = network.cidr;
    return source;
}

RowSource rowSource(const SecurityGroup &group)
{
    RowSource source = common(group);
    source.plain.count = countOf(group.rules);
    return source;
}

RowSource rowSource(const KubernetesCluster &cluster)
{
    RowSource source = common(cluster);
    source.detail = cluster.version;
    source.plain.count = countOf(cluster.nodes);
    return source;
}

}
