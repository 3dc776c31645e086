import { fixtures } from '@ambisync/conformance/fixtures'
import { servedAdapter } from '../served-adapter.js'

/** What is not served is imported, whatever it is. */
export const importsAnything = () => servedAdapter({ specifier: (name) => fixtures[name]?.href ?? name })

/** Who asks while a call is under way has it run once more. */
export const knowsSettledCallsOnly = () => servedAdapter({ isKnown: (call) => call.outcome !== undefined })

/** A call that failed is run once more. */
export const runsFailuresAgain = () => servedAdapter({ isKnown: (call) => call.outcome?.kind !== 'throw' })

/** Whoever has the id of a call is given its outcome, whatever was called. */
export const givesAnyOutcome = () => servedAdapter({ isSame: () => true })

/** Capital letters of an id are taken for small ones. */
export const foldsIds = () => servedAdapter({ keyOf: (id) => id.toLowerCase() })
