import { readFileSync } from 'node:fs'
import { readBlocks } from '@ambisync-docs/blocks/blocks.js'
import { packageNames, root } from './workspace-copy.ts'

/** What a package's README shows. */
export interface Readme {
  readonly packageName: string
  /** Texts of files, by name. */
  readonly files: Readonly<Record<string, string>>
  readonly programs: readonly { readonly name: string; readonly output: string | undefined }[]
}

export const readmes: readonly Readme[] = packageNames.map((packageName) => {
  const { files, programs } = readBlocks(readFileSync(new URL(`packages/${packageName}/README.md`, root), 'utf8'))
  if (programs.length === 0) throw new Error(`the README of ${packageName} has no example`)
  return { packageName, files: Object.fromEntries(files.map(({ name, code }) => [name, code])), programs }
})
