/** `performance` of the runtime itself, where it has Node's modules. Fake timers replace the global of that name. */
export function nodePerformance(): { now(): number } | undefined {
  return globalThis.process?.getBuiltinModule?.('node:perf_hooks')?.performance
}
