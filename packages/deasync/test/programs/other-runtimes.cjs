// What it says where it is another runtime, whose name is in `process.versions`.
const { startLoop } = require('@ambisync/core')
const { deasync } = require('@ambisync/deasync')

const messages = ['bun', 'deno'].map((name) => {
  Object.defineProperty(process, 'versions', { value: { ...process.versions, [name]: '1.0.0' }, configurable: true })
  try {
    return startLoop({ adapter: deasync() }).name
  } catch (error) {
    return `${error.name}: ${error.message}`
  } finally {
    const { [name]: _, ...versions } = process.versions
    Object.defineProperty(process, 'versions', { value: versions, configurable: true })
  }
})
console.log(JSON.stringify(messages))
