import { existsSync, mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A file to which tasks append lines. */
export class LineFile implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'ambisync-'))
  readonly path: string = join(this.#folder, 'lines')

  constructor() {
    writeFileSync(this.path, '')
  }

  get lines(): string[] {
    return existsSync(this.path) ? readFileSync(this.path, 'utf8').split('\n').slice(0, -1) : []
  }

  /** Resolves when a line is there that begins so. */
  async waitFor(text: string): Promise<void> {
    await this.waitUntil((lines) => lines.some((line) => line.startsWith(text)))
  }

  async waitUntil(isSo: (lines: readonly string[]) => boolean): Promise<void> {
    await new Promise<void>((resolve) => {
      const watcher = watch(this.#folder, () => look())
      const look = (): void => {
        if (!isSo(this.lines)) return
        watcher.close()
        resolve()
      }
      // It may have come before the watcher.
      look()
    })
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
