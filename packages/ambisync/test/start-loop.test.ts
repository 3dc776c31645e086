import { atomics } from '@ambisync/atomics'
import { expect, it } from 'vitest'
import { type Need, NotSupportedError, startLoop } from '../src/index.ts'
import { strategies } from '../src/strategies.ts'
import { emptyFolder, install, withFiles } from './installed-folder.ts'
import { runNode } from './run.ts'

/** What is taken for some needs, where all are installed. */
const choices: readonly (readonly [needs: readonly Need[], strategy: string])[] = [
  [[], 'worker-threads'],
  [['streams', 'callbacks', 'kill', 'transfer', 'survives-exit', 'shared-state'], 'worker-threads'],
  [['blocks-anywhere', 'parallel', 'relayed-output'], 'worker-threads'],
  [['low-latency'], 'atomics'],
  [['low-latency', 'transfer'], 'worker-threads'],
  [['survives-crash'], 'child-process'],
  [['low-latency', 'own-process'], 'child-process'],
  [['nothing-resident'], 'child-process, one per call'],
  [['closures'], 'deasync'],
  [['closures', 'low-latency'], 'deasync'],
]

it.each(choices)('for %j it takes %s, and says why, and why not the others', (needs, strategy) => {
  using loop = startLoop({ needs, start: 'on-demand' })
  const { adapter, reasons, others } = loop.explain()
  expect(strategy).toContain(adapter)
  expect(reasons.length).toBeGreaterThan(0)
  for (const need of needs) expect(reasons.join()).toContain(need)
  const names = strategies.map(({ name }) => name).filter((name) => name !== strategy)
  expect(others.map((other) => other.adapter).sort()).toEqual(names.sort())
  for (const { why } of others) expect(why).not.toBe('')
  expect(String(loop.explain())).toContain(adapter)
})

it('a call runs on what was taken', () => {
  using loop = startLoop({ needs: ['survives-crash'] })
  expect(loop.inline(() => process.pid).sync()).not.toBe(process.pid)
})

it('needs that no adapter meets together are refused, with what speaks against each', () => {
  const start = () => startLoop({ needs: ['closures', 'survives-crash'] })
  expect(start).toThrow(NotSupportedError)
  expect(start).toThrow(/- deasync: a crash in native code takes the caller with it \(survives-crash\)/)
})

it('an adapter that was given has to meet the needs', () => {
  using loop = startLoop({ adapter: atomics(), needs: ['streams'], start: 'on-demand' })
  expect(loop.explain().adapter).toBe('atomics')
  expect(() => startLoop({ adapter: atomics(), needs: ['transfer'] })).toThrow(
    /the adapter atomics does not meet the needs: it cannot move memory \(transfer\)/,
  )
})

it.each([
  [{ needs: ['speed'] }, /"speed" is nothing that can be needed; there are: low-latency, /],
  [{ needs: [undefined] }, /a value of the type undefined is nothing that can be needed/],
  [null, /startLoop takes an object of options/],
  [{ needs: 'streams' }, /needs must be a list/],
  [{ adapter: {} }, /adapter must be an adapter/],
  [{ nedes: [] }, /"nedes" is not an option of startLoop/],
])('%j is refused by name', (options, message) => {
  expect(() => Reflect.apply(startLoop, undefined, [options])).toThrow(message)
})

it('what is not installed is named, with the command that installs it', async () => {
  const folder = withFiles(install(emptyFolder(), ['atomics']), {
    'main.js': `
      import { startLoop } from 'ambisync'
      const show = (needs) => {
        try {
          const { adapter, others } = startLoop({ needs, start: 'on-demand' }).explain()
          return { adapter, install: others.filter(({ install }) => install).map(({ adapter, install }) => [adapter, install]) }
        } catch (error) {
          return { code: error.code, lines: error.message.split('\\n') }
        }
      }
      console.log(JSON.stringify([show([]), show(['low-latency']), show(['closures'])]))
    `,
  })
  const { stdout, stderr } = await runNode(['main.js'], { cwd: folder })
  expect(stderr).toBe('')
  const missing = [
    ['child-process', 'npm install @ambisync/child-process'],
    ['child-process, one per call', 'npm install @ambisync/child-process'],
    ['deasync', 'npm install @ambisync/deasync'],
  ]
  const [byDefault, fast, close] = JSON.parse(stdout)
  expect(byDefault).toEqual({ adapter: 'worker-threads', install: missing })
  expect(fast.adapter).toBe('atomics')
  expect(close.code).toBe('ERR_AMBISYNC_NOT_SUPPORTED')
  expect(close.lines.slice(-2)).toEqual([
    '- deasync: it would do, but is not installed; npm install @ambisync/deasync',
    'Run: npm install @ambisync/deasync',
  ])
  // What it lacks no installing would bring.
  expect(close.lines.find((line: string) => line.startsWith('- child-process:'))).not.toContain('npm install')
})

it('where this thread must not sleep, it says so, and takes what does without', async () => {
  const program = (adapters: readonly string[]) =>
    runNode(['main.cjs'], {
      cwd: withFiles(install(emptyFolder(), adapters), {
        'main.cjs': `
          Atomics.wait = () => { throw new TypeError('Atomics.wait cannot be called in this context') }
          const { startLoop } = require('ambisync')
          try {
            const loop = startLoop()
            console.log(loop.explain().adapter, loop.inline(async (a) => a * 2).sync(21))
          } catch (error) {
            console.log(error.code, /this thread must not sleep/.test(error.message))
          }
        `,
      }),
    })
  expect((await program(['deasync'])).stdout).toBe('deasync 42\n')
  expect((await program([])).stdout).toBe('ERR_AMBISYNC_NOT_SUPPORTED true\n')
})
