import { mutants, sound } from './mutants.js'

/** Makes an adapter of the table by its name. The cases call it in processes of their own. */
export function create({ adapter }) {
  const row = [...sound, ...mutants].find(({ name }) => name === adapter)
  if (row === undefined) throw new RangeError(`there is no adapter named "${adapter}" in the table`)
  return row.create()
}
