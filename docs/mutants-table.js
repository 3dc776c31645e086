/** The table of broken adapters in the conformance package's README. */
import { cases, processCases } from '@ambisync/conformance'
import { mutants } from '@ambisync-conformance/mutants/mutants.js'
import { markdownTable } from './markdown-table.js'

const names = [...cases, ...processCases].map(({ name }) => name)

/** As many as are named one by one. */
const few = 4

const mode = / \((sync|async|submit)\)$/

/** Cases that differ in the mode only are one entry. */
function describeCases(by) {
  if (typeof by === 'string') return [by]
  const matching = names.filter((name) => by.test(name))
  const bodies = [...new Set(matching.map((name) => name.replace(mode, '')))]
  if (bodies.length > few) return [`${matching.length} cases: \`${by.source}\``]
  return bodies.map((body) => {
    const modes = matching.filter((name) => name.replace(mode, '') === body).map((name) => mode.exec(name)?.[1])
    return modes[0] === undefined ? body : `${body} (${modes.join(', ')})`
  })
}

export function mutantsTable() {
  const rows = mutants.map(({ name, fault, rejectedBy }) => [name, fault, rejectedBy.flatMap(describeCases).join('; ')])
  return markdownTable(['it …', 'how', 'rejected by'], rows)
}
