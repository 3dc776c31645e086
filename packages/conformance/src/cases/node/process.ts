import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OutputMode } from '@ambisync/core'
import { assert } from 'chai'
import {
  type Case,
  type CaseContext,
  type Needs,
  type OnOutput,
  onThisMachine,
  ownRealm,
  type ProgramOptions,
} from '../../case.ts'
import { freshId } from '../../fresh-id.ts'
import { howOften } from '../../how-often.ts'
import { longText } from '../../long-text.ts'
import { startTasks } from '../../tasks.ts'
import { withFolder } from '../../with-folder.ts'

/** Runs a program that has to end by itself, with exit code 0, and returns what it printed. */
async function output(context: CaseContext, name: string): Promise<string> {
  const { exitCode, stdout, stderr } = await context.runProgram(name)
  assert.equal(exitCode, 0, stderr)
  assert.equal(stderr, '')
  return stdout
}

/** Cases that watch a whole process, for runtimes that can start one. */
export const processCases: readonly Case[] = [
  {
    name: 'process: one that only awaits a call at its top level prints the result and exits 0',
    needs: {},
    async run(context) {
      assert.equal(await output(context, 'await-at-top-level'), 'awaited\n')
    },
  },
  {
    name: 'process: an idle loop does not keep it alive',
    needs: {},
    async run(context) {
      assert.equal(await output(context, 'idle'), 'last line\n')
    },
  },
  {
    name: 'process: a future that nobody looks at does not keep it alive',
    needs: ownRealm,
    async run(context) {
      assert.equal(await output(context, 'unwatched-future'), 'last line\n')
    },
  },
  {
    name: 'process: a future with a done callback keeps it alive until it is settled',
    needs: {},
    async run(context) {
      assert.equal(await output(context, 'done-callback'), 'last line\ndone callback\n')
    },
  },
  {
    name: 'process: a loop that is referenced keeps it alive, also its next generation, until it is not',
    needs: { survives: ['exit'] },
    async run(context) {
      assert.equal(await output(context, 'referenced-loop'), 'last line\nstill alive\n')
    },
  },
  {
    name: 'process: a loop that is referenced keeps it alive after a restart, until it is not',
    needs: {},
    async run(context) {
      assert.equal(await output(context, 'restarted-loop'), 'last line\nstill alive\nawaited\n')
    },
  },
  {
    name: 'process: a call that waits in a pool keeps it alive if it is awaited, and a pool that is idle does not',
    needs: {},
    async run(context) {
      assert.equal(await output(context, 'pool'), 'waited\nlast line\n')
    },
  },
  {
    name: 'process: a cancellation reaches the task also while its loop is being stopped',
    needs: { ...ownRealm, resident: true },
    async run(context) {
      assert.equal(await output(context, 'cancel-while-stopping'), 'aborted: while stopping\nstopped\n')
    },
  },
  {
    name: 'process: a time limit of a native pair keeps it alive while it is awaited',
    needs: {},
    async run(context) {
      assert.equal(await output(context, 'native-timeout'), 'TimeoutError\n')
    },
  },
  {
    name: "process: a loop's own exit handlers have run before anybody hears of its end",
    needs: { ...onThisMachine, survives: ['exit'] },
    async run(context) {
      assert.equal(await output(context, 'exit-handlers'), 'LoopExitError after released\nstopped after released\n')
    },
  },
  {
    name: 'process: a stream that is forgotten half-way is closed on the loop; one that is kept is not',
    needs: { streams: true },
    async run(context) {
      assert.equal(await output(context, 'forgotten-stream'), '2 closed, 999 left\n')
    },
  },
  {
    name: 'process: a loop that is stopped ends after the finally blocks of the streams that it closes',
    needs: { streams: true },
    async run(context) {
      const lines = (await output(context, 'close-while-stopping')).trimEnd().split('\n')
      assert.sameMembers(lines.slice(0, 2), ['closed', 'stop'])
      assert.sameMembers(lines.slice(2, 5), ['closed', 'LoopStoppedError', 'stop, and the reader goes on'])
      assert.sameMembers(lines.slice(5), ['closed', 'dispose'])
    },
  },
  {
    name: 'process: a stream that was forgotten does not have its loop killed, however busy that is',
    needs: { streams: true },
    async run(context) {
      assert.equal(await output(context, 'forgotten-while-busy'), 'busy done\nsame loop\n')
    },
  },
  {
    name: 'process: it ends after stop, and after stopSync',
    needs: {},
    async run(context) {
      assert.equal(await output(context, 'stop'), 'stopped\nstopped\n')
    },
  },
  {
    name: 'process: nothing is computed while nothing happens, blocked or not',
    needs: {},
    async run(context) {
      assert.equal(await output(context, 'idle-processor'), 'blocked: idle\nawaiting: idle\n')
    },
  },
  {
    name: 'process: a relative path is meant from the working directory at the time of load',
    needs: { modules: 'url' },
    async run(context) {
      assert.equal(await output(context, 'relative-path'), 'other\n')
    },
  },
  {
    name: 'process: it ends after loops were killed, or died of a failure',
    needs: { kill: true, survives: ['throw'] },
    async run(context) {
      assert.equal(await output(context, 'killed-loops'), 'killed for its grace\nkilled at its stop\ndied\n')
    },
  },
  {
    name: 'process: relayed output that came when it had nothing left to do is not lost, and does not keep it alive',
    needs: { ...ownRealm, relay: true },
    async run(context) {
      for (const how of ['end', 'exit', 'call at exit']) {
        const { exitCode, stdout, stderr } = await context.runProgram('print-and-end', undefined, { args: [how] })
        assert.equal(exitCode, 0, stderr)
        const expected = how === 'end' ? longText : 'printed after the answer'
        const more = how === 'call at exit' ? 'answered again\n' : ''
        assert.isTrue(stdout === `${expected}\n${more}`, `${how}: ${stdout.length} characters came, and not those`)
        assert.equal(stderr, '')
      }
    },
  },
  {
    name: 'process: a call goes on when its caller was killed, and whoever has its id has its result',
    needs: { durable: true, runsOn: 'other machine' },
    run: (context) =>
      withFolder(async (folder) => {
        const path = join(folder, 'runs')
        const id = freshId()
        const { exitCode, stderr } = await context.runProgram('leave-call', undefined, { args: [id, path] })
        assert.notEqual(exitCode, 0)
        assert.equal(stderr, '')
        assert.isString(await startTasks(context).markRun.with({ id }).async(path, 'return'))
        assert.equal(readFileSync(path, 'utf8'), 'ran\n')
      }),
  },
  ...outputCases('inherit', onThisMachine),
  ...outputCases('relay', { relay: true }),
]

/** What holds wherever the output goes. */
function outputCases(mode: OutputMode, needs: Needs): readonly Case[] {
  const args = [mode]
  return [
    {
      name: `process: what a task prints appears at once while the caller is blocked (${mode})`,
      needs,
      async run(context) {
        const onOutput: OnOutput = (printed, answer) => {
          // The task goes on once its line has been read here, and its caller is blocked until then.
          if (printed.includes('from the task\n')) answer('seen')
        }
        const { exitCode, stdout, stderr } = await context.runProgram('print-while-blocked', onOutput, { args })
        assert.equal(exitCode, 0, stderr)
        assert.equal(stdout, 'before\nfrom the task\nafter\n')
      },
    },
    {
      name: `process: a task's output, standard and error, is complete and in order with the caller's (${mode})`,
      needs,
      async run(context) {
        // Into a pipe that is full, Node puts off what the caller itself prints until its event loop turns. Only what is
        // relayed can be in order with that; all the rest has to have room.
        const length = mode === 'relay' ? 1_000 : howOften(50, context, 10)
        const options: ProgramOptions = { args: [mode, String(length)] }
        const { exitCode, stdout, stderr } = await context.runProgram('print-in-order', undefined, options)
        assert.equal(exitCode, 0, stderr)
        const lines = Array.from({ length }, (_, line) => `caller ${line}\ntask ${line} ${'x'.repeat(length)}\n`)
        assert.isTrue(stdout === lines.join(''), stdout.slice(0, 2_000))
        assert.equal(stderr, lines.map((_, line) => `task error ${line}\n`).join(''))
      },
    },
    {
      name: `process: 1 MB that a task prints to a slow reader is complete, also if the process then ends (${mode})`,
      needs,
      async run(context) {
        const options: ProgramOptions = { args, readSlowly: true }
        const { exitCode, stdout, stderr } = await context.runProgram('print-on-slow-pipe', undefined, options)
        assert.equal(exitCode, 0, stderr)
        assert.equal(stderr, 'begun\n')
        // Not `assert.equal`, which would show both.
        assert.isTrue(stdout === `${longText}last line\n`, `${stdout.length} characters came, and not those`)
      },
    },
  ]
}
