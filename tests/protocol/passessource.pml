// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// The source of passes.pml: site/moverjobfollow, Job::sendMissing, Sending.
// Nobody sees what a guest writes but who looks at its bitmap or reads: it is as good as written just before. So is a block that is written between
// the reading of one and the other.
inline write(block)
{
    if
    :: true
    :: !stopped -> marked = marked | (sight -> block : 0) // what was there before, perhaps
    :: !stopped -> marked = marked | (sight -> block : 0); disk = disk ^ block
    fi
}
inline guestWrites()
{
    write(1);
    write(2)
}

// Sending::overwritten: what the bitmap says was written until now.
inline look()
{
    if
    :: marked ->
        isWritten = isWritten || (sure && known);
        written = (isWritten -> written | marked : 0);
        known = false;
        doubted = false;
        digest = unknown;
        takesBack = true
    :: else
    fi;
    marked = 0
}
inline doubt()
{
    known = false;
    doubted = true;
    forgetMarks();
    marked = 0
}

// Of a machine that runs as it is now.
#define differs (doubted && digest != disk && (r == HasAll || disk == 0))
#define isBlanked (disk == 0 && r == HasNothing && tried && without != blanksUnasked)
inline readAndSend()
{
    guestWrites();
    if
    :: differs || isBlanked -> // from what lies there, noted or not
        doubted = false;
        digest = unknown;
        takesBack = true;
        known = false
    :: !differs && !isBlanked && (r == HasAll || (disk == 0 && r == HasNothing)) ->
        known = true;
        doubted = false;
        digest = disk
    :: else ->
        carried = (isTokenGood -> Arriving : 0);
        tried = true;
        frame = (carried -> disk : 0);
        blocks = both;
        if
        :: isWritten -> blocks = written
        :: !isWritten && r == HasStale -> blocks = disk ^ (bytes == Stale -> cache : 0) // fingerprints, of what is stale there
        :: else
        fi;
        blocks = (disk == 0 && blocks -> both : blocks);
        blocks = (carried -> blocks : 0);
        isExcused = carried && isWritten && (marked & (both - blocks));
        if
        :: without != keepsItsMarks -> forgetMarks()
        :: else
        fi;
        known = true;
        doubted = false;
        digest = disk
    fi;
    if
    :: without == swapsAfterReading -> guestWrites(); marked = 0
    :: else
    fi
}

proctype Source()
{
    byte r;
life:
    {
    atomic {
        r = None;
        misfitted = false;
        guestWrites();
        if
        :: !stopped && sight -> look()
        :: !stopped && !sight -> sight = true; known = false; marked = 0
        :: !stopped && sight -> doubt() // lost sight of, and followed anew
        :: !stopped && sight -> stopped = true; sight = false; look() // the cut-over
        :: !stopped -> stopped = true; sight = false; doubt() // a machine that ends by itself
        :: stopped
        fi
    };
pass: // what was overwritten since it was sent is taken back first
    ask(Reserve);
    atomic {
        hear();
        if
        :: r == Ok -> tried = tried && !takesBack && !renews; takesBack = false; renews = false; isTokenGood = true; ask(GetProgress)
        :: else -> goto failed
        fi;
        r = None
    };
    atomic {
        hear();
        if
        :: r == Again -> goto failed
        :: r != Again && known && (r == HasAll || (digest == 0 && r == HasNothing && (!tried || without == blanksUnasked)))
        :: else -> readAndSend()
        fi;
        ask(End);
        r = None
    };
    atomic {
        hear();
        sure = r == Ok;
        if
        :: !sure && without != keepsItsMarks -> forgetMarks()
        :: else
        fi;
        if
        :: r == Ok && takesBack -> r = None; goto pass // what differs from what was sent was found on the way
        :: r == Ok && !takesBack && !stopped -> r = None; goto life
        :: r == Ok && !takesBack && stopped -> assert(known); ask(Verify)
        :: r == Misfit -> assert(!misfitted); misfitted = true; r = None; goto pass
        :: else -> goto failed
        fi;
        r = None
    };
    atomic {
        hear();
        if
        :: r == Ok -> assert(isWhole); verified = true; r = None; goto over
        :: else
        fi
    };
failed:
    atomic {
        misfitted = false;
        r = None;
        if
        :: goto life
        :: goto pass
        fi
    };
over:
end:
    false
    } unless {
        atomic { sDies?_ -> r = None }
    };
    goto life
}
