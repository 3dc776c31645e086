// The addon cannot be loaded, as on a platform without a prebuilt one.
process.dlopen = () => {
  throw new Error('there is no addon here')
}
const { startLoop, startPool } = require('@ambisync/core')
const { deasync } = require('@ambisync/deasync')

const outcomes = [startLoop, startPool].map((start) => {
  try {
    return start({ adapter: deasync() }).name
  } catch ({ name, code, adapter, message, cause }) {
    return { name, code, adapter, message, cause: cause.message }
  }
})
console.log(JSON.stringify(outcomes))
