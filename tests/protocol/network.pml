// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// The network forgets no call that was ever made. Until it is calm, each is heard never, once or again and again, at any later time and in any
// order, whoever has crashed meanwhile: loss, duplication, delay and reordering without bound. An answer belongs to its call and arrives or does
// not. Calm, the network brings each call that somebody waits for, and its answer.

// Peer's calls; Data stands for a connection of the data plane. Nobody waits for a decision longer than it takes to read it (destination.pml).
#define Reserve 0
#define GetProgress 1
#define Data 2
#define Verify 3
#define Activate 4
#define Abort 5
#define nobody 6

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

bool said[6];
bool saidVersion[2]; // of the bytes that Data carried
bool claimed; // by Verify
byte sCall = nobody; // the source waits for the answer of…
byte sGot = None;

inline ask(call)
{
    d_step {
        said[call] = true;
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
