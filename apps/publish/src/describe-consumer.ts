import { join } from 'node:path'
import { startBeside } from '@ambisync-docs/blocks/beside.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { asCommonJs } from './as-common-js.ts'
import { type Consumer, writeFiles } from './consumer.ts'
import { type Compiler, describeTypes } from './describe-types.ts'
import { readmes } from './readmes.ts'
import { cleanEnv } from './run.ts'

/**
 * Uses the packages in a folder in which they are installed: runs every example of every README, by `import` and by
 * `require()`, and compiles TypeScript, which takes long with the older compilers.
 */
export function describeConsumer(
  what: string,
  install: () => Promise<Consumer>,
  compilers: readonly Compiler[] = ['typescript'],
): void {
  describe(what, () => {
    let consumer: Consumer
    beforeAll(async () => {
      consumer = await install()
    })

    describe.each(readmes)('README of $packageName', ({ packageName, files, programs }) => {
      let folder: string
      let beside: Awaited<ReturnType<typeof startBeside>>
      beforeAll(async () => {
        folder = join(consumer.folder, 'readmes', packageName)
        writeFiles(folder, { 'package.json': '{ "type": "module" }\n', ...files })
        beside = await startBeside(folder, files, cleanEnv)
        return () => beside.stop()
      })

      async function expectOutput(program: string, output: string | undefined): Promise<void> {
        const { stdout, stderr } = await consumer.run(process.execPath, [program], folder, beside.env)
        expect(stderr).toBe('')
        if (output !== undefined) expect(stdout).toBe(output)
      }

      it.each(programs)('$name', async ({ name, output }) => {
        await expectOutput(name, output)
      })

      const modules = programs.filter(({ name }) => name.endsWith('.js'))
      if (modules.length === 0) return

      it.each(modules)('$name, by require()', async ({ name, output }) => {
        const program = name.replace(/\.js$/, '.required.cjs')
        writeFiles(folder, { [program]: await asCommonJs(files[name] ?? '') })
        await expectOutput(program, output)
      })
    })

    for (const compiler of compilers) describeTypes(compiler, () => consumer)

    it('vitest runs the suite of @ambisync/conformance', async () => {
      const folder = join(consumer.folder, 'readmes', 'conformance')
      writeFiles(folder, { 'vitest.config.js': 'export default {}\n' })
      const vitest = join(consumer.folder, 'node_modules', 'vitest', 'vitest.mjs')
      const { stdout } = await consumer.run(process.execPath, [vitest, 'run', '--root', folder, '-t', 'gather:'])
      expect(stdout).toMatch(/Tests .*[1-9]\d* passed/)
    })
  })
}
