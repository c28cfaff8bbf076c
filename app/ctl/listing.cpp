// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Rows of lists, and what a user means by a name.
#include "app/ctl/thingjson.h"
#include "models/formats.h"
#include "models/phrases.h"
#include "models/workloadmodel.h"

#include <QCoreApplication>
#include <QLatin1String>

namespace portulan::ctl {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(portulan::ctl::Listing)
};
QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), qsizetype(utf8.size()));
}
bool hasState(ObjectKind kind)
{
    return kind == ObjectKind::Instance || kind == ObjectKind::Volume || kind == ObjectKind::Image;
}

bool endsAtPart(std::string_view whole, std::string_view end)
{
    return whole.ends_with(end) && (whole.size() == end.size() || whole[whole.size() - end.size() - 1] == '/');
}

}

Json rowJson(const Inventory &inventory, const Row &row)
{
    const auto word = [&inventory](Ref ref) { return std::string(inventory.text(ref)); };
    Json json {{"id", inventory.idOf(row).text()}, {"name", word(row.name)}, {"site", word(row.site)}, {"project", word(row.project)}};
    if (isJudged(row.kind)) {
        json["class"] = toString(row.classification);
        json["verdict"] = toString(row.verdict);
    }
    if (isJudged(row.kind) || row.kind == ObjectKind::Image) {
        json["custody"] = toString(row.custody);
    }
    switch (row.kind) {
    case ObjectKind::Instance:
        json.update({{"state", toString(row.state)}, {"flavor", word(row.detail)}, {"vcpus", row.count}, {"ram_bytes", row.ramBytes}});
        break;
    case ObjectKind::Volume:
        json.update({{"format", word(row.detail)}, {"instance", word(row.owner)}});
        break;
    case ObjectKind::DataSet:
        json["objects"] = row.count;
        break;
    case ObjectKind::Network:
        json["cidr"] = word(row.detail);
        break;
    case ObjectKind::KubernetesCluster:
        json.update({{"version", word(row.detail)}, {"nodes", row.count}});
        break;
    case ObjectKind::Snapshot:
        json["of"] = word(row.owner);
        break;
    default:
        json["detail"] = word(row.detail);
    }
    if (row.kind != ObjectKind::Network && row.kind != ObjectKind::KubernetesCluster) {
        json["size_bytes"] = row.bytes;
    }
    json["changed_at"] = toRfc3339(Instant(std::chrono::milliseconds(row.changedAt)));
    return json;
}

QStringList rowTitles(ObjectKind kind)
{
    QStringList titles {Words::tr("ID"), Words::tr("NAME"), Words::tr("PROJECT")};
    if (isJudged(kind)) {
        titles += {Words::tr("CLASS"), Words::tr("VERDICT")};
    }
    if (hasState(kind)) {
        titles += Words::tr("STATE");
    }
    titles += kind == ObjectKind::Network       ? QStringList {Words::tr("ADDRESSES")}
        : kind == ObjectKind::KubernetesCluster ? QStringList {Words::tr("VERSION"), Words::tr("NODES")}
                                                : QStringList {Words::tr("SIZE")};
    return titles;
}

QStringList rowCells(const Inventory &inventory, const Row &row)
{
    QStringList cells {QString::fromStdString(inventory.idOf(row).text()), text(inventory.text(row.name)), text(inventory.text(row.project))};
    if (isJudged(row.kind)) {
        cells += {Phrases::of(row.classification), Phrases::of(row.verdict)};
    }
    if (hasState(row.kind)) {
        const auto state = row.kind == ObjectKind::Instance ? Phrases::of(row.state)
            : row.kind == ObjectKind::Volume                ? text(inventory.text(row.owner))
                                                            : QString();
        cells += row.custody == Custody::Owner ? state : Phrases::of(row.custody);
    }
    cells += row.kind == ObjectKind::Network        ? QStringList {text(inventory.text(row.detail))}
        : row.kind == ObjectKind::KubernetesCluster ? QStringList {text(inventory.text(row.detail)), Formats::number(qint64(row.count))}
                                                    : QStringList {Formats::bytes(row.bytes)};
    return cells;
}

QStringList operationTitles()
{
    return {Words::tr("ID"), Words::tr("OPERATION"), Words::tr("STATE"), Words::tr("PHASE"), Words::tr("PROGRESS"), Words::tr("STARTED")};
}

QStringList operationCells(const Operation &operation)
{
    return {QString::fromStdString(operation.id.text()), Phrases::operation(operation), Phrases::of(operation.state),
        Phrases::waiting(operation).isEmpty() ? Phrases::phase(operation) : Phrases::waiting(operation),
        operation.progress() < 0 ? QString() : Formats::percent(operation.progress()), Formats::dateTime(operation.startedAt)};
}

std::vector<ObjectId> objectsNamed(const Inventory &inventory, const std::string &text, ObjectKind kind)
{
    std::vector<ObjectId> exact;
    std::vector<ObjectId> ends;
    const auto consider = [&](const ObjectId &id, std::string_view name) {
        const auto whole = id.text();
        const std::string named = id.site + '/' + std::string(toString(kind)) + '/' + std::string(name);
        if (whole == text) {
            exact.push_back(id);
        } else if (endsAtPart(whole, text) || named == text || (!name.empty() && endsAtPart(named, text))) {
            ends.push_back(id);
        }
    };
    if (kind == ObjectKind::Operation) {
        for (const Operation *operation : inventory.operations()) {
            consider(operation->id, {});
        }
    } else if (kind == ObjectKind::Project) {
        for (const auto &site : inventory.siteIds()) {
            for (const Project *project : inventory.projects(site)) {
                consider(project->id, project->name);
            }
        }
    } else if (kind == ObjectKind::Site) {
        for (const auto &site : inventory.siteIds()) {
            consider({site, ObjectKind::Site, {}}, {});
        }
    } else {
        for (const Row &row : inventory.rows(kind)) {
            if (row.alive) {
                consider(inventory.idOf(row), inventory.text(row.name));
            }
        }
    }
    return exact.empty() ? ends : exact;
}

}
