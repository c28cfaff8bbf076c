// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/journeys/gatewayprocess.h"

#include <array>
#include <atomic>
#include <condition_variable>
#include <csignal>
#include <fcntl.h>
#include <mutex>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace portulan::test {

namespace {

std::string textOf(const std::string &file)
{
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), {}};
}

}

std::string freshRequestId()
{
    static std::atomic<unsigned> count = 0;
    std::array<char, 37> text {};
    std::snprintf(text.data(), text.size(), "%08x-0000-4000-8000-%012x", unsigned(::getpid()), ++count);
    return text.data();
}

v1::ImportRequest importOf(const std::string &id, const std::string &format)
{
    v1::ImportRequest part;
    auto &open = *part.mutable_open();
    open.mutable_header()->set_request_id(freshRequestId());
    open.set_id(id);
    open.set_display_name(id);
    open.set_project("care");
    open.set_format(format);
    open.set_classification("open");
    return part;
}

void await(const std::function<bool()> &condition, std::chrono::seconds limit)
{
    std::mutex mutex;
    std::condition_variable tick;
    std::unique_lock lock(mutex);
    const auto until = std::chrono::steady_clock::now() + limit;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > until) {
            throw std::runtime_error("it did not happen in time");
        }
        tick.wait_for(lock, std::chrono::milliseconds(10));
    }
}

GatewayProcess::GatewayProcess(PaperFiles &papers, std::string directory, std::string id)
    : m_directory(std::move(directory))
    , m_id(std::move(id))
    , m_own(papers.site(m_id))
    , m_alice(papers.user("alice"))
{
    std::filesystem::create_directories(m_directory + "/state");
}

GatewayProcess::~GatewayProcess()
{
    kill();
    killMachines();
}

void GatewayProcess::killMachines() const
{
    std::error_code gone;
    for (const auto &entry : std::filesystem::recursive_directory_iterator(m_directory, gone)) {
        std::ifstream file(entry.path());
        pid_t machine = 0;
        if (entry.path().filename() == "pid" && file >> machine && machine > 1) {
            ::kill(machine, SIGKILL);
        }
    }
}

void GatewayProcess::knows(const std::string &site, const std::string &endpoint)
{
    m_peers.emplace_back(site, endpoint);
}

void GatewayProcess::writeFiles() const
{
    std::ofstream(m_directory + "/identity.json")
        << R"({"name": ")" << m_id << R"(", "place": {"latitude": 45, "longitude": 5, "country": "FR", "city": "Test"}, "kind": "cloud",
        "demonstration": true, "operator": {"id": "op", "name": "Test operator", "country": "FR", "fictitious": true}})";
    std::ofstream file(m_directory + "/site.toml");
    file << "[site]\nid = \"" << m_id << "\"\ndirectory = \"state\"\nlisten = \"" << m_host << ':' << m_port << "\"\ndata_listen = \"" << m_host
         << ":0\"\n"
         << "identity = \"identity.json\"\n[tls]\nauthority = \"" << m_own.authority << "\"\ncertificate = \"" << m_own.certificate << "\"\nkey = \""
         << m_own.key << "\"\n[driver]\n"
         << (m_driver.empty() ? "name = \"embedded\"\nqemu = \"" + m_qemu + "\"\n" : m_driver) << "[limits]\ntest_boot_seconds = " << m_testSeconds
         << "\n[[grant]]\nwho = \"user/alice\"\nrole = \"administrator\"\nproject = \"*\"\n";
    file << m_more;
    for (const auto &[site, where] : m_peers) {
        file << "[[peer]]\nsite = \"" << site << "\"\nendpoint = \"" << where << "\"\n";
    }
}

void GatewayProcess::start()
{
    writeFiles();
    const auto shown = m_directory + "/state/endpoint";
    std::filesystem::remove(shown);
    const auto config = m_directory + "/site.toml";
    const auto log = m_directory + "/log";
    m_pid = ::fork();
    if (m_pid == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL); // a test that crashes leaves nobody behind
        const int file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        ::dup2(file, STDERR_FILENO);
        ::execl(PORTULAN_SITE_PROGRAM, PORTULAN_SITE_PROGRAM, "--config", config.c_str(), static_cast<char *>(nullptr));
        ::_exit(127);
    }
    await(
        [&] {
            if (::waitpid(m_pid, nullptr, WNOHANG) == m_pid) {
                m_pid = -1;
                throw std::runtime_error("portulan-site ended: " + textOf(log));
            }
            return textOf(shown).ends_with('\n');
        },
        std::chrono::seconds(60));
    const auto where = textOf(shown);
    m_port = std::stoi(where.substr(where.rfind(':') + 1));
    grpc::ChannelArguments arguments;
    arguments.SetSslTargetNameOverride(m_id + ".site.portulan");
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    const grpc::SslCredentialsOptions tls {textOf(m_alice.authority), textOf(m_alice.key), textOf(m_alice.certificate)};
    m_stub = v1::Gateway::NewStub(grpc::CreateCustomChannel(endpoint(), grpc::SslCredentials(tls), arguments));
    await([this] { return find("sites/" + m_id).has_value(); }, std::chrono::seconds(60));
}

void GatewayProcess::kill()
{
    if (m_pid > 0) {
        ::kill(m_pid, SIGKILL);
        ::waitpid(m_pid, nullptr, 0);
        m_pid = -1;
    }
}

int GatewayProcess::terminate()
{
    int status = 0;
    ::kill(m_pid, SIGTERM);
    ::waitpid(m_pid, &status, 0);
    m_pid = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void GatewayProcess::prepare(grpc::ClientContext &context)
{
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
}

std::optional<v1::Change> GatewayProcess::find(const std::string &resourceName)
{
    if (m_pid < 0) {
        return std::nullopt;
    }
    grpc::ClientContext context;
    prepare(context);
    v1::GetRequest request;
    request.set_name(resourceName);
    v1::Change found;
    return m_stub->GetObject(&context, request, &found).ok() ? std::optional(std::move(found)) : std::nullopt;
}

v1::Operation GatewayProcess::awaitEnd(const std::string &operation)
{
    v1::Operation last;
    await(
        [&] {
            if (const auto shown = find(operation)) {
                last = shown->operation();
            }
            return last.state() == "done" || last.state() == "failed" || last.state() == "cancelled";
        },
        std::chrono::seconds(120));
    return last;
}

}
