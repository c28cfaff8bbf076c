// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/departures.h"

#include "site/evacuationmove.h"
#include "site/journal.h"
#include "site/peerlink.h"

#include <algorithm>
#include <array>

namespace portulan::site {

namespace {

constexpr std::array<std::string_view, 3> words {"committed", "undecided", "aborted"};

/// None: there is no such thing here.
std::optional<Custody> custodyOf(const Context &context, const ObjectId &object)
{
    const auto thing = context.broadcast.find(object);
    return !thing ? std::nullopt
                  : std::visit(
                      [](const auto &its) -> std::optional<Custody> {
                          if constexpr (requires { its.custody; }) {
                              return its.custody;
                          } else {
                              return Custody::Owner;
                          }
                      },
                      *thing);
}

bool isMoving(const Context &context, const ObjectId &object)
{
    return std::ranges::any_of(context.broadcast.all(ObjectKind::Operation), [&object](const Thing &thing) {
        const auto *operation = std::get_if<Operation>(&thing);
        return operation && operation->kind == "migrate" && operation->object == object && !isOver(operation->state);
    });
}

/// An evacuation under way has it among its moves and is not done with it.
bool isPlanned(const Context &context, const ObjectId &object)
{
    const auto records = context.journal.openEvacuations();
    return records && std::ranges::any_of(*records, [&](const EvacuationRecord &record) {
        const bool isNamed = record.order.find(object.id) != std::string::npos; // most are not worth reading
        const auto order = isNamed ? evacuationFrom(record.order, context.config.siteId) : Result<Evacuate>(refuse(Reason::NotFound));
        if (!order) {
            return false;
        }
        const auto at = std::ranges::find(order->moves, object, [](const Evacuate::Move &move) { return move.order.object; });
        const auto row = record.moves.find(std::size_t(at - order->moves.begin()));
        const auto move = row == record.moves.end() ? Result<EvacuationMove>(EvacuationMove {}) : evacuationMoveFrom(row->second);
        return at != order->moves.end() && !(move && move->isOver());
    });
}

}

std::string_view toString(Departed departed)
{
    return words[std::size_t(departed)];
}

Departed hasDeparted(const Context &context, const ObjectId &object)
{
    const auto custody = object.site == context.config.siteId ? custodyOf(context, object) : Custody::Owner;
    if (!custody || *custody == Custody::Retained) {
        return Departed::Yes;
    }
    return *custody != Custody::Owner || isMoving(context, object) || isPlanned(context, object) ? Departed::NotYet : Departed::No;
}

Result<> mayAskDeparture(const Config &config, const ObjectId &object, const std::string &endpoint)
{
    return endpointOf(config, object.site, endpoint).map([](const auto &) {});
}

Result<Departed> askDeparture(const Config &config, const ObjectId &object, const std::string &endpoint)
{
    const auto where = endpointOf(config, object.site, endpoint);
    const auto link = where ? PeerLink::to(config, object.site, *where) : Result<std::unique_ptr<PeerLink>>(unexpected(where.error()));
    const auto answer = link ? (*link)->decision({}, object.resourceName()) : Result<v1::DecisionResponse>(unexpected(link.error()));
    if (!answer) {
        return unexpected(answer.error());
    }
    const auto word = std::ranges::find(words, answer->decision());
    if (word == words.end()) { // "unknown": an older gateway, which knows no such question
        return refuse(Reason::Version, {{"site", object.site}});
    }
    return Departed(word - words.begin());
}

}
