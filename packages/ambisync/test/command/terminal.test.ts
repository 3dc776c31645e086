/** The command at a real terminal, made by `script` of util-linux. */
import { spawn, spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { commandPath } from '../run.ts'

const hasTerminals = spawnSync('script', ['--version']).status === 0

const enter = '\r'
const down = '\u001b[B'
const space = ' '
const interrupt = '\u0003'

interface Answer {
  /** What the screen shows when the keys are to be pressed. */
  readonly at: string
  readonly keys: string
}

/** Runs the command at a terminal, and presses keys when it asks. Gives all that the screen has shown, and the exit code. */
function atTerminal(args: readonly string[], answers: readonly Answer[], env: Readonly<Record<string, string>> = {}) {
  return new Promise<{ screen: string; exitCode: number | null }>((resolve) => {
    const { CI, NO_COLOR, FORCE_COLOR, ...surroundings } = process.env
    const command = [process.execPath, commandPath, ...args].map((part) => `'${part}'`).join(' ')
    const child = spawn('script', ['-qec', `stty cols 120 rows 50; exec ${command}`, '/dev/null'], {
      env: { ...surroundings, TERM: 'xterm-256color', ...env },
      timeout: 50_000,
      killSignal: 'SIGKILL',
    })
    let screen = ''
    const waiting = [...answers]
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      screen += text
      const [next] = waiting
      if (next === undefined || !screen.includes(next.at)) return
      waiting.shift()
      child.stdin.write(next.keys)
    })
    child.on('close', (exitCode) => resolve({ screen, exitCode }))
  })
}

it.runIf(hasTerminals)('pick asks, and recommends by the answers', async () => {
  const { screen, exitCode } = await atTerminal(
    ['pick'],
    [
      // The second in the list is callbacks, and the first low-latency.
      { at: 'What does the program need?', keys: `${space}${down}${space}${enter}` },
      { at: 'Who calls?', keys: enter },
      { at: 'In what is it written?', keys: `${down}${enter}` },
    ],
  )
  expect(exitCode).toBe(0)
  expect(screen).toContain('Take atomics')
  expect(screen).toContain('it meets callbacks')
  expect(screen).toContain("load<typeof import('./tasks.js')>")
  expect(screen).toContain('\u001b[')
})

it.runIf(hasTerminals)('who leaves is not recommended anything', async () => {
  const { screen, exitCode } = await atTerminal(['pick'], [{ at: 'What does the program need?', keys: interrupt }])
  expect(exitCode).toBe(130)
  expect(screen).not.toContain('Take ')
})

it.runIf(hasTerminals)('at a terminal of a CI nothing is asked, and NO_COLOR is respected', async () => {
  const { screen, exitCode } = await atTerminal(['pick'], [], { CI: 'true', NO_COLOR: '1' })
  expect(exitCode).toBe(0)
  expect(screen).toContain('Take worker-threads')
  expect(screen).not.toContain('\u001b[')
})
