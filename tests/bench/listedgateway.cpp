// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/listedgateway.h"

#include "site/runtime.h"
#include "tests/fakes/fakedriver.h"
#include "tests/fakes/papers.h"
#include "tests/fakes/world.h"

#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace portulan {

namespace {

constexpr int projects = 20;
constexpr auto identity = R"({"name": "Lyon", "place": {"latitude": 45.76, "longitude": 4.85, "country": "FR"}, "kind": "cloud",
  "operator": {"id": "op", "name": "Rhône Nuage", "country": "FR", "fictitious": true},
  "capacity": {"vcpus": 64000, "ram_bytes": 274877906944000, "storage_bytes": 10995116277760000}})";
constexpr auto config = R"([site]
id = "lyon"
directory = "state"
identity = "identity.json"
[tls]
authority = "authority.pem"
certificate = "lyon.pem"
key = "lyon.key"
[[grant]]
who = "user/alice"
role = "administrator"
project = "*"
)";

Instance machine(int number)
{
    const std::string digits = std::to_string(100'000 + number);
    const bool even = number % 2 == 0;
    auto machine = world::instance("lyon", "i-" + digits, "Dossier patient " + digits, even ? Classification::HealthFr : Classification::Internal);
    machine.project = "project-" + std::to_string(number % projects);
    machine.flavor = even ? "m1.small" : "m1.large";
    machine.vcpus = 1 + number % 16;
    machine.ramBytes = std::int64_t {1} << (30 + number % 6);
    machine.state = number % 3 == 0 ? PowerState::Stopped : PowerState::Running;
    machine.imageId = "debian-12";
    machine.volumeIds = {"v-" + digits};
    machine.networkIds = {"n-" + std::to_string(number % projects)};
    machine.labels = {{"service", "dossier"}};
    return machine;
}

std::unique_ptr<test::FakeDriver> cloudOf(int instances)
{
    auto cloud = std::make_unique<test::FakeDriver>("lyon");
    for (int number = 0; number < projects; ++number) {
        cloud->put(world::project("lyon", "project-" + std::to_string(number)));
    }
    for (int number = 0; number < instances; ++number) {
        cloud->put(machine(number));
    }
    return cloud;
}

/// The gateway's process: says where it listens, then serves until the other end of `leash` is closed.
[[noreturn]] void serve(const std::string &directory, int instances, int said, int leash)
{
    auto read = site::readConfig(directory + "/site.toml");
    auto runtime = read ? site::Runtime::start(std::move(*read), cloudOf(instances), site::Log(site::Log::Format::Text, [](const std::string &) {}))
                        : unexpected<Problem>(read.error());
    if (!runtime) {
        std::fprintf(stderr, "the gateway does not start: %s\n", describe(runtime.error()).c_str());
        ::_exit(1);
    }
    const std::string line = (*runtime)->endpoint() + '\n';
    char nothing = 0;
    if (::write(said, line.data(), line.size()) > 0) {
        ::close(said);
        while (::read(leash, &nothing, 1) > 0) { }
    }
    runtime->reset();
    ::_exit(0);
}

void write(const std::string &path, const std::string &text)
{
    std::ofstream(path, std::ios::binary) << text;
    ::chmod(path.c_str(), 0600);
}

}

ListedGateway::ListedGateway(int instances)
{
    auto scratch = (std::filesystem::temp_directory_path() / "portulan-listing-XXXXXX").string();
    if (::mkdtemp(scratch.data()) == nullptr) {
        return;
    }
    m_directory = scratch;
    const auto authority = papers::authority();
    const auto lyon = papers::site(authority, "lyon");
    const auto alice = papers::user(authority, "alice");
    m_credentials = {authority.certificatePem, alice.certificatePem, alice.keyPem};
    write(m_directory + "/authority.pem", authority.certificatePem);
    write(m_directory + "/lyon.pem", lyon.certificatePem);
    write(m_directory + "/lyon.key", lyon.keyPem);
    write(m_directory + "/identity.json", identity);
    write(m_directory + "/site.toml", config);
    int said[2];
    int leash[2];
    if (::pipe(said) != 0 || ::pipe(leash) != 0) {
        return;
    }
    m_process = ::fork();
    if (m_process == 0) {
        ::close(said[0]);
        ::close(leash[1]);
        serve(m_directory, instances, said[1], leash[0]);
    }
    ::close(said[1]);
    ::close(leash[0]);
    m_leash = leash[1];
    char byte = 0;
    while (::read(said[0], &byte, 1) == 1 && byte != '\n') {
        m_endpoint += byte;
    }
    ::close(said[0]);
}

ListedGateway::~ListedGateway()
{
    if (m_leash >= 0) {
        ::close(m_leash);
        ::waitpid(m_process, nullptr, 0);
    }
    std::error_code ignored;
    std::filesystem::remove_all(m_directory, ignored);
}

double ListedGateway::processorSeconds() const
{
    clockid_t clock = 0;
    timespec spent {};
    if (::clock_getcpuclockid(m_process, &clock) != 0 || ::clock_gettime(clock, &spent) != 0) {
        return 0;
    }
    return double(spent.tv_sec) + double(spent.tv_nsec) / 1e9;
}

}
