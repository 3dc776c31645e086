import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const own = fileURLToPath(new URL('../', import.meta.url))
const packages = join(own, '..')

/** A folder of its own, with an empty package in it, gone after the test. */
export function emptyFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ambisync-test-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n')
  return folder
}

/** Writes files into a folder, and gives it back. */
export function withFiles(folder: string, files: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

/**
 * Installs this package, as it is built, with what it depends on; of the adapters only those that are named. A copy, not a
 * link: what is beside it is what it finds.
 */
export function install(folder: string, adapters: readonly string[] = []): string {
  const modules = join(folder, 'node_modules')
  copyOwnTo(join(modules, 'ambisync'))
  const { dependencies }: { dependencies: Readonly<Record<string, string>> } = JSON.parse(
    readFileSync(join(own, 'package.json'), 'utf8'),
  )
  for (const name of Object.keys(dependencies)) link(realpathSync(join(own, 'node_modules', name)), join(modules, name))
  for (const name of adapters) link(join(packages, name), join(modules, '@ambisync', name))
  return folder
}

export function copyOwnTo(target: string): void {
  cpSync(join(own, 'dist'), join(target, 'dist'), { recursive: true })
  cpSync(join(own, 'package.json'), join(target, 'package.json'))
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  symlinkSync(target, path, 'junction')
}
