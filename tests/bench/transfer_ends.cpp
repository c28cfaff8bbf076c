// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// The two ends of a transfer as processes of their own, volumes of the embedded driver at both, for transfer_rounds.py:
//   transfer_ends papers DIR                   keys and certificates for lyon and nice
//   transfer_ends import RAW QCOW2             a raw image becomes a volume
//   transfer_ends receive DIR QCOW2 BYTES      prints its port, then obeys its stdin:
//     verify                                   makes all durable, prints the root
//     back RUN…                                takes chunks back, prints what it has and what of it does not count, a line each
//   transfer_ends send DIR QCOW2 PORT [plain]  sends and prints the root; `plain` never compresses; then obeys its stdin:
//     pass QCOW2 EXTENTS                       another image that differs where that file says (offset, length): prints what has to be
//                                              taken back, reads what is there, sends and prints the root
// Both end with a line that says how many seconds of processor time the last of it took.
#include "core/credentials.h"
#include "site/dataplane.h"
#include "site/drivers/disk/blocks.h"
#include "site/drivers/disk/qcow2writer.h"
#include "site/transfersend.h"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <sstream>
#include <sys/resource.h>

using namespace portulan;
using namespace portulan::site;

namespace {

const Token token {std::byte {7}};

Result<> papers(const std::string &directory)
{
    const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    const auto until = now + std::chrono::hours(24 * 30);
    const auto authority = makeAuthority("bench", now - std::chrono::hours(1), until);
    if (!authority) {
        return unexpected(authority.error());
    }
    std::ofstream(directory + "/authority.pem") << authority->certificatePem;
    for (const std::string id : {"lyon", "nice"}) {
        const auto pair = issue(*authority, {.kind = Bearer::Kind::Site, .id = id}, now - std::chrono::hours(1), until);
        if (!pair) {
            return unexpected(pair.error());
        }
        std::ofstream(directory + '/' + id + ".pem") << pair->certificatePem;
        std::ofstream(directory + '/' + id + ".key") << pair->keyPem;
    }
    return {};
}

Result<DataTls> tlsOf(const std::string &directory, const std::string &id)
{
    return DataTls::load({directory + "/authority.pem", directory + '/' + id + ".pem", directory + '/' + id + ".key"});
}

class Silent final : public Progress {
public:
    void phase(std::string_view) override { }
    void bytes(std::int64_t, std::int64_t) override { }
    void log(std::string_view) override { }
    bool isCancelled() const override { return false; }
};

Result<> import(const std::string &raw, const std::string &volume)
{
    const auto from = openRaw(raw);
    if (!from) {
        return unexpected(from.error());
    }
    if (auto made = Qcow2Writer::create(volume, (*from)->sizeBytes()); !made) {
        return made;
    }
    const auto to = Qcow2Writer::open(volume);
    if (!to) {
        return unexpected(to.error());
    }
    Silent silent;
    auto copied = copyBlocks(**from, **to, silent);
    return copied ? (*to)->flush() : copied;
}

double processorSeconds()
{
    rusage used {};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval &time) { return double(time.tv_sec) + double(time.tv_usec) / 1e6; };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

std::vector<std::uint64_t> numbersIn(std::istream &line)
{
    std::vector<std::uint64_t> numbers;
    for (std::uint64_t number = 0; line >> number;) {
        numbers.push_back(number);
    }
    return numbers;
}

std::string wordsOf(const std::vector<std::uint64_t> &numbers)
{
    std::string words;
    std::ranges::for_each(numbers, [&words](auto number) { words += std::to_string(number) + ' '; });
    return words;
}

Result<> obey(Receiving &receiving, const std::string &command)
{
    std::istringstream line(command);
    std::string verb;
    line >> verb;
    receiving.disconnect();
    if (verb == "back") {
        auto done = receiving.takeBack(0, numbersIn(line));
        const auto there = receiving.runs(0);
        std::cout << wordsOf(there.have) << '\n' << wordsOf(there.stale) << std::endl;
        return done;
    }
    return receiving.roots().map([](const auto &roots) { std::cout << toHex(roots.front()) << std::endl; });
}

Result<> receive(const std::string &directory, const std::string &volume, std::uint64_t bytes)
{
    const auto tls = tlsOf(directory, "nice");
    if (!tls) {
        return unexpected(tls.error());
    }
    if (auto made = Qcow2Writer::create(volume, bytes); !made) {
        return made;
    }
    const auto open
        = [&](std::size_t) { return Qcow2Writer::open(volume).map([](auto writer) -> std::unique_ptr<BlockWriter> { return writer; }); };
    const auto receiving = Receiving::begin({{{"disk", bytes}}, volume + ".log", open, {}});
    if (!receiving) {
        return unexpected(receiving.error());
    }
    const auto plane = DataPlane::listen(*tls, "127.0.0.1:0", [&](const Token &shown, const std::string &peer) -> Result<std::shared_ptr<Receiving>> {
        return shown == token && peer == "site/lyon" ? *receiving : Result<std::shared_ptr<Receiving>>(refuse(Reason::NotAuthorised));
    });
    if (!plane) {
        return unexpected(plane.error());
    }
    std::cout << (*plane)->port() << std::endl;
    double before = 0;
    Result<> done;
    for (std::string line; done && std::getline(std::cin, line);) {
        before = line.starts_with("back") ? processorSeconds() : before;
        done = obey(**receiving, line);
    }
    std::cout << processorSeconds() - before << std::endl;
    return done;
}

/// The pass after a disk was written.
Result<> pass(Sending &sending, std::istream &line, std::string &volume, const DataTls &tls, const DataAddress &to)
{
    std::string file;
    line >> volume >> file;
    std::ifstream list(file);
    std::vector<Extent> extents;
    for (Extent extent; list >> extent.offset >> extent.length;) {
        extents.push_back(extent);
    }
    sending.overwritten(0, extents);
    std::uint64_t reached = 0;
    std::cout << "back " << wordsOf(sending.toTakeBack(0, 0, Receiving::mostRuns, reached)) << std::endl;
    std::string have, stale;
    std::getline(std::cin, have);
    std::getline(std::cin, stale);
    sending.tookBack();
    sending.nothingIsThere();
    std::istringstream haveLine(have), staleLine(stale);
    auto done = sending.isThere(0, 0, numbersIn(haveLine), numbersIn(staleLine));
    return done ? sending.send(tls, to, token) : done;
}

Result<> send(const std::string &directory, std::string volume, int port, bool plain)
{
    const auto tls = tlsOf(directory, "lyon");
    if (!tls) {
        return unexpected(tls.error());
    }
    const Trust trust {};
    const auto open = [&](std::size_t) { return openQcow2(volume, trust); };
    const auto reader = open(0);
    if (!reader) {
        return unexpected(reader.error());
    }
    Sending::Orders orders {{{"disk", (*reader)->sizeBytes()}}, open, {}, {}};
    orders.mayCompress = !plain;
    Sending sending(std::move(orders));
    const DataAddress to {"127.0.0.1", port, "nice"};
    double before = 0;
    auto sent = sending.send(*tls, to, token);
    for (std::string line; sent;) {
        std::cout << toHex(sending.roots().front()) << std::endl;
        if (!std::getline(std::cin, line)) {
            break;
        }
        before = processorSeconds();
        std::istringstream words(line.substr(line.find(' ') + 1));
        sent = pass(sending, words, volume, *tls, to);
    }
    std::cout << processorSeconds() - before << std::endl;
    return sent;
}

}

int main(int count, char **words)
{
    const std::vector<std::string> said(words + 1, words + count);
    Result<> done = refuse(Reason::InvalidArgument, {{"expected", "papers, import, receive or send"}});
    if (said.size() == 2 && said[0] == "papers") {
        done = papers(said[1]);
    } else if (said.size() == 3 && said[0] == "import") {
        done = import(said[1], said[2]);
    } else if (said.size() == 4 && said[0] == "receive") {
        done = receive(said[1], said[2], std::stoull(said[3]));
    } else if ((said.size() == 4 || (said.size() == 5 && said[4] == "plain")) && said[0] == "send") {
        done = send(said[1], said[2], std::stoi(said[3]), said.size() == 5);
    }
    if (!done) {
        std::cerr << describe(done.error()) << '\n';
    }
    return done ? 0 : 1;
}
