// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What a destination believes of bytes that are sent while a machine writes them: tokens, notes and what is taken back (site/transfer*,
// moverjobfollow). One chunk stands for all. Who owns the machine is migration.pml's; this one ends at Verified. What is shown: whatever crashes and
// however late a call is heard, what is verified is what the disk at the destination holds, will hold after a crash, and what the stopped machine
// left at the source. Guests write without end and may put back what was there before.

// Rules, each of which can be taken away (WITHOUT=number); check.py reads this list.
#define takesBackUnderWrites 1 // the destination takes back what an earlier connection is still writing
#define takesBackUnnoted 2 // it answers before it is durable that a chunk no longer counts
#define notesBeforeFlushing 3 // a chunk is noted as durable before it is
byte without;

// Answers. HasNothing: of what still counts.
#define None 0
#define Ok 1
#define Again 2
#define HasAll 3
#define HasNothing 4
#define Differs 5

#define Reserve 0
#define GetProgress 1
#define Data 2
#define Verify 3
#define nobody 4

// The source. What survives a crash of it:
bool version; // what the guest has written
bool followed, stopped, verified;
// What does not:
byte sent; // in this life: version + 1
bool takesBack; // what was sent no longer counts, and the destination does not know

// The network forgets no call: each is heard never, once or again and again, at any later time.
bool said[4], saidTakeBack;
byte carried; // by Data with a token that is good: version + 1
bool isTokenGood; // the source's is the last that was given out
bool claimed;
byte call = nobody, got = None; // what the source waits for

// The destination. What its notes say survives, and so do its disks as far as they were flushed.
#define Absent 0
#define Cached 1
#define Durable 2
byte bytes = Absent;
bool noted; // the version whose digest is noted
byte oldNote; // in its file, of something else, which a crash brings back: version + 1
bool disk, flushed;
byte stray; // bytes still being written by a connection that was cut: version + 1
bool reserved; // in this life

chan sDies = [0] of { bit };
chan dDies = [0] of { bit };

#define isHere (bytes != Absent)
#define isWhole (flushed && disk == version && !stray)

inline ask(what)
{
    d_step {
        said[what] = true;
        call = what;
        got = None
    }
}
inline hear(r)
{
    r = (got != None -> got : Again);
    call = nobody;
    got = None
}
inline answer(what, r)
{
    if
    :: call == what && got == None -> got = r
    :: else
    fi
}

proctype Source()
{
    byte r;
life:
    {
    do
    :: atomic { !stopped && !verified -> followed = true }; goto pass
    :: atomic { !stopped -> stopped = true } // the cut-over, or a machine that ends by itself
    :: atomic { stopped && !verified -> goto pass }
    od;
pass: // what was overwritten since it was sent is taken back first
    atomic {
        takesBack = (sent && sent != version + 1 -> true : takesBack);
        saidTakeBack = (takesBack -> true : saidTakeBack)
    };
    ask(Reserve);
    atomic {
        hear(r);
        if
        :: r == Ok -> takesBack = false; isTokenGood = true
        :: else -> goto life
        fi
    };
    ask(GetProgress);
    atomic {
        hear(r);
        if
        :: r == HasNothing -> // read: of a machine that runs as it is now, written over at once perhaps
            sent = version + 1;
            carried = (isTokenGood -> sent : carried)
        :: r == HasAll && !stopped -> goto life
        :: r == HasAll && stopped -> goto verify
        :: r == Again -> goto life
        fi
    };
    ask(Data);
    atomic {
        hear(r);
        if
        :: r == Ok && stopped && sent == version + 1
        :: else -> goto life
        fi
    };
verify:
    claimed = version;
    ask(Verify);
    atomic {
        hear(r);
        if
        :: r == Ok -> assert(isWhole); verified = true
        :: else
        fi
    };
    goto life
    } unless {
        atomic { sDies?_ -> r = None; takesBack = followed && !verified } // Job's m_renewal
    };
    goto life
}

// Connections with an earlier token bring nothing more.
inline voidTokens()
{
    carried = 0;
    isTokenGood = false;
    got = (call == Reserve && got == Ok -> Again : got)
}
inline note()
{
    bytes = Durable;
    flushed = (without == notesBeforeFlushing -> flushed : true);
    oldNote = 0
}

proctype Destination()
{
    byte r;
    bool back;
life:
    {
end:
    do
    // Reserve: Receiving::disconnect, then takeBack
    :: atomic { (call == Reserve && got == None) || said[Reserve] ->
        back = false;
        if
        :: saidTakeBack -> back = true
        :: !(call == Reserve && got == None && takesBack)
        fi;
        r = Ok;
        if
        :: !back || !isHere
        :: back && isHere && without != takesBackUnnoted -> bytes = Absent
        :: back && isHere && without == takesBackUnnoted ->
            oldNote = (bytes == Durable -> noted + 1 : oldNote);
            bytes = Absent
        :: r = Again // its journal or log is full
        fi;
        voidTokens();
        reserved = (r == Ok -> true : reserved);
        answer(Reserve, r)
       }
    // GetProgress: what was received is made durable first
    :: atomic { (call == GetProgress && got == None) || said[GetProgress] ->
        if
        :: reserved && isHere -> note(); r = HasAll
        :: reserved && !isHere -> r = HasNothing
        :: !reserved -> r = Again
        fi;
        answer(GetProgress, r)
       }
    // Data: a chunk is taken once
    :: atomic { (call == Data && got == None) || said[Data] ->
        if
        :: !reserved || !carried -> r = Again // its token is void
        :: reserved && carried && isHere -> r = (noted == carried - 1 -> Ok : Again)
        :: reserved && carried && !isHere -> disk = carried - 1; noted = carried - 1; flushed = false; bytes = Cached; r = Ok
        :: reserved && carried && !isHere && without == takesBackUnderWrites -> stray = carried; r = Again
        fi;
        answer(Data, r)
       }
    // Verify: disconnect, flush, compare
    :: atomic { (call == Verify && got == None) || said[Verify] ->
        voidTokens();
        if
        :: !reserved || !isHere -> r = Again
        :: reserved && isHere -> note(); r = (noted == claimed -> Ok : Differs)
        fi;
        answer(Verify, r)
       }
    od
    } unless {
        atomic { dDies?_ -> r = None }
    };
    goto life
}

proctype World()
{
end:
    do
    :: atomic { sent = 0; isTokenGood = false; call = nobody; got = None; sDies!0 }
    :: atomic {
        reserved = false;
        carried = 0;
        isTokenGood = false;
        stray = 0;
        bytes = (bytes == Cached -> Absent : bytes);
        if
        :: bytes == Absent && oldNote -> bytes = Durable; noted = oldNote - 1; oldNote = 0; flushed = true
        :: else
        fi;
        dDies!0
       }
    :: atomic { !stopped -> version = !version }
    :: atomic { stray -> disk = stray - 1; flushed = false; stray = 0 }
    :: atomic { verified -> assert(isWhole) }
    od
}

init
{
    atomic {
        c_code { now.without = getenv("WITHOUT") ? (uchar)atoi(getenv("WITHOUT")) : 0; };
        run Source();
        run Destination();
        run World()
    }
}
