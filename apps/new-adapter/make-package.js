import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { camelCase, nameProblem, pascalCase } from './check-name.js'

const template = fileURLToPath(new URL('./template/', import.meta.url))
/** What comes about when the template itself is worked on. */
const generated = new Set(['node_modules', 'dist', '.turbo'])

/**
 * Makes `packages/NAME` and its changeset.
 *
 * @param {string} root the workspace's folder
 * @param {string | undefined} name
 * @returns {string} the folder of the package
 * @throws {RangeError} for a name that cannot be; nothing was made then
 */
export function makePackage(root, name) {
  const packages = join(root, 'packages')
  const problem = nameProblem(name, readdirSync(packages))
  if (problem !== undefined) throw new RangeError(problem)
  const folder = join(packages, name)
  const changeset = join(root, '.changeset', `${name}.md`)
  if (existsSync(changeset)) throw new RangeError(`there is a changeset ${changeset} already`)

  mkdirSync(folder)
  for (const entry of readdirSync(template)) {
    if (!generated.has(entry)) cpSync(join(template, entry), join(folder, entry), { recursive: true })
  }
  for (const path of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (path.isFile()) nameFile(path.parentPath, path.name, name)
  }
  renameSync(join(folder, 'changeset.md'), changeset)
  return folder
}

/** Puts the name in the place of the template's. */
function nameFile(folder, file, name) {
  const path = join(folder, file)
  const named = (text) =>
    text
      .replaceAll('my-adapter', name)
      .replaceAll('myAdapter', camelCase(name))
      .replaceAll('MyAdapter', pascalCase(name))
  writeFileSync(path, named(readFileSync(path, 'utf8')))
  if (named(file) !== file) renameSync(path, join(folder, named(file)))
}
