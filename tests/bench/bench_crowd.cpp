// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What small calls take while a hundred migrations leave a gateway and arrive at another, all of them copying.
#include "tests/bench/twogateways.h"

#include <algorithm>
#include <iostream>
#include <thread>

using namespace portulan;
using namespace portulan::bench;
using test::GatewayProcess;

namespace {

constexpr int crowd = 100;
constexpr std::size_t volumeBytes = std::size_t(16) << 20;
constexpr std::int64_t rate = 256 << 10; // each: it takes a minute
constexpr auto between = std::chrono::milliseconds(5);

int copying(GatewayProcess &site)
{
    grpc::ClientContext context;
    GatewayProcess::prepare(context);
    v1::ListRequest request;
    request.set_page_size(1000);
    v1::ListResponse response;
    int count = 0;
    if (site.alice().ListOperations(&context, request, &response).ok()) {
        for (const auto &change : response.items()) {
            count += change.operation().bytes_done() > 0 && change.operation().state() == "running" ? 1 : 0;
        }
    }
    return count;
}

double milliseconds(GatewayProcess &site)
{
    grpc::ClientContext context;
    GatewayProcess::prepare(context);
    v1::Identity who;
    const auto began = std::chrono::steady_clock::now();
    if (!site.alice().WhoAmI(&context, {}, &who).ok()) {
        throw std::runtime_error("no answer");
    }
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count();
}

}

int main()
{
    try {
        TwoGateways gateways("127.0.0.1", "[migrations]\nat_once = 100\nat_once_per_site = 100\narrivals_at_once = 100\n");
        gateways.fill("volume", crowd, volumeBytes);
        std::vector<std::string> operations;
        for (int i = 0; i < crowd; ++i) {
            operations.push_back(gateways.migrate("volume" + std::to_string(i), rate));
        }
        int most = 0;
        try {
            test::await([&] { return (most = std::max(most, copying(gateways.lyon))) == crowd; }, std::chrono::seconds(60));
        } catch (const std::exception &) {
            throw std::runtime_error("only " + std::to_string(most) + " of them ever copied at once");
        }
        std::vector<double> calls;
        auto next = std::chrono::steady_clock::now();
        while (copying(gateways.lyon) == crowd) {
            for (int i = 0; i < 100; ++i) {
                calls.push_back(milliseconds(i % 2 == 0 ? gateways.lyon : gateways.nice));
                std::this_thread::sleep_until(next += between); // as steadily as consoles ask
            }
        }
        if (calls.empty()) {
            throw std::runtime_error("they were over before they could be looked at");
        }
        std::for_each(operations.begin(), operations.end(), [&](const auto &operation) { gateways.awaitDone(operation); });
        std::sort(calls.begin(), calls.end());
        std::cout << R"({"metric": "small calls beside 100 migrations, 99th percentile", "unit": "ms", "value": )" << calls[calls.size() * 99 / 100]
                  << R"(, "limit": 50, "better": "lower"})" << '\n'
                  << R"({"metric": "small calls beside 100 migrations, median", "unit": "ms", "value": )" << calls[calls.size() / 2]
                  << R"(, "better": "lower"})" << std::endl;
    } catch (const std::exception &problem) {
        std::cerr << problem.what() << '\n';
        return 1;
    }
    return 0;
}
