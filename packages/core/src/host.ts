import type { HostLink, TaskModule } from './contract.ts'
import { LoopStartError, NotSupportedError, SerializationError } from './errors.ts'
import type { Call, Envelope, Load } from './protocol.ts'
import { encodeThrown, encodeThrownSafely, hostFrame } from './thrown.ts'
import { explainRefusal, findRefused } from './values.ts'

/** A task module on its way in, or here. After a failure the next call tries again. */
interface Module {
  readonly specifier: string
  readonly cwd: string | undefined
  exports: TaskModule | undefined
  loading: Promise<TaskModule> | undefined
}

/**
 * The loop's end of a channel: imports task modules, runs calls, and sends back what they return or throw.
 *
 * An adapter calls it once, on the loop's thread, as soon as `link` can carry envelopes.
 */
export function serve(link: HostLink): void {
  const modules = new Map<number, Module>()

  link.onEnvelope((envelope) => receive(envelope))
  link.post({ kind: 'ready' })

  function receive(envelope: Envelope): void {
    if (envelope.kind === 'call') call(envelope)
    else if (envelope.kind === 'load') load(envelope)
    else if (envelope.kind === 'stop') link.exit()
  }

  function load({ module: id, specifier, cwd }: Load): void {
    const module: Module = { specifier, cwd, exports: undefined, loading: undefined }
    modules.set(id, module)
    // Nobody may ever call it: then its failure is nobody's.
    importOnce(module).catch(() => {})
  }

  function call(envelope: Call): void {
    const module = modules.get(envelope.module)
    if (module === undefined) throw new Error(`call ${envelope.id} came before its module ${envelope.module}`)
    if (module.exports !== undefined) {
      run(envelope, module, module.exports)
      return
    }
    importOnce(module).then(
      (exports) => run(envelope, module, exports),
      (error: unknown) => replyThrow(envelope, error),
    )
  }

  function importOnce(module: Module): Promise<TaskModule> {
    module.loading ??= importModule(link, module)
      .then((exports) => {
        module.exports = exports
        return exports
      })
      .finally(() => {
        module.loading = undefined
      })
    return module.loading
  }

  function run(envelope: Call, { specifier }: Module, exports: TaskModule): void {
    try {
      const result = frame[hostFrame](exports, envelope, specifier)
      // A `then` that is a getter may throw, too.
      if (isThenable(result)) awaitResult(envelope, result)
      else replyReturn(envelope, result)
    } catch (thrown) {
      replyThrow(envelope, thrown)
    }
  }

  function awaitResult(envelope: Call, result: PromiseLike<unknown>): void {
    Promise.resolve(result).then(
      (value) => replyReturn(envelope, value),
      (thrown: unknown) => replyThrow(envelope, thrown),
    )
  }

  function replyReturn(envelope: Call, value: unknown): void {
    try {
      if (isGenerator(value)) throw generatorRefused(envelope.name)
      link.post({ kind: 'return', id: envelope.id, value })
    } catch (error) {
      replyThrow(envelope, error instanceof NotSupportedError ? error : resultRefused(envelope.name, value, error))
    }
  }

  function replyThrow({ id }: Call, thrown: unknown): void {
    try {
      link.post({ kind: 'throw', id, thrown: encodeThrown(thrown) })
    } catch {
      link.post({ kind: 'throw', id, thrown: encodeThrownSafely(thrown) })
    }
  }

  function generatorRefused(name: string): NotSupportedError {
    const message = `${name} returned a generator, and the ${link.adapter} adapter does not carry streams; return an array instead`
    return withoutFrames(new NotSupportedError(message, { adapter: link.adapter }))
  }

  function resultRefused(name: string, value: unknown, cause: unknown): SerializationError {
    const why = explainRefusal(findRefused(value, 'result'), 'result', cause)
    const message = `${name} returned what cannot be sent to its caller: ${why}`
    return withoutFrames(new SerializationError(message, { adapter: link.adapter, cause }))
  }
}

async function importModule(link: HostLink, { specifier, cwd }: Module): Promise<TaskModule> {
  let url: string | undefined
  try {
    url = await link.resolveModule(specifier, cwd)
    return await link.importModule(url)
  } catch (cause) {
    const where = url ?? `"${specifier}"${cwd === undefined ? '' : ` from ${cwd}`}`
    const why = cause instanceof Error ? `${cause.name}: ${cause.message}` : `it threw ${String(cause)}`
    const message = `cannot import the task module ${where}: ${why}`
    throw withoutFrames(new LoopStartError(message, { adapter: link.adapter, cause, url }))
  }
}

/** The call, in a frame that marks where the task's own frames end. */
const frame = {
  [hostFrame](exports: TaskModule, { name, args }: Call, specifier: string): unknown {
    return exportedFunction(exports, name, specifier)(...args)
  },
}

function exportedFunction(exports: TaskModule, name: string, specifier: string): (...args: unknown[]) => unknown {
  if (Object.hasOwn(exports, name)) {
    const value = exports[name]
    if (typeof value === 'function') return value as (...args: unknown[]) => unknown
    const kind = value === null ? 'null' : typeof value
    throw withoutFrames(new TypeError(`the export "${name}" of ${specifier} is not a function but ${kind}`))
  }
  const names = Object.keys(exports).map((key) => `"${key}"`)
  const known = names.length === 0 ? 'it exports nothing' : `it exports ${names.join(', ')}`
  throw withoutFrames(new TypeError(`${specifier} does not export "${name}"; ${known}`))
}

/** The caller's frames will follow, and they are the ones that matter: the host's own say nothing to a user. */
function withoutFrames<E extends Error>(error: E): E {
  error.stack = `${error.name}: ${error.message}`
  return error
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function'
  return isObject && 'then' in value && typeof value.then === 'function'
}

function isGenerator(value: unknown): boolean {
  const tag = Object.prototype.toString.call(value)
  return tag === '[object AsyncGenerator]' || tag === '[object Generator]'
}
