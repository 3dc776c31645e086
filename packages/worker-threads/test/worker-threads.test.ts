import { runProgram as run } from '@ambisync/conformance/run-program'
import { startLoop } from '@ambisync/core'
import { workerThreads } from '@ambisync/worker-threads'
import { describe, expect, it } from 'vitest'

const runProgram = (name: string, nodeOptions: readonly string[] = []): Promise<unknown> =>
  run(new URL(`./programs/${name}.js`, import.meta.url), nodeOptions)

describe('options', () => {
  it('are passed on to the worker', async () => {
    expect(await runProgram('options')).toEqual({
      isMainThread: false,
      workerData: { some: ['data'] },
      argv: ['--flag'],
      execArgv: ['--no-warnings'],
      env: { ONLY: 'this' },
    })
  })

  it("are the caller's where they are not given", async () => {
    expect(await runProgram('inherited-options')).toEqual({ argv: [], fromCaller: 'yes' })
  })

  it('that there are not are named', () => {
    expect(() => workerThreads({ eval: true } as never)).toThrow(/"eval" is not an option of workerThreads.*name, env/)
    expect(() => workerThreads('name' as never)).toThrow(TypeError)
    expect(() => startLoop({ adapter: workerThreads({ argv: 'no array' as never }) })).toThrow(/argv/)
  })
})

describe('the watchdog', () => {
  it('is one for twenty loops', async () => {
    const answers = Array.from({ length: 20 }, (_, index) => index)
    expect(await runProgram('twenty-loops')).toEqual({ answers, loops: 20, watchdogs: 1 })
  })

  it('tells a blocked thread of every loop that runs out of memory', async () => {
    const died = Array(5).fill('ERR_AMBISYNC_LOOP_EXIT')
    const together = Array(5).fill(true)
    expect(await runProgram('deaths')).toEqual([...died, ...together, ...Array(5).fill('alive')])
  })
})

it('a worker that cannot start says why, as far as that can be known', async () => {
  const [blocked, awaited, refused] = (await runProgram('bad-start')) as Record<string, string>[]
  expect(blocked).toMatchObject({ name: 'LoopStartError', cause: expect.stringContaining('execArgv') })
  expect(awaited).toMatchObject({ name: 'LoopStartError', cause: expect.stringContaining('no-such-preload') })
  expect(refused).toMatchObject({ name: 'LoopStartError', message: expect.stringContaining('no-such-option-of-node') })
})

it('loads a package by its name, and a file by a relative path, from the working directory', async () => {
  expect(await runProgram('from-cwd')).toEqual({ bare: { name: 'a name' }, relative: 'echoed' })
})

it('loads a TypeScript module where the runtime can, and names the remedy where it cannot, which works', async () => {
  const { plain, withTsx } = (await runProgram('typescript')) as Record<string, { value?: number; message?: string }>
  if ('typescript' in process.features && process.features.typescript) expect(plain).toEqual({ value: 3 })
  else expect(plain).toMatchObject({ name: 'LoopStartError', message: expect.stringContaining('tsx') })
  expect(withTsx).toEqual({ value: 3 })
})

it('runs inline functions as tsx and esbuild make them, names and all', async () => {
  const ran = { helpers: ['__name'], arrow: 14, declared: 'TEXT by inner' }
  expect(await runProgram('inline')).toEqual({
    tsx: ran,
    esbuild: ran,
    esbuildTwice: { ...ran, helpers: ['__name', '__name2'] },
  })
})

it('answers 110,000 calls in every mode rightly, and the heap does not grow over the second half', async () => {
  const { wrong, syncHeap, mixedHeap } = (await runProgram('soak', ['--expose-gc'])) as {
    wrong: number
    syncHeap: [number, number]
    mixedHeap: [number, number]
  }
  expect(wrong).toBe(0)
  // A leak of one small object a call would be megabytes; lazily compiled code and caches are less than this.
  const slack = 256 * 1_024
  expect(syncHeap[1] - syncHeap[0]).toBeLessThan(slack)
  expect(mixedHeap[1] - mixedHeap[0]).toBeLessThan(slack)
}, 130_000)
