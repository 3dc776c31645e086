/** Runs cases by name, in a page's worker: one message for each, and one back with what is wrong. */
import { atomics } from '@ambisync/atomics'
import { concerns, portableCases, runCase } from '@ambisync/conformance/portable'

const adapter = atomics()
const cases = portableCases.filter((each) => concerns(each, adapter.capabilities))

async function failureOf(name: string): Promise<string | undefined> {
  const testCase = cases.find((each) => each.name === name)
  if (testCase === undefined) return `there is no case named "${name}"`
  try {
    await runCase(testCase, adapter)
    return undefined
  } catch (error) {
    return error instanceof Error ? `${error.stack}` : `it threw ${String(error)}`
  }
}

self.addEventListener('message', async ({ data }: MessageEvent<string>) => postMessage(await failureOf(data)))
postMessage(cases.map(({ name }) => name))
