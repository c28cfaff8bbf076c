// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What other sites have to move before something of an evacuation may.
#include "site/evacuation.h"

#include <algorithm>
#include <map>

namespace portulan::site {

using State = EvacuationMove::State;

namespace {
constexpr std::size_t mostAtOnce = 64; // in one inquiry
}

/// Asks after those whose wave has come and whose pause is over, the longest unheard first.
void Evacuation::inquire()
{
    if (m_inquiry) {
        return;
    }
    const auto now = std::chrono::steady_clock::now();
    const std::int32_t present = wave();
    std::vector<std::size_t> due;
    for (std::size_t i = 0; i < m_posts.size(); ++i) {
        if (isAwaited(i) && m_posts[i].move.state == State::Waiting && m_order.moves[i].wave <= present && now >= m_posts[i].notBefore) {
            due.push_back(i);
        }
    }
    if (due.empty()) {
        return;
    }
    std::ranges::stable_sort(due, {}, [this](std::size_t number) { return m_posts[number].notBefore; });
    due.resize(std::min(due.size(), mostAtOnce));
    m_inquiry = std::make_shared<Inquiry>();
    for (const std::size_t number : due) {
        m_inquiry->about.emplace_back(number, m_order.moves[number].order.object);
        m_inquiry->endpoints.push_back(m_order.moves[number].order.toEndpoint);
    }
    Ask ask = m_ask;
    if (!ask) {
        ask = [&config = m_context.config](const ObjectId &object, const std::string &endpoint) { return askDeparture(config, object, endpoint); };
    }
    m_context.workers.post([inquiry = m_inquiry, ask = std::move(ask)] {
        std::vector<Result<Departed>> answers;
        std::map<std::string, Problem> silent; // of one that does not answer no more is asked
        for (std::size_t i = 0; i < inquiry->about.size(); ++i) {
            const auto &object = inquiry->about[i].second;
            const auto known = silent.find(object.site);
            answers.push_back(known == silent.end() ? ask(object, inquiry->endpoints[i]) : Result<Departed>(unexpected(known->second)));
            if (!answers.back()) {
                silent.emplace(object.site, answers.back().error());
            }
        }
        const std::lock_guard lock(inquiry->mutex);
        inquiry->answers = std::move(answers);
    });
}

bool Evacuation::hear()
{
    if (!m_inquiry) {
        return false;
    }
    {
        const std::lock_guard lock(m_inquiry->mutex);
        if (!m_inquiry->answers) {
            return false;
        }
    }
    const auto inquiry = std::exchange(m_inquiry, nullptr);
    for (std::size_t i = 0; i < inquiry->about.size(); ++i) {
        heard(inquiry->about[i].first, (*inquiry->answers)[i]);
    }
    return true;
}

/// A site that says it will not may only not have got its own order yet: it is asked as often as one that is silent.
void Evacuation::heard(std::size_t number, const Result<Departed> &answer)
{
    auto &post = m_posts[number];
    const auto now = std::chrono::steady_clock::now();
    if (answer && *answer == Departed::Yes) {
        settle(number, State::Done);
        return;
    }
    if (answer && *answer == Departed::NotYet) {
        post.move.attempt = 0;
        post.notBefore = now + m_patience.pause;
        return;
    }
    if (++post.move.attempt < m_patience.attempts) {
        post.notBefore = now + m_patience.pause * (1 << (post.move.attempt - 1));
        return;
    }
    const auto &object = m_order.moves[number].order.object;
    const Problem problem = answer ? Problem {Reason::NotReady, {{"id", object.text()}, {"state", "not moved"}}, {}} : answer.error();
    m_context.log.problem("evacuation.not_departed", problem, {{"operation", m_id.id}, {"object_id", object.id}});
    m_running->log(object.text() + ": " + describe(problem));
    settle(number, State::Failed, problem);
}

}
