// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// The two ends of a transfer as processes of their own, volumes of the embedded driver at both, for bench_transfer.py:
//   transfer_ends papers DIR                        keys and certificates for lyon and nice
//   transfer_ends import RAW QCOW2                  a raw image becomes a volume
//   transfer_ends receive DIR QCOW2 BYTES           prints its port; at a line on stdin makes all durable and prints the root
//   transfer_ends send DIR QCOW2 PORT               sends and prints the root
#include "core/credentials.h"
#include "site/dataplane.h"
#include "site/drivers/embedded/blocks.h"
#include "site/drivers/embedded/qcow2writer.h"
#include "site/transfersend.h"

#include <cstdio>
#include <fstream>
#include <iostream>

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
    const auto from = embedded::openRaw(raw);
    if (!from) {
        return unexpected(from.error());
    }
    if (auto made = embedded::Qcow2Writer::create(volume, (*from)->sizeBytes()); !made) {
        return made;
    }
    const auto to = embedded::Qcow2Writer::open(volume);
    if (!to) {
        return unexpected(to.error());
    }
    Silent silent;
    auto copied = embedded::copyBlocks(**from, **to, silent);
    return copied ? (*to)->flush() : copied;
}

Result<> receive(const std::string &directory, const std::string &volume, std::uint64_t bytes)
{
    const auto tls = tlsOf(directory, "nice");
    if (!tls) {
        return unexpected(tls.error());
    }
    if (auto made = embedded::Qcow2Writer::create(volume, bytes); !made) {
        return made;
    }
    const auto open
        = [&](std::size_t) { return embedded::Qcow2Writer::open(volume).map([](auto writer) -> std::unique_ptr<BlockWriter> { return writer; }); };
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
    std::string line;
    std::getline(std::cin, line);
    (*receiving)->close();
    const auto roots = (*receiving)->roots();
    if (!roots) {
        return unexpected(roots.error());
    }
    std::cout << toHex(roots->front()) << std::endl;
    return {};
}

Result<> send(const std::string &directory, const std::string &volume, int port)
{
    const auto tls = tlsOf(directory, "lyon");
    if (!tls) {
        return unexpected(tls.error());
    }
    const embedded::Trust trust {};
    const auto open = [&](std::size_t) { return embedded::openQcow2(volume, trust); };
    const auto reader = open(0);
    if (!reader) {
        return unexpected(reader.error());
    }
    Sending sending({{{"disk", (*reader)->sizeBytes()}}, open, {}, {}});
    auto sent = sending.send(*tls, {"127.0.0.1", port, "nice"}, token);
    if (sent) {
        std::cout << toHex(sending.roots().front()) << std::endl;
    }
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
    } else if (said.size() == 4 && said[0] == "send") {
        done = send(said[1], said[2], std::stoi(said[3]));
    }
    if (!done) {
        std::cerr << describe(done.error()) << '\n';
    }
    return done ? 0 : 1;
}
