/**
 * From a container to a part of it: a property, the value of the n-th entry of a Map, the n-th key or element, or what
 * a codec makes of an instance.
 */
export type Step = string | { readonly entry: number } | { readonly element: number } | { readonly codec: true }

/** A path as the user would write it: `args[0].user.save`. */
export function describePath(start: string, steps: readonly Step[]): string {
  return steps.reduce<string>(describeStep, start)
}

function describeStep(path: string, step: Step): string {
  if (typeof step === 'string') return describeMember(path, step)
  if ('codec' in step) return `encode(${path})`
  return 'entry' in step ? `[...${path}][${step.entry}][1]` : `[...${path}][${step.element}]`
}

export function describeMember(path: string, key: string): string {
  if (/^\d+$/.test(key)) return `${path}[${key}]`
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`
}
