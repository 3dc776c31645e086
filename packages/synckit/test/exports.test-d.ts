import type * as ours from '@ambisync/synckit'
import type * as theirs from 'synckit'
import { expectTypeOf, it } from 'vitest'

it('every export is of a type that takes the place of the one in synckit', () => {
  expectTypeOf<typeof ours>().toExtend<typeof theirs>()
})

it('every type takes the place of the one in synckit', () => {
  expectTypeOf<ours.AnyFn>().toEqualTypeOf<theirs.AnyFn>()
  type Task = (a: number, b?: string) => Promise<boolean>
  expectTypeOf<ours.Syncify<Task>>().toEqualTypeOf<theirs.Syncify<Task>>()
  expectTypeOf<ours.TsRunner>().toEqualTypeOf<theirs.TsRunner>()
  expectTypeOf<ours.GlobalShim>().toEqualTypeOf<theirs.GlobalShim>()
  expectTypeOf<theirs.SynckitOptions>().toExtend<ours.SynckitOptions>()
  expectTypeOf<ours.MainToWorkerMessage<[1]>>().toEqualTypeOf<theirs.MainToWorkerMessage<[1]>>()
  expectTypeOf<ours.MainToWorkerCommandMessage>().toEqualTypeOf<theirs.MainToWorkerCommandMessage>()
  expectTypeOf<ours.WorkerData>().toEqualTypeOf<theirs.WorkerData>()
  expectTypeOf<ours.DataMessage<1>>().toEqualTypeOf<theirs.DataMessage<1>>()
  expectTypeOf<ours.StdioChunk>().toEqualTypeOf<theirs.StdioChunk>()
  expectTypeOf<ours.WorkerToMainMessage<1>>().toEqualTypeOf<theirs.WorkerToMainMessage<1>>()
  expectTypeOf<ours.WorkerFailureMessage>().toEqualTypeOf<theirs.WorkerFailureMessage>()
  expectTypeOf<ours.PackageJson>().toEqualTypeOf<theirs.PackageJson>()
  expectTypeOf<ours.ValueOf<{ a: 1 }>>().toEqualTypeOf<theirs.ValueOf<{ a: 1 }>>()
})
