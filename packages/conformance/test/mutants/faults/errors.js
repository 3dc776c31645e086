import { soundAdapter } from '../sound-adapter.js'
import { withReceived } from '../tamper.js'

/** Takes a call for one that threw only if there is something that it threw. */
export const noThrownUndefined = () =>
  withReceived(soundAdapter(), (received) => {
    const isNothing =
      received.kind === 'throw' && received.thrown.value === undefined && received.thrown.specials === undefined
    return isNothing ? { kind: 'return', id: received.id, value: undefined } : received
  })

/** @param keeps tells whether a property of an error crosses; where something is still to be put in its place, it does */
function withFields(keeps) {
  return withReceived(soundAdapter(), (received) => {
    const specials = received.kind === 'throw' ? received.thrown.specials : undefined
    if (specials?.contents === undefined) return received
    const places = new Set(specials.steps?.map((step) => Array.isArray(step) && step[0]))
    const contents = specials.contents.map((content) =>
      content.type === 'Error'
        ? { ...content, fields: content.fields.filter((field) => places.has(field) || keeps(field)) }
        : content,
    )
    return { ...received, thrown: { ...received.thrown, specials: { ...specials, contents } } }
  })
}

export const noUndefinedCause = () => withFields(({ key, value }) => key !== 'cause' || value !== undefined)

const standard = ['name', 'message', 'stack', 'cause', 'errors', 'code']

export const enumerablePropertiesOnly = () => withFields(({ key, enumerable }) => enumerable || standard.includes(key))
