// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Clusters as their API servers tell of them, and files that say how to reach one.
#include "site/kubernetes/watch.h"

#include "tests/site/httpscript.h"
#include "tests/site/workshop.h"

#include <gtest/gtest.h>

using namespace portulan;
using namespace portulan::site;
using tests::HttpScript;

namespace {

const std::string version = R"({"major": "1", "minor": "27", "gitVersion": "v1.27.3"})";

std::string node(const std::string &name, const std::string &ready, const std::string &zone)
{
    return R"({"metadata": {"name": ")" + name + R"(", "labels": {"topology.kubernetes.io/region": "eu-west", "topology.kubernetes.io/zone": ")"
        + zone
        + R"("}}, "spec": {"unschedulable": true}, "status": {"conditions": [{"type": "MemoryPressure", "status": "True"}, {"type": "Ready", "status": ")"
        + ready + R"("}]}})";
}
std::string page(const std::string &items, const std::string &more = {})
{
    return HttpScript::json(R"({"kind": "NodeList", "metadata": {"continue": ")" + more + R"("}, "items": [)" + items + "]}");
}
std::string status(const std::string &line, const std::string &message)
{
    return HttpScript::json(R"({"kind": "Status", "message": ")" + message + R"("})", line);
}

struct Server {
    std::function<std::string(const std::string &question, int count)> nodes;
    int asked = 0;
    HttpScript script {[this](const std::string &request) {
        EXPECT_NE(request.find("Authorization: Bearer word"), std::string::npos);
        return request.starts_with("GET /version ") ? HttpScript::json(version) : nodes(request.substr(0, request.find('\r')), ++asked);
    }};
    Result<KubernetesCluster> look()
    {
        Http http {{}};
        kubernetes::Access access;
        access.server = script.url();
        access.token = "word";
        KubernetesCluster known;
        known.id = {"here", ObjectKind::KubernetesCluster, "prod"};
        known.name = "Production";
        return kubernetes::look(http, access, known);
    }
};

struct Kubeconfig : testing::Test {
    tests::Workshop dir;
    std::string path = dir.path("config");
    Result<kubernetes::Access> read(const std::string &text, const std::string &context = {}, const std::string &mode = "600")
    {
        dir.write("config", std::as_bytes(std::span(text)));
        EXPECT_EQ(dir.run("chmod " + mode + " config"), 0);
        return kubernetes::accessFrom(path, context);
    }
    static std::string config(const std::string &cluster, const std::string &user)
    {
        return "apiVersion: v1\nkind: Config\ncurrent-context: a\ncontexts:\n- {name: a, context: {cluster: c, user: u}}\nclusters:\n- name: c\n  "
               "cluster: {"
            + cluster + "}\nusers:\n- name: u\n  user: {" + user + "}\n";
    }
};

}

TEST(Kubernetes, nodesAreCountedByPages)
{
    Server server {[](const std::string &question, int count) {
        EXPECT_NE(question.find(count == 1 ? "/api/v1/nodes?limit=500 " : "&continue=next%2Bpage "), std::string::npos) << question;
        return count == 1 ? page(node("nœud-1", "True", "a") + ',' + node("n2", "Unknown", "b"), "next+page") : page(node("n3", "True", "a"));
    }};
    const auto seen = server.look();
    ASSERT_TRUE(seen) << describe(seen.error());
    EXPECT_EQ(seen->version, "v1.27.3");
    EXPECT_EQ(seen->nodes, 3);
    EXPECT_EQ(seen->readyNodes, 2);
    EXPECT_EQ(seen->labels, (std::map<std::string, std::string> {{"region", "eu-west"}, {"zone", "a, b"}}));
    EXPECT_EQ(seen->name, "Production");
}

TEST(Kubernetes, aListThatHasGrownTooOldIsBegunAgain)
{
    Server server {[](const std::string &, int count) {
        return count == 1 ? page(node("n1", "True", "a"), "old")
            : count == 2  ? status("410 Gone", "The provided continue parameter is too old")
                          : page(node("n1", "True", "a") + ',' + node("n2", "True", "a"));
    }};
    const auto seen = server.look();
    ASSERT_TRUE(seen) << describe(seen.error());
    EXPECT_EQ(seen->nodes, 2);
}

TEST(Kubernetes, wrongAnswersAreRefused)
{
    const std::tuple<std::string, Reason> cases[] = {{status("401 Unauthorized", "Unauthorized"), Reason::Unauthenticated},
        {status("403 Forbidden", "nodes is forbidden: User cannot list"), Reason::NotAuthorised},
        {"HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n<html>no</html>", Reason::Malformed}, {HttpScript::json(R"({"items": )"), Reason::Malformed},
        {HttpScript::json(R"({"items": {}})"), Reason::Malformed}, {page(node("n", "True", "a"), "again"), Reason::Malformed}};
    for (const auto &[answer, reason] : cases) {
        Server server {[text = answer](const std::string &, int) { return text; }};
        const auto seen = server.look();
        ASSERT_FALSE(seen) << answer;
        EXPECT_EQ(seen.error().reason, reason) << answer << describe(seen.error());
        EXPECT_EQ(describe(seen.error()).find("Bearer"), std::string::npos);
    }
}

TEST_F(Kubeconfig, theCurrentContextOrTheOneThatIsNamed)
{
    const auto text = config("server: 'https://10.0.0.1:6443/', certificate-authority-data: "
                             "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t",
        "token: secret-word");
    const auto access = read(text);
    ASSERT_TRUE(access) << describe(access.error());
    EXPECT_EQ(access->server, "https://10.0.0.1:6443");
    EXPECT_EQ(access->authorities, "-----BEGIN CERTIFICATE-----");
    EXPECT_EQ(access->token, "secret-word");
    EXPECT_TRUE(read(text, "a"));
    EXPECT_EQ(read(text, "b").error().reason, Reason::NotFound);
    EXPECT_EQ(read(text, {}, "644").error().reason, Reason::Untrusted);
}

TEST_F(Kubeconfig, filesBesideItAreRead)
{
    dir.run("umask 077; printf 'the-token\\n' > token; printf -- '-----BEGIN CERTIFICATE-----' > client.crt; printf -- '-----BEGIN PRIVATE KEY-----' "
            "> client.key");
    const auto text = config("server: 'https://k'", "tokenFile: '" + dir.path("token") + "', client-certificate: client.crt, client-key: client.key");
    const auto access = read(text);
    ASSERT_TRUE(access) << describe(access.error());
    EXPECT_EQ(access->token, "the-token");
    EXPECT_EQ(access->key, "-----BEGIN PRIVATE KEY-----");
    EXPECT_EQ(access->certificate, "-----BEGIN CERTIFICATE-----");
    dir.run("chmod 644 client.key");
    EXPECT_EQ(read(text).error().reason, Reason::Untrusted) << "a key that others may read";
}

TEST_F(Kubeconfig, whatRunsProgramsOrTrustsAnybodyIsRefused)
{
    const std::tuple<std::string, std::string, Reason> cases[] = {{"server: 'https://k'", "exec: {command: /bin/sh}", Reason::Unsupported},
        {"server: 'https://k'", "auth-provider: {name: gcp}", Reason::Unsupported},
        {"server: 'https://k', insecure-skip-tls-verify: true", "token: t", Reason::Unsupported},
        {"server: 'http://k'", "token: t", Reason::Malformed},
        {"server: 'https://k', certificate-authority-data: '!!!'", "token: t", Reason::Malformed},
        {"server: 'https://k'", "token: \"two\\nlines\"", Reason::Malformed}};
    for (const auto &[cluster, user, reason] : cases) {
        const auto refused = read(config(cluster, user));
        ASSERT_FALSE(refused) << cluster << user;
        EXPECT_EQ(refused.error().reason, reason) << describe(refused.error());
    }
    EXPECT_EQ(read("{[").error().reason, Reason::Malformed);
    EXPECT_EQ(read("just words").error().reason, Reason::Malformed);
    EXPECT_FALSE(read(std::string(std::size_t(2) << 20, 'a'))) << "larger than any such file";
    std::string bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"; // each line nine times the one before
    for (char c = 'b'; c < 'k'; ++c) {
        bomb += std::string(1, c) + ": &" + c + " [" + [&] {
            std::string list;
            for (int i = 0; i < 9; ++i) {
                list += std::string(i == 0 ? "*" : ", *") + static_cast<char>(c - 1);
            }
            return list;
        }() + "]\n";
    }
    EXPECT_EQ(read(bomb).error().reason, Reason::NotFound) << "it is not unrolled";
}
