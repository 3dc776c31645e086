import { describeTag, describeType } from './describe-type.ts'
import type { CallMethods } from './dual.ts'
import type { GeneratorFunctionOf } from './dual-call.ts'
import { beginGenerator, runGenerator } from './generator-run.ts'
import { withRemaining } from './remaining-time.ts'

/** How calls of a generator function are made. */
export function generatorMethods(generator: GeneratorFunctionOf, name: string | undefined): CallMethods {
  const label = name ?? (generator.name || 'the generator function')
  return {
    label,
    generator,
    sync: (args) => runGenerator({ label, generator, args, mode: 'sync' }),
    start(args, options, site, mode, remaining) {
      const { timeout } = withRemaining(options, remaining)
      return beginGenerator({ label, generator, args, site, mode, timeout })
    },
  }
}

/** @throws {TypeError} for any function that is not a plain `function*` */
export function checkGeneratorFunction(f: unknown): void {
  const tag = Object.prototype.toString.call(f)
  if (tag === '[object GeneratorFunction]') return
  const what = typeof f === 'function' ? describeTag(tag) : describeType(f)
  const name = typeof f === 'function' && f.name !== '' ? ` (${f.name})` : ''
  throw new TypeError(
    `dual takes a generator function, function* …, or { sync, async }, both of them functions; not ${what}${name}`,
  )
}
