// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// The side that coordinates.

chan sDies = [0] of { bit };

#define isOver (sStep == Released || sStep == Aborted)

inline sJournal(to)
{
    assert(mayFollow(sStep, to) || without == goesBackAfterCommit);
    went(0, sStep, to);
    sStep = to
}

inline goOnHere()
{
    sPaused = false;
    sUp = true;
    assert(oneOwner)
}

// After an answer other than the wanted one: tried again, until cancelled or out of patience; what will never be gives up at once.
#define giveUpUnless(again) \
    if \
    :: r == Again -> goto again \
    :: r == Again && !calm -> goto giveUp \
    :: r == Refused || r == Differs -> goto giveUp \
    fi

// Job: one thread, step after step.
proctype Source()
{
    byte r;
life:
    {
    goto take;
take:
    if
    :: isOver -> goto over
    :: !isOver && sAborting -> goto undo
    :: !calm && (sStep < Committed || (without == goesBackAfterCommit && sStep == Committed)) && !sAborting -> goto giveUp // cancelled, or the cloud fails
    :: atomic { // fenceAndReserve
        sStep == Planned && !sAborting && (sCustody == Owner || sCustody == Leaving) -> sCustody = (inLots -> sCustody : Leaving)
       };
        sAsked = true;
reserve:
        ask(Reserve);
        atomic {
            hear(r);
            if
            :: r == Ok -> sJournal(Reserved)
            :: else -> giveUpUnless(reserve)
            fi;
            r = None
        }
    :: atomic { // testIfOrdered: nothing hangs on how it ends; warm while it is Reserved, cold and held for an order while it is Verified
        !calm && (sStep == Reserved || sStep == Verified) && !sAborting && !said[TestBoot] -> said[TestBoot] = true
       }
    :: atomic { // stopMachine
        sStep == Reserved && !sAborting && ((!sUp && (!sPaused || without == stopsHalfWay)) || without == copiesUnstopped) && sCustody == Leaving ->
            assert(!sPaused); // what it has in mind would be lost
            sJournal(Stopped)
       }
    :: atomic { !live && sStep == Reserved && !sAborting && (sUp || sCustody == Owner) -> sRan = (sRan || sUp) };
        atomic { // of lots: fence
            sUp = false;
            sCustody = (inLots -> Leaving : sCustody)
        }
    :: atomic { // unpause: of an earlier life, or a memory that did not arrive
        sStep == Reserved && !sAborting && sPaused && without != stopsHalfWay -> goOnHere()
       }
    :: atomic { live && sStep == Reserved && !sAborting && sUp -> sRan = true };
        ask(Reserve); // of its last pass
        atomic {
            hear(r);
            if
            :: r == Ok -> r = None
            :: else -> giveUpUnless(take)
            fi
        };
        ask(Prepare); // switchOver
        atomic {
            hear(r);
            if
            :: r == Ok && sUp -> sUp = false; sPaused = true; saidMemory[sVersion] = true
            :: r == Ok && !sUp -> goto take // it has ended by itself
            :: r != Ok -> giveUpUnless(take)
            fi;
            r = None
        };
        ask(Memory);
        atomic {
            hear(r);
            if
            :: r == Ok && sPaused -> sMemory = true; sJournal(Stopped)
            :: r == Ok && !sPaused -> goto take
            :: r != Ok -> giveUpUnless(take)
            fi;
            r = None
        }
    :: atomic { sStep == Stopped && !sAborting -> sJournal(Copying) }
    :: atomic { sStep == Copying && !sAborting -> goto copy }; // copyOnce
copy:
        ask(Reserve);
        atomic {
            hear(r);
            if
            :: r == Ok && !live -> r = None
            :: r == Ok && live -> r = HasNothing; goto send // what becomes of bytes that are not yet durable is a cold move's proof
            :: else -> giveUpUnless(copy)
            fi
        };
        ask(GetProgress);
        atomic { hear(r) };
send:
        atomic {
            if
            :: r == HasAll -> r = None; goto verify
            :: r == HasNothing -> // openForRead
                assert(!sUp);
                saidVersion[sVersion] = true;
                r = None
            :: else -> giveUpUnless(copy)
            fi
        };
        ask(Data);
        atomic {
            hear(r);
            if
            :: r == Ok -> r = None
            :: else -> giveUpUnless(copy)
            fi
        };
verify:
        atomic { claimed = sVersion; claimedMemory = sMemory };
        ask(Verify);
        atomic {
            hear(r);
            if
            :: r == Ok -> sJournal(Verified)
            :: else -> giveUpUnless(copy)
            fi;
            r = None
        }
    :: atomic { // commit
        sStep == Verified && !sAborting -> assert(dCustody == Incoming && isWhole);
        sJournal(Committed)
       }
    :: atomic { sStep == Committed && sPaused && without != keepsItPaused -> sPaused = false } // handOver: its machine is ended, then fenced
    :: atomic {
        sStep == Committed && (!sPaused || without == keepsItPaused) && (sCustody == Leaving || sCustody >= RetainedAlways) -> assert(!sUp);
        sCustody = (without == erasesUnacknowledged -> RetainedUntil : RetainedAlways);
        sHandedOver = true
       };
activate:
        ask(Activate);
        atomic {
            hear(r);
            if
            :: r == Ok -> sJournal(Activated)
            :: else -> r = None; goto activate
            fi;
            r = None
        }
    :: atomic { // release
        sStep == Activated && sCustody != Nothing -> sCustody = RetainedUntil
       };
        atomic { sJournal(Released) }
    :: atomic { sStep == Activated && sCustody == Nothing && without != stumblesOverRetention -> sJournal(Released) } // its retention ended before that was journalled
    fi;
    goto take;
giveUp:
    assert(sStep < Committed || without == goesBackAfterCommit);
    if
    :: d_step { without == startsBeforeNoting && sCustody == Leaving -> sCustody = Owner }
    :: d_step { without == tellsBeforeNoting -> said[Abort] = true }
    :: else
    fi;
    d_step {
        r = None;
        sAborting = true
    };
    goto take;
undo:
    if
    :: atomic { sCustody == Leaving -> sCustody = Owner; assert(oneOwner) }
    :: sCustody != Leaving || (without == leavesFenced && !calm)
    fi;
    if
    :: atomic { sPaused -> goOnHere() }
    :: atomic { sRan && !sUp && !sPaused -> sUp = true; assert(oneOwner) }
    :: !sPaused && (!sRan || sUp || !calm) // it does not start again
    fi;
    atomic { sRan = false; sMemory = false };
tell:
    if
    :: !sAsked
    :: sAsked ->
        ask(Abort);
        atomic {
            hear(r);
            if
            :: r == Again -> r = None; goto tell
            :: r != Again || !calm -> r = None // the destination asks by itself, too
            fi
        }
    fi;
    atomic { sJournal(Aborted) };
over:
    r = None;
end:
    false
    } unless {
        atomic { sDies?_ -> r = None }
    };
    goto life
}

// Mover::decisionFor
#define decision \
    ((sStep == Aborted || sAborting) -> aborted : (sStep < Committed -> undecided : ((sStep >= Activated || sHandedOver || without == handsOverUnfenced) -> committed : undecided)))
