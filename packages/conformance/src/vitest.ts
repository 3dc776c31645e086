import type { Adapter } from '@ambisync/core'
import { afterAll, describe, expect, it } from 'vitest'
import { concerns } from './case.ts'
import { cases, processCases } from './cases.ts'
import { CaseRunner, caseLimit } from './node-runner.ts'

export interface AdapterUnderTest {
  /** Name of the adapter, as shown in the report. */
  readonly name: string
  /**
   * URL of a module that exports `create(options): Adapter`. A URL, because the cases run in a process of their own;
   * plain JavaScript, because every runtime has to be able to load it.
   */
  readonly create: URL
  /** What `create` is called with, by name. The whole suite runs for each of them. JSON. */
  readonly configurations: Readonly<Record<string, object>>
}

/**
 * Has vitest run the suite for an adapter, once for each configuration. What an adapter declares is tested, and what
 * it does not declare is tested to be refused; there is no other way to leave a case out.
 */
export function describeAdapter({ name, create, configurations }: AdapterUnderTest): void {
  for (const [configuration, options] of Object.entries(configurations)) {
    describe(`${name}, ${configuration}`, async () => {
      const { capabilities }: Adapter = (await import(create.href)).create(options)
      const runner = new CaseRunner(create, options)
      afterAll(() => runner.close())
      for (const testCase of [...cases, ...processCases]) {
        if (!concerns(testCase, capabilities)) continue
        it(testCase.name, () => runner.run(testCase.name), caseLimit + 5_000)
      }
    })
  }

  it(`${name}: every case has a name of its own`, () => {
    const names = [...cases, ...processCases].map((testCase) => testCase.name)
    expect(new Set(names).size).toBe(names.length)
  })
}
