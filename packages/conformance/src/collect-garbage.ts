/** Has the engine collect all garbage at once: V8 by a function that it has to be asked for, Bun by one of its own. */
export const collectGarbage: () => void = ofBun() ?? ofV8()

function ofBun(): (() => void) | undefined {
  const bun: unknown = Reflect.get(globalThis, 'Bun')
  return bun === undefined ? undefined : () => (bun as { gc(force: boolean): void }).gc(true)
}

function ofV8(): () => void {
  process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc')
  return process.getBuiltinModule('node:vm').runInNewContext('gc')
}
