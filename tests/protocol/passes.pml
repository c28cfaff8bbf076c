// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What a destination believes of bytes that are sent while a machine writes them: tokens, notes, patches and what is taken back (site/transfer*,
// moverjobfollow). One chunk of two blocks stands for all. Who owns the machine is migration.pml's; this one ends at Verified. What is shown:
// whatever crashes, whatever a flush loses and however late a call is heard, what is verified is what the disk at the destination holds, will hold
// after a crash, and what the stopped machine left at the source; a patch misfits only where the reader saw more than the bitmap had told, and once
// in a pass, so that no pass goes round and round. Guests write without end, also while they are read, and may put back what was there before.

// Rules, each of which can be taken away (WITHOUT=number); check.py reads this list.
#define takesBackUnderWrites 1 // the destination takes back what an earlier connection is still writing
#define takesBackUnnoted 2 // it answers before it is durable that a chunk no longer counts
#define notesBeforeFlushing 3 // a chunk is noted as durable before it is
#define endsBeforeDurable 4 // the end of a connection is answered before what came over it is durable, read back and noted
#define ignoresMisfits 5 // a patch that does not make the chunk it was sent for is noted all the same
#define believesTheNextFlush 6 // what a failed flush lost is believed once another one succeeds
#define readsItsCacheBack 7 // what a failed flush lost is still read back from the cache
#define keepsItsMarks 8 // after a misfit the source patches what it believes to be there, without asking
#define swapsAfterReading 9 // the bitmap of a pass ends when its bytes have been read
#define forgetsToRenew 10 // a source that was restarted believes what its earlier life sent
#define blanksUnasked 11 // zeros are not sent where something else was sent that nobody noted
byte without;

// Answers. HasNothing: of what still counts.
#define None 0
#define Ok 1
#define Again 2
#define HasAll 3
#define HasNothing 4
#define HasStale 5
#define Misfit 6
#define Differs 7

#define Reserve 0
#define GetProgress 1
#define End 2
#define Verify 3
#define nobody 4

// A chunk's bytes are two bits, one a block, and stand for its digest too; so do sets of its blocks.
#define both 3
#define unknown 4
#define merged(over, by, what) (((over) & (both - (what))) | ((by) & (what)))

// The source. What survives a crash of it:
byte disk, marked; // what the guest has written, and since the last look at its bitmap
bool stopped, verified;
// What does not (Sending::Disk):
bool sight; // it is followed, with a bitmap
byte digest; // of what was read last
bool known, doubted; // it is what is there now; it was once
bool sure, isWritten; // the last connection ended well; what was written since is known to be…
byte written; // …these blocks
bool takesBack, renews; // the destination does not know yet what no longer counts
bool tried; // something was sent that may lie there, noted or not
bool misfitted; // in this pass, by a patch

// The network forgets no call that takes back: one may be heard at any later time, again and again, and here, for simplicity, at any time at all.
// Other calls that come late end connections and make things durable, which may happen at any time anyhow.
#define Arriving 1
#define Taken 2
byte carried; // over a connection whose token is good: a frame…
byte frame, blocks; // …of these bytes, of these blocks
bool isExcused; // what was left out of it may be newer than the marks
bool isTokenGood; // the source's is the last that was given out
byte call = nobody, got = None; // what the source waits for; an answer is heard at once, or never

// The destination. What its notes say survives, and what its platter holds.
#define TakenBack 5
#define Unnoted 6
byte note = Unnoted; // a digest, or…
byte platter;
bool dVerified;
// What does not. Absent: never touched, as far as it knows.
byte cache, dirty;
#define Absent 0
#define Stale 1
#define Fresh 2
#define Durable 3
byte bytes = Absent;
byte expected; // the digest that came with what is fresh
bool excused, misfit;
byte stray; // bytes still being written by a connection that was cut: 1 + their digest

chan sDies = [0] of { bit };

#define isWhole (platter == disk && cache == disk && !dirty && !stray)

inline ask(what)
{
    atomic {
        call = what;
        got = None
    }
}
inline hear()
{
    r = (got != None -> got : Again);
    call = nobody;
    got = None
}
inline forgetMarks()
{
    isWritten = false;
    written = 0
}

#include "passessource.pml"
#include "passesdestination.pml"

init
{
    atomic {
        c_code { now.without = getenv("WITHOUT") ? (uchar)atoi(getenv("WITHOUT")) : 0; };
        run Source();
        run Destination()
    }
}
