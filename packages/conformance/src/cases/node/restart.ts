import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { LoopStartError } from '@ambisync/core'
import { assert } from 'chai'
import { type Case, ownRealm } from '../../case.ts'
import { call, inEachMode, thrownBy } from '../../modes.ts'
import { withFolder } from '../../with-folder.ts'

/** A task module on disk that can be written again. */
function withModule(run: (url: URL, write: (source: string) => void) => Promise<void>): Promise<void> {
  return withFolder(async (folder) => {
    const path = join(folder, 'tasks.mjs')
    await run(pathToFileURL(path), (source) => writeFileSync(path, source))
  })
}

export const restartOnNode: readonly Case[] = [
  ...inEachMode(
    'restart: a module that was edited is seen as it is now',
    { ...ownRealm, modules: 'url', resident: true },
    (context, mode) =>
      withModule(async (url, write) => {
        const loop = context.startLoop()
        write('export const version = () => "first"')
        const { version } = loop.load<{ version(): string }>(url)
        assert.equal(await call(version, mode), 'first')
        write('export const version = () => "second"')
        assert.equal(await call(version, mode), 'first')
        loop.restart()
        assert.equal(await call(version, mode), 'second')
      }),
  ),
  ...inEachMode(
    'restart: a syntax error that was corrected is gone',
    { ...ownRealm, modules: 'url', resident: true },
    (context, mode) =>
      withModule(async (url, write) => {
        const loop = context.startLoop()
        write('export const version = ')
        const { version } = loop.load<{ version(): string }>(url)
        assert.instanceOf(await thrownBy(version, mode), LoopStartError)
        write('export const version = () => "corrected"')
        // Before that it depends on the runtime: Node.js keeps the error up to version 24, and looks again from 26 on.
        loop.restart()
        assert.equal(await call(version, mode), 'corrected')
      }),
  ),
  ...inEachMode(
    'restart: needless where a loop is not resident: each call sees its module as it is now',
    { modules: 'url', resident: undefined },
    (context, mode) =>
      withModule(async (url, write) => {
        write('export const version = () => "first"')
        const { version } = context.startLoop().load<{ version(): string }>(url)
        assert.equal(await call(version, mode), 'first')
        write('export const version = ')
        assert.instanceOf(await thrownBy(version, mode), LoopStartError)
        write('export const version = () => "second"')
        assert.equal(await call(version, mode), 'second')
      }),
  ),
]
