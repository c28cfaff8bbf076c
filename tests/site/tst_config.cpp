// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/config.h"

#include "tests/site/scratch.h"

#include <fstream>
#include <gtest/gtest.h>

using namespace portulan;
using namespace portulan::site;

namespace {

constexpr auto good = R"([site]
id = "lyon"
directory = "state"
identity = "identity.json"
listen = "127.0.0.1:7601"
[tls]
authority = "authority.pem"
certificate = "/etc/portulan/site.pem"
key = "site.key"
[driver]
name = "embedded"
qemu = "none"
[limits]
workers = 2
[[grant]]
who = "user/alice"
role = "operator"
project = "p1"
[[peer]]
site = "porto"
endpoint = "127.0.0.1:7602"
)";

constexpr auto identity = R"({
  "name": "Lyon – Part-Dieu",
  "place": {"latitude": 45.76, "longitude": 4.85, "country": "FR", "subdivision": "FR-ARA", "city": "Lyon"},
  "kind": "cloud", "sla_class": "gold", "demonstration": true,
  "operator": {"id": "op", "name": "Rhône Nuage", "country": "FR", "ultimate_parent": "", "ultimate_parent_country": "", "fictitious": true,
    "holders": [{"name": "Ville", "country": "FR", "capital_percent": 60, "votes_percent": 60, "veto": true}]},
  "certificates": [{"scheme": "HDS", "level": "2.0", "issuer": "X", "number": "1", "valid_from": "2026-01-01", "valid_until": "2028-12-31", "status": "confirmed"}],
  "facts": {"site.pue": {"value": 1.3, "source": "operator declaration", "as_of": "2026-10-01", "assurance": "measured"},
            "provider.sub_processors": {"value": ["FR", "DE"], "source": "contract", "as_of": "2026-10-01"}},
  "capacity": {"vcpus": 64, "ram_bytes": 274877906944, "storage_bytes": 10995116277760}
})";

std::string replaced(std::string text, const std::string &what, const std::string &by)
{
    const auto at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return text.replace(at, what.size(), by);
}

}

class ConfigTest : public testing::Test {
protected:
    test::Scratch scratch;
    std::string write(const std::string &name, const std::string &text)
    {
        std::ofstream(scratch.path(name), std::ios::binary) << text;
        return scratch.path(name);
    }
    Problem configProblem(const std::string &text)
    {
        const auto read = readConfig(write("site.toml", text));
        EXPECT_FALSE(read) << text;
        return read ? Problem {} : read.error();
    }
    Problem identityProblem(const std::string &text)
    {
        const auto read = readIdentity(write("identity.json", text), "lyon");
        EXPECT_FALSE(read) << text;
        return read ? Problem {} : read.error();
    }
};

TEST_F(ConfigTest, aGoodFileIsReadAndItsPathsAreMadeAbsolute)
{
    const auto config = readConfig(write("site.toml", good));
    ASSERT_TRUE(config) << describe(config.error());
    EXPECT_EQ(config->siteId, "lyon");
    EXPECT_EQ(config->directory, scratch.path("state"));
    EXPECT_EQ(config->certificatePem, "/etc/portulan/site.pem");
    EXPECT_EQ(config->keyPem, scratch.path("site.key"));
    EXPECT_EQ(config->driverDirectory, scratch.path("state/disks"));
    EXPECT_EQ(config->workers, 2u);
    EXPECT_EQ(config->qemu, "none");
    EXPECT_EQ(config->dataListen, "127.0.0.1:0");
    ASSERT_EQ(config->grants.size(), 1u);
    EXPECT_EQ(config->grants[0].role, "operator");
    ASSERT_EQ(config->peers.size(), 1u);
    EXPECT_EQ(config->peers[0].endpoint, "127.0.0.1:7602");
}

TEST_F(ConfigTest, howManyMoveAtOnceAndHowFastIsTheFilesOrAsUsual)
{
    const auto usual = readConfig(write("site.toml", good));
    ASSERT_TRUE(usual) << describe(usual.error());
    EXPECT_EQ(usual->migrationsAtOnce, 4u);
    EXPECT_EQ(usual->migrationsAtOncePerSite, 4u);
    EXPECT_EQ(usual->arrivalsAtOnce, 8u);
    EXPECT_TRUE(usual->linkHourly.empty());
    const auto config = readConfig(write("site.toml", std::string(good) + R"([migrations]
at_once = 10
at_once_per_site = 3
arrivals_at_once = 5
[[bandwidth]]
hours = "08:00-18:00"
bytes_per_second = 5000000
[[bandwidth]]
hours = "22:00-06:00"
bytes_per_second = 0
)"));
    ASSERT_TRUE(config) << describe(config.error());
    EXPECT_EQ(config->migrationsAtOnce, 10u);
    EXPECT_EQ(config->migrationsAtOncePerSite, 3u);
    EXPECT_EQ(config->arrivalsAtOnce, 5u);
    const std::vector<HourlyRate> hourly {{{8 * 60, 18 * 60}, 5'000'000}, {{22 * 60, 6 * 60}, 0}};
    EXPECT_EQ(config->linkHourly, hourly);
}

TEST_F(ConfigTest, everyMistakeNamesItsLineAndWhatWasExpected)
{
    struct {
        const char *what, *by, *line, *field;
    } const mistakes[] = {
        {"id = \"lyon\"", "id = \"Lyon!\"", "2", "site.id"},
        {"id = \"lyon\"", "id = 5", "2", "site.id"},
        {"directory = \"state\"", "directory = \"\"", "1", "site.directory"},
        {"directory = \"state\"\n", "", "1", "site.directory"},
        {"listen = \"127.0.0.1:7601\"", "listen = \"127.0.0.1\"", "5", "site.listen"},
        {"listen = \"127.0.0.1:7601\"", "listen = \"127.0.0.1:70000\"", "5", "site.listen"},
        {"[tls]", "[tsl]", "6", "tsl"},
        {"workers = 2", "workers = 0", "14", "limits.workers"},
        {"workers = 2", "workers = \"two\"", "14", "limits.workers"},
        {"workers = 2", "link_bytes_per_second = -1", "14", "limits.link_bytes_per_second"},
        {"workers = 2", "[migrations]\nat_once = 0", "15", "migrations.at_once"},
        {"workers = 2", "[migrations]\nat_once_per_site = 1001", "15", "migrations.at_once_per_site"},
        {"workers = 2", "[migrations]\narrivals_at_once = \"all\"", "15", "migrations.arrivals_at_once"},
        {"workers = 2", "[migrations]\nslots = 3", "15", "migrations.slots"},
        {"workers = 2", "[[bandwidth]]\nhours = \"8-18\"\nbytes_per_second = 1", "15", "bandwidth.hours"},
        {"workers = 2", "[[bandwidth]]\nhours = \"08:00-18:00\"", "14", "bandwidth.bytes_per_second"},
        {"workers = 2", "[[bandwidth]]\nhours = \"08:00-18:00\"\nbytes_per_second = -5", "16", "bandwidth.bytes_per_second"},
        {"workers = 2", "[bandwidth]\nhours = \"08:00-18:00\"", "14", "bandwidth"},
        {"role = \"operator\"", "role = \"king\"", "17", "grant.role"},
        {"who = \"user/alice\"", "who = \"alice\"", "16", "grant.who"},
        {"project = \"p1\"", "project = \"P 1\"", "18", "grant.project"},
        {"site = \"porto\"", "site = \"\"", "19", "peer.site"},
        {"[[peer]]", "[peer]", "19", "peer"},
        {"endpoint = \"127.0.0.1:7602\"", "endpoint = \"7602\"", "21", "peer.endpoint"},
    };
    for (const auto &mistake : mistakes) {
        const auto problem = configProblem(replaced(good, mistake.what, mistake.by));
        EXPECT_EQ(problem.reason, Reason::InvalidArgument) << mistake.by;
        EXPECT_EQ(problem.fact("field"), mistake.field) << mistake.by;
        EXPECT_EQ(problem.fact("file"), scratch.path("site.toml"));
        EXPECT_FALSE(problem.fact("expected").empty()) << mistake.by;
        EXPECT_EQ(problem.fact("line"), mistake.line) << mistake.by;
    }
}

TEST_F(ConfigTest, whatIsNotTomlIsMalformedAtItsLine)
{
    const auto problem = configProblem("[site]\nid = \"lyon\"\nlisten = = 3\n");
    EXPECT_EQ(problem.reason, Reason::Malformed);
    EXPECT_EQ(problem.fact("line"), "3");
    EXPECT_EQ(readConfig(scratch.path("none.toml")).error().reason, Reason::NotFound);
}

TEST_F(ConfigTest, anIdentityIsReadWhole)
{
    const auto site = readIdentity(write("identity.json", identity), "lyon");
    ASSERT_TRUE(site) << describe(site.error());
    EXPECT_EQ(site->id, "lyon");
    EXPECT_EQ(site->name, "Lyon – Part-Dieu");
    EXPECT_EQ(site->place.country, "FR");
    EXPECT_TRUE(site->demonstration);
    EXPECT_TRUE(site->operatedBy.fictitious);
    ASSERT_EQ(site->operatedBy.holders.size(), 1u);
    EXPECT_TRUE(site->operatedBy.holders[0].veto);
    ASSERT_EQ(site->certificates.size(), 1u);
    EXPECT_EQ(site->certificates[0].status, CertificateStatus::Confirmed);
    EXPECT_EQ(std::get<double>(site->facts.at("site.pue").value), 1.3);
    EXPECT_EQ(site->facts.at("site.pue").assurance, Assurance::Measured);
    EXPECT_EQ(std::get<Words>(site->facts.at("provider.sub_processors").value), (Words {"FR", "DE"}));
    EXPECT_EQ(site->capacity.declared.ramBytes, 274877906944);
}

TEST_F(ConfigTest, everyMistakeInAnIdentityNamesItsField)
{
    struct {
        const char *what, *by, *field;
    } const mistakes[] = {
        {"\"name\": \"Lyon", "\"nom\": \"Lyon", "name"},
        {"\"latitude\": 45.76", "\"latitude\": 95", "place.latitude"},
        {"\"latitude\": 45.76, ", "", "place.latitude"},
        {"\"country\": \"FR\", \"subdivision\"", "\"country\": \"France\", \"subdivision\"", "place.country"},
        {"\"kind\": \"cloud\"", "\"kind\": \"fog\"", "kind"},
        {"\"demonstration\": true", "\"demonstration\": \"yes\"", "demonstration"},
        {"\"capital_percent\": 60", "\"capital_percent\": 160", "operator.holders[0].capital_percent"},
        {"\"veto\": true", "\"vetos\": true", "operator.holders[0].vetos"},
        {"\"valid_from\": \"2026-01-01\"", "\"valid_from\": \"01/01/2026\"", "certificates[0].valid_from"},
        {"\"status\": \"confirmed\"", "\"status\": \"sure\"", "certificates[0].status"},
        {"site.pue", "pue", "facts.pue"},
        {"\"value\": 1.3, ", "", "facts.site.pue.value"},
        {"\"value\": 1.3", "\"value\": [1]", "facts.site.pue.value"},
        {"\"source\": \"operator declaration\", ", "", "facts.site.pue.source"},
        {"\"measured\"", "\"guessed\"", "facts.site.pue.assurance"},
        {"\"vcpus\": 64", "\"vcpus\": -1", "capacity.vcpus"},
        {"\"kind\"", "\"colour\": 1, \"kind\"", "colour"},
    };
    for (const auto &mistake : mistakes) {
        const auto problem = identityProblem(replaced(identity, mistake.what, mistake.by));
        EXPECT_EQ(problem.reason, Reason::Malformed) << mistake.by;
        EXPECT_EQ(problem.fact("field"), mistake.field) << mistake.by;
        EXPECT_FALSE(problem.fact("expected").empty()) << mistake.by;
    }
}

TEST_F(ConfigTest, anIdentityCutShortIsMalformedAtEveryLength)
{
    const std::string whole = identity;
    for (std::size_t length = 0; length < whole.size(); length += 7) {
        EXPECT_EQ(identityProblem(whole.substr(0, length)).reason, Reason::Malformed) << length;
    }
    EXPECT_EQ(identityProblem("{\n\n!").fact("line"), "3");
    EXPECT_EQ(identityProblem("[]").reason, Reason::Malformed);
    EXPECT_EQ(readIdentity(scratch.path("none.json"), "lyon").error().reason, Reason::NotFound);
}

TEST_F(ConfigTest, aSiteOfLibvirtHostsNamesThem)
{
    const auto libvirt = replaced(good, "name = \"embedded\"\nqemu = \"none\"", "name = \"libvirt\"\nproject = \"rh\"");
    const auto config
        = readConfig(write("site.toml", libvirt + "[libvirt]\nuris = [\"qemu:///system\", \"qemu+ssh://b/system\"]\npool = \"fast\"\n"));
    ASSERT_TRUE(config) << describe(config.error());
    EXPECT_EQ(config->libvirt.uris, (std::vector<std::string> {"qemu:///system", "qemu+ssh://b/system"}));
    EXPECT_EQ(config->libvirt.pool, "fast");
    EXPECT_EQ(config->driverProject, "rh");
    for (const auto *wrong : {"", "[libvirt]\npool = \"x\"\n", "[libvirt]\nuris = []\n", "[libvirt]\nuris = [\"\"]\n",
             "[libvirt]\nuris = \"qemu:///system\"\n", "[libvirt]\nuris = [1]\n"}) {
        EXPECT_EQ(configProblem(libvirt + wrong).fact("field"), "libvirt.uris") << wrong;
    }
}

TEST_F(ConfigTest, theExampleThatIsInstalledIsAGoodFile)
{
    const auto config = readConfig(PORTULAN_SOURCE_DIR "/resources/portulan-site.toml");
    ASSERT_TRUE(config) << describe(config.error());
    EXPECT_EQ(config->siteId, "lyon");
    EXPECT_TRUE(config->metricsListen.empty());
}
