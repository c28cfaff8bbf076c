// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "mapsample.h"

#include "ui/map/frame.h"

#include <QLocale>
#include <QRandomGenerator>

namespace sample {

using namespace portulan;
using namespace Qt::StringLiterals;

namespace {

MapSite site(const QString &id, const QString &name, double longitude, double latitude, Status status, double load)
{
    MapSite made;
    made.id = id;
    made.name = name;
    made.longitude = longitude;
    made.latitude = latitude;
    made.country = id.left(2).toUpper();
    made.status = status;
    made.load = load;
    made.operatorName = u"Operator of %1"_s.arg(name);
    made.ageText = u"As of 12 s ago"_s;
    made.law = made.country;
    made.exposure = Exposure::European;
    return made;
}

}

std::vector<MapSite> sites(int more, const Atlas *atlas)
{
    std::vector<MapSite> made = {site(u"fr-lyon"_s, u"Lyon"_s, 4.84, 45.76, Status::Compliant, 0.62),
        site(u"fr-lille"_s, u"Gravelines"_s, 2.13, 50.99, Status::Compliant, 0.48),
        site(u"es-madrid"_s, u"Madrid"_s, -3.70, 40.42, Status::Compliant, 0.71),
        site(u"nl-ams"_s, u"Amsterdam"_s, 4.90, 52.37, Status::Compliant, 0.55),
        site(u"de-fra"_s, u"Frankfurt"_s, 8.68, 50.11, Status::ToWatch, 0.86),
        site(u"si-lju"_s, u"Ljubljana"_s, 14.51, 46.05, Status::Compliant, 0.33),
        site(u"pl-poz"_s, u"Poznań"_s, 16.93, 52.41, Status::NotEvaluated, 0.42), site(u"it-tor"_s, u"Torino"_s, 7.69, 45.07, Status::ToWatch, 0.78),
        site(u"se-sto"_s, u"Stockholm"_s, 18.07, 59.33, Status::Compliant, 0.25),
        site(u"ie-dub"_s, u"Dublin"_s, -6.26, 53.35, Status::NonCompliant, 0.94),
        site(u"ro-buc"_s, u"București"_s, 26.10, 44.43, Status::Conflict, 0.38),
        site(u"pt-lis"_s, u"Lisboa"_s, -9.14, 38.72, Status::Compliant, 0.51),
        site(u"fi-hel"_s, u"Helsinki"_s, 24.94, 60.17, Status::Compliant, 0.29), site(u"gr-ath"_s, u"Athína"_s, 23.73, 37.98, Status::ToWatch, 0.66)};
    made[9].alerts = 3;
    made[9].law = u"US"_s;
    made[9].exposure = Exposure::ThirdCountry;
    made[9].exposureText = u"Ultimate parent: Example Corp., United States"_s;
    made[4].alerts = 1;
    made[5].live = false;
    made[5].ageText = u"As of 14 min ago, link lost"_s;
    made[6].exposure = Exposure::Unknown;
    made[6].law.clear();
    made[10].exposure = Exposure::Adequate;
    made[10].law = u"CH"_s;
    made[0].statusText = u"42 of 42 instances are compliant"_s;
    made[0].capacityText = u"148 of 240 vCPU, 3.1 of 12 TB"_s;
    made[12].recordedOnly = true;
    QRandomGenerator dice(42);
    for (int i = 0; atlas && i < more;) {
        const double longitude = -9 + dice.generateDouble() * 35;
        const double latitude = 37 + dice.generateDouble() * 22;
        const auto country = atlas->countryAt(onMap(longitude, latitude));
        if (country.isEmpty())
            continue;
        ++i;
        auto one = site(u"%1-%2"_s.arg(country.toLower()).arg(i), u"Site %1"_s.arg(i), longitude, latitude,
            dice.bounded(10) < 7 ? Status::Compliant : static_cast<Status>(dice.bounded(5)), dice.generateDouble());
        one.alerts = dice.bounded(20) == 0 ? 1 : 0;
        made.push_back(one);
    }
    return made;
}

std::vector<MapFlow> flows()
{
    return {{u"m1"_s, u"fr-lyon"_s, u"es-madrid"_s, 0.62, u"registry-01"_s, u"Copying, 62 %"_s, FlowState::Running},
        {u"m2"_s, u"ie-dub"_s, u"fr-lyon"_s, -1, u"patients"_s, u"Refused: personal data must stay under European law"_s, FlowState::Refused},
        {u"m3"_s, u"de-fra"_s, u"nl-ams"_s, 0.18, u"web-3"_s, u"Copying, 18 %"_s, FlowState::Running},
        {u"m4"_s, u"it-tor"_s, u"si-lju"_s, -1, u"archive"_s, u"Reserved"_s, FlowState::Waiting},
        {u"m5"_s, u"pl-poz"_s, u"de-fra"_s, 0.87, u"billing"_s, u"Copying, 87 %"_s, FlowState::Running},
        {u"m6"_s, u"gr-ath"_s, u"ro-buc"_s, 0.4, u"mail"_s, u"Copying, 40 %"_s, FlowState::Running},
        {u"m7"_s, u"fi-hel"_s, u"se-sto"_s, 0.95, u"dns"_s, u"Verified"_s, FlowState::Running}};
}

std::vector<MapFlow> manyFlows(const std::vector<MapSite> &sites, int flows)
{
    QRandomGenerator dice(7);
    const int count = static_cast<int>(sites.size());
    std::vector<MapFlow> made;
    for (int i = 0; i < flows; ++i) {
        const auto &from = sites[static_cast<std::size_t>(dice.bounded(count))];
        const auto &to = sites[static_cast<std::size_t>(dice.bounded(count))];
        made.push_back({u"m%1"_s.arg(i), from.id, to.id, dice.generateDouble(), u"load-%1"_s.arg(i), u"Copying"_s,
            dice.bounded(12) == 0 ? FlowState::Failed : FlowState::Running});
    }
    return made;
}

std::vector<MapFigure> figures()
{
    const QLocale here;
    const auto terabytes = [&](double tb) { return u"%1 TB"_s.arg(here.toString(tb, 'f', 1)); };
    return {{u"FR"_s, 0.52, terabytes(214.5)}, {u"ES"_s, 0.14, terabytes(57.8)}, {u"DE"_s, 0.17, terabytes(70.1)}, {u"NL"_s, 0.05, terabytes(20.6)},
        {u"IT"_s, 0.06, terabytes(24.8)}, {u"PL"_s, 0.03, terabytes(12.4)}, {u"IE"_s, 0.02, terabytes(8.3)}, {u"RO"_s, 0.01, terabytes(4.1)}};
}

MapHeader header()
{
    return {u"14 sites, 13 countries"_s, u"1,284 instances · 412.6 TB · 5 migrations in progress"_s, true, u"Health data (France)"_s};
}

}
