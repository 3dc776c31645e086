import { existsSync, mkdtempSync, readFileSync, rmSync, watch } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A file to which tasks append lines. */
export class LineFile implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'ambisync-'))
  readonly path = join(this.#folder, 'lines')

  get lines(): string[] {
    return existsSync(this.path) ? readFileSync(this.path, 'utf8').split('\n').slice(0, -1) : []
  }

  /** Resolves when this line is there. */
  async waitFor(line: string): Promise<void> {
    const isThere = (text: string): boolean => this.lines.some((each) => each.startsWith(text))
    if (isThere(line)) return
    await new Promise<void>((resolve) => {
      const watcher = watch(this.#folder, () => {
        if (!isThere(line)) return
        watcher.close()
        resolve()
      })
      // It may have come before the watcher.
      if (isThere(line)) {
        watcher.close()
        resolve()
      }
    })
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
