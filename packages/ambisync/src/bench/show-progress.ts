import { Presets, SingleBar } from 'cli-progress'
import type { Progress } from './run-plan.ts'

/** A bar on stderr that says what is being measured; nothing where that is no terminal. */
export function showProgress(): { readonly update: (progress: Progress) => void; stop(): void } {
  const bar = new SingleBar(
    {
      format: '{bar} {value}/{total}  {left}{what}',
      clearOnComplete: true,
      hideCursor: true,
      stream: process.stderr,
    },
    Presets.rect,
  )
  const begin = performance.now()
  let hasBegun = false
  return {
    update({ done, total, scenario, contestant, placement, round }) {
      const payload = {
        left: showLeft(performance.now() - begin, done / total),
        what: `round ${round}, ${placement}, ${contestant}: ${scenario}`,
      }
      if (!hasBegun) bar.start(total, done, payload)
      hasBegun = true
      bar.setTotal(total)
      bar.update(done, payload)
    },
    stop: () => bar.stop(),
  }
}

/** What is left, if all of it takes as long as what is done. Nothing is known before that. */
function showLeft(elapsed: number, done: number): string {
  if (done === 0) return ''
  const seconds = Math.ceil(((elapsed / done) * (1 - done)) / 1_000)
  return seconds < 120 ? `${seconds} s left  ` : `${Math.ceil(seconds / 60)} min left  `
}
