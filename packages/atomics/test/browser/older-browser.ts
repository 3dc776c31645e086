/** What a browser is told that is older than `Atomics.waitAsync`. */
import { atomics } from '@ambisync/atomics'
import { startLoop } from '@ambisync/core'
import { told } from './told.ts'

Reflect.deleteProperty(Atomics, 'waitAsync')
Object.assign(globalThis, { outcome: told(() => startLoop({ adapter: atomics() })) })
