/**
 * Runs cases again and again, to find what fails now and then:
 * `node stress.js <module that creates the adapter> [options as JSON] [pattern] [times]`.
 *
 * Ends with 1 and the failures, if there are any.
 */
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { concerns } from './case.ts'
import { cases, processCases } from './cases.ts'
import { CaseRunner } from './node-runner.ts'

async function main([module, options = '{}', pattern = '', times = '300']: readonly string[]): Promise<void> {
  if (module === undefined) throw new TypeError('name the module that creates the adapter')
  const create = pathToFileURL(resolve(module))
  const { capabilities } = (await import(create.href)).create(JSON.parse(options))
  const chosen = [...cases, ...processCases].filter(
    (testCase) => concerns(testCase, capabilities) && new RegExp(pattern).test(testCase.name),
  )
  if (chosen.length === 0) throw new RangeError(`no case matches ${pattern}`)
  const runner = new CaseRunner(create, JSON.parse(options))
  let runs = 0
  let failures = 0
  for (let time = 0; time < Number(times); time++) {
    for (const { name } of chosen) {
      runs++
      try {
        await runner.run(name)
      } catch (error) {
        failures++
        console.log(`round ${time + 1}: ${name}: ${(error as Error).stack}`)
      }
    }
  }
  await runner.close()
  console.log(`${chosen.length} cases, ${runs} runs, ${failures} failures`)
  process.exitCode = failures === 0 ? 0 : 1
}

void main(process.argv.slice(2))
