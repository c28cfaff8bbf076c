// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/table.h"

namespace portulan {

// What of each kind of thing a row keeps. The views look into the thing.
RowSource rowSource(const Instance &instance);
RowSource rowSource(const Volume &volume);
RowSource rowSource(const Image &image);
RowSource rowSource(const Snapshot &snapshot);
RowSource rowSource(const DataSet &dataSet);
RowSource rowSource(const Network &network);
RowSource rowSource(const SecurityGroup &group);
RowSource rowSource(const KubernetesCluster &cluster);

}
