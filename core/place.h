// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>

namespace portulan {

/// Where something stands. Degrees, WGS 84.
struct Place {
    double latitude = 0;
    double longitude = 0;
    std::string country; ///< ISO 3166-1 alpha-2, "FR"
    std::string subdivision; ///< ISO 3166-2, "FR-ARA"
    std::string city;

    bool operator==(const Place &) const = default;
};

}
