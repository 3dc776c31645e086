import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** @param {readonly string[]} args */
async function pnpm(args) {
  const { stdout } = await promisify(execFile)('npx', ['--yes', 'pnpm@12.18.0', ...args], {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
    timeout: 300_000,
    shell: process.platform === 'win32',
  })
  return JSON.parse(stdout)
}

/**
 * Packs every package of the workspace that is not private, as it would be published.
 *
 * @param {string} folder where the tarballs go
 * @returns {Promise<{ name: string, tarball: string }[]>}
 */
export async function packPublished(folder) {
  const listed = await pnpm(['list', '--recursive', '--depth', '-1', '--json'])
  const names = listed.filter((each) => !each.private).map(({ name }) => name)
  if (names.length === 0) throw new Error('the workspace has no package that is published')
  const filters = names.flatMap((name) => ['--filter', name])
  const packed = await pnpm([...filters, '--recursive', 'pack', '--pack-destination', folder, '--json'])
  const missing = names.filter((name) => !packed.some((each) => each.name === name))
  if (missing.length > 0) throw new Error(`not packed: ${missing.join(', ')}`)
  return packed.map(({ name, filename }) => ({ name, tarball: filename }))
}
