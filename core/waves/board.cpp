// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/waves/board.h"

#include "core/waves/fates.h"

#include <algorithm>
#include <limits>

namespace portulan::waves {

namespace {

constexpr std::array<const char *, Share::counted> resourceNames = {"vcpus", "ram_bytes", "storage_bytes", "instances", "volumes"};

template <typename T>
int indexIn(std::vector<T> &list, const T &value)
{
    const auto at = std::ranges::find(list, value);
    if (at == list.end()) {
        list.push_back(value);
        return int(list.size()) - 1;
    }
    return int(at - list.begin());
}

Share shareOf(const Movable &movable, int project)
{
    const Amounts &a = movable.need.amounts;
    return {project, {double(a.vcpus), double(a.ramBytes), double(a.storageBytes), double(movable.instances), double(movable.volumes)}};
}

void addTo(Block &block, const Share &share)
{
    const auto same = std::ranges::find(block.shares, share.project, &Share::project);
    if (same == block.shares.end()) {
        block.shares.push_back(share);
        return;
    }
    std::ranges::transform(same->amounts, share.amounts, same->amounts.begin(), std::plus {});
}

/// One block for each movable, or for each set that goes together from one source.
class Blocks {
public:
    Blocks(const Evacuation &evacuation, Board &board)
        : m_evacuation(evacuation)
        , m_board(board)
    {
    }
    void gather(Fates &fates)
    {
        for (std::size_t i = 0; i < m_evacuation.movables.size(); ++i) {
            add(i, fates);
        }
    }
    std::size_t groups() const { return m_groups.size(); }

private:
    void add(std::size_t index, Fates &fates)
    {
        const Movable &movable = m_evacuation.movables[index];
        const int source = indexIn(m_board.sources, movable.object.site);
        const int fate = fates.of(movable);
        const std::size_t at = blockFor(movable, source, fate);
        Block &block = m_board.blocks[at];
        m_board.blockOf.push_back(at);
        block.fate = block.fate == fate ? fate : fates.both(block.fate, fate);
        block.members.push_back(index);
        const Amounts &a = movable.need.amounts;
        const Bulk bulk {double(a.vcpus), double(a.ramBytes), double(a.storageBytes), double(movable.bytes)};
        std::ranges::transform(block.bulk, bulk, block.bulk.begin(), std::plus {});
        if (!movable.need.projectId.empty()) {
            addTo(block, shareOf(movable, indexIn(m_board.projects, movable.need.projectId)));
        }
        if (!movable.apart.empty()) {
            const int group = m_groups.try_emplace(movable.apart, int(m_groups.size())).first->second;
            if (std::ranges::find(block.apart, group) == block.apart.end()) { // together outweighs apart
                block.apart.push_back(group);
            }
        }
    }
    std::size_t blockFor(const Movable &movable, int source, int fate)
    {
        const std::size_t next = m_board.blocks.size();
        const auto at = movable.together.empty() ? next : m_together.try_emplace({source, movable.together}, next).first->second;
        if (at == next) {
            m_board.blocks.push_back({{}, source, fate, {}, {}, {}});
        }
        return at;
    }

    const Evacuation &m_evacuation;
    Board &m_board;
    std::map<std::pair<int, std::string>, std::size_t> m_together;
    std::map<std::string, int> m_groups;
};

}

int Board::add(Resource resource)
{
    resources.push_back(std::move(resource));
    return int(resources.size()) - 1;
}

Result<> Board::addLanes(const Evacuation &evacuation)
{
    const auto pipe = [this](std::int64_t rate) {
        pipes.push_back(double(rate));
        return int(pipes.size()) - 1;
    };
    m_lanes.assign(sources.size(), std::vector<int>(sites.size(), -1));
    m_outlets.assign(sources.size(), -1);
    for (const auto &lane : evacuation.lanes) {
        if (lane.bytesPerSecond < 1) {
            return refuse(Reason::InvalidArgument, {{"field", "bytes_per_second"}, {"expected", "≥ 1"}, {"value", lane.from + " – " + lane.to}});
        }
        const auto from = std::ranges::find(sources, lane.from);
        const auto to = std::ranges::find(sites, lane.to);
        if (from != sources.end() && to != sites.end() && lane.from != lane.to) {
            m_lanes[std::size_t(from - sources.begin())][std::size_t(to - sites.begin())] = pipe(lane.bytesPerSecond);
        }
    }
    for (std::size_t s = 0; s < sources.size(); ++s) {
        const auto limit = evacuation.bytesPerSecondFrom.find(sources[s]);
        m_outlets[s] = limit != evacuation.bytesPerSecondFrom.end() && limit->second > 0 ? pipe(limit->second) : -1;
    }
    for (const auto &destination : evacuation.destinations) {
        m_inlets.push_back(destination.bytesPerSecond > 0 ? pipe(destination.bytesPerSecond) : -1);
    }
    for (auto &block : blocks) { // no lane, no way
        for (std::size_t d = 0; d < sites.size(); ++d) {
            Fate &fate = fates[std::size_t(block.fate)];
            if (m_lanes[std::size_t(block.source)][d] < 0 && fate.allowed[d]) {
                fate.allowed[d] = false; // fates are of one source
                fate.obstacles[d].push_back({Reason::Unreachable, {{"site", sites[d]}}, {}});
            }
        }
    }
    return {};
}

void Board::addRooms(const Evacuation &evacuation)
{
    constexpr std::int64_t Amounts::*parts[] = {&Amounts::vcpus, &Amounts::ramBytes, &Amounts::storageBytes};
    for (const auto &destination : evacuation.destinations) {
        const Amounts total = destination.site->capacity.total();
        const Amounts available = destination.site->capacity.available();
        std::array<int, 3> rooms {};
        for (std::size_t d = 0; d < rooms.size(); ++d) { // of what nobody knows, the site will tell when asked
            const auto left = std::max<std::int64_t>(available.*parts[d], 0);
            rooms[d] = total.*parts[d] > 0 ? add({Resource::Kind::Room, resourceNames[d], double(left), 0, 0}) : -1;
        }
        m_rooms.push_back(rooms);
    }
}

void Board::addQuotas(const Evacuation &evacuation)
{
    for (const auto &id : projects) {
        for (const auto &destination : evacuation.destinations) {
            auto &quotas = m_quotas.emplace_back();
            quotas.fill(-1);
            const auto at = destination.projects.find(id);
            if (at == destination.projects.end() || at->second == nullptr) {
                continue;
            }
            const Project &project = *at->second;
            const Quota &quota = project.quota;
            const std::int64_t limits[] = {quota.limit.vcpus, quota.limit.ramBytes, quota.limit.storageBytes, quota.instances, quota.volumes};
            const std::int64_t used[]
                = {project.used.vcpus, project.used.ramBytes, project.used.storageBytes, project.usedInstances, project.usedVolumes};
            for (std::size_t d = 0; d < quotas.size(); ++d) {
                if (limits[d] >= 0) {
                    const auto left = std::max<std::int64_t>(limits[d] - std::clamp<std::int64_t>(used[d], 0, limits[d]), 0);
                    quotas[d] = add({Resource::Kind::Quota, resourceNames[d], double(left), limits[d], used[d]});
                }
            }
        }
    }
}

void Board::addSeparations(std::size_t groups)
{
    for (std::size_t group = 0; group < groups; ++group) {
        m_separations.push_back(int(resources.size()));
        resources.resize(resources.size() + sites.size(), {Resource::Kind::Separation, "apart", 1, 1, 0});
    }
}

Result<Board> Board::of(const Evacuation &evacuation, const Rulebook &rulebook, Date today)
{
    Board board;
    for (const auto &destination : evacuation.destinations) {
        if (destination.site == nullptr) {
            return refuse(Reason::InvalidArgument, {{"field", "destinations"}, {"expected", "sites"}});
        }
        board.sites.push_back(destination.site->id);
        board.costs.push_back(std::max(destination.costPerGigabyteMonth, 0.0) / 1e9);
    }
    for (const auto &movable : evacuation.movables) {
        const Amounts &a = movable.need.amounts;
        if (std::min({a.vcpus, a.ramBytes, a.storageBytes, movable.bytes, movable.instances, movable.volumes}) < 0) {
            return refuse(Reason::InvalidArgument, {{"field", movable.object.text()}, {"expected", "≥ 0"}});
        }
    }
    Fates fates(evacuation, rulebook, today);
    Blocks blocks(evacuation, board);
    blocks.gather(fates);
    board.fates = fates.take();
    board.addRooms(evacuation);
    board.addQuotas(evacuation);
    board.addSeparations(blocks.groups());
    if (auto laid = board.addLanes(evacuation); !laid) {
        return tl::unexpected(laid.error());
    }
    return board;
}

}
