// Blocks in two immediates of one turn. Prints what each of them gave.
import { startLoop } from '@ambisync/core'
import { deasync } from '@ambisync/deasync'

const loop = startLoop({ adapter: deasync() })
const task = loop.inline(async (value) => value)

function block(value) {
  try {
    console.log(task.sync(value))
  } catch (error) {
    console.log(error.code)
  }
}

setTimeout(() => {
  setImmediate(block, 'the first')
  setImmediate(block, 'the second')
}, 0)
