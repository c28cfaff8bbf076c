// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/change.h"
#include "core/order.h"
#include "core/verdict.h"

#include <vector>

/// Things and orders with every field set to something other than its default.
namespace portulan::samples {

Site site();
Project project();
Instance instance();
Volume volume();
DataSet dataSet();
DataObject dataObject();
Operation operation();
Verdict verdict();
Problem problem();
CapacitySample capacitySample();

/// One of every kind of thing.
std::vector<Thing> things();
/// One of every kind of order, in the order of the variant.
std::vector<Request> requests();

}
