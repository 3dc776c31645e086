/** The consumers are installed once for all test files, and removed when those are through. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { type Consumers, installConsumers } from '../src/consumers.ts'

declare module 'vitest' {
  interface ProvidedContext {
    consumers: Consumers
  }
}

export async function setup(project: TestProject): Promise<() => void> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ambisync-drop-in-')))
  project.provide('consumers', await installConsumers(folder))
  return () => rmSync(folder, { recursive: true, force: true })
}
