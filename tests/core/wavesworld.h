// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/waves/waveplan.h"
#include "tests/core/rulescene.h"

#include <algorithm>
#include <deque>

namespace portulan::test {

/// An evacuation being made up: sites and projects live as long as it.
class WavesWorld {
public:
    /// Personal data stays in the Union; anything else may go anywhere.
    static const Rulebook &rules()
    {
        static const Rulebook book = Rulebook::fromJson(R"({"version":"1","sets":{"EU":["FR","DE","ES"]},"rules":[
            {"id":"EU","severity":"blocker","on_false":"fail","title":{"en":"In the Union","fr":"Dans l'Union"},"source":{"name":"Law","ref":"1"},
             "applies_when":{"eq":[{"var":"dataset.class"},"personal"]},"condition":{"in":[{"var":"site.country"},{"set":"EU"}]}}]})")
                                         .value();
        return book;
    }

    Destination &to(const std::string &id, Amounts room, std::int64_t rate, const std::string &country = "FR")
    {
        Site &site = m_sites.emplace_back(Scene("site.country=" + country).site);
        site.id = id;
        site.hypervisor = "QEMU";
        site.capacity.declared = room;
        evacuation.destinations.push_back({&site, true, {{"p", &project(id)}}, 0, 0});
        if (rate > 0) {
            evacuation.lanes.push_back({"old", id, rate});
        }
        return evacuation.destinations.back();
    }
    /// What the site added last can do, and nothing else.
    void can(std::vector<std::string> words) { m_sites.back().capabilities = std::move(words); }
    /// A machine with as many bytes to carry as it has storage.
    Movable &add(const std::string &id, Amounts amounts, Classification classification = Classification::Open)
    {
        Movable movable;
        movable.object = {"old", ObjectKind::Instance, id};
        movable.name = id;
        movable.need.subject.classification = classification;
        movable.need.amounts = amounts;
        movable.need.projectId = "p";
        movable.bytes = amounts.storageBytes;
        movable.instances = 1;
        movable.volumes = 1;
        evacuation.movables.push_back(movable);
        return evacuation.movables.back();
    }
    Project &project(const std::string &site)
    {
        const auto known = std::ranges::find(m_projects, site, [](const Project &p) { return p.id.site; });
        if (known != m_projects.end()) {
            return *known;
        }
        Project &its = m_projects.emplace_back();
        its.id = {site, ObjectKind::Project, "p"};
        return its;
    }
    Result<WavePlan> plan() const { return planWaves(evacuation, rules(), day("2026-11-22")); }

    Evacuation evacuation;

private:
    std::deque<Site> m_sites;
    std::deque<Project> m_projects;
};

}
