// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Twenty volumes of 100 MiB over a link of 40 ms there and back: in one wave, beside one after the other.
#include "tests/bench/longlink.h"
#include "tests/bench/twogateways.h"

#include <iostream>

using namespace portulan::bench;

namespace {

constexpr int volumes = 20;
constexpr std::size_t volumeBytes = std::size_t(100) << 20;

template <typename Work>
double secondsOf(Work work)
{
    const auto began = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

}

int main()
{
    try {
        const LongLink link(std::chrono::milliseconds(20));
        TwoGateways gateways(LongLink::far, "[migrations]\nat_once = 20\nat_once_per_site = 20\narrivals_at_once = 20\n");
        gateways.fill("single", volumes, volumeBytes);
        gateways.fill("wave", volumes, volumeBytes);
        const auto single = secondsOf([&] {
            for (int i = 0; i < volumes; ++i) {
                gateways.awaitDone(gateways.migrate("single" + std::to_string(i)));
            }
        });
        const auto wave = secondsOf([&] {
            std::vector<std::string> operations;
            for (int i = 0; i < volumes; ++i) {
                operations.push_back(gateways.migrate("wave" + std::to_string(i)));
            }
            std::for_each(operations.begin(), operations.end(), [&](const auto &operation) { gateways.awaitDone(operation); });
        });
        std::cout << R"({"metric": "20 x 100 MiB over 40 ms, in a wave", "unit": "s", "value": )" << wave
                  << R"(, "peer": "one after the other", "theirs": )" << single << R"(, "limit": 0.333, "better": "lower"})" << std::endl;
    } catch (const std::exception &problem) {
        std::cerr << problem.what() << '\n';
        return 1;
    }
    return 0;
}
