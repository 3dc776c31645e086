/**
 * Runs the suite's cases on every runtime for every adapter, and writes what it has seen to docs/data/runtimes.json, which
 * the tables are made from: `matrix.js [--runtime name] [--adapter name] [--every number] [--parallel number]`, the first two
 * as often as wanted. What is not chosen stays as it was recorded. With `--every 10`, a tenth of the cases is run, another
 * one for each adapter and runtime.
 *
 * Ends with 1 if a case fails that is not among the known failures, or one that is passes.
 */
import { parseArgs } from 'node:util'
import { type ConfigurationName, configurationNames, configurations } from './configurations.ts'
import { knownFailure } from './known-failures.ts'
import { type Counts, type Failed, keepCell, placeOf, type Unsupported } from './record.ts'
import { everyNth, runCases, survey } from './run-cases.ts'
import { allRuntimes, describeRuntime, type Runtime } from './runtime.ts'

const { values } = parseArgs({
  options: {
    runtime: { type: 'string', multiple: true },
    adapter: { type: 'string', multiple: true },
    every: { type: 'string', default: '1' },
    parallel: { type: 'string', default: '2' },
  },
})

const chosen = allRuntimes
  .filter(({ name }) => values.runtime?.includes(name) ?? true)
  .flatMap((runtime) => configurationNames.map((configuration) => ({ runtime, configuration })))
  .filter(({ configuration }) => values.adapter?.includes(configuration) ?? true)
if (chosen.length === 0) {
  const names = allRuntimes.map(({ name }) => name).join(', ')
  throw new RangeError(`nothing is chosen; runtimes: ${names}; adapters: ${configurationNames.join(', ')}`)
}

const rest = chosen.values()
await Promise.all(Array.from({ length: Number(values.parallel) }, takeFromRest))

async function takeFromRest(): Promise<void> {
  for (const { runtime, configuration } of rest) {
    const seen = await observe(runtime, configuration)
    keepCell({ runtime: runtime.name, version: await describeRuntime(runtime), configuration, seen })
    const summary =
      'notSupported' in seen
        ? `not supported: ${seen.notSupported}`
        : `${seen.passed} passed, ${seen.failed.length} failed, ${seen.notApplicable} not applicable`
    console.log(`${runtime.name}, ${configuration}: ${summary}`)
  }
}

async function observe(runtime: Runtime, configuration: ConfigurationName): Promise<Unsupported | Counts> {
  const choice = configurations[configuration]
  const found = await survey(runtime, choice)
  if ('notSupported' in found) return found
  let passed = 0
  const failed: Failed[] = []
  const place = placeOf({ runtime: runtime.name, configuration })
  for await (const { name, failure } of runCases(runtime, choice, everyNth(found.names, Number(values.every), place))) {
    const known = knownFailure(runtime.name, configuration, { name, failure })
    if (failure === undefined) passed++
    else failed.push({ name, reason: known?.reason, issue: known?.issue })
    if (failure === undefined && known !== undefined && known.sometimes === undefined) {
      complain(`PASSES, and is known to fail: ${runtime.name}, ${configuration}: ${name}`)
    }
    if (failure !== undefined && known === undefined) {
      complain(`FAILS: ${runtime.name}, ${configuration}: ${name}\n${failure}`)
    }
  }
  return { cases: found.names.length, passed, notApplicable: found.notApplicable, failed }
}

function complain(text: string): void {
  console.log(text)
  process.exitCode = 1
}
