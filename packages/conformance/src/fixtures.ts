import { fixtureUrls } from './tasks.ts'

/**
 * The modules of tasks that the cases call, by the names that `loop.load` is given where an adapter declares
 * `modules: 'name'`. Its other side has to serve them all.
 */
export const fixtures: Readonly<Record<string, URL>> = fixtureUrls
