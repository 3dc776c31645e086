import { soundAdapter } from '../sound-adapter.js'
import { withReceived } from '../tamper.js'

/** Takes a call for one that threw only if there is something that it threw. */
export const noThrownUndefined = () =>
  withReceived(soundAdapter(), (received) => {
    const isNothing =
      received.kind === 'throw' && received.thrown.root.kind === 'value' && received.thrown.root.value === undefined
    return isNothing ? { kind: 'return', id: received.id, value: undefined } : received
  })

/** @param keeps tells whether a property of an error crosses */
function withFields(keeps) {
  return withReceived(soundAdapter(), (received) => {
    if (received.kind !== 'throw') return received
    const errors = received.thrown.errors.map((error) => ({ ...error, fields: error.fields.filter(keeps) }))
    return { ...received, thrown: { ...received.thrown, errors } }
  })
}

export const noUndefinedCause = () =>
  withFields(({ key, field }) => key !== 'cause' || field.kind !== 'value' || field.value !== undefined)

const standard = ['name', 'message', 'stack', 'cause', 'errors', 'code']

export const enumerablePropertiesOnly = () => withFields(({ key, enumerable }) => enumerable || standard.includes(key))
