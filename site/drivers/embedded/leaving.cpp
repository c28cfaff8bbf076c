// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/embedded/leaving.h"

#include <cerrno>
#include <cstring>
#include <poll.h>
#include <set>
#include <sys/socket.h>

namespace portulan::site::embedded {

using namespace std::chrono_literals;
using Json = Qmp::Json;

namespace {

constexpr auto socketName = "memory.sock";
constexpr auto patience = 30s;
constexpr auto glance = 10ms;
// Its speed is the tunnel's business.
constexpr std::int64_t unlimited = 100'000'000'000;
constexpr int mostThrottled = 90; ///< per cent, of a guest that changes its memory too fast

Result<> execute(Machine &machine, const std::string &command, Json arguments = Json::object())
{
    return machine.qmp().execute(command, std::move(arguments)).map([](const Json &) {});
}

Result<std::string> wordOf(Machine &machine, const std::string &command)
{
    return machine.qmp().execute(command).map([](const Json &answer) { return answer.value("status", std::string()); });
}

bool isUnderWay(const std::string &migration)
{
    static const std::set<std::string> words {"setup", "active", "pre-switchover", "device", "cancelling", "wait-unplug"};
    return words.contains(migration);
}

Json capability(const std::string &name)
{
    return {{"capability", name}, {"state", true}};
}

Result<Fd> accepted(const Fd &listening)
{
    pollfd waiting {listening.get(), POLLIN, 0};
    if (::poll(&waiting, 1, static_cast<int>(std::chrono::milliseconds(patience).count())) <= 0) {
        return refuse(Reason::TimedOut, {}, "QEMU does not send its memory");
    }
    Fd socket(::accept4(listening.get(), nullptr, nullptr, SOCK_CLOEXEC));
    return socket ? Result<Fd>(std::move(socket)) : ioRefusal("accept", socketName);
}

}

Leaving::Leaving(std::shared_ptr<Machine> machine, Fd socket)
    : m_machine(std::move(machine))
    , m_socket(std::move(socket))
{
}

Leaving::~Leaving()
{
    if (!m_kept && !m_machine->isOver()) {
        ::shutdown(m_socket.get(), SHUT_RDWR);
        (void)goOn(*m_machine); // else whoever moves it asks again
    }
}

Result<std::unique_ptr<RunningMemory>> Leaving::begin(const std::shared_ptr<Machine> &machine, const std::string &directory)
{
    const auto status = wordOf(*machine, "query-status");
    if (!status || *status != "running") {
        return status ? notReady(*status) : tl::unexpected(status.error());
    }
    const auto listening = listenLocal(directory, socketName);
    if (!listening) {
        return tl::unexpected(listening.error());
    }
    auto begun
        = execute(*machine, "migrate-set-capabilities", {{"capabilities", {capability("pause-before-switchover"), capability("auto-converge")}}})
              .and_then([&] {
                  return execute(*machine, "migrate-set-parameters", {{"max-bandwidth", unlimited}, {"max-cpu-throttle", mostThrottled}});
              })
              .and_then([&] {
                  return execute(*machine, "migrate", {{"uri", std::string("unix:") + socketName}});
              });
    auto socket = begun ? accepted(*listening) : tl::unexpected(begun.error());
    removeFile(directory + '/' + socketName);
    if (!socket) {
        (void)goOn(*machine);
        return tl::unexpected(socket.error());
    }
    return std::unique_ptr<RunningMemory>(new Leaving(machine, std::move(*socket)));
}

Result<RunningMemory::Flow> Leaving::flow()
{
    const auto answer = m_machine->qmp().execute("query-migrate");
    if (!answer) {
        return tl::unexpected(answer.error());
    }
    const auto word = answer->value("status", std::string());
    if (word != "setup" && word != "active" && word != "pre-switchover" && word != "device" && word != "completed") {
        return refuse(Reason::Unreachable, {{"what", "memory"}}, "QEMU: " + word + ' ' + answer->value("error-desc", std::string()));
    }
    const auto ram = answer->value("ram", Json::object());
    Flow flow;
    flow.isPaused = word == "pre-switchover" || word == "device" || word == "completed";
    flow.sentBytes = ram.value("transferred", std::int64_t(0));
    flow.totalBytes = ram.value("total", std::int64_t(0));
    flow.leftBytes = ram.value("remaining", std::int64_t(0));
    flow.rounds = ram.value("dirty-sync-count", std::int64_t(0));
    flow.pause = std::chrono::milliseconds(answer->value("expected-downtime", std::int64_t(0)));
    return flow;
}

Result<> Leaving::bear(std::chrono::milliseconds pause)
{
    constexpr std::int64_t most = 2'000'000; // QEMU's own limit, in milliseconds
    return execute(*m_machine, "migrate-set-parameters", {{"downtime-limit", std::min<std::int64_t>(most, pause.count())}});
}

Result<std::size_t> Leaving::read(std::span<std::byte> into)
{
    for (;;) {
        if (m_closed) {
            return refuse(Reason::Cancelled);
        }
        pollfd waiting {m_socket.get(), POLLIN, 0};
        if (::poll(&waiting, 1, 100) <= 0) {
            continue;
        }
        const auto got = ::recv(m_socket.get(), into.data(), into.size(), MSG_DONTWAIT);
        if (got >= 0) {
            return std::size_t(got);
        }
        if (errno != EINTR && errno != EAGAIN) {
            return refuse(Reason::Unreachable, {{"what", "memory"}}, std::strerror(errno));
        }
    }
}

Result<> Leaving::finish()
{
    auto going = execute(*m_machine, "migrate-continue", {{"state", "pre-switchover"}});
    for (const auto until = std::chrono::steady_clock::now() + patience; going;) {
        const auto word = wordOf(*m_machine, "query-migrate");
        if (!word || *word == "completed") {
            return word ? Result<>() : tl::unexpected(word.error());
        }
        if (!isUnderWay(*word)) {
            return refuse(Reason::Unreachable, {{"what", "memory"}}, "QEMU: " + *word);
        }
        if (m_closed || std::chrono::steady_clock::now() > until) {
            return refuse(m_closed ? Reason::Unreachable : Reason::TimedOut, {{"what", "memory"}}, "the rest of it does not leave");
        }
        m_machine->waitEnd(2ms);
    }
    return going;
}

Result<> goOn(Machine &machine)
{
    const auto until = std::chrono::steady_clock::now() + patience;
    for (; std::chrono::steady_clock::now() < until; machine.waitEnd(glance)) {
        const auto migration = wordOf(machine, "query-migrate");
        if (migration && isUnderWay(*migration)) {
            (void)execute(machine, "migrate_cancel");
            continue;
        }
        const auto status = wordOf(machine, "query-status");
        if (!migration || !status || *status == "running") {
            return !migration ? tl::unexpected(migration.error()) : !status ? tl::unexpected(status.error()) : Result<>();
        }
        (void)execute(machine, "cont"); // refused while QEMU is about to do so itself
    }
    return refuse(Reason::TimedOut, {}, "the machine does not go on");
}

bool hasLeft(Machine &machine)
{
    const auto status = wordOf(machine, "query-status");
    return status && *status == "postmigrate";
}

}
