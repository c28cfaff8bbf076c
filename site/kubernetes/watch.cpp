// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/kubernetes/watch.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace portulan::site::kubernetes {

using Json = nlohmann::json;

namespace {

constexpr std::size_t bodyLimit = std::size_t(32) << 20;
constexpr int mostPages = 1000, restarts = 3;
constexpr std::int64_t mostNodes = 100'000;
constexpr auto pageQuery = "/api/v1/nodes?limit=500";

const Json &in(const Json &object, const char *key)
{
    static const Json none;
    const auto at = object.is_object() ? object.find(key) : object.end();
    return object.is_object() && at != object.end() ? *at : none;
}
std::string wordIn(const Json &object, const char *key)
{
    const auto &value = in(object, key);
    return value.is_string() ? value.get<std::string>() : std::string();
}

/// Its "Status" object says why, in words.
Problem problemOf(const HttpAnswer &answer)
{
    const auto json = Json::parse(answer.body, nullptr, false);
    const Reason reason = answer.status == 401 ? Reason::Unauthenticated
        : answer.status == 403                 ? Reason::NotAuthorised
        : answer.status == 404                 ? Reason::NotFound
        : answer.status == 410                 ? Reason::Conflict
        : answer.status >= 500                 ? Reason::Unreachable
                                               : Reason::Internal;
    return {reason, {{"what", "kubernetes"}, {"cloud", wordIn(json, "message").substr(0, 300)}, {"status", std::to_string(answer.status)}},
        "the API server answers " + std::to_string(answer.status)};
}

Result<Json> get(Http &http, const Access &access, const std::string &path)
{
    HttpRequest request;
    request.url = access.server + path;
    request.headers = {{"Accept", "application/json"}};
    if (!access.token.empty()) {
        request.headers.emplace_back("Authorization", "Bearer " + access.token);
    }
    return http.send(request).and_then([](const HttpAnswer &answer) -> Result<Json> {
        if (!answer.isGood()) {
            return tl::unexpected(problemOf(answer));
        }
        auto json = Json::parse(answer.body, nullptr, false);
        return json.is_object() ? Result<Json>(std::move(json)) : refuse(Reason::Malformed, {{"file", "kubernetes"}, {"expected", "JSON"}});
    });
}

struct Nodes {
    std::int64_t all = 0, ready = 0;
    std::set<std::string> regions, zones;
};

void count(const Json &node, Nodes &nodes)
{
    ++nodes.all;
    for (const auto &condition : in(in(node, "status"), "conditions")) {
        if (wordIn(condition, "type") == "Ready") {
            nodes.ready += wordIn(condition, "status") == "True" ? 1 : 0;
            break;
        }
    }
    const auto &labels = in(in(node, "metadata"), "labels");
    for (auto [key, words] : {std::pair("topology.kubernetes.io/region", &nodes.regions), std::pair("topology.kubernetes.io/zone", &nodes.zones)}) {
        if (auto place = wordIn(labels, key); !place.empty()) {
            words->insert(std::move(place));
        }
    }
}

Result<Nodes> nodesOf(Http &http, const Access &access)
{
    Nodes nodes;
    int begun = 1;
    std::set<std::string> asked;
    for (std::string next = pageQuery; !next.empty();) {
        const auto page = asked.insert(next).second && asked.size() < mostPages
            ? get(http, access, next)
            : Result<Json>(refuse(Reason::Malformed, {{"file", "kubernetes"}, {"expected", "pages that come to an end"}}));
        if (!page && page.error().reason == Reason::Conflict && begun < restarts) { // its list has grown too old meanwhile
            ++begun;
            nodes = {};
            asked.clear();
            next = pageQuery;
            continue;
        }
        if (!page || !in(*page, "items").is_array()) {
            return page ? Result<Nodes>(refuse(Reason::Malformed, {{"file", "kubernetes"}, {"expected", "items"}})) : tl::unexpected(page.error());
        }
        for (const auto &node : in(*page, "items")) {
            count(node, nodes);
        }
        if (nodes.all > mostNodes) {
            return refuse(Reason::TooLarge, {{"what", "nodes"}, {"limit", std::to_string(mostNodes)}});
        }
        const auto more = wordIn(in(*page, "metadata"), "continue");
        next = more.empty() ? std::string() : pageQuery + ("&continue=" + escaped(more));
    }
    return nodes;
}

std::string joined(const std::set<std::string> &words)
{
    constexpr std::size_t most = 200;
    std::string text;
    for (const auto &each : words) {
        if (text.size() + each.size() > most) {
            return text + "…";
        }
        text += (text.empty() ? "" : ", ") + each;
    }
    return text;
}

}

Result<KubernetesCluster> look(Http &http, const Access &access, KubernetesCluster known)
{
    const auto version = get(http, access, "/version");
    const auto nodes = version ? nodesOf(http, access) : tl::unexpected(version.error());
    if (!nodes) {
        return tl::unexpected(nodes.error());
    }
    known.version = wordIn(*version, "gitVersion").substr(0, 64);
    known.nodes = nodes->all;
    known.readyNodes = nodes->ready;
    known.labels.clear();
    for (const auto &[key, words] : {std::pair("region", &nodes->regions), std::pair("zone", &nodes->zones)}) {
        if (!words->empty()) {
            known.labels.emplace(key, joined(*words));
        }
    }
    return known;
}

Watch::Watch(KubernetesRow row, const std::string &site, Tell tell)
    : m_row(std::move(row))
    , m_tell(std::move(tell))
{
    m_known.id = {site, ObjectKind::KubernetesCluster, m_row.id};
    m_known.name = m_row.name.empty() ? m_row.id : m_row.name;
    m_known.project = m_row.project;
    m_thread = std::thread([this] { run(); });
}

Watch::~Watch()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ends = true;
        if (m_http) {
            m_http->close();
        }
    }
    m_wake.notify_all();
    m_thread.join();
}

void Watch::once()
{
    const auto access = accessFrom(m_row.kubeconfig, m_row.context);
    Result<KubernetesCluster> seen = access ? Result<KubernetesCluster>() : tl::unexpected(access.error());
    if (access) {
        Http::Settings settings;
        settings.bodyLimit = bodyLimit;
        settings.authorities = access->authorities;
        settings.certificate = access->certificate;
        settings.key = access->key;
        const auto http = std::make_shared<Http>(std::move(settings));
        {
            const std::lock_guard lock(m_mutex);
            if (m_ends) {
                return;
            }
            m_http = http;
        }
        seen = look(*http, *access, m_known);
    }
    {
        const std::lock_guard lock(m_mutex);
        m_http.reset();
        if (m_ends) {
            return;
        }
    }
    m_known = seen ? *seen : m_known; // what is away is as it was last seen
    m_tell(m_known, seen ? std::nullopt : std::optional(seen.error()));
}

void Watch::run()
{
    std::unique_lock lock(m_mutex);
    while (!m_ends) {
        lock.unlock();
        once();
        lock.lock();
        m_wake.wait_for(lock, std::chrono::seconds(m_row.interval), [this] { return m_ends; });
    }
}

}
