import { firstCallbackOnly, latestCallbacks } from './faults/callbacks.js'
import { acknowledgesForTheLoop, keepsCancellations, noDeadline } from './faults/cancellation.js'
import { enumerablePropertiesOnly, noThrownUndefined, noUndefinedCause } from './faults/errors.js'
import {
  cannotKill,
  declaresSignals,
  endsBySignals,
  endsTooEarly,
  leaksAtDeath,
  leaksWhenKilled,
  neverRefs,
  neverSaysDead,
  neverUnrefs,
} from './faults/lifetime.js'
import { dropsWhatDoesNotFit, printsLate } from './faults/output.js'
import { exitFirst, lateReplies, overtaking, sentTwice, shortIds } from './faults/replies.js'
import {
  foldsIds,
  givesAnyOutcome,
  importsAnything,
  knowsSettledCallsOnly,
  runsFailuresAgain,
} from './faults/served.js'
import { readsAheadWithoutBound, reordersItems } from './faults/streams.js'
import { copiesWhatShouldMove, givesBytesAway, noSpecials, noWorkingDirectory } from './faults/values.js'
import {
  deafToDeath,
  drivenRightly,
  ignoresTheDeadline,
  losesWakeUps,
  losesWakeUpsOfTheLoop,
  narrow,
  spins,
  zeroRemainingIsForEver,
} from './faults/waiting.js'
import { servedAdapter } from './served-adapter.js'
import { soundAdapter } from './sound-adapter.js'
import { withChannel } from './tamper.js'

/** @typedef {string | RegExp} CaseName a name, or a pattern */

/**
 * Broken adapters, and the cases that reject each of them: by name, or by a pattern where one fault is bound to fail
 * several. All other cases that concern it have to pass.
 *
 * `says` is what the rejecting cases say, so that they reject it for the right reason. Where `hangs` is set they are
 * expected to hang, and are not given the usual time to do so. `perhaps` are cases that try values at random, or that two
 * things race in: they may come upon the fault or not.
 *
 * @type {readonly {
 *   readonly name: string
 *   readonly fault: string
 *   readonly create: () => import('@ambisync/core').Adapter
 *   readonly rejectedBy: readonly CaseName[]
 *   readonly says: RegExp
 *   readonly hangs?: true
 *   readonly perhaps?: RegExp
 * }[]}
 */
export const mutants = [
  {
    name: 'loses a wake-up of the caller',
    fault: 'each 1,999th time that it calls back, the loop leaves the wake word as it is',
    create: losesWakeUps,
    rejectedBy: ['callbacks: 5,000 one after another, the task blocked for each of them'],
    says: /hangs/,
    hangs: true,
  },
  {
    name: 'loses a wake-up of the loop',
    fault: 'each 1,999th time that it answers, the caller does the same to a loop that is blocked for a callback',
    create: losesWakeUpsOfTheLoop,
    rejectedBy: ['callbacks: 5,000 one after another, the task blocked for each of them'],
    says: /hangs/,
    hangs: true,
  },
  {
    name: 'hears of no death while it is blocked',
    fault: 'the end of a loop that ran out of memory is told to the event loop, and not to a thread that is blocked',
    create: deafToDeath,
    rejectedBy: [/^exit: .*out of memory(?!.*(\(async\)|in a child process|on another machine|of one call))/],
    says: /hangs/,
    hangs: true,
  },
  {
    name: 'ignores the deadline',
    fault: '`drive` waits for a message, whatever is left of the time, unless that is less than 300 ms',
    create: ignoresTheDeadline,
    rejectedBy: [/^streams: the time limit covers the whole of it \((sync|submit)\)$/],
    says: /hangs/,
    hangs: true,
  },
  {
    name: 'takes a remainder of zero for no limit',
    fault: '`drive` rounds less than half a millisecond to 0 and waits for ever then',
    create: zeroRemainingIsForEver,
    rejectedBy: [/^timeouts: a part of a millisecond is a limit, and not none \((sync|submit)\)$/],
    says: /hangs/,
    hangs: true,
  },
  {
    name: 'spins',
    fault: '`drive` looks again and again instead of sleeping',
    create: spins,
    rejectedBy: ['process: nothing is computed while nothing happens, blocked or not'],
    says: /blocked: \d/,
  },
  {
    name: 'answers the wrong call',
    fault: 'six bits of the id are carried, and a reply is taken for that of the latest call that has them',
    create: shortIds,
    rejectedBy: [
      'calls: 2,000 calls in every mode and order, on two loops, and each gets its own answer',
      'context: concurrent calls never see that of one another',
    ],
    says: /hangs|ended the process|expected \+?\d+ to equal \+?\d+/,
    hangs: true,
  },
  {
    name: 'delivers a late reply',
    fault: 'a reply that crosses with the cancellation of its call is handed to the next call',
    create: lateReplies,
    rejectedBy: ['cancellation: nor the one that comes after it, when it was on its way or here unread, 3,000 times'],
    says: /expected 'cancelled \d+' to equal \+?\d+/,
  },
  {
    name: 'doubles a message',
    fault: 'with a hundred calls under way it sends the next one, and says that the way was full',
    create: sentTwice,
    rejectedBy: ['calls: 1,000 calls submitted together run once each, in order'],
    says: /deeply equal/,
  },
  {
    name: 'reorders calls',
    fault: 'each 100th call is put off for a moment, and is overtaken by the next one',
    create: overtaking,
    rejectedBy: ['calls: 1,000 calls submitted together run once each, in order'],
    says: /deeply equal/,
  },
  {
    name: 'reports the exit before the last replies',
    fault: '`poll` drops what a loop sent before it died, once it is known to be dead',
    create: exitFirst,
    rejectedBy: [/^exit: answers that are met together/],
    // Where the answer and the death are met together, which is a matter of the processor.
    perhaps: /^exit: .* at the first call, before anything else has come back/,
    says: /ended with code/,
  },
  {
    name: 'swallows `throw undefined`',
    fault: 'a call is taken for one that threw only if there is something that it threw',
    create: noThrownUndefined,
    rejectedBy: [
      /^errors: undefined is thrown as itself \(/,
      /^callbacks: what one throws may be undefined \(/,
      /^streams: throwing undefined is throwing \(/,
      /^observability: a call that fails tells its error, the very one \(/,
      'gather: returnExceptions tells every outcome',
    ],
    says: /should have (thrown|been rejected)|status: 'rejected'|kind: 'throw'/,
  },
  {
    name: "drops an error's cause",
    fault: 'a cause that is undefined is taken for none',
    create: noUndefinedCause,
    rejectedBy: [/^errors: a cause that is undefined is still a cause \(/],
    says: /cause/,
    perhaps: /^properties: any value that is thrown/,
  },
  {
    name: "drops an error's own properties",
    fault: 'only those that are enumerable are carried',
    create: enumerablePropertiesOnly,
    rejectedBy: [
      /^errors: own properties cross, and stay as enumerable as they were \(/,
      /^errors: what resists being read costs no more than that property \(/,
    ],
    says: /value: 7|from the getter/,
    perhaps: /^properties: any value that is thrown/,
  },
  {
    name: "loses the specials of a callback's arguments",
    fault: 'a URL arrives there as what it was replaced with on its way',
    create: noSpecials,
    rejectedBy: [/^callbacks: what structured clone gets wrong is put right for them, too \(/],
    says: /instance of URL/,
    perhaps: /^properties: any value goes to a callback/,
  },
  {
    name: 'copies what should move',
    fault: 'the capability is declared, and the list of what to transfer is left alone',
    create: copiesWhatShouldMove,
    rejectedBy: [
      /^transfer: (16 MB|a Buffer whose|a MessagePort|what was not named|what is gone|what only the platform|given twice)/,
    ],
    says: /equal|transferList|should have thrown/,
  },
  {
    name: 'gives bytes away',
    fault: 'what a task returns is moved instead of copied, and the task is left with nothing',
    create: givesBytesAway,
    rejectedBy: [/^values: what a task returns stays its own \(/],
    says: /could not be read/,
  },
  {
    name: 'forgets the working directory',
    fault: 'a relative path is resolved from wherever the loop runs',
    create: noWorkingDirectory,
    rejectedBy: ['process: a relative path is meant from the working directory at the time of load'],
    says: /cannot import/,
  },
  {
    name: 'reorders stream items',
    fault: 'far into a long one, a batch is put together from its parts in the wrong order',
    create: reordersItems,
    rejectedBy: [/^streams: every item comes once, in order, and then the return value \(/],
    says: /expected false to be true/,
  },
  {
    name: 'reads ahead without bound',
    fault: 'whatever the caller grants, the generator runs on as far as it can',
    create: readsAheadWithoutBound,
    rejectedBy: [
      /^streams: an endless generator that is read slowly runs ahead by so much and no further \(/,
      'streams: bytes and text count by their size in the read-ahead',
    ],
    // The flood may come first.
    says: /to be at most|it hangs/,
  },
  {
    name: "runs another call's callbacks",
    fault: 'what a task calls is taken for the callback of the call that was made last',
    create: latestCallbacks,
    rejectedBy: [
      'callbacks: of several calls on one loop at once, each call has its own',
      'context: holds in a callback that is served where another one holds, and undefined holds as well',
      'context: goes on through what a callback does asynchronously',
    ],
    says: /deeply equal/,
  },
  {
    name: 'runs the wrong callback',
    fault: 'of several functions in the arguments of one call the first is run for all',
    create: firstCallbackOnly,
    rejectedBy: [/^callbacks: as properties of a plain object, beside other properties \(/],
    says: /expected 'me ' to equal 'me 3'/,
  },
  {
    name: 'keeps a cancellation to itself',
    fault: 'it is acknowledged, and the task is not told',
    create: keepsCancellations,
    rejectedBy: [
      /^streams: the time limit covers the whole of it \(/,
      "streams: the caller's signal aborts it between two steps and within one",
      /^process: a stream that (is|was) forgotten/,
      /^cancellation: cancel aborts the task's signal/,
      /^cancellation: a time limit aborts the task's signal \(/,
      /^cancellation: work that never yields sees it by throwIfCancelled \(/,
      /^cancellation: a loop that is stuck for good is killed after its grace, and the next call works \(/,
      'process: a cancellation reaches the task also while its loop is being stopped',
      'process: it ends after loops were killed, or died of a failure',
      /^pools: a call that waits behind work that never yields runs once that was killed \(/,
      'cancellation: a done callback that blocks on a loop that is stuck finds it told of the cancellation',
      /^cancellation: (a time limit|cancel) ends a request that has its signal, for the server too/,
      'generator functions: a cancelled future tells the task, and cleans up on the loop',
    ],
    says: /no longer wanted|hangs|did not end|equal 'aborted/,
    hangs: true,
  },
  {
    name: 'acknowledges a cancellation for the loop',
    fault: 'it is sent on, and acknowledged at once, even if the loop is stuck and never sees it',
    create: acknowledgesForTheLoop,
    rejectedBy: [
      /^cancellation: a loop that is stuck for good is killed after its grace, and the next call works \(/,
      'process: it ends after loops were killed, or died of a failure',
      /^pools: a call that waits behind work that never yields runs once that was killed \(/,
      'cancellation: a done callback that blocks on a loop that is stuck finds it told of the cancellation',
    ],
    says: /hangs|did not end/,
    hangs: true,
  },
  {
    name: 'does not tell a task its deadline',
    fault: "a call's time limit is not carried",
    create: noDeadline,
    rejectedBy: ['cancellation: a task knows its call', /^pools: what a call has waited is gone from its time \(/],
    says: /Infinity/,
  },
  {
    name: 'does not kill',
    fault: 'the capability is declared, and `kill` does nothing',
    create: cannotKill,
    rejectedBy: [
      'cancellation: a done callback that blocks on a loop that is stuck finds it told of the cancellation',
      /^cancellation: a loop that is stuck for good is killed after its grace, and the next call works \(/,
      'lifecycle: a loop that is stuck in code that never yields is killed after its grace',
      'process: it ends after loops were killed, or died of a failure',
      /^pools: a call that waits behind work that never yields runs once that was killed \(/,
      /^restart: a loop before that is stuck in code that never yields is killed after its grace, and stop(Sync)? waits$/,
    ],
    says: /hangs|did not end/,
    hangs: true,
  },
  {
    name: 'declares a capability that it lacks',
    fault: "the caller is said to survive signals, and shares the loop's process",
    create: declaresSignals,
    rejectedBy: [/^exit: .*SIGKILL(?! of one call)/],
    says: /ended the process/,
  },
  {
    name: 'says that a stopped loop has ended before it has',
    fault: 'the exit is reported as soon as the loop was asked to end',
    create: endsTooEarly,
    rejectedBy: ["process: a loop's own exit handlers have run before anybody hears of its end"],
    says: /to equal/,
  },
  {
    name: 'does not know that a loop is dead',
    fault: '`isDead` is false until `poll` has said Exit, and after it',
    create: neverSaysDead,
    rejectedBy: [/^exit: a call after a death that nobody has heard of yet starts a fresh loop \(/],
    says: /ended with code 0 while count was under way/,
  },
  {
    name: 'never unrefs',
    fault: 'a loop that was awaited once keeps the process alive from then on',
    create: neverUnrefs,
    rejectedBy: [
      /^process: (one that only awaits|an idle loop|a future with a done callback|a loop that is referenced|a stream that (is|was) forgotten|nothing is computed|relayed output|a call that waits in a pool)/,
    ],
    says: /did not end|hangs/,
    hangs: true,
  },
  {
    name: 'does not ref',
    fault: 'a loop that is referenced and has not been called lets the process end',
    create: neverRefs,
    rejectedBy: [/^process: a loop that is referenced keeps it alive/],
    says: /still alive/,
  },
  {
    name: 'leaks a handle when it kills',
    fault: 'something that keeps the process alive is left behind by a loop that was killed',
    create: leaksWhenKilled,
    rejectedBy: ['process: it ends after loops were killed, or died of a failure'],
    says: /did not end|hangs/,
    hangs: true,
  },
  {
    name: 'leaks a handle at a death',
    fault: 'the same, of a loop that died of a failure',
    create: leaksAtDeath,
    rejectedBy: ['process: it ends after loops were killed, or died of a failure'],
    says: /did not end|hangs/,
    hangs: true,
  },
  {
    name: 'drops output',
    fault: 'what a pipe that is full does not take is taken to have been written',
    create: dropsWhatDoesNotFit,
    rejectedBy: [
      /^process: 1 MB that a task prints to a slow reader is complete, also if the process then ends \(inherit\)$/,
    ],
    says: /characters came/,
  },
  {
    name: 'prints late',
    fault: 'what a task prints is written when it prints the next time',
    create: printsLate,
    rejectedBy: [/^process: (what a task prints|a task's output|1 MB that a task prints).*\(inherit\)$/],
    says: /did not end|hangs|caller 1/,
    hangs: true,
  },
  {
    name: 'imports what is not served',
    fault: 'modules have names, and a name that nothing is served by is imported as what it may otherwise be',
    create: importsAnything,
    rejectedBy: [/^lifecycle: a module that is not served is named, and fails its own calls only \(/],
    says: /instance of LoopStartError/,
  },
  {
    name: 'runs a call twice that is made twice at the same time',
    fault: 'an id is known from the end of its call on, and not from the beginning',
    create: knowsSettledCallsOnly,
    rejectedBy: [/^durable: calls of one id at the same time run once, and all have what came of that: /],
    says: /deeply equal/,
  },
  {
    name: 'runs a failed call again',
    fault: 'of an id it is kept what its call returned, and not what it threw',
    create: runsFailuresAgain,
    rejectedBy: [/^durable: a call that (has thrown|ended its loop) does not run again, /],
    says: /to equal/,
  },
  {
    name: 'gives a call the outcome of another function',
    fault: 'whoever has the id of a call is given what came of that, whatever was called',
    create: givesAnyOutcome,
    rejectedBy: [/^durable: an id is of one function, and refused for any other \(/],
    says: /should have thrown/,
  },
  {
    name: 'takes two ids for one',
    fault: 'of an id it does not tell capital letters from small ones',
    create: foldsIds,
    rejectedBy: [/^durable: any text is an id, and no other one \(/],
    says: /to equal/,
  },
]

/** Adapters that do what only some adapters do, and do it right: no case rejects them. */
export const sound = [
  { name: 'wrapped', create: () => withChannel(soundAdapter(), () => ({})) },
  { name: 'waiting by itself, in `drive`', create: drivenRightly },
  { name: 'taking few messages at a time', create: narrow },
  { name: 'surviving signals and crashes', create: endsBySignals },
  { name: 'serving modules by name, and keeping calls by their ids', create: () => servedAdapter() },
]
