import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, it } from 'vitest'
import { checkTarball } from '../check-tarball.js'

const folder = mkdtempSync(join(tmpdir(), 'ambisync-tarball-'))

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const manifest = {
  name: 'parcel',
  version: '1.0.0',
  license: 'MIT',
  type: 'module',
  exports: { '.': { types: './index.d.ts', default: './index.js' } },
}

/** The tarball of a package with these files. */
async function pack(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const place = join(folder, name)
  mkdirSync(place)
  for (const [file, text] of Object.entries(files)) writeFileSync(join(place, file), text)
  const options = { cwd: place, shell: process.platform === 'win32' }
  await promisify(execFile)('npm', ['pack', '--ignore-scripts', '--silent'], options)
  const tarball = readdirSync(place).find((file) => file.endsWith('.tgz'))
  if (tarball === undefined) throw new Error('npm packed nothing')
  return join(place, tarball)
}

const sound = {
  'package.json': JSON.stringify(manifest),
  'README.md': '# parcel\n',
  LICENSE: 'MIT\n',
  'index.js': 'export const parcel = 1\n',
  'index.d.ts': 'export declare const parcel: 1\n',
}

it('has nothing to say about a package that is in order', async () => {
  expect(await checkTarball(await pack('sound', sound))).toEqual([])
})

it('wants no types of the script of a thread', async () => {
  const exports = { ...manifest.exports, './worker': './worker.js' }
  const withScript = JSON.stringify({ ...manifest, exports, sideEffects: ['./worker.js'] })
  expect(await checkTarball(await pack('script', { ...sound, 'package.json': withScript, 'worker.js': '' }))).toEqual(
    [],
  )
})

it.each([
  [
    'an install script',
    { 'package.json': JSON.stringify({ ...manifest, scripts: { postinstall: 'node index.js' } }) },
    /^has an install script: postinstall$/,
  ],
  ['what npm builds by itself', { 'binding.gyp': '{}' }, /binding\.gyp/],
  [
    'an entry that is not there',
    { 'package.json': JSON.stringify({ ...manifest, exports: { '.': './none.js' } }) },
    /^publint: /,
  ],
  [
    'types of the wrong kind of module',
    {
      'package.json': JSON.stringify({
        ...manifest,
        exports: { '.': { types: './index.d.cts', default: './index.js' } },
      }),
      'index.d.cts': 'export declare const parcel: 1\n',
    },
    /^attw: /,
  ],
])('finds %s', async (what, files, problem) => {
  const problems = await checkTarball(await pack(what, { ...sound, ...files }))
  expect(problems.filter((each) => problem.test(each))).not.toEqual([])
})
