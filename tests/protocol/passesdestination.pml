// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// The destination of passes.pml: site/arrivalsincoming*, Receiving; and what happens to both.
// Connections with an earlier token bring nothing more.
inline voidTokens()
{
    carried = 0;
    frame = 0;
    blocks = 0;
    isExcused = false;
    isTokenGood = false
}
inline took()
{
    carried = Taken;
    frame = 0;
    blocks = 0;
    isExcused = false
}
inline put(frames, set)
{
    cache = merged(cache, frames, set);
    dirty = dirty | (set)
}
inline settle(to)
{
    bytes = to;
    expected = 0;
    excused = false
}

// Receiving::checkpoint: flushed, read back, noted. The kernel tells of what it lost once, and shows it until it is dropped.
inline checkpoint()
{
    if
    :: bytes == Fresh && without != notesBeforeFlushing ->
        if
        :: platter = merged(platter, cache, dirty);
            dirty = 0;
            cache = (without == readsItsCacheBack || without == believesTheNextFlush -> cache : platter);
            if
            :: cache == expected || without == ignoresMisfits -> note = expected; settle(Durable)
            :: else -> assert(excused || without >= swapsAfterReading); misfit = true; settle(Stale)
            fi
        :: dirty = 0;
            cache = (without == readsItsCacheBack || without == believesTheNextFlush -> cache : platter);
            if
            :: without != believesTheNextFlush -> settle(Stale)
            :: else
            fi
        fi
    :: bytes == Fresh && without == notesBeforeFlushing -> note = expected; settle(Durable)
    :: else
    fi
}
// Durably, after what was written is noted: the notes keep the order in which things happened.
inline takeBack()
{
    checkpoint();
    note = (without == takesBackUnnoted -> note : TakenBack);
    settle(Stale)
}
inline answer(what)
{
    if
    :: got = what
    :: true // lost
    fi
}

// What happens here happens between what the source does.
proctype Destination() provided (got == None)
{
end:
    do
    // Reserve: Receiving::disconnect, then what no longer counts is taken back; what is verified stays
    :: atomic { call == Reserve ->
        voidTokens();
        if
        :: !dVerified && (takesBack || (renews && (bytes != Absent || cache != 0))) -> takeBack()
        :: else
        fi;
        answer(Ok)
       }
    :: atomic { call == Reserve -> voidTokens(); answer(Again) } // its journal or log is full
    :: atomic { !dVerified -> voidTokens(); takeBack() } // of long ago
    // GetProgress
    :: atomic { call == GetProgress ->
        checkpoint();
        answer((bytes == Durable -> HasAll : (bytes == Stale -> HasStale : HasNothing)))
       }
    // Data: a chunk is taken once; what is written of it in part no longer counts
    :: atomic { carried == Arriving && bytes < Fresh && without != takesBackUnderWrites ->
        put(frame, blocks);
        expected = frame;
        excused = isExcused;
        bytes = Fresh;
        took()
       }
    :: atomic { carried == Arriving && bytes < Fresh && without == takesBackUnderWrites -> stray = 1 + frame; took() }
    :: atomic { carried == Arriving && bytes >= Fresh -> // a second one for the same place
        if
        :: (bytes == Fresh -> expected : note) == frame -> took()
        :: else -> voidTokens()
        fi
       }
    :: atomic { carried == Arriving && bytes < Fresh && (blocks & 1) -> put(frame, 1); settle(Stale); voidTokens() } // full
    // End: of one whose frames were all taken
    :: atomic { call == End && isTokenGood && carried != Arriving ->
        if
        :: without != endsBeforeDurable -> checkpoint()
        :: else
        fi;
        if
        :: misfit -> misfit = false; answer(Misfit)
        :: !misfit && (bytes == Durable || !carried || without == endsBeforeDurable) -> answer(Ok)
        :: else
        fi
       }
    :: atomic { bytes == Fresh -> checkpoint() } // when it is time for one
    // Verify: disconnect, flush, compare
    :: atomic { call == Verify && (isTokenGood || dVerified) ->
        voidTokens();
        checkpoint();
        if
        :: bytes != Stale && bytes != Fresh && (bytes == Durable -> note : 0) == digest -> dVerified = true; answer(Ok)
        :: else -> answer(Differs)
        fi
       }
    :: atomic { stray -> put(stray - 1, both); stray = 0 }
    // A crash, also of the power: the kernel may have written what was not flushed, or some of it
    :: atomic {
        voidTokens();
        stray = 0;
        misfit = false;
        if
        :: platter = merged(platter, cache, dirty & 1)
        :: platter = merged(platter, cache, dirty & 2)
        :: platter = merged(platter, cache, dirty)
        :: true
        fi;
        cache = platter;
        dirty = 0;
        settle((note == Unnoted -> Absent : (note == TakenBack -> Stale : Durable)))
       }
    :: atomic { isTokenGood -> voidTokens() } // a connection breaks
    :: atomic { !verified -> // the source crashes
        sight = false;
        digest = (without == forgetsToRenew -> digest : 0);
        known = (without == forgetsToRenew -> known : false);
        doubted = false;
        sure = false;
        forgetMarks();
        tried = false;
        takesBack = false;
        renews = without != forgetsToRenew;
        misfitted = false;
        isTokenGood = false;
        call = nobody;
        sDies!0
       }
    :: atomic { verified -> assert(isWhole) }
    od
}
