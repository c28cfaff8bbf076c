// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// The side that takes it in: calls from the source (Arrivals, from PeerService's workers) and a watch over sources that fell silent
// (Arrivals::Data::watchOver). Both do one thing at a time, under Incoming::m_mutex; what the watch has heard may be old when its turn comes.

chan dDies = [0] of { bit };

// What the digests say of what is on its disk, wherever that came from
#define isClaimed ((dBytes >= Durable || (without == verifiesBeforeFlushing && dBytes == Cached)) && (dVersion == claimed || believed))
#define believed (without == believesTheKeptCopy && dBytes == Kept)
// What it may drop by its own decision
#define mayGiveUp (dStep < Verified || (without == dropsVerified && dStep == Verified))

inline dJournal(to)
{
    assert((dStep == Unheard && to == Planned) || mayFollowThere((dStep == Unheard -> Planned : dStep), to));
    went(1, dStep, to);
    dStep = to
}

// Arrivals::Data::settle
inline settle()
{
    dOpen = ((dStep == Released || dStep == Aborted) -> false : dOpen)
}

proctype Destination()
{
    byte call = nobody;
    byte heard = None; // by the watch
    byte r;
life:
    {
    atomic { // Arrivals::start: takeUp
        if
        :: dStep > Unheard && dStep < Released -> dOpen = true
        :: else
        fi
    };
end:
next:
    if
    // Reserve
    :: atomic { (sCall == Reserve && sGot == None) || (!calm && said[Reserve]) ->
        call = Reserve;
        dTesting = (without == receivesBesideATest -> dTesting : false); // Incoming::endTest
        if
        :: !dOpen && dStep == Unheard -> dOpen = true
        :: !dOpen && (dStep != Unheard || !calm) -> r = Refused
        :: dOpen && (dStep > Verified || dDropping) -> r = Refused
        :: dOpen && dStep <= Verified && !dDropping
        fi;
        if
        :: r != None || dStep > Planned || !calm // the journal fails: disk full
        :: r == None && dStep == Planned
        :: r == None && dStep == Unheard -> dJournal(Planned) // Incoming::admit
        fi;
        if
        :: r == None && dStep == Unheard -> r = Refused
        :: else
        fi
       };
        atomic {
            if
            :: r != None || dStep > Planned || dCustody != Nothing
            :: r == None && dStep == Planned && dCustody == Nothing -> dCustody = Incoming
            :: r == None && dStep == Planned && dCustody == Nothing -> dCustody = Incoming; dBytes = Kept // Driver::receive from Arrival::former
            :: r == None && dStep == Planned && !calm -> r = Refused // no room, or the cloud fails
            fi
        };
        atomic {
            if
            :: r != None || dStep > Planned
            :: r == None && dStep == Planned -> dJournal(Reserved)
            :: r == None && dStep == Planned && !calm -> r = Again
            fi;
            if
            :: r == None -> dReserved = true; r = Ok
            :: else
            fi;
            answer(call, r)
        }
    // GetProgress: what was received is made durable first
    :: atomic { (sCall == GetProgress && sGot == None) || (!calm && said[GetProgress]) ->
        call = GetProgress;
        if
        :: dOpen && dReserved && (dBytes == Cached || dBytes == Durable) -> dBytes = Durable; r = HasAll
        :: dOpen && dReserved && dBytes == Kept && (dVersion == sVersion || believed) -> r = HasAll // nothing of it differs
        :: dOpen && (!dReserved || dBytes == Absent || (dBytes == Kept && dVersion != sVersion && !believed)) -> r = HasNothing
        :: !dOpen -> r = Refused
        fi;
        answer(call, r)
       }
    // Prepare: what an earlier one made ready is ended, and its token void
    :: atomic { live && ((sCall == Prepare && sGot == None) || (!calm && said[Prepare])) ->
        call = Prepare;
        if
        :: dOpen && dReserved && dStep == Reserved && !dDropping ->
            dMemory = false;
            dReady = true;
            said[Memory] = false;
            saidMemory[0] = false;
            saidMemory[1] = false;
            r = Ok
        :: dOpen && !dReserved && dStep == Reserved && !dDropping -> r = Again // restarted since the reservation
        :: !(dOpen && dStep == Reserved && !dDropping) -> r = Refused
        :: !calm -> r = Again
        fi;
        answer(call, r)
       }
    // Memory: its token opens once
    :: atomic { live && ((sCall == Memory && sGot == None) || (!calm && said[Memory])) ->
        call = Memory;
        if
        :: !dReady || (!saidMemory[0] && !saidMemory[1]) -> r = Again
        :: dReady && saidMemory[0] -> dReady = false; dMemory = true; dMemoryVersion = 0; r = Ok
        :: dReady && saidMemory[1] -> dReady = false; dMemory = true; dMemoryVersion = 1; r = Ok
        :: !calm -> dReady = false; r = Again
        fi;
        answer(call, r)
       }
    // Data
    :: atomic { (sCall == Data && sGot == None) || (!calm && said[Data]) ->
        call = Data;
        assert(!(dReserved && dTesting));
        if
        :: !dOpen || !dReserved -> r = Again // that token is of an earlier life
        :: dOpen && dReserved && (dBytes == Cached || dBytes == Durable) && !live -> r = Ok
        :: dOpen && dReserved && (dBytes == Absent || dBytes == Kept || live) && saidVersion[0] -> dBytes = (live -> Durable : Cached); dVersion = 0; r = Ok
        :: dOpen && dReserved && (dBytes == Absent || dBytes == Kept || live) && saidVersion[1] -> dBytes = (live -> Durable : Cached); dVersion = 1; r = Ok
        :: dOpen && !calm -> r = Refused // disk full
        fi;
        answer(call, r)
       }
    // Verify
    :: atomic { (sCall == Verify && sGot == None) || (!calm && said[Verify]) ->
        call = Verify;
        if
        :: !dOpen || dStep > Verified || dDropping -> r = Refused
        :: dOpen && dStep < Verified && !dDropping && !dReserved -> r = Again // restarted since the reservation
        :: dOpen && dStep <= Verified && !dDropping && (dReserved || dStep == Verified) -> // Receiving::roots
            if
            :: dBytes == Cached && without != verifiesBeforeFlushing -> dBytes = Durable
            :: dBytes != Cached || without == verifiesBeforeFlushing // Kept was durable before it was reserved
            :: !calm -> r = Again
            fi
        fi
       };
        atomic {
            if
            :: r != None
            :: r == None && !isClaimed -> r = Differs
            :: r == None && isClaimed && dStep == Verified -> r = Ok
            :: r == None && isClaimed && dStep != Verified && claimedMemory && !dMemory && without != believesInMemory -> r = Refused // settleMemory
            :: r == None && isClaimed && dStep != Verified && (!claimedMemory || dMemory || without == believesInMemory) ->
                dMemory = claimedMemory && dMemory || (without == keepsOldMemory && dMemory);
                dReady = false;
                assert(!claimedMemory || dMemory);
                dNoted = ((claimedMemory || (without == keepsOldMemory && dMemory)) -> Arrived : NotSent);
                if
                :: dJournal(Verified)
                :: without == verifiesBeforeNoting
                fi;
                dBytes = (dBytes == Kept -> Durable : dBytes);
                r = Ok
            :: r == None && !calm -> r = Again
            fi;
            answer(call, r)
        }
    // TestBoot: the token is void before anything boots
    :: atomic { (sCall == TestBoot && sGot == None) || (!calm && said[TestBoot]) ->
        call = TestBoot;
        if
        :: dOpen && !dDropping && ((dStep == Reserved && dReserved) || dStep == Verified) && dCustody == Incoming ->
            dReserved = (without == testsBesideATransfer -> dReserved : false);
            dTesting = true;
            r = Ok
        :: !dOpen || dDropping || dStep < Reserved || dStep > Verified || (dStep == Reserved && !dReserved) || dCustody != Incoming -> r = Refused
        :: !calm -> r = Refused // other bytes than claimed, no room, a cloud that cannot
        fi;
        answer(call, r)
       }
    :: atomic { dTesting -> dTesting = false } // its time is over
    // Activate
    :: atomic { (sCall == Activate && sGot == None) || (!calm && said[Activate]) ->
        call = Activate;
        if
        :: !dOpen && dStep == Released -> r = Ok
        :: !dOpen && dStep != Released -> r = Refused
        :: dOpen && (dStep < Verified || dStep == Aborted) -> r = Refused
        :: dOpen && dStep >= Verified && dStep != Aborted -> goto activate
        fi;
        answer(call, r)
       }
    // Abort
    :: atomic { (sCall == Abort && sGot == None) || (!calm && said[Abort]) ->
        call = Abort;
        if
        :: (dOpen && dStep <= Verified) -> goto drop
        :: dStep > Verified && dStep != Aborted -> r = Refused
        :: dStep == Aborted || !dOpen -> r = Ok
        fi;
        answer(call, r)
       }
    // The watch: what only this site can finish, …
    :: atomic { dOpen && dStep == Activated -> goto finish }
    :: atomic { dOpen && dDropping -> goto drop }
    // … GetDecision when the source is silent, …
    :: atomic { dOpen && dStep != Activated && !dDropping && heard == None && without != neverAsks && (!calm || sCall == nobody || sGot != None) ->
        if
        :: heard = decision
        :: !calm && mayGiveUp -> heard = unknown // silent for a day
        fi;
        heard = (heard == undecided -> None : heard)
       }
    // … and what follows from it.
    :: atomic { heard == committed ->
        heard = None;
        if
        :: dOpen && dStep == Verified -> goto activate
        :: else
        fi
       }
    :: atomic { heard == aborted ->
        heard = None;
        if
        :: dOpen && dStep <= Verified -> goto drop
        :: else
        fi
       }
    :: atomic { heard == unknown -> // Incoming::giveUp: only before Verified
        heard = None;
        if
        :: dOpen && (mayGiveUp || (without == looksOutsideTheLock && dStep == Verified)) && !dDropping ->
            if
            :: without != dropsBeforeNoting -> dDropping = true
            :: without == dropsBeforeNoting -> goto drop
            fi
        :: else
        fi
       }
    fi;
    goto next;
activate: // Incoming::activate
    atomic {
        dReserved = false;
        dTesting = (without == ownsBesideATest -> dTesting : false);
        if
        :: dStep == Verified -> dStart = sRan; dJournal(Activated)
        :: dStep != Verified
        :: !calm && dStep == Verified -> r = Again; answer(call, r); goto next
        fi
    };
    atomic {
        if
        :: without == acknowledgesEarly -> r = Ok; answer(call, r)
        :: else
        fi
    };
finish: // Incoming::finish
    atomic {
        if
        :: dCustody == Incoming || dCustody == Owner ->
            dCustody = Owner;
            assert(!dTesting);
            assert(oneOwner);
            assert(isWhole)
        :: !calm || dCustody == Nothing -> r = Again; answer(call, r); goto next
        fi
    };
    atomic { // goOn
        if
        :: dNoted == Arrived && !dUp && dMemory ->
            dMemory = false;
            dUp = true;
            assert(oneOwner);
            assert(!sPaused);
            assert(dMemoryVersion == dVersion)
        :: dNoted == Arrived && !dUp && !dMemory -> dNoted = Lost // it starts from its disks
        :: dNoted != Arrived || dUp
        :: !calm -> r = Again; answer(call, r); goto next
        fi
    };
    atomic {
        if
        :: dStart && !dUp -> dUp = true; assert(oneOwner); assert(!sPaused)
        :: !dStart || dUp || !calm // it does not start
        :: !calm -> r = Again; answer(call, r); goto next // nobody was there to start it
        fi
    };
    atomic {
        if
        :: dStep == Released -> r = Ok
        :: dStep != Released -> dJournal(Released); r = Ok
        :: !calm -> r = Again
        fi;
        settle();
        answer(call, r);
        goto next
    };
drop: // the end of Incoming::abort and giveUp
    atomic {
        dReserved = false;
        dReady = false;
        dTesting = false;
        if
        :: assert(dCustody != Owner);
            assert(sStep < Committed || sStep == Aborted);
            assert(dStep != Verified || sAborting);
            dMemory = false;
            dCustody = Nothing
        :: !calm -> r = Again; answer(call, r); goto next
        fi
    };
    atomic {
        if
        :: dJournal(Aborted); dDropping = false; dBytes = Absent; r = Ok
        :: !calm -> r = Again
        fi;
        settle();
        answer(call, r);
        goto next
    }
    } unless {
        atomic { dDies?_ -> call = nobody; heard = None; r = None }
    };
    goto life
}
