// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "ui/map/projection.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace portulan {

namespace {

constexpr double radians = std::numbers::pi / 180;
constexpr double semiMajor = 6378137.0; // GRS 80, metres
constexpr double flattening = 1 / 298.257222101;
constexpr double squaredEccentricity = flattening * (2 - flattening);
constexpr double centralLongitude = 10 * radians;
constexpr double centralLatitude = 52 * radians;
constexpr double falseEasting = 4321000;
constexpr double falseNorthing = 3210000;
const double eccentricity = std::sqrt(squaredEccentricity);

/// Snyder's q over (1 - e²): the authalic measure of a latitude of which only the sine is known.
double authalicMeasure(double sine)
{
    return sine / (1 - squaredEccentricity * sine * sine) - std::log((1 - eccentricity * sine) / (1 + eccentricity * sine)) / (2 * eccentricity);
}

/// What the formulas need of the ellipsoid and the centre; computed once.
struct Constants {
    double poleMeasure = authalicMeasure(1);
    double radius = semiMajor * std::sqrt((1 - squaredEccentricity) * poleMeasure / 2);
    double sineBeta = authalicMeasure(std::sin(centralLatitude)) / poleMeasure;
    double cosineBeta = std::sqrt(1 - sineBeta * sineBeta);
    double stretch = semiMajor * std::cos(centralLatitude)
        / (std::sqrt(1 - squaredEccentricity * std::sin(centralLatitude) * std::sin(centralLatitude)) * radius * cosineBeta);
};
const Constants constants;

}

Projected project(Geographic place)
{
    const auto &k = constants;
    const double sineBeta = std::clamp(authalicMeasure(std::sin(place.latitude * radians)) / k.poleMeasure, -1.0, 1.0);
    const double cosineBeta = std::sqrt(1 - sineBeta * sineBeta);
    const double turn = place.longitude * radians - centralLongitude;
    const double cosineTurn = std::cos(turn);
    const double b = k.radius * std::sqrt(2 / (1 + k.sineBeta * sineBeta + k.cosineBeta * cosineBeta * cosineTurn));
    return {falseEasting + b * k.stretch * cosineBeta * std::sin(turn),
        falseNorthing + b / k.stretch * (k.cosineBeta * sineBeta - k.sineBeta * cosineBeta * cosineTurn)};
}

Geographic unproject(Projected point)
{
    const auto &k = constants;
    const double x = (point.x - falseEasting) / k.stretch;
    const double y = (point.y - falseNorthing) * k.stretch;
    const double rho = std::hypot(x, y);
    if (rho < 1e-9)
        return {centralLongitude / radians, centralLatitude / radians};
    const double c = 2 * std::asin(std::min(1.0, rho / (2 * k.radius)));
    const double sineBeta = std::cos(c) * k.sineBeta + y * std::sin(c) * k.cosineBeta / rho;
    const double longitude = centralLongitude + std::atan2(x * std::sin(c), rho * k.cosineBeta * std::cos(c) - y * k.sineBeta * std::sin(c));
    // Newton on the authalic measure: the usual series stops at e⁶, some millimetres short.
    const double wanted = std::clamp(sineBeta, -1.0, 1.0) * k.poleMeasure;
    double latitude = std::asin(std::clamp(sineBeta, -1.0, 1.0));
    for (int i = 0; i < 6; ++i) {
        const double sine = std::sin(latitude);
        const double cosine = std::cos(latitude);
        if (std::abs(cosine) < 1e-12)
            break;
        const double factor = 1 - squaredEccentricity * sine * sine;
        const double step = factor * factor / (2 * cosine) * (wanted - authalicMeasure(sine));
        latitude += step;
        if (std::abs(step) < 1e-14)
            break;
    }
    return {longitude / radians, latitude / radians};
}

}
