import { paintFor } from '../command/paint.ts'
import type { Contradiction, Recommendation } from './recommendation.ts'

const paint = paintFor('stdout')

export function showRecommendation({ strategy, adapter, reasons, others, install, files }: Recommendation): string {
  const parts = [
    [`${paint.bold(paint.green(`Take ${strategy}`))}: ${adapter}`, ...reasons.map((reason) => `- ${reason}`)],
    install === undefined ? [] : [paint.bold('Install:'), `  ${install}`],
    ...files.map(({ name, code }) => [paint.bold(`${name}:`), ...indented(code)]),
    [paint.bold('Why not another one:'), ...others.map(({ strategy: other, why }) => `- ${other}: ${why}`)],
    [paint.dim(`To compare them on a function: npx ambisync bench ./${files[0]?.name}#greet --args '["world"]'`)],
  ]
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

export function showContradiction({ needs, others }: Contradiction): string {
  const head = paint.red(`No strategy meets all of this together: ${needs.join(', ')}`)
  const lines = others.map(({ strategy, why }) => `- ${strategy}: ${why}`)
  return `${[head, ...lines, 'Leave one out, or run two loops: startLoop() may be called as often as you like.'].join('\n')}\n`
}

function indented(code: string): readonly string[] {
  return code
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `  ${line}`))
}
