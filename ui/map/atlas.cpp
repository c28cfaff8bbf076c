// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/map/atlas.h"

#include "ui/map/frame.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QtEndian>

static void bringMap()
{
    Q_INIT_RESOURCE(map);
}

namespace portulan {

using namespace Qt::StringLiterals;

namespace {

/// Reads the binary that resources/map/mapmaker.cpp writes; past the end it reads zeros and is not `good`.
class Reader {
public:
    explicit Reader(QByteArray data)
        : m_data(std::move(data))
    {
    }
    bool isGood() const { return m_good; }
    QByteArray bytes(qsizetype count)
    {
        if (m_at + count > m_data.size()) {
            m_good = false;
            return QByteArray(count, '\0');
        }
        const auto read = m_data.mid(m_at, count);
        m_at += count;
        return read;
    }
    qint32 number() { return qFromLittleEndian<qint32>(bytes(4).constData()); }
    /// A count of things of at least `size` bytes each; more than the rest could hold means a damaged file.
    qint32 count(qint32 size)
    {
        const auto n = number();
        if (n < 0 || n > (m_data.size() - m_at) / size)
            m_good = false;
        return m_good ? n : 0;
    }
    Outline line()
    {
        Outline outline;
        const auto points = count(8);
        outline.points.reserve(points);
        for (qint32 i = 0; i < points; ++i) {
            const double x = number();
            outline.points << QPointF(x, number());
        }
        outline.box = outline.points.boundingRect();
        return outline;
    }
    std::vector<Outline> lines()
    {
        std::vector<Outline> read(static_cast<std::size_t>(count(4)));
        for (auto &outline : read)
            outline = line();
        return read;
    }

private:
    QByteArray m_data;
    qsizetype m_at = 0;
    bool m_good = true;
};

Outline outlineOf(const QPolygonF &points)
{
    return {points, points.boundingRect()};
}

}

Atlas Atlas::bundled()
{
    bringMap();
    Atlas atlas;
    atlas.readNames();
    atlas.readOutlines();
    atlas.drawGraticule();
    return atlas;
}

void Atlas::readNames()
{
    QFile file(u":/map/countries.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return;
    for (const auto &value : QJsonDocument::fromJson(file.readAll()).array()) {
        const auto country = value.toObject();
        Names names {country["en"_L1].toString(), country["fr"_L1].toString(), {}};
        if (const auto at = country["label"_L1].toArray(); at.size() == 2)
            names.anchor = onMap(at[0].toDouble(), at[1].toDouble());
        const auto iso = country["iso"_L1].toString();
        if (names.anchor || !m_names.contains(iso))
            m_names.insert(iso, names);
    }
}

void Atlas::readOutlines()
{
    QFile file(u":/map/europe.map"_s);
    if (!file.open(QIODevice::ReadOnly))
        return;
    Reader reader(file.readAll());
    if (reader.bytes(8) != "PTLMAP1\n")
        return;
    std::vector<Country> countries(static_cast<std::size_t>(reader.count(6)));
    for (auto &country : countries) {
        country.iso = QString::fromLatin1(reader.bytes(2));
        country.rings = reader.lines();
        for (const auto &ring : country.rings)
            if (ring.box.width() * ring.box.height() > country.box.width() * country.box.height())
                country.box = ring.box;
    }
    auto coasts = reader.lines();
    auto borders = reader.lines();
    if (!reader.isGood())
        return;
    m_countries = std::move(countries);
    m_coasts = std::move(coasts);
    m_borders = std::move(borders);
}

void Atlas::drawGraticule()
{
    for (int longitude = -50; longitude <= 80; longitude += 10) {
        QPolygonF line;
        for (int latitude = 25; latitude <= 80; ++latitude)
            line << onMap(longitude, latitude);
        m_graticule.push_back(outlineOf(line));
    }
    for (int latitude = 30; latitude <= 80; latitude += 10) {
        QPolygonF line;
        for (int longitude = -50; longitude <= 80; ++longitude)
            line << onMap(longitude, latitude);
        m_graticule.push_back(outlineOf(line));
    }
}

QString Atlas::name(const QString &iso) const
{
    const auto found = m_names.constFind(iso);
    if (found == m_names.constEnd())
        return iso;
    return QLocale().language() == QLocale::French ? found->french : found->english;
}

std::optional<QPointF> Atlas::labelAnchor(const QString &iso) const
{
    const auto found = m_names.constFind(iso);
    return found == m_names.constEnd() ? std::nullopt : found->anchor;
}

QString Atlas::countryAt(QPointF point) const
{
    for (const auto &country : m_countries)
        for (const auto &ring : country.rings)
            if (ring.box.contains(point) && ring.points.containsPoint(point, Qt::OddEvenFill))
                return country.iso;
    return {};
}

}
