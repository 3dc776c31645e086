/** `pnpm new-adapter NAME`: makes packages/NAME, and says what comes next. */
import { fileURLToPath } from 'node:url'
import { makePackage } from './make-package.js'

const [name, ...rest] = process.argv.slice(2)
try {
  if (rest.length > 0) throw new RangeError(`one name is enough; "${rest.join(' ')}" is too much`)
  makePackage(fileURLToPath(new URL('../../', import.meta.url)), name)
  console.log(`packages/${name} and .changeset/${name}.md are made. Next:

1. pnpm install && pnpm build
2. pnpm exec vitest run --project ${name}
   It says "not filled in yet" until src/channel.ts and src/worker.ts are; docs/writing-an-adapter.md shows how.
3. Declare more capabilities in src/${name}.ts, one by one, as the suite passes.
4. Write README.md, and have it tested: add @ambisync/${name} to docs/package.json, its table to
   docs/generated-tables.js (pnpm generate), and the package to the import directions in biome.json.`)
} catch (error) {
  if (!(error instanceof RangeError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
