// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/verdict.h"

#include <QString>
#include <QStringList>
#include <vector>

namespace portulan {

/// What the map colours by.
enum class MapLayer { Compliance, Capacity, Data, Exposure };
inline constexpr std::array allMapLayers = {MapLayer::Compliance, MapLayer::Capacity, MapLayer::Data, MapLayer::Exposure};

/// Whose law reaches a site through its operator's ultimate parent.
enum class Exposure { European, Adequate, ThirdCountry, Unknown };

/// A site as the map shows it. Texts come worded (models/phrases); the map adds none of its own about the domain.
struct MapSite {
    QString id;
    QString name;
    QString operatorName;
    double latitude = 0; ///< degrees
    double longitude = 0;
    QString country; ///< ISO 3166-1 alpha-2
    Status status = Status::NotEvaluated; ///< worst verdict of what lies there
    QString statusText; ///< "2 of 14 instances are not compliant"
    double load = -1; ///< share used of the fullest resource, 0–1; -1: not known
    QString capacityText; ///< "38 of 64 vCPU, 1.2 of 4 TB"
    bool live = true; ///< false: what is shown is the last known state
    QString ageText; ///< "as of 12 s ago"
    int alerts = 0; ///< open alerts
    bool recordedOnly = false; ///< no hypervisor: instances are records
    Exposure exposure = Exposure::Unknown;
    QString law; ///< ISO code of the ultimate parent's country; empty: not known
    QString exposureText; ///< "Ultimate parent: Example Corp., United States"
    bool operator==(const MapSite &) const = default;
};

enum class FlowState { Running, Waiting, Refused, Failed };

/// A migration in flight, or one that was refused or failed and is still worth showing.
struct MapFlow {
    QString id; ///< of the migration
    QString from; ///< site ids
    QString to;
    double progress = -1; ///< 0–1; -1: not known
    QString label; ///< "registry-01"
    QString stateText; ///< "Copying, 42 %"
    FlowState state = FlowState::Running;
    bool operator==(const MapFlow &) const = default;
};

/// How much of the selected classification lies in a country.
struct MapFigure {
    QString country; ///< ISO 3166-1 alpha-2
    double share = 0; ///< of the federation's total, 0–1
    QString text; ///< "41.2 TB"
    bool operator==(const MapFigure &) const = default;
};

/// The card at the top left.
struct MapHeader {
    QString title; ///< "10 sites, 7 countries"
    QString subtitle; ///< "1,284 instances · 412.6 TB · 3 migrations in progress"
    bool demonstration = false; ///< says that the data is demonstration data
    QString figuresTitle; ///< what the figures of the data layer count: "Health data (France)"
    bool operator==(const MapHeader &) const = default;
};

}
