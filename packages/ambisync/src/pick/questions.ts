import { once } from 'node:events'
import { isCancel, multiselect, select } from '@clack/prompts'
import { type Need, needNames, needs } from '../needs.ts'
import type { Style } from './snippet.ts'

/** Whether somebody is there to answer. */
export function canAsk(): boolean {
  const { CI, TERM } = process.env
  const isCi = CI !== undefined && CI !== '' && CI !== 'false' && CI !== '0'
  return process.stdin.isTTY === true && process.stderr.isTTY === true && TERM !== 'dumb' && !isCi
}

/** On stderr: what is recommended goes to stdout, and may go on to a file. */
const terminal = { output: process.stderr } as const

/** What the user needs, and how the program is written. Undefined if the user has left, or the terminal has. */
export function ask(): Promise<Answers | undefined> {
  // Without it nobody would ever answer.
  const gone = once(process.stdin, 'end').then(() => undefined)
  return Promise.race([askAll(), gone])
}

type Answers = Style & { readonly needs: readonly Need[] }

async function askAll(): Promise<Answers | undefined> {
  const wanted = await multiselect<Need>({
    ...terminal,
    message: 'What does the program need? Space selects; Enter goes on, also with nothing.',
    options: needNames.map((need) => ({ value: need, label: need, hint: needs[need].what })),
    required: false,
    maxItems: 8,
  })
  if (isCancel(wanted)) return undefined
  const callers = await select<Style['callers']>({
    ...terminal,
    message: 'Who calls?',
    options: [
      { value: 'sync', label: 'code that cannot await' },
      { value: 'both', label: 'both: code that blocks and code that awaits' },
      { value: 'async', label: 'code that awaits' },
    ],
  })
  if (isCancel(callers)) return undefined
  const language = await select<Style['language']>({
    ...terminal,
    message: 'In what is it written?',
    options: [
      { value: 'esm', label: 'ES modules' },
      { value: 'typescript', label: 'TypeScript' },
      { value: 'commonjs', label: 'CommonJS' },
    ],
  })
  return isCancel(language) ? undefined : { needs: wanted, callers, language }
}
