// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What happens to both: gateways crash as often as they like and where they like, users press buttons, guests write, retention ends.

proctype World()
{
end:
    do
    :: atomic { !calm ->
        sHandedOver = false;
        sCall = nobody;
        sGot = None;
        sDies!0
       }
    :: atomic { !calm ->
        dOpen = false;
        dReserved = false;
        dReady = false;
        dTesting = false; // it dies with the gateway, and what is left is swept before anything else
        dBytes = (dBytes == Cached -> Absent : dBytes);
        dDies!0
       }
    :: atomic { live && !calm && sPaused -> sPaused = false } // a hypervisor ends by itself
    :: atomic { live && !calm && dMemory -> dMemory = false }
    :: atomic { !calm && sCustody == Owner && !sUp && !sPaused -> sUp = true; assert(oneOwner) }
    :: atomic { !calm && sUp -> sUp = false }
    :: atomic { sUp && !sVersion -> sVersion = true }
    :: atomic { // eraseExpired
        sCustody == RetainedUntil -> assert(isTheirs && isWhole && dStep >= Activated);
        sCustody = Nothing
       }
#ifdef LIVENESS
    :: !calm -> calm = true
#endif
    od
}

init
{
    atomic {
        c_code { now.without = getenv("WITHOUT") ? (uchar)atoi(getenv("WITHOUT")) : 0; };
        c_code { now.live = getenv("LIVE") != 0; };
        if
        :: !live -> inLots = true
        :: inLots = false
        fi;
        run Source();
        run Destination();
        run World()
    }
}
