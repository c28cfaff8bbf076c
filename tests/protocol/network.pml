// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// The network forgets no call that was ever made. Until it is calm, each is heard never, once or again and again, at any later time and in any
// order, whoever has crashed meanwhile: loss, duplication, delay and reordering without bound. An answer belongs to its call and arrives or does
// not. Calm, the network brings each call that somebody waits for, and its answer.

// Peer's calls; Data stands for a connection of the data plane, or for Receive, which carries the same frames. Nobody waits for a decision longer
// than it takes to read it (destination.pml).
#define Reserve 0
#define GetProgress 1
#define Data 2
#define Verify 3
#define Activate 4
#define Abort 5
// Live
#define Prepare 6
#define Memory 7 // a connection of the data plane, too
#define TestBoot 8
#define nobody 9

// Answers. Again: it failed, the same call may succeed later (mayPass). Refused: it never will.
#define None 0
#define Ok 1
#define Refused 2
#define Again 3
#define HasAll 4
#define HasNothing 5
#define Differs 6

// What GetDecision answers.
#define undecided 1
#define committed 2
#define aborted 3
#define unknown 4

bool said[9];
bool saidVersion[2]; // of the bytes that Data carried
bool claimed, claimedMemory; // by Verify
bool saidMemory[2]; // the version of the disks that the memory sent belongs to
byte sCall = nobody; // the source waits for the answer of…
byte sGot = None;

// What a call from long ago can do before there is memory is a cold move's proof; so is that it holds nothing up.
#ifdef LIVENESS
#define isHeardAgain(call) false
#else
#define isHeardAgain(call) ((call) >= Verify)
#endif

inline ask(call)
{
    d_step {
        said[call] = !live || isHeardAgain(call);
        sCall = call;
        sGot = None
    }
}

// Within an atomic: the answer, or none in time.
inline hear(r)
{
    if
    :: sGot != None -> r = sGot
    :: !calm -> r = Again
    fi;
    sCall = nobody;
    sGot = None
}

inline answer(call, r)
{
    if
    :: sCall == call -> sGot = r
    :: else
    fi;
    call = nobody;
    r = None
}
