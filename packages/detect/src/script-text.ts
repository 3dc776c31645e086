import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { textOfEngine } from './engine-text.ts'

/*
 * The text of a script that runs. It is that of its file if that has the same hash; otherwise (the file was transformed
 * when it was loaded, has changed since, or there is none) the engine has it.
 */

/** Texts that were asked for lately, by their hashes. Undefined: it is not to be had. */
const texts = new Map<string, string | undefined>()
let charactersKept = 0

/** A program may be large, and texts that are gone can be had again. */
const mostCharacters = 16 * 1_024 * 1_024

/**
 * @param hash see `CallSite.getScriptHash`
 * @param file a path or URL, where there is one
 * @throws {RangeError} if the stack has no room left
 */
export function textOfScript(hash: string, file: string | null | undefined): string | undefined {
  if (!texts.has(hash))
    keepText(hash, (file == null ? undefined : textOfFile(hash, file)) ?? textOfEngine(hash, keepText))
  const text = texts.get(hash)
  // The oldest come first.
  texts.delete(hash)
  texts.set(hash, text)
  return text
}

function keepText(hash: string, text: string | undefined): void {
  charactersKept += (text?.length ?? 0) - (texts.get(hash)?.length ?? 0)
  texts.delete(hash)
  texts.set(hash, text)
  for (const [oldest, old] of texts) {
    if (charactersKept <= mostCharacters || oldest === hash) return
    charactersKept -= old?.length ?? 0
    texts.delete(oldest)
  }
}

function textOfFile(hash: string, file: string): string | undefined {
  try {
    const path = file.startsWith('file:') ? fileURLToPath(file.replace(/[?#].*$/s, '')) : file
    // Others may have no end.
    if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return undefined
    const content = readFileSync(path)
    return createHash('sha256').update(content).digest('hex') === hash ? content.toString() : undefined
  } catch (error) {
    if (error instanceof RangeError) throw error
    return undefined
  }
}
