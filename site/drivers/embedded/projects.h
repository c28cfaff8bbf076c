// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/embedded/plant.h"

namespace portulan::site::embedded {

/// Orders about projects and networks: records only. prepare() says whether an order may be done and what it changes; nothing else happens.
class Projects {
public:
    explicit Projects(Plant &plant)
        : m_plant(plant)
    {
    }
    Result<> prepare(Draft &draft, CreateProject &order, std::string_view etag);
    Result<> prepare(Draft &draft, UpdateProject &order, std::string_view etag);
    Result<> prepare(Draft &draft, DeleteProject &order, std::string_view etag);
    Result<> prepare(Draft &draft, CreateNetwork &order, std::string_view etag);
    Result<> prepare(Draft &draft, DeleteNetwork &order, std::string_view etag);

private:
    Plant &m_plant;
};

}
