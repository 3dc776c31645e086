import { type Case, cases, concerns, processCases } from '@ambisync/conformance'
import { CaseRunner } from '@ambisync/conformance/node-runner'
import type { AdapterChoice } from './create.ts'
import { probe, type Runtime } from './runtime.ts'

const allCases: readonly Case[] = [...cases, ...processCases]

/** A watchdog's limit in milliseconds. What takes some seconds on one runtime may take twenty on another. */
const caseLimit = 45_000

/** Runs by the same file from `src` and from `dist`, as built. */
const createModule = new URL('../dist/create.js', import.meta.url)

/*
 * Without any limit it takes gigabytes for a process to run out of memory. Those that the cases run in take it from here,
 * and so do theirs.
 */
process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --max-old-space-size=512`
process.env.DENO_V8_FLAGS = '--max-old-space-size=512'

export type Survey =
  | { readonly notSupported: string }
  /** Names of the cases that concern the adapter there, and how many do not. */
  | { readonly names: readonly string[]; readonly notApplicable: number }

/** Which cases there are for an adapter on a runtime: by what it declares there. */
export async function survey(runtime: Runtime, choice: AdapterChoice): Promise<Survey> {
  const found = await probe(runtime, choice)
  if ('notSupported' in found) return found
  const names = allCases.filter((each) => concerns(each, found.capabilities)).map(({ name }) => name)
  return { names, notApplicable: allCases.length - names.length }
}

/** Each n-th of them, another set for each `offset`. */
export function everyNth(names: readonly string[], n: number, offset: number): readonly string[] {
  return names.filter((_, index) => index % n === offset % n)
}

export interface Verdict {
  readonly name: string
  /** What is wrong; undefined if the case passes. */
  readonly failure: string | undefined
}

/** One after another. */
export async function* runCases(
  runtime: Runtime,
  choice: AdapterChoice,
  names: readonly string[],
): AsyncGenerator<Verdict> {
  const runner = new CaseRunner(createModule, choice, { case: caseLimit }, runtime)
  try {
    for (const name of names) {
      const failure = await runner.run(name).then(
        () => undefined,
        (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error)),
      )
      yield { name, failure }
    }
  } finally {
    await runner.close()
  }
}
