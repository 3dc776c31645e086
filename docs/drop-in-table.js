/** What the drop-in costs beside synckit, from what `pnpm compare:drop-in --keep` has written. */
import { readFileSync } from 'node:fs'
import { markdownTable } from './markdown-table.js'

export function dropInTable() {
  const text = readFileSync(new URL('./data/drop-in.json', import.meta.url), 'utf8')
  const { rounds, node, processor, processors, load, results } = JSON.parse(text)
  const rows = results.map(({ what, unit, ours, theirs }) => [
    what,
    `${ours} ${unit}`,
    `${theirs} ${unit}`,
    (ours / theirs).toFixed(2),
  ])
  const machine = `Node.js ${node}, ${processors} cores of ${processor}, load ${load.toFixed(1)}`
  const table = markdownTable(['', '@ambisync/synckit', 'synckit', 'ratio'], rows)
  return `${table}\nMedians of ${rounds} rounds in turns; ${machine}.\n`
}
