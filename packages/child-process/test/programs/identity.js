// Needs to be root. Nobody's process cannot read what belongs to root, so its tasks have to be where it can.

import { childProcess } from '@ambisync/child-process'
import { startLoop } from '@ambisync/core'
import { print } from './start.js'

const loop = startLoop({ adapter: childProcess({ uid: 65534, gid: 65534 }) })
const code = 'export const ids = () => [process.getuid(), process.getgid()]'
const { value, reason } = loop
  .load(new URL(`data:text/javascript,${code}`))
  .ids.submit()
  .outcome()
print(value ?? reason.name)
