/**
 * Blocking fetches against undici's own `fetch` in the same process, in turns, from the same server in a process of its own.
 *
 * `sequential`: a GET of a small JSON body on a connection that is kept, medians of the times in microseconds; `over` is
 * what the blocking one takes above 1.15 times the other. `together`: 100 GETs that take 20 ms each, by `fetch.all` and by
 * `Promise.all`; the median of the rounds' ratios.
 */
import { fetch } from '@ambisync/fetch'
import { Agent, fetch as fetchUndici } from 'undici'
import { report } from './figures.ts'
import { median } from './median.ts'
import { startHttpServer } from './start-http-server.ts'

const rounds = 60
const warmUpRounds = 15
const calls = 50
const allowed = 1.15

const roundsTogether = 12
const together = 100

const base = await startHttpServer()
const dispatcher = new Agent()

async function sequential(): Promise<Record<string, number>> {
  const url = `${base}/json`
  const own: number[] = []
  const peer: number[] = []
  const check = (body: unknown): void => {
    if ((body as { readonly name: string }).name !== 'a small body') throw new Error('wrong answer')
  }
  for (let round = 0; round < warmUpRounds + rounds; round++) {
    const isMeasured = round >= warmUpRounds
    for (let call = 0; call < calls; call++) {
      const start = performance.now()
      const body = await (await fetchUndici(url, { dispatcher })).json()
      if (isMeasured) peer.push((performance.now() - start) * 1_000)
      check(body)
    }
    for (let call = 0; call < calls; call++) {
      const start = performance.now()
      const body = fetch.sync(url).json()
      if (isMeasured) own.push((performance.now() - start) * 1_000)
      check(body)
    }
  }
  const [p50, undici] = [median(own), median(peer)]
  return { p50, undici, ratio: p50 / undici, over: p50 - allowed * undici }
}

async function manyTogether(): Promise<Record<string, number>> {
  const urls = Array.from({ length: together }, () => `${base}/slow/20`)
  const ratios: number[] = []
  const own: number[] = []
  for (let round = 0; round < 3 + roundsTogether; round++) {
    let start = performance.now()
    const awaited = await Promise.all(urls.map(async (url) => (await fetchUndici(url, { dispatcher })).text()))
    const peerTime = performance.now() - start
    start = performance.now()
    const blocked = fetch
      .all(urls)
      .result()
      .map((response) => response.text())
    const time = performance.now() - start
    if (blocked.join() !== awaited.join()) throw new Error('wrong answers')
    if (round < 3) continue
    ratios.push(time / peerTime)
    own.push(time)
  }
  return { time: median(own), ratio: median(ratios) }
}

report({ sequential: await sequential(), together: await manyTogether() })
