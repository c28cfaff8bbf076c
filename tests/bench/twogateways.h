// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "tests/journeys/gatewayprocess.h"
#include "tests/site/scratch.h"

namespace portulan::bench {

/// Two real gateways and volumes to move from lyon to nice.
class TwoGateways {
public:
    /// `far`: the address under which they know each other. Throws.
    explicit TwoGateways(const std::string &far, const std::string &more = {});
    /// Volumes of random bytes at lyon: NAME0, NAME1…
    void fill(const std::string &name, int count, std::size_t bytes);
    std::string migrate(const std::string &volume, std::int64_t bytesPerSecond = 0); ///< its operation at lyon
    void awaitDone(const std::string &operation); ///< throws if it fails

private:
    test::Scratch m_scratch;
    test::PaperFiles m_papers {m_scratch.path("papers")};

public:
    test::GatewayProcess lyon {m_papers, m_scratch.path("lyon"), "lyon"};
    test::GatewayProcess nice {m_papers, m_scratch.path("nice"), "nice"};
};

}
