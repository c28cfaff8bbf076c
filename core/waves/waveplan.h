// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/waves/evacuation.h"

#include <memory>

namespace portulan {

namespace waves {
class Board;
struct Placed;
}

/// Why a site was not taken.
enum class NotTaken {
    Chosen, ///< it was
    Forbidden, ///< the rules, the project, the hypervisor: `problem` says which
    NoLink, ///< not reachable, or no way there
    NoRoom, ///< with everything else the plan puts there; `problem` names the resource or the quota
    Separated, ///< something it must be apart from goes there
    Slower, ///< the whole would take longer: `seconds` instead
    Dearer, ///< no slower, but costs more
    Equal, ///< neither slower nor dearer
};
std::string_view toString(NotTaken why); ///< "chosen", "forbidden", "no_link", "no_room", "separated", "slower", "dearer", "equal"

struct Alternative {
    std::string site;
    NotTaken why = NotTaken::Forbidden;
    Problem problem; ///< of Forbidden, NoLink, NoRoom, Separated
    double seconds = 0; ///< of the whole evacuation if it went there; of Slower
};

/// A set of moves that begins when the wave before it is over.
struct Wave {
    std::vector<std::size_t> movables; ///< in the order in which they should begin
    std::int64_t bytes = 0;
    double seconds = 0; ///< estimate: from its beginning to its end, whatever lies between its hours included
    double begins = 0; ///< seconds after the evacuation may begin
    double ends = 0;
};

/// A machine that would be down past the end of its hours: its copy, or its restart, takes longer than all of them, even alone.
struct Overrun {
    std::size_t movable = 0;
    double stillSeconds = 0;
    double hoursSeconds = 0;
};

/// Where everything goes, in which order, and how good that is. Times are estimates: as good as the lanes' rates. They are by the clock: what waits
/// for its hours waits in them too.
struct WavePlan {
    static constexpr std::size_t nowhere = ~std::size_t {0};

    std::vector<std::size_t> destinations; ///< of each movable: an index into Evacuation::destinations, or nowhere
    std::vector<Wave> waves;
    std::size_t unplaced = 0; ///< movables that have no place
    std::size_t leastUnplaced = 0; ///< no plan leaves fewer: the solver's bound
    double transferSeconds = 0; ///< until the last byte is there, with nothing between waves: the busiest link's
    double leastTransferSeconds = 0; ///< no plan that places as many is faster: the solver's bound
    double costPerMonth = 0; ///< of storing it all there; 0: no cost is known
    double leastCostPerMonth = 0; ///< no plan as fast (within timeSlack) is cheaper: the solver's bound
    double seconds = 0; ///< until the last wave is over, with stopping and starting
    double secondsError = 0;
    std::int64_t bytes = 0; ///< carried
    std::vector<Overrun> overruns;
    std::vector<ObjectId> circular; ///< things that wait for each other: their order was dropped
    bool isExact = false; ///< the solver searched whole assignments, not only their relaxation

    static constexpr double timeSlack = 0.01;
    /// How far it is from what the solver proved possible, 0–1: (value − bound) / value. Of time.
    double gap() const;
    double costGap() const;

    /// For each destination why this movable goes there or not.
    std::vector<Alternative> alternatives(std::size_t movable) const;

    WavePlan();
    ~WavePlan();
    WavePlan(WavePlan &&) noexcept;
    WavePlan &operator=(WavePlan &&) noexcept;
    std::unique_ptr<const waves::Placed> placed; ///< what alternatives() looks at
};

/// Assigns every movable to an allowed site with room: as many as possible, then in the least time, then at the least cost. Pure; may take
/// seconds for thousands. InvalidArgument{field} if a lane or a movable makes no sense; Internal if the solver gives up.
Result<WavePlan> planWaves(const Evacuation &evacuation, const Rulebook &rulebook, Date today);

/// The same in two steps, for who has a window: the first asks the rules, which takes milliseconds; the second only computes, in any thread,
/// and looks at no site any more.
Result<std::shared_ptr<const waves::Board>> judgeWaves(const Evacuation &evacuation, const Rulebook &rulebook, Date today);
Result<WavePlan> planWaves(const Evacuation &evacuation, const waves::Board &judged);

}
