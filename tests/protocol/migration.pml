// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// The protocol that moves a workload, as site/ carries it out. Steps and the ways between them come from core/operation.h (steps.pml is
// generated), calls are those of proto/peer.proto; check.py sees to both. Each file stands beside the code it describes:
//   network.pml      site/peerlink, site/dataplane      source.pml       site/moverjob*, Mover::decisionFor
//   destination.pml  site/arrivals*                     world.pml        crashes, users, the guest, site/moverretention
// What stands in one atomic has one effect that lasts: a journal write, a call to the cloud, a message. Between any two, all else may happen.
#include "steps.pml"
#include "mutants.pml"

// A cloud's copy, and whom it obeys. Leaving: fenced, cannot start. Retained: fenced for good; Always has no end that a clock could reach.
#define Nothing 0
#define Owner 1
#define Leaving 2
#define RetainedAlways 3
#define RetainedUntil 4
#define Incoming 5

// Bytes at the destination. Cached: a crash takes them. Kept: it comes back, and the new disk begins as the copy this site has kept of it.
#define Absent 0
#define Cached 1
#define Durable 2
#define Kept 3

// What survives at the source: its journal and its cloud.
byte sStep = Planned;
bool sAsked, sRan, sAborting;
byte sCustody = Owner;
bool sUp; // the machine runs; objects are put into the data set
bool inLots; // a data set that is moved while it is written: fenced only when little is left. Of the order, never changed
bool sVersion; // what its guest has written
bool sPaused; // its guest is paused with all it has in mind: it may go on here
bool sMemory; // journalled: …and that is at the destination
// What does not.
bool sHandedOver;

// What survives at the destination. Unheard: nothing journalled.
byte dStep = Unheard;
bool dStart, dDropping;
byte dCustody = Nothing;
byte dBytes = Absent; // as far as its notes say
bool dVersion;
bool dUp;
bool dMemory; // a machine waits there, paused, with memory…
bool dMemoryVersion; // …that belongs to this version of the disks
byte dNoted; // journalled: memory has not been sent, has arrived, is lost
// What does not.
bool dReady; // a machine waits for memory
bool dOpen; // Arrivals knows of the migration
bool dReserved; // and takes bytes, with a token of this life
bool dTesting; // a copy of the machine runs, without a network: it is nobody's, but what it boots from must stay as it is

#define NotSent 0
#define Arrived 1
#define Lost 2

bool live; // all moves of machines that run are live; else all are cold. A warm one is a cold one after its passes.

#ifdef LIVENESS
bool calm; // from now on nothing fails any more and only calls that somebody waits for are heard
#else
#define calm false
#endif

// Safety, asserted wherever custody, machines or bytes change.
#define isTheirs (dCustody == Owner)
#define oneOwner (!(isTheirs && (sCustody == Owner || sCustody == Leaving)) && !(sUp && dUp))
#define isWhole (dBytes == Durable && dVersion == sVersion)

// Ways gone, told to check.py, which compares them with those the code allows.
c_decl { static unsigned char gone[2][256]; }
byte tSide, tFrom, tTo;
inline went(side, from, to)
{
    tSide = side;
    tFrom = from;
    tTo = to;
    c_code {
        if (!gone[now.tSide][now.tFrom * 16 + now.tTo]) {
            gone[now.tSide][now.tFrom * 16 + now.tTo] = 1;
            printf("went %d %d %d\n", now.tSide, now.tFrom, now.tTo);
        }
    };
    tSide = 0;
    tFrom = 0;
    tTo = 0
}

#include "network.pml"
#include "source.pml"
#include "destination.pml"
#include "world.pml"

// Liveness: once nothing fails any more, every migration ends at both sites, with one owner who has every byte.
#define isReleased (sStep == Released && dStep == Released && !dTesting && isTheirs && (sCustody == RetainedUntil || sCustody == Nothing))
#define isAborted (sStep == Aborted && sCustody == Owner && (dStep == Aborted || dStep == Unheard) && dCustody == Nothing && !dOpen && !dTesting)
#ifdef LIVENESS
ltl everyMigrationEnds { [] (calm -> <> (isReleased || isAborted)) }
#endif
