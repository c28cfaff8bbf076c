// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <QHash>
#include <QPolygonF>
#include <QString>
#include <optional>
#include <vector>

namespace portulan {

/// A line of the map and its bounding box, in metres (see frame.h).
struct Outline {
    QPolygonF points;
    QRectF box;
};

struct Country {
    QString iso; ///< ISO 3166-1 alpha-2; "XK" for Kosovo
    std::vector<Outline> rings;
    QRectF box; ///< of its largest ring
};

/// What the map is drawn from: outlines of the countries of Europe and around (Natural Earth), and their names. Read once, then shared.
class Atlas {
public:
    /// Reads the bundled map; empty if the resource is missing or of another format.
    static Atlas bundled();

    bool isEmpty() const { return m_countries.empty(); }
    const std::vector<Country> &countries() const { return m_countries; }
    const std::vector<Outline> &coasts() const { return m_coasts; }
    const std::vector<Outline> &borders() const { return m_borders; }
    const std::vector<Outline> &graticule() const { return m_graticule; }

    /// The country's name in the current locale's language (French or else English); the code itself if unknown.
    QString name(const QString &iso) const;
    /// Where a cartographer would write it, metres.
    std::optional<QPointF> labelAnchor(const QString &iso) const;
    /// The country of which an outline contains the point (metres), or an empty string at sea.
    QString countryAt(QPointF point) const;

private:
    struct Names {
        QString english;
        QString french;
        std::optional<QPointF> anchor;
    };
    void readNames();
    void readOutlines();
    void drawGraticule();

    std::vector<Country> m_countries;
    std::vector<Outline> m_coasts;
    std::vector<Outline> m_borders;
    std::vector<Outline> m_graticule;
    QHash<QString, Names> m_names;
};

}
