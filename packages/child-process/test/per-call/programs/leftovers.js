import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { failureOf, print, start } from './start.js'

const { tasks } = start()
const seen = []
const look = () => seen.push(...readdirSync(tmpdir()))
tasks.add.sync(1, 2)
look()
const running = tasks.later.submit(100, new Uint8Array(1 << 20))
look()
running.result()
const failed = failureOf(() => tasks.spin.with({ timeout: 100 }).sync()).name
look()
const cancelled = tasks.never.submit()
cancelled.cancel()
look()
await tasks.later.async(10)
const { loop, tasks: others } = start()
const pending = others.never.submit()
const stopped = failureOf(() => loop.stopSync({ timeout: 50 })).name
look()
const [died] = failureOf(() => tasks.die.sync('SIGSEGV')).signal.split(' ')
look()
print({ seen, failed, stopped, pending: pending.state, died })
