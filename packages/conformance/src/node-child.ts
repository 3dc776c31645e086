/**
 * Runs cases by name for `node-runner.ts`, in a process that can be killed if one of them hangs. Its arguments are
 * the URL of the module that creates the adapter, the options for its `create`, and the limit for programs.
 */
import { cases, processCases } from './cases.ts'
import { programLimit, runProgram } from './node-program.ts'
import { runCase } from './run-case.ts'

/** What the parent sends, and what it gets back. */
export interface CaseRequest {
  readonly name: string
}
export interface CaseReply {
  readonly failure: { readonly message: string; readonly stack: string } | undefined
}

const [module = '', options = '{}', limit = String(programLimit)] = process.argv.slice(2)

process.on('message', async ({ name }: CaseRequest) => {
  const testCase = [...cases, ...processCases].find((candidate) => candidate.name === name)
  let reply: CaseReply = { failure: undefined }
  try {
    const { create } = await import(module)
    if (testCase === undefined) throw new Error(`there is no case named "${name}"`)
    await runCase(testCase, create(JSON.parse(options)), (program, onOutput, programOptions) =>
      runProgram(program, [module, options], onOutput, programOptions, Number(limit)),
    )
  } catch (error) {
    const { message, stack = '' } = error instanceof Error ? error : new Error(`threw ${String(error)}`)
    reply = { failure: { message, stack } }
  }
  process.send?.(reply)
})

// A group of its own is not ended with the one of its parent.
process.on('disconnect', () => process.exit())

process.send?.('ready')
