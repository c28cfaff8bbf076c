// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// Rules of the protocol, each of which can be taken away (WITHOUT=number): the search must then
// fail, or it proves nothing. check.py reads this list.

// Against safety
#define dropsVerified 1 // the destination drops a verified copy when its source has been silent for long
#define looksOutsideTheLock 2 // it decides to drop an unverified copy, and does so although it was verified meanwhile
#define dropsBeforeNoting 3 // half dropped by its own decision and restarted, it takes the copy up again and finds all chunks noted
#define verifiesBeforeFlushing 4 // it says verified before the bytes are durable
#define verifiesBeforeNoting 5 // it says verified before its journal does
#define handsOverUnfenced 6 // the source says committed before its own copy is fenced for good
#define goesBackAfterCommit 7 // the source may still be cancelled when it has committed
#define erasesUnacknowledged 8 // the retention of the source's copy begins before the destination has acknowledged
#define startsBeforeNoting 9 // the source takes its machine back before it notes that it gives up
#define tellsBeforeNoting 10 // the source tells the destination to drop before it notes that it gives up
#define copiesUnstopped 11 // a cloud that does not say how the machine is counts as a machine that is down
#define acknowledgesEarly 12 // the destination acknowledges the activation before it owns
#define believesTheKeptCopy 17 // what a disk began with, of something that comes back, is believed without its digests
#define testsBesideATransfer 18 // a copy boots from disks while they may still be written
#define receivesBesideATest 19 // the transfer goes on while a copy boots from its disks
#define ownsBesideATest 20 // the destination takes over while a copy of the machine still runs
// Against safety, of a live move
#define believesInMemory 13 // live: the destination says verified without looking whether the memory is there
#define keepsOldMemory 14 // live: memory of an attempt that came to nothing is kept for disks that went on
#define keepsItPaused 15 // live: the source's machine is still there, paused, when its copy is fenced
#define stopsHalfWay 16 // live: a machine found paused half-way counts as stopped
// Against liveness
#define neverAsks 40 // the destination waits for the source to speak
#define stumblesOverRetention 41 // the source's copy, erased when its retention ended, is missed before Released is journalled
#define leavesFenced 42 // a cloud that does not say whether the copy is fenced counts as one that is not

byte without; // the rule that is taken away; 0: none, the protocol as it is
