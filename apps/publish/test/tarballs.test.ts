/** What is in the packages, as the registry has them. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { emptyConsumer, published } from '../src/consumer.ts'
import { root } from '../src/workspace-copy.ts'

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

/** The names of chunks, which are in no folder below, end in a hash of what is in them. */
const hash = /(?<=^package\/dist\/[^/]+-)[\w-]{8}(?=\.(?:js|cjs|d\.ts|d\.cts)$)/

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
    expect(paths.map((path) => path.replace(hash, '[hash]').replace('package/', '')).sort()).toMatchSnapshot()
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

it('the version is the one that the changesets ask for', () => {
  // A peer that leaves its range would make a major release of all.
  const { version }: { version: string } = JSON.parse(readFileSync(new URL('packages/core/package.json', root), 'utf8'))
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  const folder = new URL('.changeset/', root)
  const changesets = readdirSync(folder).filter((name) => name.endsWith('.md'))
  const texts = changesets.map((name) => readFileSync(new URL(name, folder), 'utf8'))
  const wanted = new Set(texts.flatMap((text) => [...text.matchAll(/^['"].+['"]: (\w+)$/gm)].map(([, bump]) => bump)))
  const next = wanted.has('major')
    ? [major + 1, 0, 0]
    : wanted.has('minor')
      ? [major, minor + 1, 0]
      : wanted.has('patch')
        ? [major, minor, patch + 1]
        : [major, minor, patch]
  expect(inject('version')).toBe(next.join('.'))
})
