// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Build tool: mapmaker europe-50m.json countries.json OUT projects the outlines (thousandths of a degree) into EPSG:3035 and writes the
// little-endian binary that ui/map/atlas.cpp reads: "PTLMAP1\n", then per country its ISO code (2 bytes) and its rings, then coast
// lines, then border lines; every list is a 32-bit count, every point two 32-bit integers in metres (east, south).
#include "ui/map/projection.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

static_assert(std::endian::native == std::endian::little, "the map is written on little-endian machines");

namespace {

using nlohmann::json;

void put(std::ofstream &out, std::int32_t value)
{
    out.write(reinterpret_cast<const char *>(&value), sizeof value);
}

void putLine(std::ofstream &out, const json &line)
{
    put(out, static_cast<std::int32_t>(line.size() / 2));
    for (std::size_t i = 0; i + 1 < line.size(); i += 2) {
        const auto at = portulan::project({line[i].get<int>() / 1000.0, line[i + 1].get<int>() / 1000.0});
        put(out, static_cast<std::int32_t>(std::lround(at.x)));
        put(out, static_cast<std::int32_t>(std::lround(-at.y)));
    }
}

void putLines(std::ofstream &out, const json &lines)
{
    put(out, static_cast<std::int32_t>(lines.size()));
    for (const auto &line : lines)
        putLine(out, line);
}

int make(const char *outlines, const char *countries, const char *target)
{
    std::map<std::string, std::string> isoOf;
    for (const auto &country : json::parse(std::ifstream(countries)))
        isoOf[country.at("a3").get<std::string>()] = country.at("iso").get<std::string>();
    const auto source = json::parse(std::ifstream(outlines));
    std::ofstream out(target, std::ios::binary);
    out.write("PTLMAP1\n", 8);
    put(out, static_cast<std::int32_t>(source.at("features").size()));
    for (const auto &feature : source.at("features")) {
        out.write(isoOf.at(feature.at("a3").get<std::string>()).c_str(), 2);
        json rings = json::array();
        for (const auto &polygon : feature.at("polys"))
            for (const auto &ring : polygon)
                rings.push_back(ring);
        putLines(out, rings);
    }
    putLines(out, source.at("coast"));
    putLines(out, source.at("border"));
    return out.flush() ? 0 : 1;
}

}

int main(int argc, char **argv)
{
    if (argc != 4) {
        std::cerr << "usage: mapmaker OUTLINES COUNTRIES OUT\n";
        return 2;
    }
    try {
        return make(argv[1], argv[2], argv[3]);
    } catch (const std::exception &wrong) {
        std::cerr << "mapmaker: " << wrong.what() << '\n';
        return 1;
    }
}
