// Who writes straight to the descriptors does not disturb the protocol.
import { start } from './start.js'

const output = process.argv[2]
const { loop, tasks } = start({}, { output })
for (let time = 0; time < 3; time++) {
  console.log('caller', tasks.writeDirectly.sync(`direct ${time}`))
  tasks.printBoth.sync(`printed ${time}`)
}
loop.stopSync()
