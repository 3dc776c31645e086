import { Presets, SingleBar } from 'cli-progress'
import type { Progress } from './run-plan.ts'

/** A bar on stderr that says what is being measured; nothing where that is no terminal. */
export function showProgress(): { readonly update: (progress: Progress) => void; stop(): void } {
  const bar = new SingleBar(
    {
      format: '{bar} {value}/{total}  {eta_formatted} left  {what}',
      clearOnComplete: true,
      hideCursor: true,
      stream: process.stderr,
    },
    Presets.rect,
  )
  let hasBegun = false
  return {
    update({ done, total, scenario, contestant, placement, round }) {
      const payload = { what: `${scenario}: ${contestant}, ${placement}, round ${round}` }
      if (!hasBegun) bar.start(total, done, payload)
      hasBegun = true
      bar.setTotal(total)
      bar.update(done, payload)
    },
    stop: () => bar.stop(),
  }
}
