import { factoryCall, type Strategy } from '../strategies.ts'

/** Who will call, and in what the program is written. */
export interface Style {
  readonly callers: 'sync' | 'async' | 'both'
  readonly language: 'esm' | 'typescript' | 'commonjs'
}

export interface SnippetFile {
  readonly name: string
  readonly code: string
}

/** A program that runs as it stands: a task module, and its caller. */
export function snippet(strategy: Strategy, style: Style): readonly SnippetFile[] {
  return [taskModule(style), { name: mainName[style.language], code: `${mainLines(strategy, style).join('\n')}\n` }]
}

/** The packages that it imports, and that have to be installed by name. */
export function packagesOf(strategy: Strategy, { callers }: Style): readonly string[] {
  const adapter = isDefault(strategy) ? [] : [strategy.package]
  return ['ambisync', ...adapter, ...(callers === 'both' ? ['@ambisync/detect'] : [])]
}

const mainName: Readonly<Record<Style['language'], string>> = {
  esm: 'main.js',
  typescript: 'main.ts',
  commonjs: 'main.cjs',
}

function taskModule({ language }: Style): SnippetFile {
  const isTyped = language === 'typescript'
  const code = `export async function greet(${isTyped ? 'name: string): Promise<string>' : 'name)'} {
  return \`Hello, \${name}!\`
}
`
  return { name: { esm: 'tasks.js', typescript: 'tasks.ts', commonjs: 'tasks.mjs' }[language], code }
}

function mainLines(strategy: Strategy, style: Style): readonly string[] {
  const isTyped = style.language === 'typescript'
  const note = '// As compiled by tsc. Where the runtime loads TypeScript by itself, name ./tasks.ts in the URL.'
  return [
    ...(isTyped ? [note] : []),
    ...imports(strategy, style),
    '',
    ...loading(strategy, style),
    '',
    ...calls(strategy, style),
  ]
}

function imports(strategy: Strategy, { callers, language }: Style): readonly string[] {
  const wanted: (readonly [name: string, from: string])[] = [[isDefault(strategy) ? 'load' : 'startLoop', 'ambisync']]
  if (!isDefault(strategy)) wanted.push([strategy.factory, strategy.package])
  if (callers === 'both') wanted.push(['callerDetector', '@ambisync/detect'])
  if (language === 'commonjs') {
    const url = "const { pathToFileURL } = require('node:url')"
    return [...wanted.map(([name, from]) => `const { ${name} } = require('${from}')`), url]
  }
  return wanted.map(([name, from]) => `import { ${name} } from '${from}'`)
}

function loading(strategy: Strategy, { callers, language }: Style): readonly string[] {
  const type = language === 'typescript' ? "<typeof import('./tasks.js')>" : ''
  const url = {
    esm: "new URL('./tasks.js', import.meta.url)",
    typescript: "new URL('./tasks.js', import.meta.url)",
    commonjs: "pathToFileURL(require.resolve('./tasks.mjs'))",
  }[language]
  const detector = callers === 'both' ? ['detector: callerDetector()'] : []
  if (isDefault(strategy)) {
    const options = detector.length === 0 ? '' : `, { ${detector.join(', ')} }`
    return [`const tasks = load${type}(${url}${options})`]
  }
  const options = [`adapter: ${factoryCall(strategy)}`, ...detector].join(', ')
  return [`const loop = startLoop({ ${options} })`, `const tasks = loop.load${type}(${url})`]
}

function calls(strategy: Strategy, { callers, language }: Style): readonly string[] {
  const cannotBlockInPromiseJobs = strategy.capabilities.runsOn === "caller's thread"
  const block = (call: string): readonly string[] =>
    cannotBlockInPromiseJobs && language !== 'commonjs'
      ? ['// It cannot block at the top level of an ES module, nor after an await.', `setTimeout(() => ${call})`]
      : [call]
  const wait =
    language === 'commonjs'
      ? ["tasks.greet.async('you').then(console.log)"]
      : ["console.log(await tasks.greet.async('you'))"]
  if (callers === 'sync') return block("console.log(tasks.greet.sync('world'))")
  if (callers === 'async') return wait
  return [
    '// .auto goes by the function that it is called in: the detector looks at its text.',
    "const blocking = () => tasks.greet.auto('world') // a string: this function is not async",
    "const awaiting = async () => await tasks.greet.auto('you') // a promise, since this one is",
    '',
    ...block('console.log(blocking())'),
    language === 'commonjs' ? 'awaiting().then(console.log)' : 'console.log(await awaiting())',
  ]
}

/** The one that `load` takes by itself. */
function isDefault({ factory }: Strategy): boolean {
  return factory === 'workerThreads'
}
