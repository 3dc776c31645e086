/** A module by its syntax alone. `require` would take it, but for what it awaits. The package does not know itself by name here. */
import { runAsWorker } from '../../../dist/index.js'

const greeting = await Promise.resolve('hello')

runAsWorker(async (name) => `${greeting}, ${name}`)
