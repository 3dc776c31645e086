/*
 * The wake-up protocol of `@ambisync/atomics`, as a model for Spin: a thread that calls, the thread of its loop, and the
 * two rings between them. `README.md` says what is modelled, and what is not; `check.js` runs it.
 *
 * Each `inline` is the function of that name. One step is one operation on shared memory, in the order of the code;
 * plain copies of bytes are one step each, see README.md. What begins with `#ifdef` is a mistake that the check has to find.
 */

#define CALLER 0
#define LOOP 1

/* A ring is called by its writer: ring[CALLER] holds calls, ring[LOOP] holds answers. In words. */
#define CAPACITY 4
#define LENGTHS 2
#define HEAD 1
/* The body is none, and the frame fits; or this, and it is larger than the ring. */
#define LARGE 3

/* Positions count modulo this, in the code modulo 2 ** 32. */
#define POSITIONS 8

/* Of calls one that its caller blocks for, and one that it does not, are under way at most. */
#define BLOCKING 0
#define ASYNC 1

/* Shared memory: ring.ts */
byte WRITTEN[2], READ[2];
bit WANTED[2];
/* What is in a word; 0 if that was read, or never written. One that is left out says how many are. */
byte words[8];
#define PAYLOAD 1
#define NO_HEAD 100

/*
 * Shared memory: wake-word.ts. Of the counter `[WAKE]` nothing matters but whether it is still what somebody has loaded:
 * `isAsSeen` is `WAKE === seen` of the thread, which it has loaded last, and `isAsLookedAt` is `WAKE === lookedAt`.
 */
bool isAsSeen[2], isAsLookedAt;
bit AWAKE[2];

/* The runtime's lists of who waits on a wake word: in Atomics.wait, and with a promise of Atomics.waitAsync. */
bool asleep[2], registered[2];
/* That promise is settled, or nextTurn stands for it: `heard` is due. */
bool heardDue[2];

/* For the properties only. */
bool isCalled[2], isAnswered[2], isSent[2];
bool isBlocked;
/* The loop's thread is about to end: no more calls are made, as the channel would tell of its death. */
bool isEnding;

/* How many calls are made, of either kind and any size, each way. */
#ifndef CALLS
#define CALLS 2
#endif
byte calls;
#ifndef CALL_SIZES
#define CALL_SIZES 3
#endif
#ifndef ANSWER_SIZES
#define ANSWER_SIZES 3
#endif
#ifndef KINDS
#define KINDS 3
#endif


#define distance(from, to) ((to + POSITIONS - from) % POSITIONS)
#define least(a, b) ((a) < (b) -> (a) : (b))

/* What each thread has for itself. */
#define OWN \
  byte written, seenRead; /* RingWriter: #written, #read */ \
  byte rests, restWritten; bit restId[2]; byte restBody[2]; /* RingWriter: #rest, by frames */ \
  byte read; /* RingReader: #read */ \
  bool isPartial; bit id; byte body, arrived; /* RingReader: #partial, and the frame that was found */ \
  bool isFound, isSkip, isWanted, isWaiting; /* isWaiting: WakeListener: #waiting */ \
  byte available, count, length, at, index

/* ------------------------------------------------------------------------------------------------ core: wake-word.ts */

inline add(thread) {
  d_step {
    isAsSeen[thread] = false;
    isAsLookedAt = isAsLookedAt && thread != CALLER
  }
}

/* `seen = load(WAKE)` */
#define loadSeen(me) isAsSeen[me] = true

inline notify(thread) {
  d_step {
#ifdef TRUST_AWAKE
    if
    :: AWAKE[thread] == 1 -> skip
    :: else ->
      asleep[thread] = false;
      heardDue[thread] = heardDue[thread] || registered[thread];
      registered[thread] = false
    fi
#else
    asleep[thread] = false;
    heardDue[thread] = heardDue[thread] || registered[thread];
    registered[thread] = false
#endif
  }
}

inline wakeUp(thread) {
#ifdef NOTIFY_BEFORE_ADD
  notify(thread);
  add(thread)
#else
  add(thread);
  notify(thread)
#endif
}

/* Atomics.wait, without a limit: it compares and goes to sleep in one step. */
inline wait(me) {
#ifdef NO_COMPARISON
  asleep[me] = true;
#else
  asleep[me] = isAsSeen[me];
#endif
  !asleep[me]
}

/* -------------------------------------------------------------------------------------- wake-listener.ts: WakeListener */

/* Atomics.waitAsync compares and registers in one step, too. */
inline listen(me) {
  if
  :: isWaiting -> skip
  :: else ->
    isWaiting = true;
    d_step {
      if
      :: isAsSeen[me] -> registered[me] = true
      :: else -> heardDue[me] = true
      fi
    }
  fi
}

/* ---------------------------------------------------------------------------------------------------- ring-writer.ts */

#define isFull (rests > 0)
#define inRing distance(seenRead, written)

inline room(me) {
  d_step {
    seenRead = READ[me];
    assert(inRing <= CAPACITY)
  }
}

/* So many words of a frame, from `first` on, to where `written` is. Nothing that was not read is overwritten. */
inline copyIn(me, first, ofId, ofBody) {
  index = 0;
  do
  :: index < count ->
    at = me * CAPACITY + (written + index) % CAPACITY;
    assert(words[at] == 0);
    words[at] = (first + index == LENGTHS - 1 -> 1 + ofBody : (first + index == LENGTHS -> 1 + ofId : PAYLOAD));
    index++
  :: else -> break
  od;
  index = 0;
  at = 0
}

inline storeWritten(me) {
  WRITTEN[me] = (written + count) % POSITIONS;
  assert(distance(READ[me], WRITTEN[me]) <= CAPACITY)
}

/* The copy and `publish`. Both stores are one step: see README.md. */
inline copyAndPublish(me, first, ofId, ofBody) {
#ifdef NOTIFY_BEFORE_PUBLISH
  wakeUp(1 - me);
#endif
#ifdef PUBLISH_BEFORE_COPY
  d_step { storeWritten(me) }
  d_step { copyIn(me, first, ofId, ofBody) }
#else
  d_step {
    copyIn(me, first, ofId, ofBody);
    storeWritten(me)
  }
#endif
  written = (written + count) % POSITIONS;
#ifndef NOTIFY_BEFORE_PUBLISH
  wakeUp(1 - me)
#endif
}

inline flush(me) {
  do
  :: isFull ->
    room(me);
    /* The lengths and the head are one piece, the body is the next. */
    length = (restWritten < LENGTHS + HEAD -> LENGTHS + HEAD : LENGTHS + HEAD + restBody[0]) - restWritten;
    count = least(CAPACITY - inRing, length);
    if
    :: count == 0 ->
      WANTED[me] = 1;
#ifdef NO_SECOND_LOOK
      break
#else
      room(me);
      if
      :: inRing == CAPACITY -> break
      :: else -> skip
      fi
#endif
    :: else ->
      copyAndPublish(me, restWritten, restId[0], restBody[0]);
      d_step {
        restWritten = restWritten + count;
        if
        :: restWritten == LENGTHS + HEAD + restBody[0] ->
          restId[0] = restId[1];
          restBody[0] = restBody[1];
          restId[1] = 0;
          restBody[1] = 0;
          rests--;
          restWritten = 0
        :: else -> skip
        fi
      }
    fi
  :: else ->
    WANTED[me] = 0;
    break
  od;
  count = 0;
  length = 0
}

/* Finds room for `length` words: `isFound`. */
inline makeRoom(me) {
  at = CAPACITY - written % CAPACITY;
  if
  :: at < length ->
    room(me);
    if
    :: inRing == 0 && at + length <= CAPACITY ->
      d_step {
        assert(words[me * CAPACITY + written % CAPACITY] == 0);
        words[me * CAPACITY + written % CAPACITY] = NO_HEAD + at;
        written = (written + at) % POSITIONS
      }
    :: else -> skip
    fi
  :: else -> skip
  fi;
  at = 0;
  isFound = (CAPACITY - inRing >= length);
  if
  :: isFound -> skip
  :: else ->
    room(me);
    isFound = (CAPACITY - inRing >= length)
  fi
}

inline write(me, ofId, ofBody) {
  length = LENGTHS + HEAD + ofBody;
  isFound = false;
  if
  :: isFull -> skip
  :: else -> makeRoom(me)
  fi;
  if
  :: isFound ->
    count = length;
    length = 0;
    copyAndPublish(me, 0, ofId, ofBody);
    count = 0
  :: else ->
    /* putOff */
    d_step {
      restId[rests] = ofId;
      restBody[rests] = ofBody;
      rests++
    }
    flush(me)
  fi;
  isFound = false
}

/* ---------------------------------------------------------------------------------------------------- ring-reader.ts */

/* So many words, from where `read` is. Nothing is read that was not written. */
inline copyOut(me) {
  index = 0;
  do
  :: index < count ->
    at = (1 - me) * CAPACITY + (read + index) % CAPACITY;
    assert(words[at] != 0);
    words[at] = 0;
    index++
  :: else -> break
  od;
  index = 0;
  at = 0
}

inline storeRead(me) {
  READ[1 - me] = (read + count) % POSITIONS;
  assert(distance(READ[1 - me], WRITTEN[1 - me]) <= CAPACITY)
}

/* The copy and `advance`. Both stores are one step: see README.md. */
inline copyAndAdvance(me) {
#ifdef WANTED_BEFORE_READ
  isWanted = (WANTED[1 - me] == 1);
#endif
#ifdef READ_BEFORE_COPY
  d_step { storeRead(me) }
  d_step { copyOut(me) }
#else
  d_step {
    copyOut(me);
    storeRead(me)
  }
#endif
  read = (read + count) % POSITIONS;
  count = 0;
#ifndef WANTED_BEFORE_READ
  isWanted = (WANTED[1 - me] == 1);
#endif
  if
  :: isWanted -> wakeUp(1 - me)
  :: else -> skip
  fi;
  isWanted = false
}

#define word(me, offset) words[(1 - me) * CAPACITY + (read + offset) % CAPACITY]

/*
 * `isFound`, and `id` and `body` of the frame. What is in the ring up to WRITTEN does not change, so that looking at it is
 * one step with the load. A place that is left out has no words but the first.
 */
inline next(me) {
  isFound = false;
  do
  :: d_step {
      available = distance(read, WRITTEN[1 - me]);
      isSkip = false;
      if
      :: available == 0 -> count = 0
      :: available > 0 && isPartial ->
        /* collect: what there is of the head, or else of the body. */
        count = least(available, (arrived < HEAD -> HEAD : HEAD + body) - arrived);
        if
        :: arrived == 0 -> id = word(me, 0) - 1
        :: else -> skip
        fi;
        arrived = arrived + count
      :: available > 0 && !isPartial && available < LENGTHS -> count = 0
      :: available >= LENGTHS && !isPartial && word(me, 0) >= NO_HEAD ->
        isSkip = true;
        count = word(me, 0) - NO_HEAD;
        for (index : 0 .. count - 1) { word(me, index) = PAYLOAD }
      :: available >= LENGTHS && !isPartial && word(me, 0) < NO_HEAD ->
        assert(word(me, 0) != 0 && word(me, 1) != 0);
        body = word(me, 1) - 1;
        count = LENGTHS + HEAD + body;
        if
        :: count > available ->
          /* begin */
          isPartial = true;
          count = LENGTHS
        :: else -> id = word(me, LENGTHS) - 1
        fi
      fi;
      isFound = (count > 0 && !isSkip && (!isPartial || arrived == HEAD + body));
      if
      :: isFound ->
        isPartial = false;
        arrived = 0
      :: else -> skip
      fi;
      available = 0;
      index = 0;
      isSkip = false
    }
    if
    :: count == 0 -> break
    :: else ->
      copyAndAdvance(me);
      if
      :: isFound -> break
      :: else -> skip
      fi
    fi
  od
}

/* ------------------------------------------------------------------------------------------- channel.ts and worker.ts */

inline poll(me) {
  if
  :: isFull -> flush(me)
  :: else -> skip
  fi;
  next(me)
}

/* ------------------------------------------------------------------------------------------------ the calling thread */

/* client.ts: sendWaiting, and send, which puts off what sendWaiting would have to leave. `post` is the channel's. */
inline sendWaiting() {
  do
  :: waitings > 0 ->
    if
    :: isFull -> flush(CALLER)
    :: else -> skip
    fi;
    if
    :: isFull -> break
    :: else -> skip
    fi;
    write(CALLER, waitingId[0], waitingBody[0]);
    d_step {
      waitingId[0] = waitingId[1];
      waitingBody[0] = waitingBody[1];
      waitingId[1] = 0;
      waitingBody[1] = 0;
      waitings--
    }
  :: else -> break
  od
}

/* client.ts: pump. It may stop before the end, if there is much. */
inline pump() {
  hasMore = false;
  do
  :: poll(CALLER);
    if
    :: isFound ->
      d_step {
        assert(isCalled[id] && isSent[id]);
        isCalled[id] = false;
        isSent[id] = false;
        isAnswered[id] = true;
        isFound = false;
        id = 0;
        body = 0
      }
      if
      :: true -> skip
      :: true ->
        hasMore = true;
        break
      fi
    :: else -> break
    fi
  od;
  sendWaiting()
}

/* core: waiter.ts: block and wait. */
inline block() {
  AWAKE[CALLER] = 1;
  isBlocked = true;
  do
  :: atomic {
      loadSeen(CALLER);
      isLookDue = (hasMore || !isAsLookedAt)
    }
    if
    :: isLookDue ->
      pump();
      isAsLookedAt = isAsSeen[CALLER] && !hasMore
    :: else -> skip
    fi;
#ifdef LOOK_BEFORE_LOAD
    loadSeen(CALLER);
#endif
    if
    :: isAnswered[BLOCKING] -> break
    :: else -> skip
    fi;
    if
    :: hasMore || !isAsSeen[CALLER] -> skip
    :: else ->
      /* Peer.awaitAwake and lookOn: who looks goes on for as long as it does not choose to give up. */
      if
      :: AWAKE[LOOP] == 1 -> isPeerAwake = true
      :: else -> skip
      fi;
      if
      :: isPeerAwake && !isAsSeen[CALLER] -> skip
      :: true ->
        /* sleep */
        AWAKE[CALLER] = 0;
        wait(CALLER);
        AWAKE[CALLER] = 1
      fi;
      isPeerAwake = false
    fi
  od;
  AWAKE[CALLER] = 0;
  isBlocked = false
}

active proctype Caller() {
  OWN;
  byte waitings; bit waitingId[2]; byte waitingBody[2]; /* Client: #waiting */
  bool hasMore, isLookDue, isPeerAwake, isTold, isTurnDue, isQuiet;
  bit callId;
  byte callBody;

  /* wake-listener.ts: Hub.add */
  loadSeen(CALLER);
  listen(CALLER);

  do
  :: !isQuiet ->
    /* The user's code makes a call. After the last it is idle. */
    if
    :: calls < CALLS && (KINDS & 2) && !isCalled[ASYNC] -> callId = ASYNC
    :: calls < CALLS && (KINDS & 1) -> callId = BLOCKING
    :: calls == CALLS -> isQuiet = true
    fi;
    if
    :: isQuiet -> skip
    :: else ->
      if
      :: CALL_SIZES & 1 -> callBody = 0
      :: CALL_SIZES & 2 -> callBody = LARGE
      fi;
      d_step {
        if
        :: isEnding -> isQuiet = true
        :: else ->
          isCalled[callId] = true;
          isAnswered[callId] = false;
          waitingId[waitings] = callId;
          waitingBody[waitings] = callBody;
          waitings++;
          calls++
        fi;
        callBody = 0
      }
      if
      :: !isQuiet && waitings == 1 -> sendWaiting()
      :: else -> skip
      fi;
      if
      :: !isQuiet && callId == BLOCKING ->
        block();
        isAnswered[BLOCKING] = false
      :: else -> skip
      fi;
      callId = 0
    fi
  :: heardDue[CALLER] || isTurnDue ->
    /* wake-listener.ts: Hub.tell, or nextTurn of client.ts: turn, which has more to do. */
    if
    :: heardDue[CALLER] ->
      heardDue[CALLER] = false;
      isWaiting = false;
      isTold = true;
      loadSeen(CALLER)
    :: isTurnDue -> skip
    fi;
    pump();
    if
    :: isTold ->
      isTold = false;
#ifdef HUB_LOOKS_BEFORE_LOAD
      loadSeen(CALLER);
#endif
      listen(CALLER)
    :: else -> skip
    fi;
    isTurnDue = hasMore;
    hasMore = false
  :: isQuiet && !isCalled[ASYNC] -> break
  od;
  assert(WRITTEN[CALLER] == READ[CALLER] && !isFull && waitings == 0)
}

/* ------------------------------------------------------------------------------------------------ the loop's thread */

/* host.ts: replyReturn, and attention.ts: answered. */
inline reply(ofId) {
  isSent[ofId] = true;
  write(LOOP, ofId, replyBody);
  mayLookOn = true;
  isRunning[ofId] = false;
  replyBody = 0
}

inline chooseReply() {
  if
  :: ANSWER_SIZES & 1 -> replyBody = 0
  :: ANSWER_SIZES & 2 -> replyBody = LARGE
  fi
}

/* host.ts: turn. A task that is not `async` answers at once. */
inline turn() {
  hasTaken = false;
  do
  :: poll(LOOP);
    if
    :: isFound ->
      d_step {
        assert(isCalled[id] && !isSent[id] && !isRunning[id]);
        hasTaken = true;
        isFound = false;
        isRunning[id] = true;
        replyId = id;
        id = 0;
        body = 0
      }
      if
      :: true -> skip
      :: true ->
        chooseReply();
        reply(replyId)
      fi;
      replyId = 0
    :: else -> break
    fi
  od
}

/* attention.ts: look. Which branch it takes is a matter of time but for what is found. */
inline look() {
  do
  :: loadSeen(LOOP);
    turn();
#ifdef ATTENTION_LOOKS_BEFORE_LOAD
    loadSeen(LOOP);
#endif
    if
    :: hasTaken ->
      microtasks = 0;
      isLookDue = true;
      break
    :: else -> skip
    fi;
    if
    :: (isRunning[BLOCKING] || isRunning[ASYNC]) && microtasks == 0 ->
      microtasks = 1;
      isLookDue = true;
      break
    :: true -> skip
    fi;
    if
    :: mayLookOn && !isRunning[BLOCKING] && !isRunning[ASYNC] ->
      /* #doze: by Atomics.wait, until somebody notifies, or for as long as it may. */
      mayLookOn = false;
      AWAKE[LOOP] = 0;
      asleep[LOOP] = isAsSeen[LOOP];
      if
      :: !asleep[LOOP] -> skip
      :: asleep[LOOP] -> asleep[LOOP] = false
      fi;
      AWAKE[LOOP] = 1
    :: true -> skip
    fi;
    if
    :: !isAsSeen[LOOP] -> skip
    :: mayLookOn ->
      /* The time that it may look for after an answer goes by. */
      mayLookOn = false;
      isLookDue = true;
      break
    :: true ->
      /* goToRest */
      AWAKE[LOOP] = 0;
#ifdef REST_ON_NOW
      loadSeen(LOOP);
#endif
      if
      :: !isAsSeen[LOOP] -> AWAKE[LOOP] = 1
      :: else ->
        isLooking = false;
        mayLookOn = false;
        microtasks = 0;
        listen(LOOP);
        break
      fi
    fi
  od;
  hasTaken = false
}

active proctype Loop() {
  OWN;
  bool isRunning[2]; /* Host: #running */
  bool isLooking, mayLookOn; /* Attention: #looking, and the time since #answeredAt */
  bool isLookDue, hasTaken;
  bit microtasks, replyId;
  byte replyBody;

  /* host.ts: serve has `told` run in the next turn. */
  heardDue[LOOP] = true;

end:
  do
  :: heardDue[LOOP] ->
    /* WakeListener: heard, and attention.ts: told */
    heardDue[LOOP] = false;
    isWaiting = false;
    if
    :: isLooking -> skip
    :: !isLooking ->
      isLooking = true;
      AWAKE[LOOP] = 1;
      goto lookNow
    :: !isLooking ->
      loadSeen(LOOP);
      turn();
      hasTaken = false;
#ifdef TOLD_LOOKS_BEFORE_LOAD
      loadSeen(LOOP);
#endif
      listen(LOOP)
    fi
  :: isLookDue ->
    isLookDue = false;
lookNow:
    look()
  :: isRunning[BLOCKING] || isRunning[ASYNC] ->
    /* A task comes to its end. */
    if
    :: isRunning[BLOCKING] -> replyId = BLOCKING
    :: isRunning[ASYNC] -> replyId = ASYNC
    fi;
    chooseReply();
    reply(replyId);
    replyId = 0
  :: d_step {
      (isFull && !isRunning[BLOCKING] && !isRunning[ASYNC] &&
        isCalled[BLOCKING] == isSent[BLOCKING] && isCalled[ASYNC] == isSent[ASYNC]) ->
      isEnding = true
    }
    break
  od;

  /* A task has ended the process, or thread: worker.ts: drain. Of calls that have no answer yet the channel tells. */
  do
  :: loadSeen(LOOP);
    flush(LOOP);
#ifdef DRAIN_LOOKS_BEFORE_LOAD
    loadSeen(LOOP);
#endif
    if
    :: !isFull -> break
    :: else -> wait(LOOP)
    fi
  od
}
