// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/waves/board.h"

#include "core/waves/fates.h"

#include <algorithm>
#include <limits>

namespace portulan::waves {

namespace {

constexpr std::size_t mostKindsOfHours = 16; // more are counted in those of all alone: a bound it stays
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

/// The hours there are, each once.
class HoursList {
public:
    explicit HoursList(std::vector<Hours> &list)
        : m_list(list)
    {
    }
    int of(const DayWindow &window)
    {
        const auto [at, isNew] = m_known.try_emplace({window.from, window.to}, 0);
        if (isNew) {
            at->second = indexIn(m_list, minutesOf(window));
        }
        return at->second;
    }
    int both(int one, const DayWindow &other) { return indexIn(m_list, m_list[std::size_t(one)] | minutesOf(other)); }

private:
    static Hours minutesOf(const DayWindow &window)
    {
        Hours hours;
        for (int minute = 0; minute < minutesADay; ++minute) {
            hours.set(std::size_t(minute), window.holds(minute));
        }
        return hours;
    }
    std::vector<Hours> &m_list;
    std::map<std::pair<int, int>, int> m_known;
};

Flow::Day limited(double most, const std::vector<HourlyRate> &hourly)
{
    Flow::Day day;
    for (int minute = 0; minute < minutesADay; ++minute) {
        const auto rate = rateAt(hourly, minute, 0);
        day[std::size_t(minute)] = rate > 0 ? std::min(double(rate), most) : most;
    }
    return day;
}

Flow within(const Flow::Day &day, const Hours &hours, int minute)
{
    Flow::Day open = day;
    for (std::size_t m = 0; m < open.size(); ++m) {
        open[m] = hours[m] ? day[m] : 0;
    }
    return {open, minute};
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
        block.hours = block.members.empty() ? m_hours.of(movable.allowance.hours) : m_hours.both(block.hours, movable.allowance.hours);
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
            m_board.blocks.push_back({{}, source, fate, 0, {}, {}, {}});
        }
        return at;
    }

    const Evacuation &m_evacuation;
    Board &m_board;
    HoursList m_hours {m_board.hours};
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
    std::vector<Flow::Day> days;
    m_lanes.assign(sources.size(), std::vector<int>(sites.size(), -1));
    for (const auto &lane : evacuation.lanes) {
        if (lane.bytesPerSecond < 1) {
            return refuse(Reason::InvalidArgument, {{"field", "bytes_per_second"}, {"expected", "≥ 1"}, {"value", lane.from + " – " + lane.to}});
        }
        const auto from = std::ranges::find(sources, lane.from);
        const auto to = std::ranges::find(sites, lane.to);
        if (from != sources.end() && to != sites.end() && lane.from != lane.to) {
            m_lanes[std::size_t(from - sources.begin())][std::size_t(to - sites.begin())] = int(days.size());
            days.push_back(limited(double(lane.bytesPerSecond), lane.hourly));
        }
    }
    addEnds(evacuation, days);
    narrowLanes(days);
    layPipes(days, evacuation.minute);
    barWhereNoLaneIs();
    return {};
}

/// What a source sends and a destination takes in at most; where only some hours are limited, no more than all its lanes in the others.
void Board::addEnds(const Evacuation &evacuation, std::vector<Flow::Day> &days)
{
    const std::size_t lanes = days.size();
    const auto add = [&](std::int64_t most, const std::vector<HourlyRate> &hourly, auto isIts) {
        if (most <= 0 && hourly.empty()) {
            return -1;
        }
        double all = 0;
        for (std::size_t source = 0; source < sources.size(); ++source) {
            for (std::size_t destination = 0; destination < sites.size(); ++destination) {
                const int lane = m_lanes[source][destination];
                all += lane >= 0 && std::size_t(lane) < lanes && isIts(source, destination) ? std::ranges::max(days[std::size_t(lane)]) : 0;
            }
        }
        if (most <= 0 && all <= 0) {
            return -1; // nothing passes there
        }
        days.push_back(limited(most > 0 ? double(most) : all, hourly));
        return int(days.size()) - 1;
    };
    for (std::size_t s = 0; s < sources.size(); ++s) {
        const auto limit = evacuation.bytesPerSecondFrom.find(sources[s]);
        const auto hourly = evacuation.hourlyFrom.find(sources[s]);
        m_outlets.push_back(add(limit == evacuation.bytesPerSecondFrom.end() ? 0 : limit->second,
            hourly == evacuation.hourlyFrom.end() ? std::vector<HourlyRate> {} : hourly->second,
            [s](std::size_t source, std::size_t) { return source == s; }));
    }
    for (std::size_t d = 0; d < sites.size(); ++d) {
        const auto &destination = evacuation.destinations[d];
        m_inlets.push_back(add(destination.bytesPerSecond, destination.hourly, [d](std::size_t, std::size_t its) { return its == d; }));
    }
}

/// In no minute does a lane carry more than its ends: where those have hours that is more than each by itself says.
void Board::narrowLanes(std::vector<Flow::Day> &days) const
{
    for (std::size_t source = 0; source < sources.size(); ++source) {
        for (std::size_t destination = 0; destination < sites.size(); ++destination) {
            const int lane = m_lanes[source][destination];
            for (const int end : {m_outlets[source], m_inlets[destination]}) {
                if (lane >= 0 && end >= 0) {
                    const Flow::Day &its = days[std::size_t(end)];
                    std::ranges::transform(
                        days[std::size_t(lane)], its, days[std::size_t(lane)].begin(), [](double a, double b) { return std::min(a, b); });
                }
            }
        }
    }
}

void Board::layPipes(const std::vector<Flow::Day> &days, int minute)
{
    if (hours.empty()) {
        hours.push_back(Hours().set());
    }
    Hours all;
    for (const auto &its : hours) {
        all |= its;
    }
    for (const auto &day : days) {
        pipes.push_back(within(day, all, minute));
    }
    m_within.resize(hours.size());
    std::size_t kinds = 0;
    for (std::size_t h = 0; h < hours.size(); ++h) {
        if (hours[h] == all || ++kinds > mostKindsOfHours) {
            continue;
        }
        for (const auto &day : days) {
            m_within[h].push_back(int(pipes.size()));
            pipes.push_back(within(day, hours[h], minute));
        }
    }
}

/// No lane, no way.
void Board::barWhereNoLaneIs()
{
    for (const auto &block : blocks) {
        for (std::size_t d = 0; d < sites.size(); ++d) {
            Fate &fate = fates[std::size_t(block.fate)];
            if (m_lanes[std::size_t(block.source)][d] < 0 && fate.allowed[d]) {
                fate.allowed[d] = false; // fates are of one source
                fate.obstacles[d].push_back({Reason::Unreachable, {{"site", sites[d]}}, {}});
            }
        }
    }
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
