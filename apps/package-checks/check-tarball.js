import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { unpack } from '@publint/pack'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'

/** Its command, which Node.js runs by itself on every platform. */
const attw = fileURLToPath(new URL('dist/index.js', import.meta.resolve('@arethetypeswrong/cli/package.json')))

/** A watchdog's, in milliseconds. */
const limit = 300_000

/** What npm runs on the machine of whoever installs a package. */
const installScripts = ['preinstall', 'install', 'postinstall', 'preprepare', 'prepare', 'postprepare']

/**
 * What is wrong with a package as it is published; nothing, as it should be.
 *
 * @param {string} tarball its path
 * @returns {Promise<string[]>}
 */
export async function checkTarball(tarball) {
  const data = await readFile(tarball)
  const { files, rootDir } = await unpack(data)
  const textOf = (path) => {
    const file = files.find(({ name }) => name === `${rootDir}/${path}`)
    return file && new TextDecoder().decode(file.data)
  }
  const manifest = JSON.parse(textOf('package.json'))
  return [...checkFiles(manifest, textOf), ...(await checkForm(data)), ...(await checkTypes(tarball, manifest))]
}

function checkFiles({ scripts = {} }, textOf) {
  const problems = installScripts.filter((name) => name in scripts).map((name) => `has an install script: ${name}`)
  // npm builds by itself what has one of these, without a script.
  if (textOf('binding.gyp') !== undefined) problems.push('has a binding.gyp, which npm builds when it is installed')
  for (const path of ['README.md', 'LICENSE']) if (textOf(path) === undefined) problems.push(`has no ${path}`)
  return problems
}

async function checkForm(data) {
  const { messages, pkg } = await publint({ pack: { tarball: data }, strict: true })
  return messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false })}`)
}

/** A package that has no `require` condition is for ES modules only, and so are its types. */
async function checkTypes(tarball, { exports, sideEffects }) {
  const profile = JSON.stringify(exports).includes('"require"') ? 'node16' : 'esm-only'
  // What is there to be run, as the script of a thread, has nothing to import.
  const scripts = Object.keys(exports).filter((name) => [sideEffects].flat().includes(exports[name]))
  const args = [
    attw,
    tarball,
    '--profile',
    profile,
    '--no-definitely-typed',
    '--format',
    'ascii',
    '--no-color',
    '--no-emoji',
    ...(scripts.length > 0 ? ['--exclude-entrypoints', ...scripts] : []),
  ]
  try {
    await promisify(execFile)(process.execPath, args, { timeout: limit })
    return []
  } catch (error) {
    return [`attw: ${error.stdout || error.stderr || error.message}`]
  }
}
