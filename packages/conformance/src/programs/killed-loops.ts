import { blocking } from '../blocking.ts'
import { start } from './start.ts'

const stuck = await start({ grace: 20 })
await blocking(() => stuck.tasks.echo.sync('is running'))
const spinning = stuck.tasks.spin.submit()
const behind = stuck.tasks.echo.submit('behind it')
spinning.cancel()
const tell = (): void => console.log('killed for its grace')
// Behind it is only what runs on the same loop.
await (stuck.loop.adapter.capabilities.resident ? behind.then(undefined, tell) : behind.then(tell))

const late = await start()
const never = late.tasks.never.async().catch(() => {})
await late.loop.stop({ timeout: 20 }).catch(() => console.log('killed at its stop'))
await never

const dying = await start()
await dying.tasks.dieLater.async('throw').catch(() => console.log('died'))
