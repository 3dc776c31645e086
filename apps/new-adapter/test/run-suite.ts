import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { cases, concerns, processCases } from '@ambisync/conformance'
import type { Adapter } from '@ambisync/core'

const vitest = fileURLToPath(new URL('../../../node_modules/vitest/vitest.mjs', import.meta.url))

/**
 * Of the cases that concern an adapter, the first of each group and each tenth run, the same ones every time. With
 * `AMBISYNC_NEW_ADAPTER=all` the whole suite does, which takes many minutes.
 */
const stride = process.env.AMBISYNC_NEW_ADAPTER === 'all' ? 1 : 10

/** A watchdog's limit, in milliseconds. */
export const suiteLimit = stride === 1 ? 60 * 60_000 : 20 * 60_000

interface Report {
  readonly testResults: readonly { readonly assertionResults: readonly Assertion[] }[]
}

interface Assertion {
  readonly title: string
  readonly status: string
  readonly failureMessages: readonly string[]
}

/** What came of the cases that were run, by name: nothing if it passed, or how it failed. */
export type Outcomes = ReadonlyMap<string, string | undefined>

export function chosenCases({ capabilities }: Adapter): string[] {
  const groups = new Set<string>()
  const names = [...cases, ...processCases].filter((each) => concerns(each, capabilities)).map(({ name }) => name)
  return names.filter((name, index) => {
    const group = name.slice(0, name.indexOf(':'))
    const isFirst = !groups.has(group)
    groups.add(group)
    return isFirst || index % stride === 0
  })
}

/** Has vitest run those cases of the one test file in `folder`, as its author would. */
export async function runSuite(folder: string, names: readonly string[]): Promise<Outcomes> {
  const reportFile = join(folder, 'report.json')
  const pattern = names.map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
  const args = ['run', '--root', folder, '-t', ` (?:${pattern})$`, '--reporter=json', `--outputFile=${reportFile}`]
  // That cases fail is an outcome; that there is no report is none.
  const ended = promisify(execFile)(process.execPath, [vitest, ...args], {
    cwd: folder,
    maxBuffer: 64 * 1024 * 1024,
    timeout: suiteLimit,
  })
  const failure: { stderr: string } | undefined = await ended.then(
    () => undefined,
    (error) => error,
  )
  const report = readReport(reportFile, failure)
  const ran = report.testResults.flatMap(({ assertionResults }) => assertionResults)
  return new Map(
    ran
      .filter(({ status }) => status === 'passed' || status === 'failed')
      .map(({ title, status, failureMessages }) => [
        title,
        status === 'passed' ? undefined : failureMessages.join('\n') || 'failed',
      ]),
  )
}

function readReport(file: string, failure: { stderr: string } | undefined): Report {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new Error(`vitest wrote no report: ${failure?.stderr}`, { cause })
  }
}

/** Those that failed, and how. */
export function failuresOf(outcomes: Outcomes): Record<string, string> {
  return Object.fromEntries([...outcomes].flatMap(([name, how]) => (how === undefined ? [] : [[name, how]])))
}
