/** Task modules in TypeScript: by the runtime itself, and by the loaders that the documentation names. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { AdapterChoice } from '../src/create.ts'
import { allRuntimes } from '../src/runtime.ts'

const main = fileURLToPath(new URL('typescript/main.js', import.meta.url))
const register = new URL('typescript/register-tsx.js', import.meta.url).href

/** A watchdog's limit in milliseconds. */
const limit = 50_000

async function run(runtimeName: string, module: string, choice: AdapterChoice): Promise<string> {
  const runtime = allRuntimes.find(({ name }) => name === runtimeName)
  if (runtime === undefined) throw new RangeError(`there is no ${runtimeName}`)
  const args = [...runtime.execArgv, main, module, JSON.stringify(choice)]
  const { stdout } = await promisify(execFile)(runtime.execPath, args, { timeout: limit, killSignal: 'SIGKILL' })
  return stdout.trim()
}

const threads = ['worker-threads', 'atomics'] as const
const all = [...threads, 'child-process'] as const
const names = allRuntimes.map(({ name }) => name)

describe.each(names.filter((name) => name !== 'node20'))('%s by itself', (name) => {
  it.each(name.startsWith('node') ? all : threads)('%s', async (adapter) => {
    expect(await run(name, './tasks.ts', { adapter, options: {} })).toBe('42 42')
  })
})

describe.each(names.filter((name) => name.startsWith('node')))('%s by a loader', (name) => {
  it.each(all)('tsx, registered by a file: %s', async (adapter) => {
    expect(await run(name, './tasks.ts', { adapter, options: { execArgv: ['--import', register] } })).toBe('42 42')
  })

  it.each(all)('jiti, in a task module of JavaScript: %s', async (adapter) => {
    expect(await run(name, './by-jiti.js', { adapter, options: {} })).toBe('42 42')
  })
})

it.runIf(names.includes('node20'))('Node.js 20 without a loader says what to do', async () => {
  for (const adapter of all) {
    const said = await run('node20', './tasks.ts', { adapter, options: {} })
    expect(said).toMatch(/^LoopStartError: .*cannot load TypeScript by itself.*tsx.*execArgv.*jiti/)
  }
})
