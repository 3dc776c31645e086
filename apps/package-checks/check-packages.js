/** Looks at every package as it would be published. Ends with 1 and what is wrong, if anything is. */
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkTarball } from './check-tarball.js'
import { packPublished } from './published-packages.js'

async function main() {
  const folder = await mkdtemp(join(tmpdir(), 'ambisync-packages-'))
  try {
    const waiting = await packPublished(folder)
    // Each has a TypeScript of its own at work: not more of them than there are cores.
    await Promise.all(Array.from({ length: availableParallelism() }, () => checkAll(waiting)))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function checkAll(waiting) {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const problems = await checkTarball(next.tarball)
    console.log(`${next.name}: ${problems.length === 0 ? 'in order' : problems.join('\n')}`)
    if (problems.length > 0) process.exitCode = 1
  }
}

await main()
