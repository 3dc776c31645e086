import { adapterName } from './adapter-name.ts'

/** To be deleted with the last place that calls it. */
export function notFilledIn(file: string): never {
  throw new Error(`the adapter ${adapterName} is not filled in yet: see its ${file}, and docs/writing-an-adapter.md`)
}
