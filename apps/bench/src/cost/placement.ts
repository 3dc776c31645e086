import { fileURLToPath } from 'node:url'
import { pinned } from 'ambisync/bench'

/** The command that runs a script of this folder by Node.js: on one core, or on all. */
export function scriptCommand(
  script: string,
  args: readonly string[],
  isPinned: boolean,
): readonly [string, ...string[]] {
  const path = fileURLToPath(new URL(`./${script}.js`, import.meta.url))
  const node: [string, ...string[]] = [process.execPath, path, ...args]
  return isPinned ? pinned(node) : node
}
