// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// A machine of MovingDriver that runs as a test.
#include "tests/fakes/movingdriver.h"

namespace portulan::test {

namespace {

class TestGuest final : public site::TestMachine {
public:
    explicit TestGuest(MovingDriver &driver)
        : m_driver(driver)
    {
        ++m_driver.testing;
        ++m_driver.tested;
    }
    ~TestGuest() override { --m_driver.testing; }
    Look look(std::size_t) override { return m_driver.testGuest ? m_driver.testGuest() : Look {"it is up\r\n", false, {}}; }

private:
    MovingDriver &m_driver;
};

}

Result<std::unique_ptr<site::TestMachine>> MovingDriver::testBoot(const ObjectId &id)
{
    if (auto allowed = ask("test boot"); !allowed) {
        return unexpected(allowed.error());
    }
    const auto found = instance(id.id);
    if (!found || found->custody != Custody::Incoming) {
        return refuse(Reason::NotReady, {{"state", found ? std::string(toString(found->custody)) : "gone"}});
    }
    booted = disk(found->volumeIds.at(0))->copy()->bytes;
    return std::make_unique<TestGuest>(*this);
}

}
