// Every way in which a relay comes to its end, seen from a blocked thread and from one that is not.
import { describe, print, start } from './start.js'

const seen = {}
for (const [name, options, task, relayOptions] of [
  ['at once', { fails: 'at once' }, 'echo'],
  ['later', { fails: 'later' }, 'echo'],
  ['exit at connect', { fails: 'exit' }, 'echo'],
  ['throw', {}, 'throwOutside'],
  ['exit', {}, 'exitThread'],
  ['out of memory', {}, 'outOfMemory', { worker: { resourceLimits: { maxOldGenerationSizeMb: 16 } } }],
]) {
  const blocked = describe(start(options, relayOptions).tasks[task].submit().outcome().reason)
  const awaited = await start(options, relayOptions).tasks[task].async().catch(describe)
  seen[name] = { blocked, sameAwaited: awaited.name === blocked.name }
}
print(seen)
