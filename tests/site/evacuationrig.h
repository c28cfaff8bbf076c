// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/evacuations.h"
#include "tests/fakes/fakedriver.h"
#include "tests/site/scratch.h"

#include <gtest/gtest.h>

namespace portulan::test {

/// A gateway's journal and operations; moves are begun in them as orders are, and end when the test says so.
class EvacuationRig : public testing::Test {
protected:
    struct Life {
        explicit Life(const std::string &path)
            : journal(std::move(*site::Journal::open(path)))
        {
            EXPECT_TRUE(operations.recover());
        }
        std::unique_ptr<site::Journal> journal;
        site::Broadcast broadcast {"e1"};
        std::function<Instant()> clock = [] { return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()); };
        site::Operations operations {"lyon", *journal, broadcast, clock};
        site::Config config = [] {
            site::Config its;
            its.siteId = "lyon";
            return its;
        }();
        Rulebook rules;
        site::Policy policy {rules, broadcast, "lyon", clock};
        FakeDriver driver {"lyon"};
        site::Workers workers {1};
        site::Context context {config, driver, *journal, broadcast, operations, policy, workers, clock};
    };

    static ObjectId machine(const std::string &id) { return {"lyon", ObjectKind::Instance, id}; }
    static Evacuate::Move move(const std::string &id, const std::string &to, std::int32_t wave = 0, std::vector<ObjectId> after = {})
    {
        Evacuate::Move its;
        its.order.object = machine(id);
        its.order.toSite = to;
        its.wave = wave;
        its.after = std::move(after);
        return its;
    }
    std::shared_ptr<site::Running> ordered()
    {
        Operation draft;
        draft.kind = "evacuate";
        draft.object = {"lyon", ObjectKind::Site, {}};
        draft.requestedBy = "user/alice";
        draft.requestId = "r-1";
        draft.cancellable = true;
        return life->operations.begin(draft)->running;
    }
    site::Evacuation evacuation(
        std::vector<Evacuate::Move> moves, std::int32_t atOnce = 4, std::int32_t atOncePerSite = 4, site::Evacuation::Ask ask = {})
    {
        running = ordered();
        return {life->context, {{"lyon", ObjectKind::Site, {}}, std::move(moves), atOnce, atOncePerSite}, running, {std::chrono::milliseconds(0), 3},
            std::move(ask)};
    }
    Result<Operation> submit(const std::string &who, const Request &request)
    {
        const auto &order = std::get<Migrate>(request.order);
        if (const auto refused = refusals.find(order.object.id); refused != refusals.end()) {
            return tl::unexpected(refused->second);
        }
        Operation draft;
        draft.kind = "migrate";
        draft.object = order.object;
        draft.toSite = order.toSite;
        draft.requestedBy = who;
        draft.requestId = request.requestId;
        draft.partOf = request.partOf;
        const auto ticket = life->operations.begin(draft);
        if (!ticket) {
            return tl::unexpected(ticket.error());
        }
        if (!ticket->running) {
            return *ticket->earlier;
        }
        begun += (begun.empty() ? "" : " ") + order.object.id;
        return ticket->running->operation();
    }
    bool step(site::Evacuation &one)
    {
        return one.step([this](const std::string &who, const Request &request) { return submit(who, request); });
    }
    /// The latest migration of a machine that is under way.
    std::shared_ptr<site::Running> moving(const std::string &id)
    {
        for (const auto &thing : life->broadcast.all(ObjectKind::Operation)) {
            const auto *operation = std::get_if<Operation>(&thing);
            if (operation && operation->kind == "migrate" && operation->object == machine(id) && !isOver(operation->state)) {
                auto found = life->operations.find(operation->id);
                return found ? found : life->operations.resume(*operation); // as the mover does after a restart
            }
        }
        return nullptr;
    }
    void arrives(const std::string &id) { moving(id)->succeed(machine(id)); }
    Parts parts() const { return running->operation().parts; }

    Scratch scratch;
    std::optional<Life> life {std::in_place, scratch.path("journal.db")};
    std::shared_ptr<site::Running> running;
    std::map<std::string, Problem> refusals;
    std::string begun;
};

}
