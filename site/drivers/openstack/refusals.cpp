// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Each service has its own way to say no; some say it in HTML.
#include "site/drivers/openstack/session.h"

namespace portulan::site::openstack {

namespace {

constexpr std::size_t mostWords = 300;

/// Text without tags and entities, in one line.
std::string plain(std::string_view text)
{
    std::string words;
    bool isTag = false;
    for (std::size_t i = 0; i < text.size() && words.size() < mostWords; ++i) {
        const char c = text[i];
        if (c == '<') {
            isTag = true;
        } else if (c == '>') {
            isTag = false;
            words += ' ';
        } else if (!isTag) {
            words += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
        }
    }
    std::string line;
    for (const char c : words) {
        if (c != ' ' || (!line.empty() && line.back() != ' ')) {
            line += c;
        }
    }
    return line;
}

/// The words in an answer: {"message"}, {"error": {"message"}}, {"itemNotFound": {"message"}}, {"NeutronError": {"message"}},
/// {"errors": [{"detail"}]}, or HTML.
std::string wordsOf(const HttpAnswer &answer)
{
    const auto json = Json::parse(answer.body, nullptr, false);
    if (!json.is_object() || json.empty()) {
        return plain(answer.body);
    }
    const auto in = [](const Json &object) {
        for (const auto *key : {"message", "detail"}) {
            if (object.is_object() && object.contains(key) && object[key].is_string()) {
                return object[key].get<std::string>();
            }
        }
        return std::string();
    };
    auto words = in(json);
    for (auto at = json.begin(); words.empty() && at != json.end(); ++at) {
        words = in(at->is_array() && !at->empty() ? at->front() : *at);
    }
    return plain(words);
}

Reason reasonOf(const HttpAnswer &answer, const std::string &words)
{
    const bool isQuota = words.find("uota") != std::string::npos || answer.body.find("overLimit") != std::string::npos;
    switch (answer.status) {
    case 400:
        return Reason::InvalidArgument;
    case 401:
        return Reason::Unauthenticated;
    case 403:
        return isQuota ? Reason::Quota : Reason::NotAuthorised;
    case 404:
    case 410:
        return Reason::NotFound;
    case 409:
        return isQuota ? Reason::Quota : Reason::NotReady;
    case 413:
        return isQuota ? Reason::Quota : Reason::TooLarge;
    case 406:
        return Reason::Version;
    case 429:
    case 502:
    case 503:
    case 504:
        return Reason::Unreachable;
    case 507:
        return Reason::NoCapacity;
    default:
        return Reason::Internal;
    }
}

}

Problem problemOf(Service service, const HttpAnswer &answer)
{
    const auto words = wordsOf(answer);
    Problem problem {reasonOf(answer, words), {}, {}};
    const auto &request = answer.header("x-openstack-request-id");
    problem.facts = {{"what", std::string(nameOf(service))}, {"cloud", words}, {"status", std::to_string(answer.status)}};
    if (!request.empty()) {
        problem.facts.emplace("request", request);
    }
    problem.detail
        = std::string(nameOf(service)) + " answers " + std::to_string(answer.status) + ": " + words + (request.empty() ? "" : " (" + request + ')');
    return problem;
}

}
