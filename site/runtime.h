// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "site/config.h"
#include "site/driver.h"
#include "site/log.h"

namespace portulan::site {

/// One gateway, whole: built in order, recovered from its journal, serving until it is destroyed.
class Runtime {
public:
    /// Takes the driver that drivers/drivers.h made. Everything wrong with files, papers, rules, directory or port is found here.
    static Result<std::unique_ptr<Runtime>> start(Config config, std::unique_ptr<Driver> driver, Log log);
    /// What start() would say, without starting: files, papers, rules.
    static Result<> check(const Config &config);
    /// Ends calls, parks migrations, lets orders under way end, leaves machines running.
    ~Runtime();
    const std::string &endpoint() const; ///< "127.0.0.1:7601", the port really bound

private:
    struct Parts;
    explicit Runtime(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

}
