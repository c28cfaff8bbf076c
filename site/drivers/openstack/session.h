// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/drivers/openstack/account.h"
#include "site/drivers/openstack/fields.h"
#include "site/http/http.h"

namespace portulan::site::openstack {

enum class Service { Identity, Compute, Image, Volume, Network };
std::string_view nameOf(Service service); ///< "nova"…

/// What an answer that is not good means, whatever the service's way to say it. The cloud's own words and request id are in the facts
/// "cloud" and "request".
Problem problemOf(Service service, const HttpAnswer &answer);

/// A gateway's way into one OpenStack cloud: Keystone's token, renewed when it is refused or about to expire, its catalogue, and calls to the
/// services in it. Thread safe.
class Session {
public:
    struct Settings {
        std::string authUrl; ///< of Keystone, up to and with /v3
        std::string region; ///< empty: the first in the catalogue
        std::string interface = "public";
        std::string caFile;
        std::string credentials; ///< account.h; read anew at each login
    };
    explicit Session(Settings settings);
    void close() { m_http.close(); }

    /// A JSON answer of a call to a path below a service's endpoint ("/servers"); null for an empty one.
    Result<Json> get(Service service, const std::string &path) { return call(service, "GET", path, {}); }
    Result<Json> call(Service service, const std::string &method, const std::string &path, const Json &body);
    Result<HttpAnswer> upload(Service service, const std::string &path, std::uint64_t length, const std::function<Http::Source()> &begin);
    Result<HttpAnswer> download(Service service, const std::string &path, const Http::Sink &take);
    /// All pages of a list: `take` gets each element of member `key`. `path` carries its query already; a next page is asked for of the same
    /// service only, and no page twice.
    Result<> each(Service service, const std::string &path, const std::string &key, const std::function<void(const Json &)> &take);
    /// …until `take` has seen enough, and says so.
    Result<> eachUntil(Service service, const std::string &path, const std::string &key, const std::function<bool(const Json &)> &take);

    Result<bool> isAdmin(); ///< logs in if need be
    Result<bool> has(Service service);
    Result<std::string> projectId();

private:
    struct Login {
        std::string token;
        std::chrono::steady_clock::time_point until;
        std::map<Service, std::string> endpoints;
        std::string project;
        bool isAdmin = false;
    };
    using LoginPtr = std::shared_ptr<const Login>;
    Result<LoginPtr> login(const LoginPtr &refused = {});
    Result<LoginPtr> logIn();
    Result<LoginPtr> read(const HttpAnswer &answer) const;
    Result<std::string> urlOf(const Login &login, Service service, const std::string &path) const;
    Result<HttpAnswer> exchange(
        Service service, HttpRequest request, const std::string &path, const std::function<Result<HttpAnswer>(const HttpRequest &)> &send);

    const Settings m_settings;
    Http m_http;
    std::mutex m_mutex; ///< all below; one login at a time
    LoginPtr m_login;
};

}
