// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/waves/evacuation.h"
#include "core/waves/flow.h"

#include <algorithm>
#include <array>
#include <bitset>

namespace portulan::waves {

enum Dimension { Vcpus, Ram, Storage, Bytes, dimensions }; ///< Bytes: to be carried
using Bulk = std::array<double, dimensions>;
using Hours = std::bitset<std::size_t(minutesADay)>; ///< minutes of the day, from midnight

/// Where one kind of workload may be: by destination, with what stands against it.
struct Fate {
    std::vector<bool> allowed;
    std::vector<std::vector<Problem>> obstacles;
};

/// What a project's quotas are asked for.
struct Share {
    enum { Instances = Bytes, Volumes = dimensions, counted };
    int project = -1;
    std::array<double, counted> amounts {}; ///< vCPU, RAM, storage, instances, volumes
};

/// Movables that go together; most are one alone.
struct Block {
    std::vector<std::size_t> members;
    int source = -1;
    int fate = -1;
    int hours = 0; ///< of the board: in which any of it may travel
    Bulk bulk {};
    std::vector<Share> shares;
    std::vector<int> apart; ///< groups of which it must be the only one at its site

    /// All of it is of one project, or of none: then its bulk says all.
    bool isOfOneProject() const
    {
        return shares.empty() || (shares.size() == 1 && std::equal(bulk.begin(), bulk.begin() + Bytes, shares.front().amounts.begin()));
    }
};

/// Something of which a destination has only so much.
struct Resource {
    enum class Kind { Room, Quota, Separation };
    Kind kind = Kind::Room;
    std::string name; ///< "vcpus", "ram_bytes", "storage_bytes", "instances", "volumes"
    double left = 0; ///< before the evacuation
    std::int64_t limit = 0; ///< of a quota
    std::int64_t used = 0;
};

/// The evacuation by numbers: blocks, resources of destinations, and pipes through which bytes have to pass. A pipe lets through what it can in the
/// hours of anything that is to move; what has fewer hours passes a second one as well, that is open in those alone. Nothing is taken to travel
/// outside of its hours: a machine that was stopped in them goes on to its end, but no plan counts on that.
class Board {
public:
    static Result<Board> of(const Evacuation &evacuation, const Rulebook &rulebook, Date today);

    std::vector<Block> blocks;
    std::vector<Fate> fates;
    std::vector<Resource> resources;
    std::vector<Flow> pipes;
    std::vector<Hours> hours; ///< that there are; at least one
    std::vector<std::string> sites; ///< of the destinations
    std::vector<double> costs; ///< of each destination, per byte and month
    std::vector<std::string> sources;
    std::vector<std::string> projects;
    std::vector<std::size_t> blockOf; ///< of each movable

    bool mayGo(const Block &block, std::size_t destination) const { return fates[std::size_t(block.fate)].allowed[destination]; }
    /// take(resource, amount) of everything that `block` would use at the destination.
    template <typename Take>
    void forEachUse(const Block &block, std::size_t destination, Take take) const
    {
        for (int d = 0; d < Bytes; ++d) {
            if (const int room = m_rooms[destination][std::size_t(d)]; room >= 0 && block.bulk[std::size_t(d)] > 0) {
                take(room, block.bulk[std::size_t(d)]);
            }
        }
        for (const auto &share : block.shares) {
            for (std::size_t d = 0; d < Share::counted; ++d) {
                if (const int quota = quotaOf(share.project, destination, d); quota >= 0 && share.amounts[d] > 0) {
                    take(quota, share.amounts[d]);
                }
            }
        }
        for (const int group : block.apart) {
            take(m_separations[std::size_t(group)] + int(destination), 1.0);
        }
    }
    /// pass(pipe) of each that bytes of a block have to pass to the destination.
    template <typename Pass>
    void forEachPipe(const Block &block, std::size_t destination, Pass pass) const
    {
        const auto source = std::size_t(block.source);
        const auto &within = m_within[std::size_t(block.hours)];
        for (const int pipe : {m_lanes[source][destination], m_outlets[source], m_inlets[destination]}) {
            if (pipe >= 0) {
                pass(pipe);
                if (!within.empty()) {
                    pass(within[std::size_t(pipe)]);
                }
            }
        }
    }
    int roomOf(std::size_t destination, std::size_t dimension) const { return m_rooms[destination][dimension]; }
    int quotaOf(int project, std::size_t destination, std::size_t dimension) const
    {
        return m_quotas[std::size_t(project) * sites.size() + destination][dimension];
    }

private:
    Result<> addLanes(const Evacuation &evacuation);
    void addEnds(const Evacuation &evacuation, std::vector<Flow::Day> &days);
    void narrowLanes(std::vector<Flow::Day> &days) const;
    void layPipes(const std::vector<Flow::Day> &days, int minute);
    void barWhereNoLaneIs();
    void addRooms(const Evacuation &evacuation);
    void addQuotas(const Evacuation &evacuation);
    void addSeparations(std::size_t groups);
    int add(Resource resource);

    std::vector<std::array<int, 3>> m_rooms;
    std::vector<std::array<int, Share::counted>> m_quotas;
    std::vector<int> m_separations; ///< of each group, that of the first destination
    std::vector<std::vector<int>> m_lanes; ///< by source, destination
    std::vector<int> m_outlets;
    std::vector<int> m_inlets;
    std::vector<std::vector<int>> m_within; ///< of each hours and pipe, the one of these hours alone; empty: the same
};

}
