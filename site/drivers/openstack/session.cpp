// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/openstack/session.h"

#include "core/instant.h"
#include "site/drivers/openstack/fields.h"

#include <algorithm>
#include <set>

namespace portulan::site::openstack {

using namespace std::chrono_literals;

namespace {

constexpr auto renewBefore = 60s; ///< of a token's end
constexpr auto leastValid = 30s; ///< whatever clocks say of each other
constexpr auto mostPages = 100'000;
// The newest this driver was written against; nova's hypervisors have numbers up to 2.87 only.
constexpr auto microversions = {std::pair("compute", "2.87"), std::pair("volume", "3.45")};
/// A service's names in the catalogue, the usual first, and what its URL there lacks.
struct Listed {
    Service service;
    std::initializer_list<const char *> types;
    const char *version;
};
const Listed listed[] = {{Service::Compute, {"compute"}, ""}, {Service::Image, {"image"}, "/v2"},
    {Service::Volume, {"volumev3", "block-storage", "volume"}, ""}, {Service::Network, {"network"}, "/v2.0"}};

Json credentialsOf(const Account &account)
{
    if (!account.credentialId.empty()) {
        return {{"identity",
            {{"methods", {"application_credential"}},
                {"application_credential", {{"id", account.credentialId}, {"secret", account.credentialSecret}}}}}};
    }
    const Json user {{"name", account.user}, {"domain", {{"name", account.userDomain}}}, {"password", account.password}};
    return {{"identity", {{"methods", {"password"}}, {"password", {{"user", user}}}}},
        {"scope", {{"project", {{"name", account.project}, {"domain", {{"name", account.projectDomain}}}}}}}};
}

std::string withoutSlash(std::string url)
{
    while (url.ends_with('/')) {
        url.pop_back();
    }
    return url;
}

tl::unexpected<Problem> malformed(Service service, std::string_view expected)
{
    return refuse(Reason::Malformed, {{"file", std::string(nameOf(service))}, {"expected", std::string(expected)}});
}

Result<Json> jsonOf(Service service, const HttpAnswer &answer)
{
    if (answer.body.empty()) {
        return Json();
    }
    auto json = Json::parse(answer.body, nullptr, false);
    return json.is_discarded() ? Result<Json>(malformed(service, "JSON")) : json;
}

}

std::string_view nameOf(Service service)
{
    switch (service) {
    case Service::Identity:
        return "keystone";
    case Service::Compute:
        return "nova";
    case Service::Image:
        return "glance";
    case Service::Volume:
        return "cinder";
    case Service::Network:
        return "neutron";
    }
    return "";
}

Session::Session(Settings settings)
    : m_settings(std::move(settings))
    , m_http({m_settings.caFile})
{
}

Result<Session::LoginPtr> Session::login(const LoginPtr &refused)
{
    const std::lock_guard lock(m_mutex);
    if (m_login && m_login != refused && std::chrono::steady_clock::now() < m_login->until) {
        return m_login;
    }
    return logIn().map([&](LoginPtr fresh) { return m_login = std::move(fresh); });
}

Result<Session::LoginPtr> Session::logIn()
{
    const auto account = readAccount(m_settings.credentials);
    if (!account) {
        return tl::unexpected(account.error());
    }
    HttpRequest request {"POST", withoutSlash(m_settings.authUrl) + "/auth/tokens"};
    request.headers = {{"Content-Type", "application/json"}, {"Accept", "application/json"}};
    request.body = Json {{"auth", credentialsOf(*account)}}.dump();
    const auto answer = m_http.send(request);
    if (!answer) {
        return tl::unexpected(answer.error());
    }
    return answer->isGood() ? read(*answer) : tl::unexpected(problemOf(Service::Identity, *answer));
}

Result<Session::LoginPtr> Session::read(const HttpAnswer &answer) const
{
    const auto json = jsonOf(Service::Identity, answer);
    const auto &secret = answer.header("x-subject-token");
    if (!json || secret.empty() || !in(*json, "token").is_object()) {
        return malformed(Service::Identity, "a token");
    }
    const auto &token = in(*json, "token");
    Login login;
    login.token = secret;
    // Its length is told by the cloud's clock alone, so that ours may differ.
    const auto begins = instantFrom(wordIn(token, "issued_at")), ends = instantFrom(wordIn(token, "expires_at"));
    const auto valid = begins && ends ? std::chrono::duration_cast<std::chrono::milliseconds>(*ends - *begins) : std::chrono::milliseconds(1h);
    login.until = std::chrono::steady_clock::now() + std::max<std::chrono::milliseconds>(valid - renewBefore, leastValid);
    login.project = wordIn(in(token, "project"), "id");
    for (const auto &role : listIn(token, "roles")) {
        login.isAdmin = login.isAdmin || wordIn(role, "name") == "admin";
    }
    login.endpoints[Service::Identity] = withoutSlash(m_settings.authUrl);
    const auto &catalog = listIn(token, "catalog");
    for (const auto &[service, types, version] : listed) {
        for (const auto *type : types) {
            for (const auto &entry : catalog) {
                for (const auto &endpoint : listIn(entry, wordIn(entry, "type") == type ? "endpoints" : "")) {
                    const bool isHere = m_settings.region.empty() || wordIn(endpoint, "region") == m_settings.region
                        || wordIn(endpoint, "region_id") == m_settings.region;
                    if (isHere && wordIn(endpoint, "interface") == m_settings.interface && !login.endpoints.contains(service)) {
                        auto url = withoutSlash(wordIn(endpoint, "url"));
                        login.endpoints[service] = url.ends_with(version) ? url : url + version;
                    }
                }
            }
        }
    }
    return std::make_shared<const Login>(std::move(login));
}

Result<std::string> Session::urlOf(const Login &login, Service service, const std::string &path) const
{
    const auto at = login.endpoints.find(service);
    return at == login.endpoints.end()
        ? Result<std::string>(refuse(Reason::Unsupported, {{"what", std::string(nameOf(service))}}, "the catalogue has no such service here"))
        : at->second + path;
}

Result<HttpAnswer> Session::exchange(
    Service service, HttpRequest request, const std::string &path, const std::function<Result<HttpAnswer>(const HttpRequest &)> &send)
{
    const auto headers = request.headers;
    LoginPtr refused;
    for (;;) {
        const auto login = this->login(refused);
        const auto url = login ? urlOf(**login, service, path) : tl::unexpected(login.error());
        if (!url) {
            return tl::unexpected(url.error());
        }
        request.url = *url;
        request.headers = headers;
        request.headers.emplace_back("X-Auth-Token", (*login)->token);
        request.headers.emplace_back("Accept", "application/json");
        for (const auto &[name, version] : microversions) {
            request.headers.emplace_back("OpenStack-API-Version", std::string(name) + ' ' + version);
        }
        auto answer = send(request);
        if (answer && answer->status == 401 && !refused) { // a token that is no longer good, perhaps in the middle of a list
            refused = *login;
            continue;
        }
        return answer && !answer->isGood() ? tl::unexpected(problemOf(service, *answer)) : answer;
    }
}

Result<Json> Session::call(Service service, const std::string &method, const std::string &path, const Json &body)
{
    HttpRequest request;
    request.method = method;
    if (!body.is_null()) {
        request.body = body.dump(-1, ' ', false, Json::error_handler_t::replace);
        request.headers.emplace_back("Content-Type", method == "PATCH" ? "application/openstack-images-v2.1-json-patch" : "application/json");
    }
    return exchange(service, request, path, [&](const HttpRequest &complete) {
        return m_http.send(complete);
    }).and_then([&](const HttpAnswer &answer) { return jsonOf(service, answer); });
}

Result<HttpAnswer> Session::upload(Service service, const std::string &path, std::uint64_t length, const std::function<Http::Source()> &begin)
{
    HttpRequest request;
    request.method = "PUT";
    request.headers.emplace_back("Content-Type", "application/octet-stream");
    return exchange(service, request, path, [&](const HttpRequest &complete) { return m_http.upload(complete, length, begin()); });
}

Result<HttpAnswer> Session::download(Service service, const std::string &path, const Http::Sink &take)
{
    return exchange(service, {}, path, [&](const HttpRequest &complete) { return m_http.download(complete, take); });
}

Result<> Session::each(Service service, const std::string &path, const std::string &key, const std::function<void(const Json &)> &take)
{
    return eachUntil(service, path, key, [&](const Json &element) {
        take(element);
        return false;
    });
}

Result<> Session::eachUntil(Service service, const std::string &path, const std::string &key, const std::function<bool(const Json &)> &take)
{
    std::set<std::string> asked;
    for (std::string next = path; !next.empty();) {
        if (!asked.insert(next).second || asked.size() > mostPages) {
            return malformed(service, "pages that come to an end");
        }
        const auto page = get(service, next);
        if (!page) {
            return tl::unexpected(page.error());
        }
        if (!in(*page, key.c_str()).is_array()) {
            return malformed(service, key);
        }
        const auto &found = listIn(*page, key.c_str());
        if (std::ranges::any_of(found, take)) {
            return {};
        }
        std::string href = wordIn(*page, "next"); // glance: a path from its root
        for (const auto &link : listIn(*page, (key + "_links").c_str())) {
            href = wordIn(link, "rel") == "next" ? wordIn(link, "href") : href;
        }
        // Only what it asks for counts, not where: a marker behind the same path.
        const auto question = href.find('?');
        next = question == std::string::npos || found.empty() ? std::string() : path.substr(0, path.find('?')) + href.substr(question);
    }
    return {};
}

Result<bool> Session::isAdmin()
{
    return login().map([](const LoginPtr &login) { return login->isAdmin; });
}

Result<bool> Session::has(Service service)
{
    return login().map([&](const LoginPtr &login) { return login->endpoints.contains(service); });
}

Result<std::string> Session::projectId()
{
    return login().map([](const LoginPtr &login) { return login->project; });
}

}
