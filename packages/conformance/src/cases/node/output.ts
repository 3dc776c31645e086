import { LoopExitError, NotSupportedError, TimeoutError } from '@ambisync/core'
import { assert } from 'chai'
import { blocking } from '../../blocking.ts'
import { type Case, type Needs, ownRealm } from '../../case.ts'
import { call, inEachMode, thrownBy } from '../../modes.ts'
import { loadTasks, type SuiteTasks } from '../../tasks.ts'
import { thrown } from '../../thrown.ts'

const needs: Needs = { relay: true }

interface Chunk {
  readonly stream: 'stdout' | 'stderr'
  readonly chunk: unknown
}

/** Has `write` of this thread's streams go to a list while `run` runs, as a test runner does. */
async function captured(run: (chunks: Chunk[]) => Promise<void>, onWrite = (_chunk: Chunk): void => {}): Promise<void> {
  const chunks: Chunk[] = []
  const { stdout, stderr } = process
  const capture =
    (stream: Chunk['stream']): typeof stdout.write =>
    (chunk: unknown) => {
      chunks.push({ stream, chunk })
      onWrite({ stream, chunk })
      return true
    }
  const writes = [stdout.write, stderr.write] as const
  stdout.write = capture('stdout')
  stderr.write = capture('stderr')
  try {
    await run(chunks)
  } finally {
    ;[stdout.write, stderr.write] = writes
  }
}

function text(chunks: readonly Chunk[], stream: Chunk['stream']): string {
  return chunks.map((each) => (each.stream === stream ? String(each.chunk) : '')).join('')
}

function startRelayed(context: Parameters<Case['run']>[0]): SuiteTasks {
  return loadTasks(context.startLoop({ output: 'relay' }))
}

export const output: readonly Case[] = [
  ...inEachMode(
    "output: what a task prints is written by the caller's own streams before its call returns",
    needs,
    async (context, mode) => {
      const { print } = startRelayed(context)
      await captured(async (chunks) => {
        for (let line = 0; line < 20; line++) {
          process.stdout.write(`caller ${line}\n`)
          await call(print, mode, `task ${line}`, `task error ${line}`)
        }
        const expected = Array.from({ length: 20 }, (_, line): Chunk[] => [
          { stream: 'stdout', chunk: `caller ${line}\n` },
          { stream: 'stdout', chunk: `task ${line}\n` },
          { stream: 'stderr', chunk: `task error ${line}\n` },
        ])
        assert.deepEqual(chunks, expected.flat())
      })
    },
  ),
  ...inEachMode(
    'output: bytes are relayed as they are, characters in two halves too',
    { ...needs, ...ownRealm },
    async (context, mode) => {
      const { printChunks } = startRelayed(context)
      const bytes = new TextEncoder().encode('aé€😀')
      const binary = Uint8Array.from({ length: 256 }, (_, byte) => byte)
      const large = new Uint8Array(1_024 * 1_024).map((_, index) => index * 7)
      const given = [...Array.from(bytes, (_, index) => bytes.slice(index, index + 1)), binary, large]
      await captured(async (chunks) => {
        await call(printChunks, mode, 'stdout', given)
        await call(printChunks, mode, 'stderr', ['text', Buffer.from('bytes')])
        await call(printChunks, mode, 'stderr', ['68657821'], 'hex')
        await call(printChunks, mode, 'stderr', ['é'], 'latin1')
        const out = chunks.filter(({ stream }) => stream === 'stdout').map(({ chunk }) => chunk as Buffer)
        assert.isTrue(out.every((chunk) => Buffer.isBuffer(chunk)))
        assert.isTrue(Buffer.concat(out).equals(Buffer.concat(given)))
        const error = chunks.filter(({ stream }) => stream === 'stderr').map(({ chunk }) => chunk)
        assert.deepEqual(error.map(String), ['text', 'bytes', 'hex!', '\ufffd'])
        assert.equal(error[0], 'text', 'text stays text')
        assert.deepEqual([...(error[3] as Buffer)], [0xe9])
      })
    },
  ),
  ...inEachMode('output: 1 MB of text in one chunk is relayed', { ...needs, ...ownRealm }, async (context, mode) => {
    const { printChunks } = startRelayed(context)
    const long = '0123456789abcde\n'.repeat(64 * 1_024)
    await captured(async (chunks) => {
      await call(printChunks, mode, 'stdout', [long])
      assert.isTrue(text(chunks, 'stdout') === long)
    })
  }),
  ...inEachMode(
    'output: a callback finds written what its task has printed before',
    { ...needs, callbacks: true },
    async (context, mode) => {
      const { printAndCall } = startRelayed(context)
      await captured(async (chunks) => {
        assert.equal(await call(printAndCall, mode, 'so far', () => text(chunks, 'stdout')), 'so far\n')
      })
    },
  ),
  ...inEachMode(
    'output: what a loop has printed before it died is written before anybody hears of that',
    { ...needs, survives: ['exit'] },
    async (context, mode) => {
      const { printAndExit, print } = startRelayed(context)
      await captured(async (chunks) => {
        assert.instanceOf(await thrownBy(printAndExit, mode, 500), LoopExitError)
        const lines = (what: string): string => Array.from({ length: 500 }, (_, line) => `${what} ${line}\n`).join('')
        assert.equal(text(chunks, 'stdout'), lines('out'))
        assert.equal(text(chunks, 'stderr'), lines('error'))
        await call(print, mode, 'the next generation')
        assert.deepEqual(chunks.at(-1), { stream: 'stdout', chunk: 'the next generation\n' })
      })
    },
  ),
  {
    name: 'output: an idle loop that prints is heard when the event loop turns, and while the caller waits for another',
    needs,
    async run(context) {
      const { answerAndPrint } = startRelayed(context)
      const other = loadTasks(context.startLoop())
      await captured(async (chunks) => {
        answerAndPrint.sync('first')
        while (!text(chunks, 'stdout').includes('first')) await new Promise((resolve) => setTimeout(resolve, 1))
        await blocking(() => answerAndPrint.sync('second'))
        while (!text(chunks, 'stdout').includes('second')) await blocking(() => other.echo.sync(1))
        assert.equal(text(chunks, 'stdout'), 'first\nsecond\n')
      })
    },
  },
  ...inEachMode("output: a stream's write may make calls of its own", needs, async (context, mode) => {
    const { print, echo } = startRelayed(context)
    const answers: unknown[] = []
    await captured(
      async (chunks) => {
        await call(print, mode, 'one', 'two')
        assert.deepEqual(answers, ['one\n', 'two\n'])
        assert.lengthOf(chunks, 2)
      },
      ({ chunk }) => answers.push(echo.sync(chunk)),
    )
  }),
  ...inEachMode(
    "output: a stream's write that throws is told to the console only",
    { ...needs, ...ownRealm },
    async (context, mode) => {
      const { print, add } = startRelayed(context)
      const told: unknown[] = []
      const { error: log } = console
      console.error = (...args: unknown[]) => told.push(...args)
      try {
        await captured(
          () => call(print, mode, 'text') as Promise<void>,
          () => {
            throw new RangeError('of the stream')
          },
        )
      } finally {
        console.error = log
      }
      assert.match(String(told[0]), /process\.stdout\.write threw/)
      assert.instanceOf(told[1], RangeError)
      assert.equal(await call(add, mode, 1, 2), 3)
    },
  ),
  {
    name: 'output: a wrong option is refused by name',
    needs: {},
    async run(context) {
      for (const wrong of ['pipe', 1, null, Symbol('s'), Object.create(null)]) {
        const error = thrown(() => context.startLoop({ output: wrong as never }))
        assert.instanceOf(error, TypeError)
        assert.match(error.message, /^output must be 'inherit' or 'relay'/)
      }
      assert.equal(loadTasks(context.startLoop({ output: undefined })).add.sync(1, 2), 3)
    },
  },
  {
    name: "output: 'relay' is refused where the adapter cannot",
    needs: { relay: undefined },
    async run(context) {
      const error = thrown(() => context.startLoop({ output: 'relay' }))
      assert.instanceOf(error, NotSupportedError)
      assert.match(error.message, /output: 'relay'/)
    },
  },
  ...(['blocked', 'awaiting'] as const).map(
    (how): Case => ({
      name: `output: 150,000 lines are taken in while their caller is ${how}`,
      needs,
      async run(context) {
        const lines = 150_000
        const { printLines } = startRelayed(context)
        let taken = 0
        await captured(
          async () => {
            if (how === 'awaiting') await printLines.async(lines)
            else await blocking(() => printLines.sync(lines))
          },
          () => {
            // As long as the first write takes, all the others pile up.
            if (++taken === 1) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000)
          },
        )
        assert.equal(taken, lines)
      },
    }),
  ),
  {
    name: 'output: a task that prints without end has neither its caller to itself, nor other loops',
    needs: { ...needs, ...ownRealm },
    async run(context) {
      const loop = context.startLoop({ output: 'relay' })
      const { printFor } = loadTasks(loop)
      const { later } = loadTasks(context.startLoop())
      later.sync(0)
      let printed = ''
      await captured(
        async () => {
          const printing = printFor.submit(5_000)
          while (printed === '') later.sync(1)
          assert.instanceOf(
            thrown(() => later.with({ timeout: 50 }).sync(60_000)),
            TimeoutError,
          )
          await new Promise((resolve) => setTimeout(resolve, 1))
          assert.isFalse(printing.done(), 'both had to wait for all of it')
          printing.cancel()
          // What it has printed until it hears of that is captured as well.
          await loop.stop()
        },
        ({ chunk }) => {
          printed = String(chunk)
        },
      )
    },
  },
]
