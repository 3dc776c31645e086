import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { nodeVersions } from '@ambisync-apps/runtimes'
import { describe, expect, it } from 'vitest'
import { buildVariants } from './call-sites/variants.ts'

interface Report {
  readonly sites: readonly { readonly name: string; readonly expected: string; readonly where?: string }[]
  readonly found: Readonly<Record<string, string>>
}

const runner = fileURLToPath(new URL('./call-sites/run.js', import.meta.url))

async function report(executable: string, file: string, execArgv: readonly string[]): Promise<Report> {
  const options = { timeout: 60_000, maxBuffer: 16 * 1024 * 1024 }
  const { stdout } = await promisify(execFile)(executable, [...execArgv, runner, file], options)
  return JSON.parse(stdout)
}

const versions = Object.keys(nodeVersions)

it('is run on each version of Node.js that is supported', () => {
  expect(versions).toEqual(expect.arrayContaining(['node22', 'node24', 'node26']))
})

for (const {
  name: variant,
  file,
  execArgv = [],
  isCommonJs,
  isCompiled,
  runsOn = () => true,
} of await buildVariants()) {
  const reports = new Map<string, Report>()
  for (const version of versions.filter(runsOn)) {
    reports.set(version, await report(nodeVersions[version] ?? '', file, execArgv))
  }
  const found = (site: string): Record<string, string | undefined> =>
    Object.fromEntries([...reports].map(([version, { found }]) => [version, found[site]]))
  const everywhere = (expected: string): Record<string, string> =>
    Object.fromEntries([...reports.keys()].map((version) => [version, expected]))

  describe(variant, () => {
    it('the top level of a module', () => {
      expect(found('top level')).toEqual(everywhere(isCommonJs ? 'sync' : 'async'))
    })

    const [first] = reports.values()
    // A compiler may have made something else of it, that is something else to the detector, too.
    const sites = first?.sites.filter(({ where }) => where !== 'uncompiled' || !isCompiled) ?? []
    it('has at least 80 sites', () => expect(sites.length).toBeGreaterThanOrEqual(80))
    it.each(sites)('$expected: $name', ({ name, expected }) => {
      expect(found(name)).toEqual(everywhere(expected))
    })
  })
}
