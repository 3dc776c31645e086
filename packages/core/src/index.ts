export type { CallMode, CallTrace } from './call-trace.ts'
export type { ContextStorage, ContextStorages } from './context.ts'
export type { Adapter, OutputMode } from './contract.ts'
export {
  type CallOptions,
  type Dual,
  type DualForms,
  type DualOptions,
  dual,
  type GeneratorDual,
  type ModeIn,
  type NativeDual,
  type NativePair,
} from './dual.ts'
export type { DualCall } from './dual-call.ts'
export {
  AbortError,
  AmbisyncError,
  type AmbisyncErrorOptions,
  AsyncInSyncError,
  DeadlockError,
  type LoopErrorOptions,
  LoopExitError,
  LoopStartError,
  type LoopStartErrorOptions,
  LoopStoppedError,
  NotSupportedError,
  QueueFullError,
  SerializationError,
  TimeoutError,
  UnknownCallError,
} from './errors.ts'
export type { AdapterChoice, Explanation, PassedOver } from './explanation.ts'
export type { Future, FutureState, WaitOptions } from './future.ts'
export { type GatherOptions, gather, type LimitedGatherOptions } from './gather.ts'
export { type Loop, type LoopOptions, type LoopState, type StopOptions, startLoop } from './loop.ts'
export type { LoopExitEvent, LoopStartEvent } from './loop-events.ts'
export type { BlockingCall, CallerDetector, Mode, ModeDefaults, ModeOption } from './mode.ts'
export { runWithMode } from './mode.ts'
export { type Pool, type PoolOptions, startPool } from './pool.ts'
export { type RegisterClassOptions, registerClass } from './registered-classes.ts'
export { type LoopLease, type SharedLoop, shareLoop } from './shared-loop.ts'
export type { Stream } from './stream.ts'
export type { TransferList } from './transfer.ts'
export type { AnyFunction, AsyncForm, AutoForm, CallForm, FormTypes, SubmitForm, SyncForm, Tasks } from './types.ts'
