// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "site/drivers/drivers.h"
#include "site/runtime.h"

#include <csignal>
#include <cstdio>
#include <cstring>
#include <malloc.h>

using namespace portulan;
using namespace portulan::site;

namespace {

constexpr auto usage = "portulan-site --config FILE [--check-config] [--log-format text|json]\nportulan-site --version | --help\n";

struct Arguments {
    std::string config;
    bool checkOnly = false;
    Log::Format format = Log::Format::Text;
};

enum Exit { Done = 0, Failed = 1, Usage = 2 };

/// Reads the command line; an exit code if there is nothing more to do.
std::optional<int> read(int argc, char **argv, Arguments &into)
{
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        const char *next = i + 1 < argc ? argv[i + 1] : nullptr;
        if (word == "--version") {
            std::puts("portulan-site " PORTULAN_VERSION);
            return Done;
        }
        if (word == "--help") {
            std::fputs(usage, stdout);
            return Done;
        }
        if (word == "--check-config") {
            into.checkOnly = true;
        } else if (word == "--config" && next) {
            into.config = argv[++i];
        } else if (word == "--log-format" && next && (!std::strcmp(next, "json") || !std::strcmp(next, "text"))) {
            into.format = *argv[++i] == 'j' ? Log::Format::Json : Log::Format::Text;
        } else {
            const bool isKnown = word == "--config" || word == "--log-format";
            std::fprintf(stderr,
                isKnown ? "portulan-site: %s lacks its value, or it is none of those below\n%s" : "portulan-site: there is no option %s\n%s", argv[i],
                usage);
            return Usage;
        }
    }
    if (into.config.empty()) {
        std::fprintf(stderr, "portulan-site: --config FILE is needed\n%s", usage);
        return Usage;
    }
    return std::nullopt;
}

int check(const Config &config, const Log &log)
{
    if (const auto driver = makeDriver(config); !driver) {
        log.problem("config.wrong", driver.error(), {}, Log::Level::Error);
        return Failed;
    }
    if (const auto good = Runtime::check(config); !good) {
        log.problem("config.wrong", good.error(), {}, Log::Level::Error);
        return Failed;
    }
    std::puts("good");
    return Done;
}

int serve(const Config &config, const Log &log, const sigset_t &ends)
{
    auto driver = makeDriver(config);
    if (!driver) {
        log.problem("config.wrong", driver.error(), {}, Log::Level::Error);
        return Failed;
    }
    const auto runtime = Runtime::start(config, std::move(*driver), log);
    if (!runtime) {
        log.problem("gateway.failed", runtime.error(), {}, Log::Level::Error);
        return Failed;
    }
    int signal = 0;
    ::sigwait(&ends, &signal);
    log.event("gateway.stopping", {{"signal", std::to_string(signal)}});
    return Done;
}

}

int main(int argc, char **argv)
{
    Arguments arguments;
    if (const auto over = read(argc, argv, arguments)) {
        return *over;
    }
    // An arena keeps what its threads once needed; one for each of many makes 100 MiB of what is 31.
    ::mallopt(M_ARENA_MAX, 2);
    // Messages of a megabyte come and go: give their pages back rarely (a sixth of the CPU time of a transfer).
    ::mallopt(M_MMAP_THRESHOLD, 1 << 30);
    ::mallopt(M_TRIM_THRESHOLD, 1 << 30);
    ::mallopt(M_TOP_PAD, 16 << 20);
    std::signal(SIGPIPE, SIG_IGN);
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    ::pthread_sigmask(SIG_BLOCK, &ends, nullptr); // before any thread: all inherit it, sigwait() alone answers

    const Log log(arguments.format);
    const auto config = readConfig(arguments.config);
    if (!config) {
        log.problem("config.wrong", config.error(), {}, Log::Level::Error);
        return Failed;
    }
    return arguments.checkOnly ? check(*config, log) : serve(*config, log, ends);
}
