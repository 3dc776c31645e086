import { parse } from 'acorn'
import { transform } from 'esbuild'

/**
 * A program that is an ES module, as CommonJS that calls `require()`.
 *
 * esbuild makes `require()` of imports, but takes no top-level `await`. So what is not an import goes into an asynchronous
 * function first, which changes nothing about it: imports come first anyway, and nobody imports a program.
 */
export async function asCommonJs(code: string): Promise<string> {
  const { body } = parse(code, { ecmaVersion: 'latest', sourceType: 'module' })
  if (body.some(({ type }) => type.startsWith('Export'))) throw new Error('a program that exports something')
  const imports = body.filter(({ type }) => type === 'ImportDeclaration')
  const rest = imports.reduceRight((text, { start, end }) => text.slice(0, start) + text.slice(end), code)
  const module = [...imports.map(({ start, end }) => code.slice(start, end)), `;(async () => {${rest}})()`].join('\n')
  const { code: common } = await transform(module, {
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    define: { 'import.meta.url': '__ownUrl' },
    banner: "const __ownUrl = require('node:url').pathToFileURL(__filename).href",
  })
  return common
}
