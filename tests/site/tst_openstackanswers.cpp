// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What an OpenStack may answer that it should not, or not always.
#include "site/drivers/openstack/describe.h"
#include "site/drivers/openstack/session.h"
#include "tests/site/httpscript.h"
#include "tests/site/workshop.h"

#include <gtest/gtest.h>

using namespace portulan;
using namespace portulan::site;
using namespace portulan::site::openstack;
using tests::HttpScript;

namespace {

struct Answers : testing::Test {
    tests::Workshop dir;
    std::function<std::string(const std::string &)> compute; ///< whatever is not Keystone's
    int logins = 0;
    HttpScript server {[this](const std::string &request) {
        if (!request.starts_with("POST /v3/auth/tokens")) {
            return compute(request);
        }
        ++logins;
        const auto catalog = R"([{"type": "compute", "endpoints": [{"interface": "public", "region": "R", "url": ")" + server.url()
            + R"(/v2.1"}]}, {"type": "image", "endpoints": [{"interface": "internal", "region": "R", "url": "http://127.0.0.1:1"}]}])";
        return HttpScript::json(
            R"({"token": {"issued_at": "2020-01-01T00:00:00Z", "expires_at": "2020-01-01T01:00:00Z", "roles": [], "catalog": )" + catalog + "}}",
            "201 Created", "X-Subject-Token: t" + std::to_string(logins) + "\r\n");
    }};
    Session session {settings()};

    Session::Settings settings()
    {
        dir.run("umask 077; echo '{\"application_credential_id\": \"i\", \"application_credential_secret\": \"s\"}' > account.json");
        return {server.url() + "/v3", {}, "public", {}, dir.path("account.json")};
    }
    Result<std::size_t> count()
    {
        std::size_t found = 0;
        return session.each(Service::Compute, "/servers/detail?limit=2", "servers", [&](const Json &) { ++found; }).map([&] { return found; });
    }
};

TEST_F(Answers, aTokenThatEndsInTheMiddleOfAListIsRenewed)
{
    compute = [&](const std::string &request) {
        if (request.find("marker=b") == std::string::npos) {
            return HttpScript::json(
                R"({"servers": [{"id": "a"}, {"id": "b"}], "servers_links": [{"rel": "next", "href": "http://elsewhere/x?limit=2&marker=b"}]})");
        }
        return request.find("X-Auth-Token: t1") != std::string::npos
            ? HttpScript::json(R"({"error": {"code": 401, "message": "no"}})", "401 Unauthorized")
            : HttpScript::json(R"({"servers": [{"id": "c"}]})");
    };
    EXPECT_EQ(count(), 3);
    EXPECT_EQ(logins, 2);
}

TEST_F(Answers, aClockThatIsElsewhereIsNoMatter)
{
    compute = [&](const std::string &) { return HttpScript::json(R"({"servers": []})"); };
    EXPECT_EQ(count(), 0); // its token ended years ago, by our clock
    EXPECT_EQ(count(), 0);
    EXPECT_EQ(logins, 1);
}

TEST_F(Answers, aServiceThatIsBusyIsAskedAgainWhenItSays)
{
    int asked = 0;
    compute = [&](const std::string &) {
        return ++asked < 3 ? HttpScript::json("{}", asked == 1 ? "429 Too Many Requests" : "503 Service Unavailable", "Retry-After: 1\r\n")
                           : HttpScript::json(R"({"servers": [{"id": "a"}]})");
    };
    EXPECT_EQ(count(), 1);
    EXPECT_EQ(asked, 3);
}

TEST_F(Answers, htmlIsReadForItsWords)
{
    compute = [&](const std::string &) {
        return std::string("HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nX-Openstack-Request-Id: req-1\r\nConnection: close\r\n\r\n"
                           "<html><body><h1>404</h1>The resource<br/>could not be found.</body></html>");
    };
    const auto refused = count();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, Reason::NotFound);
    EXPECT_NE(refused.error().fact("cloud").find("The resource could not be found."), std::string::npos) << refused.error().fact("cloud");
    EXPECT_EQ(refused.error().fact("request"), "req-1");
    compute = [&](const std::string &) { return HttpScript::json("<html>welcome</html>"); };
    EXPECT_EQ(count().error().reason, Reason::Malformed);
}

TEST_F(Answers, oneCutShortIsNone)
{
    compute = [&](const std::string &) { return HttpScript::json(R"({"servers": [{"id": "a"}, {"i)"); };
    EXPECT_EQ(count().error().reason, Reason::Malformed);
    compute = [&](const std::string &) { // its length says more than there is
        return std::string("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1000\r\n\r\n{\"servers\": []}");
    };
    EXPECT_EQ(count().error().reason, Reason::Integrity);
    compute = [&](const std::string &) { return std::string(); };
    EXPECT_EQ(count().error().reason, Reason::Unreachable);
    compute = [&](const std::string &) { return HttpScript::json(R"({"servers": {"a": 1}})"); };
    EXPECT_EQ(count().error().reason, Reason::Malformed);
}

TEST_F(Answers, pagesThatGoRoundEnd)
{
    compute = [&](const std::string &) {
        return HttpScript::json(R"({"servers": [{"id": "a"}], "servers_links": [{"rel": "next", "href": "/?marker=a"}]})");
    };
    EXPECT_EQ(count().error().reason, Reason::Malformed);
}

TEST_F(Answers, aServiceThatIsNotInTheCatalogueHereIsSaid)
{
    const auto refused = session.get(Service::Image, "/images");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, Reason::Unsupported) << "the catalogue has it for others only";
    EXPECT_EQ(refused.error().fact("what"), "glance");
    EXPECT_EQ(session.get(Service::Volume, "/volumes").error().fact("what"), "cinder");
}

TEST_F(Answers, anAnswerLargerThanAnyIsNotKept)
{
    compute = [&](const std::string &) { // 10 GiB where 10 KiB were expected
        return "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 10737418240\r\n\r\n" + std::string(std::size_t(65) << 20, ' ');
    };
    EXPECT_EQ(count().error().reason, Reason::TooLarge);
}

TEST(Describe, takesWhateverItIsGiven)
{
    for (const auto *text : {"null", "[]", "7", R"({"id": 7, "flavor": [], "name": {}, "os-extended-volumes:volumes_attached": "x"})",
             R"({"id": "a", "flavor": {"vcpus": -1, "ram": 1e300}, "status": null})"}) {
        const auto instance = instanceFrom(Json::parse(text));
        EXPECT_GE(instance.vcpus, 1);
        EXPECT_GE(instance.ramBytes, 0);
    }
    EXPECT_EQ(plainName("  a\tb\x01 🌍 "), "a b  ?");
    EXPECT_EQ(plainName(std::string(300, 'x')).size(), 255);
    EXPECT_EQ(plainName("\n"), "?");
    EXPECT_EQ(wholeGib(1), 1);
    EXPECT_EQ(wholeGib((std::int64_t(1) << 30) + 1), 2);
}

}
