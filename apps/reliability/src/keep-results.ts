import { readFileSync, writeFileSync } from 'node:fs'
import { configurations } from './configurations.ts'

/** Writes results to a file of docs/data, in the order of the configurations. What it has of other ones stays. */
export function keepResults<R extends { readonly configuration: string }>(
  file: 'soak' | 'chaos',
  results: readonly R[],
): void {
  const path = new URL(`../../../docs/data/${file}.json`, import.meta.url)
  const before: R[] = JSON.parse(readFileSync(path, 'utf8'))
  const all = configurations.flatMap(({ name }) => {
    const result = [...results, ...before].find(({ configuration }) => configuration === name)
    return result === undefined ? [] : [result]
  })
  writeFileSync(path, `${JSON.stringify(all, undefined, 2)}\n`)
}
