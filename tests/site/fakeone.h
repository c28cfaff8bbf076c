// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "tests/site/httpscript.h"
#include "tests/site/workshop.h"

#include <map>
#include <pugixml.hpp>

namespace portulan::tests {

/// An OpenNebula front-end's XML-RPC, as one was recorded: its envelope, its codes, its pools by pages; what it accepts comes about a few looks
/// later. Two hosts; a machine that asks for more memory than either has is never placed.
class FakeOne {
public:
    FakeOne();
    std::string url() const { return m_server.url() + "/RPC2"; }
    std::string credentials() const { return dir.path("one_auth"); }
    void addMachines(int count); ///< that run, as somebody else's
    void dropNewest(); ///< one of them is gone at the next page
    bool isThere(const std::string &name);

    Workshop dir;

private:
    struct Machine {
        std::string name, note;
        int vcpus = 1, megabytes = 256, diskMegabytes = 0;
        int state = 1, lcm = 0;
        std::vector<std::pair<int, int>> ahead {}; ///< states it will be in, one a look
        std::string image {};
    };
    struct Block {
        std::string name;
        int megabytes = 0;
        int looksUntilReady = 2;
        bool isGoing = false;
    };
    std::string answer(const std::string &request);
    std::string perform(const std::string &method, const std::vector<std::string> &arguments);
    std::string act(const std::string &action, int id);
    std::string pool(int from, int end);
    std::string describe(int id, Machine &machine);
    std::string recorded(const std::string &name, const std::string &more = {}) const;

    std::mutex m_mutex; ///< all below
    std::map<int, Machine> m_machines;
    std::map<int, Block> m_blocks;
    int m_next = 10;
    bool m_drops = false;
    HttpScript m_server;
};

}
