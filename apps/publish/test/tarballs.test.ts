/** What is in the packages, as the registry has them. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { emptyConsumer, published } from '../src/consumer.ts'

interface Manifest {
  readonly version: string
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly exports: Readonly<Record<string, unknown>>
  readonly dist: { readonly tarball: string }
}

/** Scripts that a package manager runs where a package is installed. */
const installScripts = ['preinstall', 'install', 'postinstall', 'preprepare', 'prepare', 'postprepare', 'prepublish']

/** The names of chunks end in a hash of what is in them. */
const hash = /-[\w-]{8}(?=\.(?:js|cjs|d\.ts|d\.cts)$)/

describe.each(published)('%s', (name) => {
  const { folder, run } = emptyConsumer('tarballs', name.replace('/', '-'))
  const file = join(folder, 'package.tgz')
  let manifest: Manifest
  let tarball: Uint8Array<ArrayBuffer>
  beforeAll(async () => {
    const about: { versions: Record<string, Manifest> } = JSON.parse(
      await (await fetch(inject('registry') + name)).text(),
    )
    const found = about.versions[inject('version')]
    if (found === undefined) throw new Error(`${name} is not published`)
    manifest = found
    tarball = new Uint8Array(await (await fetch(manifest.dist.tarball)).arrayBuffer())
    writeFileSync(file, tarball)
  })

  it('holds what it should and nothing else', async () => {
    const { stdout } = await run('tar', ['--list', '--file', file])
    const paths = stdout.trim().split('\n')
    expect(paths.map((path) => path.replace(/^package\//, '').replace(hash, '-[hash]')).sort()).toMatchSnapshot()
  })

  it('runs nothing where it is installed', () => {
    expect(Object.keys(manifest.scripts ?? {}).filter((script) => installScripts.includes(script))).toEqual([])
  })

  it('depends on packages by the ranges of a registry, and on ours of this version', () => {
    const { dependencies = {}, peerDependencies = {} } = manifest
    const ranges = Object.entries({ ...dependencies, ...peerDependencies })
    expect(ranges.filter(([, range]) => /^(workspace|catalog|link|file):/.test(range))).toEqual([])
    const ours = Object.entries(dependencies).filter(([dependency]) => published.includes(dependency))
    expect(ours.filter(([, range]) => range !== `^${inject('version')}`)).toEqual([])
  })

  it('is what publint takes for right', async () => {
    const { messages } = await publint({ pack: { tarball: tarball.buffer }, strict: true })
    expect(messages).toEqual([])
  })

  it('has types that agree with the code in every way of resolution that we support', async () => {
    const untyped = Object.entries(manifest.exports).filter(([, target]) => typeof target === 'string')
    const options = { excludeEntrypoints: untyped.map(([entry]) => entry) }
    const analysis = await checkPackage(createPackageFromTarballData(tarball), options)
    if (analysis.types === false) throw new Error(`${name} has no types`)
    // Packages are ES modules, which \`require()\` loads as well; Node.js 10 is out of the question.
    const wrong = analysis.problems.filter(
      (problem) =>
        problem.kind !== 'CJSResolvesToESM' && !('resolutionKind' in problem && problem.resolutionKind === 'node10'),
    )
    expect(wrong).toEqual([])
  })
})

it('all have the version that the changesets ask for', () => {
  // No release is a major one by accident: a peer that leaves its range would make all of them one.
  expect(inject('version')).toMatch(/^0\./)
})
