import { registerClass } from '@ambisync/core'
import { undiciErrors } from './undici.ts'

let areRegistered = false

/** Has undici's errors arrive as what they are. To be called on both ends. */
export function registerErrors(): void {
  if (areRegistered) return
  areRegistered = true
  for (const [name, value] of Object.entries(undiciErrors())) {
    if (typeof value !== 'function') continue
    const Class = value as { readonly name: string; readonly prototype: Error }
    try {
      // A prefix, because ambisync has an AbortError and a NotSupportedError of its own, and a program may have others.
      registerClass(Class, { name: `undici ${name}` })
    } catch {
      // The program has registered it itself, under another name: then it arrives as the class that it extends.
    }
  }
}
