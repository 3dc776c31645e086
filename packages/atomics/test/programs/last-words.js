// An answer that is larger than the ring, from a loop that ends at once.
import { print, start } from './start.js'

const seen = []
for (let round = 0; round < 20; round++) {
  const { loop, tasks } = start({ ringSize: 1_024 })
  const answer = round % 2 === 0 ? tasks.speakAndExit.sync(200_000) : await tasks.speakAndExit.async(200_000)
  if (answer !== 'x'.repeat(200_000)) seen.push(`round ${round}`)
  await loop.stop()
}
print(seen)
