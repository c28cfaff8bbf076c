// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/order.h"

#include <functional>

class QObject;
class QString;

namespace portulan {

class Federation;

/// Several orders at once, each for itself; one word when all have been answered: how many were taken, and why the first was not.
class BulkOrder {
public:
    struct Item {
        ObjectId object;
        Order order;
    };
    static void submit(Federation &federation, QObject *who, std::vector<Item> orders, const std::function<void(const QString &)> &say);
    /// The order that deletes an object of this kind.
    static Order deletion(const ObjectId &object);
};

}
