import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { ClusterReport, Summaries } from '../src/cluster/report.ts'
import { runProgram } from './run-program.ts'

const folder = mkdtempSync(join(tmpdir(), 'ambisync-cluster-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** The parts of a measurement, and which figures each has; all of them are numbers, in a range that holds them. */
function shapeOf(summaries: Summaries): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries(summaries).map(([part, figures]) => {
      for (const [name, { value, low, high }] of Object.entries(figures)) {
        expect(low, `${part}: ${name}`).toBeLessThanOrEqual(value)
        expect(value, `${part}: ${name}`).toBeLessThanOrEqual(high)
      }
      return [part, Object.keys(figures).sort()]
    }),
  )
}

const costs = ['caller', 'commands', 'received', 'redis', 'scripts', 'sent', 'server']

describe('cluster', () => {
  it('measures everything once, writes it down, and judges nothing', async () => {
    const file = join(folder, 'cluster.json')
    const { code, stdout, stderr } = await runProgram('cluster', ['--quick', '--rounds', '1', '--out', file])
    expect([code, stderr]).toEqual([0, ''])
    const { created, node, redis, bullmq, machine, rounds, measured }: ClusterReport = JSON.parse(
      readFileSync(file, 'utf8'),
    )
    expect(created).toMatch(/^\d{4}-\d\d-\d\dT/)
    expect([node, rounds]).toEqual([process.versions.node, 1])
    for (const version of [redis, bullmq]) expect(version).toMatch(/^\d+\.\d+/)
    expect(machine.cores).toBeGreaterThan(0)

    const { roundTrip, throughput, throughputWithFile, growth } = measured
    const compared = [...costs, 'over', 'p50', 'p99', 'ratio'].sort()
    expect(shapeOf(roundTrip)).toEqual({
      bullmq: [...costs, 'p50', 'p99'].sort(),
      async: compared,
      sync: compared,
    })
    const together = [...costs, 'memory', 'rate', 'ratio'].sort()
    for (const measuredTogether of [throughput, throughputWithFile]) {
      expect(shapeOf(measuredTogether)).toEqual({
        bullmq: together,
        'bullmq, addBulk': together,
        ambisync: together,
      })
    }
    const servers = ['1', '2', '3', '4'].flatMap((number) => [`waiting, ${number}`, `computing, ${number}`])
    expect(shapeOf(growth)).toEqual({
      ...Object.fromEntries(servers.map((name) => [name, ['gain', 'rate']])),
      computing: ['task'],
    })

    // A call adds a job, and a server takes it and finishes it; whatever the machine is like.
    for (const each of Object.values({ ...roundTrip, ...throughput, ...throughputWithFile })) {
      expect(each.commands?.value).toBeGreaterThan(10)
      expect(each.scripts?.value).toBeGreaterThan(1)
      expect(each.received?.value).toBeGreaterThan(300)
      expect(each.sent?.value).toBeGreaterThan(300)
      for (const who of [each.redis, each.server, each.caller]) expect(who?.value).toBeGreaterThan(0)
    }
    for (const kind of ['waiting', 'computing']) {
      expect(growth[`${kind}, 1`]?.gain).toEqual({ value: 1, low: 1, high: 1 })
    }

    for (const title of ['One call after another', 'Many calls at the same time', 'Servers']) {
      expect(stdout).toContain(`\n${title}\n`)
    }
    expect(stdout).toMatch(/│ ambisync: \.sync +│ \d/)
    expect(stdout).toMatch(/│ ambisync: gather +│ \d/)
  }, 300_000)

  it.each([
    [['--rounds', '0'], /at least 1/],
    [['--out', join(folder, 'missing', 'cluster.json')], /ENOENT/],
    [['--quik'], /unknown option '--quik'\s+\(Did you mean --quick/],
    [['more'], /too many arguments/],
  ])('refuses %j', async (args, message) => {
    const { code, stdout, stderr } = await runProgram('cluster', args)
    expect(stderr).toMatch(message)
    expect([code, stdout]).toEqual([2, ''])
  })
})
