// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "tests/site/oncloud.h"

namespace portulan::tests {

/// What every driver answers the same (tst_driver), asked of one on a cloud. What the cloud has not it must declare, and refuse as Unsupported.
class CloudContract {
public:
    struct Place {
        std::string image; ///< of this a machine is made; empty: of a blank disk
        std::int64_t ramBytes = 256 << 20;
        std::function<void()> restart; ///< the gateway ends and another begins
    };
    CloudContract(OnCloud &on, Place place)
        : m_on(on)
        , m_place(std::move(place))
    {
    }
    void whatIsNotThereIsNotFound();
    void ordersOfOtherPartsAreNotTheDrivers();
    void idsAreProposedCheckedAndNeverUsedTwice();
    void anEtagThatIsNoLongerTrueIsAConflict();
    void aQuotaHoldsAndIsNamed();
    void checkingChangesNothing();
    void everythingIsThereAgainAfterARestart();
    void fencedThingsAreLeftAlone();
    void networksAreKeptWhileTheyAreUsed();
    void aMachineGetsAnotherSize();
    void aVolumeIsOfAMachineAndThenOfNone();
    void aMomentIsKeptAndGoes();
    void anImageIsMadeOfAVolume();
    void all();

private:
    bool can(std::string_view capability);
    /// Refused by perform() and check() alike.
    Reason refusal(const Order &order, const std::string &etag = {});
    ObjectId done(const Order &order);
    CreateInstance machine(const std::string &id, const std::string &project = "default") const;
    ObjectId volumeOf(const ObjectId &machine);
    void away(const ObjectId &object); ///< deleted, with all it has

    OnCloud &m_on;
    const Place m_place;
};

}
