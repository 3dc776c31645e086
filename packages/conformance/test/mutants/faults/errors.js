import { soundAdapter } from '../sound-adapter.js'
import { withReceived } from '../tamper.js'

/** Takes a call for one that threw only if there is something that it threw. */
export const noThrownUndefined = () =>
  withReceived(soundAdapter(), (received) => {
    if (received.kind !== 'throw') return received
    const { value, specials } = received.thrown
    const isNothing = value === undefined && specials?.root === undefined
    return isNothing ? { kind: 'return', id: received.id, value: undefined } : received
  })

/** @param keeps tells whether a property of the error that was thrown crosses, and is told what is still to be put in it */
function withFields(keeps) {
  return withReceived(soundAdapter(), (received) => {
    const { root, contents = [], steps = [] } = received.thrown?.specials ?? {}
    const error = contents[root]
    if (received.kind !== 'throw' || error?.type !== 'Error') return received
    const isEmpty = (field) =>
      field.value === undefined && !steps.some((step) => Array.isArray(step) && step[0] === field)
    const changed = { ...error, fields: error.fields.filter((field) => keeps(field, isEmpty)) }
    const specials = { ...received.thrown.specials, contents: contents.with(root, changed) }
    return { ...received, thrown: { ...received.thrown, specials } }
  })
}

export const noUndefinedCause = () => withFields((field, isEmpty) => field.key !== 'cause' || !isEmpty(field))

const standard = ['name', 'message', 'stack', 'cause', 'errors', 'code']

export const enumerablePropertiesOnly = () => withFields(({ key, enumerable }) => enumerable || standard.includes(key))
