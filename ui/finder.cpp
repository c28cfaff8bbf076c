// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/finder.h"

#include "core/query.h"
#include "models/federation.h"
#include "models/phrases.h"

namespace portulan {

namespace {

QString text(const Inventory &inventory, Ref ref)
{
    const auto view = inventory.text(ref);
    return QString::fromUtf8(view.data(), qsizetype(view.size()));
}

std::vector<Slot> machines(const Inventory &inventory, const QString &query)
{
    const auto understood = Query::parse(query.toStdString());
    return understood ? understood->select(inventory, ObjectKind::Instance) : std::vector<Slot>();
}

}

QStringList sitesNamed(const Federation &federation, const QString &text)
{
    QStringList found;
    const auto ids = federation.siteIds();
    for (const auto &id : ids) {
        QStringList names {id, federation.siteName(id)};
        if (const Site *site = federation.site(id)) {
            names << QString::fromStdString(site->place.city) << Phrases::country(site->place.country);
        }
        if (std::ranges::any_of(names, [&](const QString &name) { return name.contains(text, Qt::CaseInsensitive); })) {
            found << id;
        }
    }
    return found;
}

QSet<QString> sitesWith(const Federation &federation, const QString &text)
{
    const auto named = sitesNamed(federation, text);
    QSet<QString> found(named.begin(), named.end());
    const Inventory &inventory = federation.inventory();
    QSet<Ref> seen; // machines are many, sites few
    for (const Slot slot : machines(inventory, text)) {
        seen.insert(inventory.rows(ObjectKind::Instance)[slot].site);
    }
    for (const Ref site : std::as_const(seen)) {
        found.insert(portulan::text(inventory, site));
    }
    return found;
}

QVector<Found> machinesMatching(const Federation &federation, const QString &text, int most)
{
    QVector<Found> found;
    const Inventory &inventory = federation.inventory();
    for (const Slot slot : machines(inventory, text)) {
        if (found.size() >= most) {
            break;
        }
        const Row &row = inventory.rows(ObjectKind::Instance)[slot];
        found.append({portulan::text(inventory, row.name), inventory.idOf(row)});
    }
    return found;
}

}
