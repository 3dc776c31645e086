import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { brokenCode } from '../src/broken-code.ts'
import { type FileReport, lint } from '../src/lint.ts'
import { run } from '../src/run.ts'

const { code, ours, theirs } = inject('consumers')

describe('eslint-plugin-prettier', () => {
  it('reports the same, byte for byte, run after run', async () => {
    const reports: string[] = []
    for (let round = 0; round < 3; round++) {
      const ended = await Promise.all([lint(ours, code), lint(theirs, code)])
      for (const { stdout, stderr } of ended) {
        expect(stderr).toBe('')
        reports.push(stdout)
      }
    }
    const [first = '', ...others] = reports
    // Not `toBe`, which would compare megabytes line by line to show a difference.
    expect(others.map((other) => other === first)).toEqual(others.map(() => true))

    const files: FileReport[] = JSON.parse(first)
    const messages = files.flatMap((file) => file.messages)
    expect(messages.length).toBeGreaterThan(5_000)
    expect(messages.filter(({ ruleId }) => ruleId !== 'prettier/prettier')).toEqual([])
    const broken = files.filter(({ messages }) => messages.some(({ message }) => /^Parsing error: /.test(message)))
    const names = broken.map(({ filePath }) => filePath.slice(join(code, 'broken').length + 1))
    expect(names.sort()).toEqual(Object.keys(brokenCode).sort())
  })

  it("throws the same errors out of prettier's worker, with codeFrame and loc", async () => {
    const printErrors = (consumer: string) =>
      run(process.execPath, [join(consumer, 'print-errors.cjs'), join(code, 'broken')], { cwd: code })
    const [{ stdout }, { stdout: wanted }] = await Promise.all([printErrors(ours), printErrors(theirs)])
    expect(stdout).toBe(wanted)
    const errors: Record<string, unknown>[] = JSON.parse(stdout)
    expect(errors).toHaveLength(Object.keys(brokenCode).length)
    for (const error of errors) {
      expect(error).toMatchObject({
        isSyntaxError: true,
        name: 'SyntaxError',
        loc: { start: { line: expect.any(Number) } },
      })
      expect(error).toMatchObject({ codeFrame: expect.stringMatching(/^> +\d+ \|/m) })
    }
  })
})
