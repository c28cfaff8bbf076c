// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/calls.h"

#include <grpc/grpc_security_constants.h>
#include <map>

namespace portulan::site {

struct Calls::Places {
    std::mutex mutex;
    std::map<std::string, std::size_t> taken;
};

Calls::Calls(Workers &desk, Timer &timer, Log log)
    : m_desk(desk)
    , m_timer(timer)
    , m_log(std::move(log))
    , m_places(std::make_shared<Places>())
{
}

Result<std::string> Calls::callerOf(const grpc::ServerContextBase &context)
{
    constexpr std::string_view scheme = "portulan://";
    const auto peer = context.auth_context();
    std::string who;
    if (peer && peer->IsPeerAuthenticated()) {
        for (const auto &name : peer->FindPropertyValues(GRPC_PEER_URI_PROPERTY_NAME)) {
            const std::string_view uri(name.data(), name.size());
            if (!uri.starts_with(scheme)) {
                continue;
            }
            if (!who.empty()) {
                return refuse(Reason::Unauthenticated, {{"expected", "one identity"}});
            }
            who = uri.substr(scheme.size());
        }
    }
    const auto slash = who.find('/');
    if (slash == std::string::npos || !isId(std::string_view(who).substr(slash + 1)) || (!who.starts_with("user/") && !who.starts_with("site/"))) {
        return refuse(Reason::Unauthenticated, {{"expected", "portulan://user/NAME"}});
    }
    return who;
}

Result<Calls::Caller> Calls::admit(const grpc::ServerContextBase &context)
{
    auto who = callerOf(context);
    if (!who) {
        m_log.problem("call.stranger", who.error(), {{"peer", context.peer()}});
        return tl::unexpected(who.error());
    }
    const std::lock_guard lock(m_places->mutex);
    auto &taken = m_places->taken[*who];
    if (taken >= maxAtOnce) {
        return refuse(Reason::TooLarge, {{"what", "calls at once"}, {"limit", std::to_string(maxAtOnce)}, {"size", std::to_string(taken + 1)}});
    }
    ++taken;
    Place place(static_cast<void *>(m_places.get()), [places = m_places, name = *who](void *) {
        const std::lock_guard held(places->mutex);
        if (--places->taken[name] == 0) {
            places->taken.erase(name);
        }
    });
    return Caller {std::move(*who), std::move(place)};
}

}
