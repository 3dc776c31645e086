/**
 * The file of call sites in all the forms that a program can have when it runs: as it is, compiled, and compiled while it
 * is loaded.
 */
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { transformAsync } from '@babel/core'
import { type BuildOptions, build, type TransformOptions, transform } from 'esbuild'

export interface Variant {
  readonly name: string
  readonly file: string
  readonly execArgv?: readonly string[]
  readonly isCommonJs?: true
  /** Async functions and fields of classes may have become something else. */
  readonly isCompiled?: true
  readonly runsOn?: (version: string) => boolean
}

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const folder = at('./.built/')
const root = at('../../../../')
const source = readFileSync(at('./sites.js'), 'utf8')

const empty = (): void => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  // By itself, so that nothing above decides what a file is.
  writeFileSync(`${folder}package.json`, '{ "type": "module" }')
}

/** Writes a file and gives its path. */
const written = (name: string, text: string): string => {
  writeFileSync(folder + name, text)
  return folder + name
}

const byEsbuild = async (name: string, options: TransformOptions): Promise<string> =>
  written(name, (await transform(source, options)).code)

/** In a bundle, as the only module. */
const bundled = async (name: string, options: BuildOptions): Promise<string> => {
  await build({ entryPoints: [at('./sites.js')], bundle: true, outfile: folder + name, logLevel: 'error', ...options })
  return folder + name
}

/** For an engine that has generators and no async functions. */
const byBabel = async (): Promise<string> => {
  const result = await transformAsync(source, {
    presets: [['@babel/preset-env', { targets: { chrome: '54' }, modules: false }]],
    configFile: false,
    babelrc: false,
    filename: 'sites.js',
    compact: false,
  })
  return result?.code ?? ''
}

const minified = async (code: string): Promise<string> => (await transform(code, { minify: true })).code

/** The compiler has a command only; it names its output after its input. */
const byTypeScript = (name: string, extension: 'mts' | 'cts', options: readonly string[]): string => {
  const into = `${folder}${name}/`
  mkdirSync(into)
  writeFileSync(`${into}sites.${extension}`, typed())
  const args = [
    `${into}sites.${extension}`,
    '--outDir',
    into,
    '--noCheck',
    '--skipLibCheck',
    '--ignoreConfig',
    ...options,
  ]
  execFileSync(`${root}node_modules/.bin/tsc`, args, { stdio: ['ignore', 'inherit', 'inherit'] })
  return `${into}sites.${extension.replace('t', 'j')}`
}

/** Its types, which are comments. */
const typed = (): string => source.replaceAll(/ ?\/\*(: [^*]*?) \*\//g, '$1')

export async function buildVariants(): Promise<readonly Variant[]> {
  empty()
  const minify = true
  copyFileSync(at('./sites.js'), `${folder}plain.js`)
  const commonJs = (await transform(source, { format: 'cjs' })).code
  const register = ['--import', new URL('../programs/register-tsx.js', import.meta.url).href]
  const compiled = { isCompiled: true } as const
  const es2015 = byTypeScript('ts-es2015', 'mts', ['--target', 'es2015', '--module', 'esnext'])
  const babel = await byBabel()
  return [
    { name: 'as it is', file: `${folder}plain.js` },
    { name: 'with a byte order mark', file: written('mark.js', `\uFEFF${source}`) },
    { name: 'with lines that end by CR LF', file: written('crlf.js', source.replaceAll('\n', '\r\n')) },
    { name: 'CommonJS', file: written('plain.cjs', commonJs), isCommonJs: true },
    { name: 'CommonJS, strict', file: written('strict.cjs', `'use strict'\n${commonJs}`), isCommonJs: true },
    { name: 'esbuild, esnext', file: await byEsbuild('esnext.js', { target: 'esnext' }) },
    { name: 'esbuild, esnext, minified', file: await byEsbuild('esnext-min.js', { target: 'esnext', minify }) },
    { name: 'esbuild, es2016', file: await byEsbuild('es2016.js', { target: 'es2016' }), ...compiled },
    {
      name: 'esbuild, es2016, minified',
      file: await byEsbuild('es2016-min.js', { target: 'es2016', minify }),
      ...compiled,
    },
    {
      name: 'esbuild, es2016, minified, a bundle in CommonJS',
      file: await bundled('bundle.cjs', { target: 'es2016', minify, format: 'cjs' }),
      isCommonJs: true,
      ...compiled,
    },
    {
      name: 'TypeScript, esnext',
      file: byTypeScript('ts-esnext', 'mts', ['--target', 'esnext', '--module', 'esnext']),
    },
    {
      name: 'TypeScript, es2017',
      file: byTypeScript('ts-es2017', 'mts', ['--target', 'es2017', '--module', 'esnext']),
      ...compiled,
    },
    {
      name: 'TypeScript, es2015',
      file: es2015,
      ...compiled,
    },
    {
      name: 'TypeScript, es2015, CommonJS',
      file: byTypeScript('ts-cjs', 'cts', ['--target', 'es2015', '--module', 'node16']),
      isCommonJs: true,
      ...compiled,
    },
    {
      name: 'TypeScript, es2015, minified',
      file: written('ts-es2015-min.js', await minified(readFileSync(es2015, 'utf8'))),
      ...compiled,
    },
    { name: 'Babel', file: written('babel.js', babel), ...compiled },
    { name: 'Babel, minified', file: written('babel-min.js', await minified(babel)), ...compiled },
    { name: 'TypeScript by tsx', file: written('tsx.mts', typed()), execArgv: register },
    { name: 'TypeScript by tsx, CommonJS', file: written('tsx.cts', typed()), execArgv: register, isCommonJs: true },
    {
      name: 'TypeScript by Node.js',
      file: written('stripped.mts', typed()),
      execArgv: ['--experimental-strip-types', '--no-warnings'],
      runsOn: (version) => version !== 'node20',
    },
  ]
}
