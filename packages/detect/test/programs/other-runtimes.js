/** What is left where a runtime does not say what a caller is. */
import { dual } from '@ambisync/core'
import { callerDetector, runWithMode } from '@ambisync/detect'

const f = dual({ sync: () => 'sync', async: async () => 'async' }, { detector: callerDetector() })

function attempt(call) {
  try {
    return call()
  } catch ({ name, message }) {
    return { name, message }
  }
}

console.log(
  JSON.stringify({
    auto: attempt(() => f.auto()),
    sync: attempt(() => f.sync()),
    'with a mode': attempt(() => f.with({ mode: 'sync' }).auto()),
    'in a scope': attempt(() => runWithMode('sync', () => f.auto())),
  }),
)
