/** One task for each way to fail. */

/** Its loop stays alive, so that nothing but the failure can end it. */
function never(): Promise<never> {
  return new Promise(() => setTimeout(() => {}, 2 ** 30))
}

export function rejectUnseen(): Promise<never> {
  void Promise.reject(new RangeError('nobody handles it'))
  return never()
}

export function throwInTimer(): Promise<never> {
  setTimeout(() => {
    throw new RangeError('in a timer')
  }, 0)
  return never()
}

export function exit(code: number): never {
  process.exit(code)
}

export function outOfMemory(): never {
  const kept: number[][] = []
  for (;;) kept.push(new Array(10_000).fill(kept.length))
}

export function killProcess(): Promise<never> {
  process.kill(process.pid, 'SIGKILL')
  return never()
}

export function abort(): never {
  process.abort()
}

export function spin(): never {
  for (;;);
}

export function makeFunction(): () => void {
  return () => {}
}

export function makeBytes(length: number): Uint8Array {
  return patternedBytes(length)
}

export function makeNested(levels: number): unknown {
  return nested(levels)
}

export function countLevels(value: unknown): number {
  return levelsOf(value)
}

export function echo<T>(value: T): T {
  return value
}

/** No two stretches of it are alike. */
export function patternedBytes(length: number): Uint8Array {
  const words = new Uint32Array(length / 4)
  for (let index = 0; index < words.length; index++) words[index] = Math.imul(index, 2_654_435_761)
  return new Uint8Array(words.buffer)
}

export function nested(levels: number): unknown {
  let value: unknown = 'innermost'
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { value }
  return value
}

export function levelsOf(value: unknown): number {
  let levels = 0
  for (let inner = value; typeof inner === 'object' && inner !== null; levels++) {
    inner = Array.isArray(inner) ? inner[0] : 'value' in inner ? inner.value : undefined
  }
  return levels
}
