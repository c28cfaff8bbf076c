// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/authority.h"

#include <gtest/gtest.h>

using namespace portulan;
using namespace portulan::site;

namespace {

const Authority authority({{"user/vera", "viewer", "p1"}, {"user/otto", "operator", "p1"}, {"user/otto", "viewer", "p2"},
    {"user/ada", "administrator", "*"}, {"user/audrey", "auditor", "*"}, {"user/paul", "administrator", "p1"}, {"user/olga", "operator", "*"}});

Target thing(const std::string &project)
{
    return {{"lyon", ObjectKind::Instance, "i-1"}, project};
}

std::string answer(const std::string &who, const std::string &action, const Target &target)
{
    const auto allowed = authority.authorise(who, action, target);
    return std::string(allowed ? toString(*allowed) : toString(allowed.error().reason));
}

}

TEST(Authority, everyActionIsForWhomTheTableSays)
{
    struct Row {
        const char *action;
        const char *allowed;
    }; // v: viewer, u: auditor, o: operator, a: administrator
    const Row rows[] = {{"read", "vuoa"}, {"audit.read", "ua"}, {"console.read", "oa"}, {"volume.export", "oa"}, {"image.export", "oa"},
        {"dataset.object.get", "oa"}, {"dataset.object.put", "oa"}, {"dataset.object.delete", "oa"}, {"instance.create", "oa"},
        {"instance.update", "oa"}, {"instance.start", "oa"}, {"instance.stop", "oa"}, {"instance.reboot", "oa"}, {"instance.resize", "oa"},
        {"instance.delete", "oa"}, {"volume.attach", "oa"}, {"volume.detach", "oa"}, {"volume.create", "oa"}, {"volume.resize", "oa"},
        {"volume.delete", "oa"}, {"volume.import", "oa"}, {"snapshot.create", "oa"}, {"snapshot.revert", "oa"}, {"snapshot.delete", "oa"},
        {"dataset.create", "oa"}, {"dataset.update", "oa"}, {"dataset.delete", "oa"}, {"migrate", "oa"}, {"operation.cancel", "oa"},
        {"image.create", "a"}, {"image.import", "a"}, {"image.delete", "a"}, {"network.create", "a"}, {"network.delete", "a"},
        {"project.create", "a"}, {"project.update", "a"}, {"project.delete", "a"}, {"peer", ""}, {"instances", ""}, {"", ""}, {"gateway.stop", ""}};
    const std::pair<char, Role> roles[] = {{'v', Role::Viewer}, {'u', Role::Auditor}, {'o', Role::Operator}, {'a', Role::Administrator}};
    for (const auto &row : rows) {
        for (const auto &[letter, role] : roles) {
            const Authority one({{"user/x", std::string(toString(role)), "*"}});
            const auto allowed = one.authorise("user/x", row.action, thing("p1"));
            EXPECT_EQ(allowed.has_value(), std::string_view(row.allowed).find(letter) != std::string_view::npos) << row.action << ' ' << letter;
            EXPECT_FALSE(one.authorise("user/y", row.action, thing("p1"))) << "nobody's grant is another's";
            EXPECT_FALSE(one.authorise("site/porto", row.action, thing("p1")) && std::string_view(row.action) != "peer");
        }
    }
}

TEST(Authority, everyOrderIsInTheTable)
{
    const Authority one({{"user/x", "administrator", "*"}});
    for (const auto &kind : {"project.create", "instance.create", "volume.attach", "snapshot.revert", "image.create", "dataset.object.delete",
             "network.create", "migrate", "operation.cancel"}) {
        EXPECT_TRUE(one.authorise("user/x", kind, thing("p1"))) << kind;
    }
}

TEST(Authority, aGrantIsGoodForItsProjectOnly)
{
    EXPECT_EQ(answer("user/otto", "instance.start", thing("p1")), "operator");
    EXPECT_EQ(answer("user/otto", "instance.start", thing("p2")), "NOT_AUTHORISED") << "may see it, may not start it";
    EXPECT_EQ(answer("user/otto", "read", thing("p2")), "viewer");
    EXPECT_EQ(answer("user/otto", "instance.create", {{"lyon", ObjectKind::Instance, ""}, "p3"}), "NOT_AUTHORISED");
}

TEST(Authority, whatOneMayNotSeeIsNotFound)
{
    EXPECT_EQ(answer("user/otto", "instance.start", thing("p3")), "NOT_FOUND");
    EXPECT_EQ(answer("user/vera", "read", thing("p2")), "NOT_FOUND");
    EXPECT_EQ(answer("user/vera", "read", {{"lyon", ObjectKind::Instance, "none"}, "", false}), "NOT_FOUND");
    EXPECT_EQ(answer("user/vera", "instance.start", {{"lyon", ObjectKind::Instance, "none"}, "", false}), "NOT_AUTHORISED");
    EXPECT_EQ(answer("user/stranger", "read", thing("p1")), "NOT_AUTHORISED");
}

TEST(Authority, nobodyWidensTheirOwnQuota)
{
    EXPECT_EQ(answer("user/paul", "project.update", {{"lyon", ObjectKind::Project, "p1"}, "p1"}), "NOT_AUTHORISED");
    EXPECT_EQ(answer("user/ada", "project.update", {{"lyon", ObjectKind::Project, "p1"}, "p1"}), "administrator");
    EXPECT_EQ(answer("user/paul", "audit.read", {}), "NOT_AUTHORISED");
    EXPECT_EQ(answer("user/audrey", "audit.read", {}), "auditor");
}

TEST(Authority, theSitesOwnThingsAreSeenByAllButOrderedAboutByThoseOfTheSite)
{
    EXPECT_EQ(answer("user/vera", "read", thing("")), "viewer");
    EXPECT_EQ(answer("user/otto", "volume.delete", thing("")), "NOT_AUTHORISED");
    EXPECT_EQ(answer("user/olga", "volume.delete", thing("")), "operator");
}

TEST(Authority, sitesMayTalkAsPeersAndNothingElse)
{
    EXPECT_EQ(answer("site/porto", "peer", {}), "operator");
    for (const auto *action : {"read", "whoami", "instance.start", "migrate"}) {
        EXPECT_EQ(answer("site/porto", action, thing("p1")), "NOT_AUTHORISED") << action;
    }
    for (const auto *who : {"user/ada", "ada", "", "site", "user"}) {
        EXPECT_EQ(answer(who, "peer", {}), "NOT_AUTHORISED") << who;
    }
}

TEST(Authority, sightFollowsTheGrants)
{
    EXPECT_TRUE(authority.sightOf("user/ada").sees("p9"));
    EXPECT_TRUE(authority.sightOf("user/vera").sees("p1"));
    EXPECT_TRUE(authority.sightOf("user/vera").sees(""));
    EXPECT_FALSE(authority.sightOf("user/vera").sees("p2"));
    EXPECT_FALSE(authority.sightOf("user/stranger").sees(""));
    EXPECT_EQ(authority.grantsOf("user/otto").size(), 2u);
    EXPECT_EQ(answer("user/stranger", "whoami", {}), "viewer");
}
