import { blocking } from '../blocking.ts'
import { start } from './start.ts'

const stuck = await start({ grace: 20 })
await blocking(() => stuck.tasks.echo.sync('is running'))
const spinning = stuck.tasks.spin.submit()
const behind = stuck.tasks.echo.submit('behind it')
spinning.cancel()
await behind.then(undefined, () => console.log('killed for its grace'))

const late = await start()
const never = late.tasks.never.async().catch(() => {})
await late.loop.stop({ timeout: 20 }).catch(() => console.log('killed at its stop'))
await never

const dying = await start()
await dying.tasks.dieLater.async('throw').catch(() => console.log('died'))
