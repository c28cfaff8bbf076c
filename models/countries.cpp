// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Names of countries in both languages: Qt knows them in English and in the country's own, not in French.
#include "models/phrases.h"

#include <QHash>

namespace portulan {

QString Phrases::country(std::string_view alpha2)
{
    static const QHash<QString, const char *> names {
        {QStringLiteral("AD"), QT_TR_NOOP("Andorra")},
        {QStringLiteral("AE"), QT_TR_NOOP("United Arab Emirates")},
        {QStringLiteral("AL"), QT_TR_NOOP("Albania")},
        {QStringLiteral("AT"), QT_TR_NOOP("Austria")},
        {QStringLiteral("AU"), QT_TR_NOOP("Australia")},
        {QStringLiteral("BA"), QT_TR_NOOP("Bosnia and Herzegovina")},
        {QStringLiteral("BE"), QT_TR_NOOP("Belgium")},
        {QStringLiteral("BG"), QT_TR_NOOP("Bulgaria")},
        {QStringLiteral("BR"), QT_TR_NOOP("Brazil")},
        {QStringLiteral("CA"), QT_TR_NOOP("Canada")},
        {QStringLiteral("CH"), QT_TR_NOOP("Switzerland")},
        {QStringLiteral("CN"), QT_TR_NOOP("China")},
        {QStringLiteral("CY"), QT_TR_NOOP("Cyprus")},
        {QStringLiteral("CZ"), QT_TR_NOOP("Czechia")},
        {QStringLiteral("DE"), QT_TR_NOOP("Germany")},
        {QStringLiteral("DK"), QT_TR_NOOP("Denmark")},
        {QStringLiteral("EE"), QT_TR_NOOP("Estonia")},
        {QStringLiteral("ES"), QT_TR_NOOP("Spain")},
        {QStringLiteral("FI"), QT_TR_NOOP("Finland")},
        {QStringLiteral("FR"), QT_TR_NOOP("France")},
        {QStringLiteral("GB"), QT_TR_NOOP("United Kingdom")},
        {QStringLiteral("GR"), QT_TR_NOOP("Greece")},
        {QStringLiteral("HR"), QT_TR_NOOP("Croatia")},
        {QStringLiteral("HU"), QT_TR_NOOP("Hungary")},
        {QStringLiteral("IE"), QT_TR_NOOP("Ireland")},
        {QStringLiteral("IL"), QT_TR_NOOP("Israel")},
        {QStringLiteral("IN"), QT_TR_NOOP("India")},
        {QStringLiteral("IS"), QT_TR_NOOP("Iceland")},
        {QStringLiteral("IT"), QT_TR_NOOP("Italy")},
        {QStringLiteral("JP"), QT_TR_NOOP("Japan")},
        {QStringLiteral("KR"), QT_TR_NOOP("South Korea")},
        {QStringLiteral("LI"), QT_TR_NOOP("Liechtenstein")},
        {QStringLiteral("LT"), QT_TR_NOOP("Lithuania")},
        {QStringLiteral("LU"), QT_TR_NOOP("Luxembourg")},
        {QStringLiteral("LV"), QT_TR_NOOP("Latvia")},
        {QStringLiteral("MC"), QT_TR_NOOP("Monaco")},
        {QStringLiteral("MD"), QT_TR_NOOP("Moldova")},
        {QStringLiteral("ME"), QT_TR_NOOP("Montenegro")},
        {QStringLiteral("MK"), QT_TR_NOOP("North Macedonia")},
        {QStringLiteral("MT"), QT_TR_NOOP("Malta")},
        {QStringLiteral("NL"), QT_TR_NOOP("Netherlands")},
        {QStringLiteral("NO"), QT_TR_NOOP("Norway")},
        {QStringLiteral("PL"), QT_TR_NOOP("Poland")},
        {QStringLiteral("PT"), QT_TR_NOOP("Portugal")},
        {QStringLiteral("RO"), QT_TR_NOOP("Romania")},
        {QStringLiteral("RS"), QT_TR_NOOP("Serbia")},
        {QStringLiteral("RU"), QT_TR_NOOP("Russia")},
        {QStringLiteral("SE"), QT_TR_NOOP("Sweden")},
        {QStringLiteral("SG"), QT_TR_NOOP("Singapore")},
        {QStringLiteral("SI"), QT_TR_NOOP("Slovenia")},
        {QStringLiteral("SK"), QT_TR_NOOP("Slovakia")},
        {QStringLiteral("SM"), QT_TR_NOOP("San Marino")},
        {QStringLiteral("TR"), QT_TR_NOOP("Türkiye")},
        {QStringLiteral("UA"), QT_TR_NOOP("Ukraine")},
        {QStringLiteral("US"), QT_TR_NOOP("United States")},
        {QStringLiteral("VA"), QT_TR_NOOP("Vatican City")},
    };
    const auto code = QString::fromUtf8(alpha2.data(), qsizetype(alpha2.size()));
    const char *name = names.value(code);
    return name == nullptr ? code : tr(name);
}

}
