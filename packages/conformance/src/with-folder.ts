import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder of its own for `run`, which is removed after it. */
export async function withFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ambisync-'))
  try {
    await run(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
