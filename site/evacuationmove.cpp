// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/evacuationmove.h"

#include "proto/wire.h"

#include <algorithm>
#include <array>
#include <google/protobuf/util/json_util.h>
#include <nlohmann/json.hpp>

namespace portulan::site {

namespace {
using Json = nlohmann::json;
constexpr std::array<const char *, 4> stateWords = {"waiting", "running", "done", "failed"};
}

std::string toRow(const EvacuationMove &move)
{
    const Json row = {{"state", stateWords[std::size_t(move.state)]}, {"operation", move.operation}, {"attempt", move.attempt},
        {"reason", toString(move.problem.reason)}, {"facts", move.problem.facts}, {"detail", move.problem.detail}};
    return row.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<EvacuationMove> evacuationMoveFrom(std::string_view text)
{
    try {
        const Json row = Json::parse(text);
        EvacuationMove move;
        const auto word = std::ranges::find(stateWords, row.at("state").get<std::string>());
        if (word == stateWords.end()) {
            return refuse(Reason::Malformed, {{"expected", "a move of an evacuation"}});
        }
        move.state = EvacuationMove::State(word - stateWords.begin());
        move.operation = row.at("operation");
        move.attempt = row.at("attempt");
        move.problem = {reasonFrom(row.at("reason").get<std::string>()), row.at("facts"), row.at("detail")};
        return move;
    } catch (const Json::exception &error) {
        return refuse(Reason::Malformed, {{"expected", "a move of an evacuation"}}, error.what());
    }
}

/// The order as its message: what travels is what is kept.
Result<std::string> toRow(const Evacuate &order)
{
    const auto message = wire::toWire({"00000000-0000-0000-0000-000000000000", {}, false, order});
    std::string text;
    const auto written = google::protobuf::util::MessageToJsonString(*message, &text);
    return written.ok() ? Result<std::string>(std::move(text)) : refuse(Reason::Internal, {{"what", "evacuation"}}, std::string(written.message()));
}

Result<Evacuate> evacuationFrom(const std::string &row, const std::string &site)
{
    v1::EvacuateRequest message;
    google::protobuf::util::JsonParseOptions lenient;
    lenient.ignore_unknown_fields = true; // of a later version
    if (!google::protobuf::util::JsonStringToMessage(row, &message, lenient).ok()) {
        return refuse(Reason::Malformed, {{"expected", "an evacuation"}});
    }
    return wire::fromWire(message, site).map([](Request request) { return std::get<Evacuate>(std::move(request.order)); });
}

}
