// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/objectid.h"

#include <QSet>
#include <QVector>

namespace portulan {

class Federation;

// What a person means by a few letters, over all sites.

/// Ids of the sites whose name, id, city or country holds the text, sorted.
QStringList sitesNamed(const Federation &federation, const QString &text);
/// Ids of the sites so named, and of those that hold a machine the query matches.
QSet<QString> sitesWith(const Federation &federation, const QString &text);

struct Found {
    QString name;
    ObjectId id;
};
/// Machines the query matches, at most so many; none if the text is no query.
QVector<Found> machinesMatching(const Federation &federation, const QString &text, int most);

}
