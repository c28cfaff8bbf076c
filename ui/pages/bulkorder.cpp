// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/pages/bulkorder.h"

#include "models/await.h"
#include "models/federation.h"
#include "models/phrases.h"

namespace portulan {

namespace {
struct BulkWords {
    Q_DECLARE_TR_FUNCTIONS(portulan::BulkOrder)
};
struct Tally {
    int waiting = 0;
    int taken = 0;
    int refused = 0;
    QString firstProblem;
};
}

void BulkOrder::submit(Federation &federation, QObject *who, std::vector<Item> orders, const std::function<void(const QString &)> &say)
{
    auto tally = std::make_shared<Tally>();
    tally->waiting = int(orders.size());
    for (auto &item : orders) {
        await(federation.submit(QString::fromStdString(item.object.site), std::move(item.order)), who, [tally, say](const Result<Operation> &answer) {
            (answer ? tally->taken : tally->refused) += 1;
            if (!answer && tally->firstProblem.isEmpty()) {
                tally->firstProblem = Phrases::sentence(answer.error());
            }
            if (--tally->waiting == 0) {
                say(tally->refused == 0 ? BulkWords::tr("%Ln order(s) taken.", nullptr, tally->taken)
                                        : BulkWords::tr("%1 %2", "how many orders were refused, and why the first was")
                                              .arg(BulkWords::tr("%Ln order(s) refused.", nullptr, tally->refused), tally->firstProblem));
            }
        });
    }
}

Order BulkOrder::deletion(const ObjectId &object)
{
    switch (object.kind) {
    case ObjectKind::Volume:
        return DeleteVolume {object};
    case ObjectKind::Image:
        return DeleteImage {object};
    case ObjectKind::Snapshot:
        return DeleteSnapshot {object};
    case ObjectKind::DataSet:
        return DeleteDataSet {object};
    case ObjectKind::Network:
        return DeleteNetwork {object};
    case ObjectKind::Project:
        return DeleteProject {object};
    default:
        return DeleteInstance {object, true};
    }
}

}
