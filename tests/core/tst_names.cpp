// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/instant.h"
#include "core/objectid.h"
#include "core/operation.h"

#include <gtest/gtest.h>

using namespace portulan;

TEST(Names, anObjectIdReadsBackFromBothForms)
{
    const ObjectId id {"lyon", ObjectKind::DataSet, "dossiers-2026"};
    EXPECT_EQ(id.text(), "lyon/dataset/dossiers-2026");
    EXPECT_EQ(id.resourceName(), "sites/lyon/dataSets/dossiers-2026");
    EXPECT_EQ(ObjectId::fromText(id.text()), id);
    EXPECT_EQ(ObjectId::fromResourceName(id.resourceName()), id);
    EXPECT_EQ(ObjectId::fromText("lyon"), (ObjectId {"lyon", ObjectKind::Site, {}}));
}

TEST(Names, whatIsNotAnIdIsRefused)
{
    for (const auto *bad :
        {"", "lyon/instance", "lyon/instance/", "lyon/spaceship/x", "Lyon/instance/x", "lyon/instance/a/b", "lyon/instance/-a", "../instance/x"}) {
        EXPECT_EQ(ObjectId::fromText(bad).error().reason, Reason::InvalidArgument) << bad;
    }
    EXPECT_FALSE(ObjectId::fromResourceName("sites/lyon/instance/x"));
}

TEST(Names, displayNamesMayBeInAnyScriptButNotLie)
{
    for (const auto *good : {"Hôpital de Zürich", "服务器", "مستشفى", "🏥 42", "a"}) {
        EXPECT_TRUE(checkDisplayName("name", good)) << good;
    }
    for (const auto *bad : {"", "a\nb", "a\xE2\x80\xAEgpj.exe", "\xff\xfe", "\xed\xa0\x80", "\xc0\xaf"}) {
        EXPECT_FALSE(checkDisplayName("name", bad)) << bad;
    }
    EXPECT_FALSE(checkDisplayName("name", std::string(256, 'a')));
}

TEST(Names, momentsTravelAsRfc3339)
{
    const auto moment = instantFrom("2026-11-22T16:04:05.25+01:00").value();
    EXPECT_EQ(toRfc3339(moment), "2026-11-22T15:04:05.250Z");
    EXPECT_EQ(instantFrom(toRfc3339(moment)), moment);
    for (const auto *bad : {"", "2026-02-30T00:00:00Z", "2026-11-22", "2026-11-22T15:04:05", "2026-11-22T25:04:05Z", "2026-11-22T15:04:05Zx"}) {
        EXPECT_EQ(instantFrom(bad).error().reason, Reason::Malformed) << bad;
    }
}

TEST(Names, aMigrationNeverGoesBackAfterTheCommit)
{
    using enum MigrationStep;
    EXPECT_TRUE(mayFollow(Verified, Committed));
    EXPECT_TRUE(mayFollow(Verified, Aborted));
    EXPECT_FALSE(mayFollow(Committed, Aborted));
    EXPECT_FALSE(mayFollow(Copying, Committed));
    EXPECT_FALSE(mayFollow(Released, Planned));
    EXPECT_TRUE(mayFollowThere(Reserved, Verified));
    EXPECT_TRUE(mayFollowThere(Verified, Aborted));
    EXPECT_FALSE(mayFollowThere(Activated, Aborted));
    EXPECT_FALSE(mayFollowThere(Aborted, Planned));
    EXPECT_FALSE(mayFollowThere(Verified, Committed)) << "it takes no decision";
}
