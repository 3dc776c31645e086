/** Asks in programs that have made what they like of `Error`, and looks whether that is still there. */
'use strict'
const { callerDetector } = require('@ambisync/detect')

const detector = callerDetector()
const TheError = Error
const { getOwnPropertyDescriptors } = Object

function ask() {
  return detector.modeOf(ask)
}

/** Ever new functions, so that nothing is known of them. */
let number = 0
const found = () => {
  const [f, g] = new Function('ask', `return [() => ask(${++number}), async () => ask(${number})]`)(ask)
  return [f(), g()]
}

const snapshot = () =>
  JSON.stringify(getOwnPropertyDescriptors(TheError), (_, value) =>
    typeof value === 'function' ? String(value) : value,
  )
const withoutChange = async (change, undo = () => {}) => {
  change()
  const before = snapshot()
  const [sync, async] = found()
  const isSame = snapshot() === before
  undo()
  return [sync, await async, isSame]
}
const define = (name, descriptor) => () => Object.defineProperty(Error, name, { configurable: true, ...descriptor })
const remove = (name) => () => delete Error[name]
const onPurpose = () => {
  throw 'on purpose'
}

async function main() {
  const results = {
    untouched: await withoutChange(() => {}),
    'own prepareStackTrace': await withoutChange(
      define('prepareStackTrace', { value: () => 'mine' }),
      remove('prepareStackTrace'),
    ),
    'one that throws': await withoutChange(
      define('prepareStackTrace', { value: onPurpose }),
      remove('prepareStackTrace'),
    ),
    'an accessor that throws': await withoutChange(
      define('prepareStackTrace', { get: onPurpose, set: onPurpose }),
      remove('prepareStackTrace'),
    ),
    'no stack at all': await withoutChange(define('stackTraceLimit', { value: 0, writable: true })),
    'a name that throws': await withoutChange(
      () => Object.defineProperty(ask, 'name', { get: onPurpose, configurable: true }),
      () => delete ask.name,
    ),
    'an Error of all objects': await withoutChange(
      () => Object.defineProperty(Object.prototype, 'Error', { value: onPurpose, configurable: true }),
      () => delete Object.prototype.Error,
    ),
    'frozen Error': await withoutChange(() => Object.freeze(Error)),
    'no Error': await withoutChange(() =>
      Object.defineProperty(globalThis, 'Error', { get: onPurpose, configurable: true }),
    ),
  }
  console.log(JSON.stringify(results))
}
main()
